//! The local quadratic model, the direction dial, the critical points.

use super::entry::PageEntry;
use super::parts::section;
use super::{critical, dial, parts};
use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use crate::app::notation;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::words::{local, text};
use egui::{Grid, Label, RichText, Slider, Ui};
use nalgebra::Vector2;
use thalweg_analysis::local::taylor::{CurvatureEffect, GradientStep, StepChange, TaylorModel};
use thalweg_core::math::series::ORDER;
use thalweg_scenario::{Layer, LookAt, Page};
use thalweg_session::Session;

/// The row of the table of pages.
pub const PAGE: PageEntry = PageEntry { page: Page::named("Model"), needs: Needs::CRITICAL_POINTS, show };

/// Shows the page. The picture and the list come first: beside a lesson there is not room for all of it.
fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    parts::look_at(ui, context);
    ui.spacing_mut().interact_size.y = 16.0;
    switches(ui, context);
    ui.separator();
    let model = session.point().map(|point| TaylorModel::of(&session.race().problem().objective, point));
    match &model {
        Some(_) if session.race().problem().objective.is_univariate() => degree(ui, context),
        Some(model) if model.is_defined() => {
            let tip = "Slope and curvature along one direction, and the cut through the surface";
            section(ui, "direction", "Direction d", tip, |ui| dial::show(ui, context, model));
        }
        Some(model) => {
            let smoothness = session.race().problem().objective.smoothness(model.at);
            ui.add(Label::new(local::no_model(smoothness)).wrap());
        }
        None => {
            ui.add(Label::new("No minimum of this surface is known.").wrap());
        }
    }
    critical::show(ui, context);
    if let Some(model) = model.filter(TaylorModel::is_defined) {
        let tip = "What the model promises of a step, and what comes of it";
        section(ui, "step", "The step and its model", tip, |ui| steps(ui, context, &model));
    }
}

/// What of all this is drawn on the plane.
fn switches(ui: &mut Ui, context: &FrameContext<'_>) {
    let show = context.show();
    Grid::new("model layers").num_columns(2).spacing([8.0, 1.0]).show(ui, |ui| {
        let is_univariate = context.session.scenario().surface.is_univariate();
        let switches: &[(Layer, &str)] = if is_univariate {
            &[
                (Layer::Axes, "tangent"),
                (Layer::Model, "Taylor polynomials"),
                (Layer::Convex, "f'' > 0"),
                (Layer::Stable, "stable at this α"),
                (Layer::Vectors, "the next step"),
                (Layer::Starts, "map over starts"),
            ]
        } else {
            &[
                (Layer::Model, "Taylor contours"),
                (Layer::Direction, "direction d"),
                (Layer::Convex, "positive definite"),
                (Layer::Stable, "stable at this α"),
                (Layer::Eigenbasis, "eigenbasis view"),
                (Layer::Axes, "eigenvectors"),
            ]
        };
        for (index, (layer, name)) in switches.iter().copied().enumerate() {
            let doc = Layer::TABLE.iter().find(|entry| entry.layer == layer).map_or("", |entry| entry.doc);
            let mut shown = show.layers.has(layer);
            if ui
                .checkbox(&mut shown, RichText::new(notation::said(ui.ctx(), name)).size(text_size::LABEL))
                .on_hover_text(doc)
                .changed()
            {
                context.change_show(|show| show.layers = show.layers.with(layer, shown));
            }
            if index % 2 == 1 {
                ui.end_row();
            }
        }
    });
}

/// Up to which degree Taylor polynomials are drawn.
fn degree(ui: &mut Ui, context: &FrameContext<'_>) {
    let tip = "Tangent, parabola, and on: each polynomial of the function's Taylor series around the point";
    let mut degree = context.show().taylor;
    let slider = Slider::new(&mut degree, 1..=ORDER as u32).text("highest degree");
    if ui.add(slider).on_hover_text(tip).changed() {
        context.change_show(|show| {
            show.taylor = degree;
            show.layers = show.layers.with(Layer::Model, true);
        });
    }
}

/// The next step of the focused runner from where the panels look, if it is made from there.
fn real_step(session: &Session) -> Option<Vector2<f64>> {
    let (_, run) = session.focused()?;
    let trajectory = run.trajectory();
    let (from, to) = (trajectory.at(session.cursor())?, trajectory.at(session.cursor() + 1)?);
    let here = session.look_at() == LookAt::Current;
    here.then(|| to.position - from.position).filter(|step| step.iter().all(|part| part.is_finite()))
}

