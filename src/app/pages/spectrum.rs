//! The spectrum at a point, with what it says of the focused runner.

use super::entry::PageEntry;
use super::{adaptive, parts, rates};
use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use crate::app::notation;
use crate::app::picture_dialog::plot_menu;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::words::{mode, spectrum, text};
use egui::{Grid, Label, RichText, Ui};
use thalweg_analysis::spectral::hessian_estimate::HessianEstimate;
use thalweg_analysis::spectral::mode::{Regime, Roots};
use thalweg_analysis::spectral::spectral_report::{EigenDirection, LawForm, SpectralReport};
use thalweg_core::method::gradient::Gradient;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::smoothness::Smoothness;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_scenario::Page;
use thalweg_session::Session;

/// The row of the table of pages.
pub const PAGE: PageEntry = PageEntry { page: Page::named("Spectrum"), needs: Needs::NOTHING, show };

/// Shows the page.
fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    parts::look_at(ui, context);
    let Some(point) = session.point() else {
        ui.add(Label::new("No minimum of this surface is known.").wrap());
        return;
    };
    let report = context.caches.readings.report(session, point);
    // First, where it can be seen beside a lesson: it is the part to play with.
    let menu = |ui: &mut Ui| plot_menu(ui, context, PictureKind::PhasePlane);
    context.caches.phase.borrow_mut().show(ui, session, &report, |command| context.push(command), menu);
    let is_univariate = session.race().problem().objective.is_univariate();
    if is_univariate {
        place_on_graph(ui, &report);
    } else {
        place(ui, &report, session.scenario().show.notation.axes(&session.scenario().surface));
    }
    ui.add_space(4.0);
    let estimate = context.caches.readings.estimate(session);
    eigen(ui, &report, estimate.as_ref(), is_univariate);
    if let Some(estimate) = &estimate {
        trust(ui, estimate);
    }
    ui.separator();
    theory(ui, session, &report);
    adaptive::show(ui, context);
    rates::show(ui, context, &report);
    context.caches.noise.show(ui);
}

fn words(kind: PointKind) -> &'static str {
    match kind {
        PointKind::Minimum => "curves up both ways (as at a minimum)",
        PointKind::Maximum => "curves down both ways (as at a maximum)",
        PointKind::Saddle => "up one way, down the other (saddle)",
        PointKind::Inconclusive => "inconclusive: an eigenvalue is zero, or there is none",
    }
}

/// Why there is no local shape.
fn no_shape(smoothness: Smoothness) -> &'static str {
    match smoothness {
        Smoothness::Kink => "a kink: f has no gradient here",
        Smoothness::OnceDifferentiable => "f has no second derivatives here",
        Smoothness::DomainEdge => "the edge of where f is defined",
        Smoothness::Smooth | Smoothness::Undefined => {
            "undefined: f or its second derivatives are not finite here"
        }
    }
}

fn row(ui: &mut Ui, name: &str, tip: &str, value: impl Into<egui::WidgetText>) {
    ui.label(RichText::new(name).size(text_size::LABEL)).on_hover_text(tip);
    ui.add(Label::new(value).wrap());
    ui.end_row();
}

fn place(ui: &mut Ui, report: &SpectralReport, [x, y]: [&str; 2]) {
    Grid::new("place").num_columns(2).spacing([10.0, 2.0]).min_col_width(112.0).show(ui, |ui| {
        let curvature = &report.curvature;
        row(
            ui,
            &format!("point ({x}, {y})"),
            "Where the panel looks",
            text::point(report.point.x, report.point.y),
        );
        row(ui, "loss f", "The height of the surface there", text::number(curvature.value));
        let norm = report.gradient_norm();
        row(ui, "gradient norm |∇f|", "How steep it is there; 0 at a critical point", text::number(norm));
        let condition = report.spectrum.condition();
        row(
            ui,
            "condition number κ",
            "|λ|max / |λ|min of the Hessian: how much steeper the steep direction is than the flat one",
            text::number(condition),
        );
        let kind = report.shape.map_or_else(|| no_shape(curvature.smoothness), words);
        row(
            ui,
            "local shape",
            "By the signs of the eigenvalues (second derivative test)",
            RichText::new(kind).size(text_size::LABEL),
        );
    });
}

