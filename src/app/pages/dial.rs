//! A direction to turn by hand: slope and curvature along it, and the cut through the surface.

use super::parts;
use crate::app::charts::chart_view;
use crate::app::context::FrameContext;
use crate::app::notation;
use crate::app::paint;
use crate::app::paint::{FigurePainter, FontMeasure};
use crate::app::picture_dialog::plot_menu;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::app::tip;
use crate::words::text;
use egui::{DragValue, Grid, Id, RichText, Sense, Ui};
use egui::{WidgetInfo, vec2};
use nalgebra::Vector2;
use thalweg_analysis::local::direction::DirectionalDerivatives;
use thalweg_analysis::local::taylor::TaylorModel;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_figure::direction_dial;
use thalweg_figure::direction_dial::{DIAL_HEIGHT, DIAL_WIDTH, DialInput};
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::surface_cut::{cut_chart, cut_reach};
use thalweg_scenario::ViewState;
use thalweg_session::Edit;

/// How many samples the cut has at most; odd, for the point itself is one.
const SAMPLES: u32 = 121;

/// Shows the dial, what it tells, and the cut.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>, model: &TaylorModel) {
    let session = context.session;
    let here = &model.curvature;
    let spectrum = Spectrum::of(&here.hessian);
    let show = &session.scenario().show;
    let direction = DirectionalDerivatives::at(show.dial.to_radians(), here, &spectrum);
    let turn = |degrees: f64| {
        // One digit will do, and no sign of its own for zero.
        let dial = (degrees.rem_euclid(360.0) * 10.0).round() / 10.0;
        let dial = if dial >= 360.0 { 0.0 } else { dial };
        context.push(Edit::Show(Box::new(ViewState { dial, ..show.clone() })));
    };
    ui.horizontal_top(|ui| {
        if let Some(degrees) = dial(ui, show.dial, &spectrum, here.gradient) {
            turn(degrees);
        }
        ui.vertical(|ui| {
            ui.horizontal(|ui| {
                let name = ui.label(RichText::new("direction d").size(text_size::LABEL)).on_hover_text(
                    "A unit vector, as an angle from the first axis: drag the dial, or type it here",
                );
                let mut degrees = show.dial;
                let value = DragValue::new(&mut degrees).speed(0.5).max_decimals(1).suffix("°");
                if ui.add(value).labelled_by(name.id).changed() {
                    turn(degrees);
                }
            });
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                for (name, tip, v) in [
                    (
                        "v₁",
                        "Along the first eigenvector: where the surface curves least",
                        spectrum.vectors[0],
                    ),
                    ("v₂", "Along the second eigenvector: where it curves most", spectrum.vectors[1]),
                    ("-∇f", "Steepest downhill", -here.gradient),
                ] {
                    let there = v.norm() > 0.0 && v.norm().is_finite();
                    let button = egui::Button::new(RichText::new(name).size(text_size::LABEL)).small();
                    if ui.add_enabled(there, button).on_hover_text(tip).clicked() {
                        turn(libm::atan2(v.y, v.x).to_degrees());
                    }
                }
            });
            told(ui, &direction, &spectrum);
        });
    });
    cut(ui, context, model, direction);
}

/// Slope and curvature along the direction, the latter with its weights.
fn told(ui: &mut Ui, direction: &DirectionalDerivatives, spectrum: &Spectrum) {
    let palette = Palette::of(ui);
    Grid::new("direction").num_columns(2).spacing([8.0, 1.0]).show(ui, |ui| {
        ui.label(RichText::new("slope ∇f·d").size(text_size::LABEL))
            .on_hover_text("By how much f rises for each unit along d");
        ui.label(RichText::new(text::number(direction.slope)).size(text_size::VALUE));
        ui.end_row();
        notation::line(ui, "curvature d^T H d", text_size::LABEL, palette.ink)
            .on_hover_text("How f curves along d: the mean of the eigenvalues, each with the weight (v·d)²");
        ui.label(RichText::new(text::number(direction.curvature)).size(text_size::VALUE).strong());
        ui.end_row();
        for (index, weight) in direction.weights.into_iter().enumerate() {
            let color = palette.axes[index];
            let lambda = text::number(spectrum.values[index]);
            ui.label(
                RichText::new(format!(
                    "  {} · λ{}",
                    text::digits(if weight < 1e-12 { 0.0 } else { weight }, 3),
                    ["₁", "₂"][index]
                ))
                .size(text_size::LABEL)
                .color(color),
            )
            .on_hover_text(format!(
                "The weight of the eigenvalue, (v{}·d)²: the two add up to 1",
                ["₁", "₂"][index]
            ));
            ui.label(RichText::new(format!("of {lambda}")).size(text_size::LABEL).color(color));
            ui.end_row();
        }
    });
}

/// The circle to drag; gives the angle in degrees that it was turned to.
fn dial(ui: &mut Ui, degrees: f64, spectrum: &Spectrum, gradient: Vector2<f64>) -> Option<f64> {
    let size = vec2(DIAL_WIDTH as f32, DIAL_HEIGHT as f32);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(true, degrees, "direction dial"));
    let (page, scheme) = (paint::page(rect), Palette::of(ui).scheme);
    let is_held = response.hovered() || response.dragged();
    let input = DialInput { page, scheme, degrees, spectrum, gradient, is_held };
    let painter = ui.painter().clone();
    FigurePainter::default().paint(&painter, &direction_dial::dial(&input, &FontMeasure(&painter)));
    let turned = response.clicked() || response.dragged();
    let pointer = response.interact_pointer_pos().filter(|_| turned);
    tip::at_rest(response, "Drag to turn d. Thin arrow: steepest downhill");
    let offset = pointer? - rect.center();
    (offset.length() > 2.0)
        .then(|| libm::atan2(f64::from(-offset.y), f64::from(offset.x)).to_degrees().round())
}

/// The surface along the direction, with its tangent and its parabola.
fn cut(ui: &mut Ui, context: &FrameContext<'_>, model: &TaylorModel, direction: DirectionalDerivatives) {
    let (session, scheme) = (context.session, context.palette.scheme);
    let reach = cut_reach(&session.scenario().view);
    let samples = parts::places(session, SAMPLES) as usize | 1;
    let cut = context.caches.readings.cut(session, model, direction, reach, samples);
    let chart = cut_chart(&cut, reach, &Spectrum::of(&model.curvature.hessian), &scheme);
    ui.scope(|ui| chart_view::heading(ui, &chart.heading));
    if let Some(plot) = chart_view::plot(ui, Id::unique("surface cut"), chart, 100.0, scheme, "") {
        plot.context_menu(|ui| plot_menu(ui, context, PictureKind::Cut));
    }
}