/// What the model promises of a step, and what is kept.
fn steps(ui: &mut Ui, context: &FrameContext<'_>, model: &TaylorModel) {
    let session = context.session;
    let objective = &session.race().problem().objective;
    let eps = session.focused().and_then(|(_, run)| {
        let eps = run.learning_rate(session.cursor());
        (run.optimizer().has_learning_rate() && eps.is_finite()).then_some(eps)
    });
    let gradient = eps.map(|eps| (eps, model.gradient_step(objective, eps)));
    let real = real_step(session).map(|step| model.change(objective, step));
    if gradient.is_none() && real.is_none() {
        ui.add(Label::new(RichText::new("No step is made from here.").weak()).wrap());
        return;
    }
    let columns: Vec<(&str, &str, &StepChange)> = gradient
        .iter()
        .map(|(_, step)| {
            let tip = "The step -α∇f of plain gradient descent, at the focused runner's learning rate α";
            ("step -α∇f", tip, &step.change)
        })
        .chain(real.iter().map(|change| {
            ("its real step", "The step that the focused runner makes from here, by its own method", change)
        }))
        .collect();
    Grid::new("taylor").num_columns(3).spacing([8.0, 2.0]).min_col_width(64.0).striped(true).show(ui, |ui| {
        ui.label(RichText::new("change of f").size(text_size::LABEL));
        for (name, tip, _) in &columns {
            let said = |text: &str| notation::said(ui.ctx(), text);
            let (name, tip) = (said(name), said(tip));
            ui.label(RichText::new(name).size(text_size::LABEL).strong()).on_hover_text(tip);
        }
        ui.end_row();
        let mut row = |name: &str, tip: &str, cell: &dyn Fn(&StepChange) -> String| {
            let tip = notation::said(ui.ctx(), tip);
            notation::line(ui, name, text_size::LABEL, Palette::of(ui).ink).on_hover_text(tip);
            for (_, _, change) in &columns {
                ui.label(RichText::new(cell(change)).size(text_size::VALUE));
            }
            ui.end_row();
        };
        row("slope ∇f·d", "What the gradient alone promises of the step d; for -α∇f it is -α|∇f|²", &|change| {
            text::number(change.first)
        });
        row("curvature d^T H d/2", "What the curvature adds; for -α∇f it is α²/2 · ∇f·H∇f", &|change| {
            text::number(change.second)
        });
        row("predicted", "Both together: what the quadratic model promises", &|change| {
            text::number(change.predicted())
        });
        row("true", "f at the end of the step less f here", &|change| text::number(change.actual));
        row(
            "error / terms",
            "By how much the prediction misses the true change, in percent of |slope| + |curvature|: up to 10 % the \
             model is trusted",
            &|change| percent(change.off),
        );
    });
    if let Some((_, step)) = &gradient {
        reading(ui, step);
    }
    let longest = real.as_ref().or(gradient.as_ref().map(|(_, step)| &step.change));
    if let Some(change) = longest {
        trust(ui, context, model, change, real.is_some());
    }
}

/// What the lectures say of it.
fn reading(ui: &mut Ui, step: &GradientStep) {
    let uphill = step.reading == CurvatureEffect::Uphill;
    let mut words = RichText::new(local::curvature_effect(step.reading)).size(text_size::VALUE);
    if uphill {
        words = words.color(Palette::of(ui).alarm);
    }
    ui.add(Label::new(words).wrap());
    if matches!(step.reading, CurvatureEffect::Level | CurvatureEffect::Undefined) {
        return;
    }
    let best = match step.best {
        Some(best) => format!("Best α for one step here: {}", text::number(best)),
        None => "No best α here: the model falls without end.".to_owned(),
    };
    let best = notation::said(ui.ctx(), &best);
    ui.label(RichText::new(best).size(text_size::LABEL).weak()).on_hover_text(
        "∇f·∇f / ∇f^T H ∇f: where the model is lowest along the gradient. For one step, not for all that follow",
    );
}

/// How far the model holds along a step.
fn trust(ui: &mut Ui, context: &FrameContext<'_>, model: &TaylorModel, change: &StepChange, real: bool) {
    let session = context.session;
    let length = change.step.norm();
    if !(length > 0.0 && length.is_finite()) {
        return;
    }
    let name = if real { "its real step" } else { "the step" };
    let told = match context.caches.readings.trusted(session, model, change.step, parts::places(session, 200))
    {
        None => format!("The model's error is within 10 % of its terms all along {name}."),
        Some(radius) => {
            format!(
                "The model's error is within 10 % of its terms on the first {} of {name}.",
                percent(radius / length)
            )
        }
    };
    ui.add(Label::new(RichText::new(told).size(text_size::LABEL).weak()).wrap()).on_hover_text(
        "The border of where that holds is drawn on the plot with the Taylor contours. Looked for at \
         places along the step, 200 unless the data are many",
    );
}

/// A part as people read it.
fn percent(part: f64) -> String {
    if part.is_nan() {
        "undefined".to_owned()
    } else if part < 1e-6 {
        "0 %".to_owned()
    } else {
        format!("{} %", text::digits(100.0 * part, 2))
    }
}