/// Of a function of x alone: what its first two derivatives are.
fn place_on_graph(ui: &mut Ui, report: &SpectralReport) {
    Grid::new("place").num_columns(2).spacing([10.0, 2.0]).min_col_width(112.0).show(ui, |ui| {
        let here = &report.curvature;
        row(ui, "point x", "Where the panel looks", text::number(report.point.x));
        row(ui, "loss f", "The height of the graph there", text::number(here.value));
        let tip = "How steep it is there; 0 at a critical point";
        row(ui, "slope f'", tip, text::number(here.gradient.x));
        let tip = "The curvature: how fast the slope rises";
        row(ui, "curvature f''", tip, text::number(here.hessian.m11));
        let kind = match report.shape {
            Some(PointKind::Minimum) => "curves up (as at a minimum)",
            Some(PointKind::Maximum) => "curves down (as at a maximum)",
            Some(PointKind::Saddle | PointKind::Inconclusive) => "straight: f'' is zero here",
            None => no_shape(here.smoothness),
        };
        let tip = "By the sign of f'' (second derivative test)";
        row(ui, "local shape", tip, RichText::new(kind).size(text_size::LABEL));
    });
}

fn eigen(ui: &mut Ui, report: &SpectralReport, estimate: Option<&HessianEstimate>, is_univariate: bool) {
    let palette = Palette::of(ui);
    // Of a function of x alone there is one direction, along which f'' is the curvature.
    let directions = if is_univariate { &report.directions[..1] } else { &report.directions[..] };
    Grid::new("eigen").num_columns(3).spacing([10.0, 2.0]).min_col_width(76.0).striped(true).show(ui, |ui| {
        let head = |ui: &mut Ui, i: usize| {
            ui.label(RichText::new(["v₁", "v₂"][i]).color(palette.axes[i]).strong())
                .on_hover_text("The axis drawn in this colour on the plot");
        };
        if !is_univariate {
            ui.label(RichText::new("along").size(text_size::LABEL));
            head(ui, 0);
            head(ui, 1);
            ui.end_row();
        }
        if directions.iter().all(|direction| direction.law.is_some()) {
            regimes(ui, directions);
        }
        let pair = |ui: &mut Ui, name: &str, tip: &str, cell: &dyn Fn(&EigenDirection) -> String| {
            let name = notation::said(ui.ctx(), name);
            ui.label(RichText::new(name).size(text_size::LABEL)).on_hover_text(tip);
            for direction in directions {
                ui.add(Label::new(RichText::new(cell(direction)).size(text_size::VALUE)).wrap());
            }
            ui.end_row();
        };
        if !is_univariate {
            pair(ui, "eigenvalue λ", "The curvature along this direction", &|direction| text::number(direction.lambda));
        }
        if let Some(HessianEstimate { along, .. }) = estimate {
            ui.label(RichText::new("estimated λ").size(text_size::LABEL)).on_hover_text(
                "The curvature along this direction that the runner has learnt from its gradients: the dashed ellipse",
            );
            for curvature in along.iter().take(directions.len()) {
                ui.label(RichText::new(text::number(*curvature)).size(text_size::VALUE));
            }
            ui.end_row();
        }
        if !is_univariate {
            pair(ui, "eigenvector", "The direction, of unit length", &|direction| {
                // Rounded first: nothing is -0.000.
                let [x, y] = [direction.vector.x, direction.vector.y].map(|part| (part * 1e3).round() / 1e3 + 0.0);
                format!("({x:.3}, {y:.3})")
            });
        }
        if directions.iter().all(|direction| direction.law.is_some()) {
            if directions.iter().all(|direction| direction.step.is_some()) {
            pair(ui, if is_univariate { "α·f''" } else { "α·λ" }, "This step's learning rate times curvature: what decides", &|direction| {
                direction.step.map_or_else(String::new, text::number)
            });
            }
            let rate = if report.is_scheduled {
                "The error would shrink by this factor a step if the present learning rate stayed; above 1 it would grow"
            } else {
                "The error shrinks by this factor a step in the long run; above 1 it grows"
            };
            pair(ui, "roots σ", "The eigenvalues of the iteration matrix: the error is a sum of their powers", &|direction| {
                direction.law.as_ref().map_or_else(String::new, |law| roots(law.mode.roots))
            });
            pair(ui, "rate |σ|", rate, &|direction| {
                direction.law.as_ref().map_or_else(String::new, |law| text::digits(law.mode.radius, 6))
            });
            if report.is_never_stable {
                pair(ui, "edge α", "At every learning rate the error along one of the directions grows", &|direction| {
                    let is_first = direction.lambda == report.spectrum.values[0];
                    if is_first { "no rate is stable".to_owned() } else { String::new() }
                });
            } else if directions.iter().any(|direction| direction.edge.is_some()) {
                pair(ui, "edge α", "The largest learning rate at which the error along this direction shrinks", &|direction| {
                    direction.edge.map_or_else(|| "none".to_owned(), text::number)
                });
            }
            if directions.iter().any(|direction| direction.law.is_some_and(|law| law.factor.is_none())) {
                return;
            }
            let (name, tip) = if report.form == LawForm::Spectral && report.is_scheduled {
                ("∏(1 - αλ)", "What is left of the error along this direction after t steps: the product of the steps' factors")
            } else if report.form == LawForm::Spectral {
                ("(1 - αλ)^t", "The spectral decay factor: what is left of the error along this direction after t steps")
            } else {
                ("error e_t / e_0", "What is left of the error along this direction after t steps, by the method's own law")
            };
            pair(ui, name, tip, &|direction| direction.law.as_ref().and_then(|law| law.factor).map_or_else(String::new, text::number));
        }
    });
}

/// Roots in few digits: a pair, or what there is besides 0.
fn roots(roots: Roots) -> String {
    let short = |value: f64| text::digits(value, 3);
    match roots {
        Roots::Real(large, 0.0) => short(large),
        Roots::Real(large, small) => format!("{}, {}", short(large), short(small)),
        Roots::Pair { re, im } => format!("{} ± {}i", short(re), short(im)),
    }
}

/// How far a runner's estimate of the curvature is to be trusted.
fn trust(ui: &mut Ui, estimate: &HessianEstimate) {
    let told = match estimate.off {
        Some(off) if off >= 1.01 => {
            format!(
                "estimate {}: wrong by a factor of up to {}",
                spectrum::estimate(estimate.quality()),
                text::digits(off, 3)
            )
        }
        _ => format!("estimate {}", spectrum::estimate(estimate.quality())),
    };
    ui.add(Label::new(RichText::new(told).size(text_size::LABEL)).wrap()).on_hover_text(
        "In the direction where it is worst, the true curvature is so many times what the runner takes it for, or \
         the other way round; 1 where it has learnt the whole Hessian. A step with a factor of 1 is Newton's step.",
    );
}

/// What becomes of the error along each direction: a word, coloured where it grows.
fn regimes(ui: &mut Ui, directions: &[EigenDirection]) {
    ui.label(RichText::new("regime").size(text_size::LABEL))
        .on_hover_text("What the error along this direction does");
    for mode in directions.iter().filter_map(|direction| direction.law.map(|law| law.mode)) {
        let mut label = RichText::new(mode::badge(&mode)).size(text_size::VALUE).strong();
        if mode.regime == Regime::Diverges {
            label = label.color(Palette::of(ui).alarm);
        }
        ui.label(label).on_hover_text(mode::fate(&mode));
    }
    ui.end_row();
}

fn theory(ui: &mut Ui, session: &Session, report: &SpectralReport) {
    if session.focused().is_none() {
        ui.add(Label::new(RichText::new("No runner: only the surface is described.").weak()).wrap());
        return;
    }
    let time = format!("at t = {}", text::count(report.step));
    parts::runner(ui, session, text_size::body_width(ui, &time), |ui| {
        ui.label(RichText::new(time).weak());
    });
    ui.add(
        Label::new(
            RichText::new(notation::said(ui.ctx(), spectrum::applies(report))).size(text_size::LABEL).weak(),
        )
        .wrap(),
    );
    if session.focused().is_some_and(|(_, run)| run.gradient() != Gradient::Exact) {
        let noisy = "The gradients are noisy: this is the law of the mean. The noise that each step adds is not in it.";
        ui.add(Label::new(RichText::new(noisy).size(text_size::LABEL).weak()).wrap());
    }
}
