//! A direction to turn by hand: slope and curvature along it, and the cut through the surface.

use super::parts;
use crate::app::context::FrameContext;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::app::{static_plot, ticks};
use crate::words::text;
use egui::{Align2, Color32, DragValue, FontId, Grid, Label, Pos2, RichText, Sense, Shape, Stroke, Ui};
use egui::{WidgetInfo, vec2};
use egui_plot::PlotBounds;
use nalgebra::Vector2;
use thalweg_analysis::local::direction::DirectionalDerivatives;
use thalweg_analysis::local::taylor::TaylorModel;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::math::within::Within;
use thalweg_scenario::ViewState;
use thalweg_session::Edit;

/// The dial's size in screen points.
const SIZE: f32 = 92.0;
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
        ui.label(RichText::new("curvature d·Hd").size(text_size::LABEL))
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
    let palette = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(SIZE, SIZE + 14.0), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(true, degrees, "direction dial"));
    let (middle, radius) = (rect.center(), SIZE / 2.0 - 8.0);
    let painter = ui.painter();
    let on_screen = |v: Vector2<f64>| vec2(v.x as f32, -v.y as f32);
    painter.circle(middle, radius, ui.visuals().extreme_bg_color, Stroke::new(1.2, palette.quiet));
    for (index, vector) in spectrum.vectors.iter().enumerate().filter(|(_, v)| v.norm().is_finite()) {
        let (v, color) = (on_screen(*vector), palette.axes[index]);
        painter.line_segment([middle - v * radius, middle + v * radius], Stroke::new(1.6, color));
        let name = ["v₁", "v₂"][index];
        painter.text(
            middle + v * (radius + 6.0),
            Align2::CENTER_CENTER,
            name,
            FontId::proportional(11.0),
            color,
        );
    }
    let length = gradient.norm();
    if length > 0.0 && length.is_finite() {
        painter.arrow(middle, on_screen(-gradient / length) * radius * 0.6, Stroke::new(1.4, palette.ink));
    }
    let (sin, cos) = libm::sincos(degrees.to_radians());
    let d = vec2(cos as f32, -sin as f32);
    painter.arrow(middle, d * radius, Stroke::new(2.4, palette.model));
    let held = response.hovered() || response.dragged();
    painter.circle(middle + d * radius, if held { 6.0 } else { 4.5 }, palette.model, Stroke::NONE);
    let turned = response.clicked() || response.dragged();
    let pointer = response.interact_pointer_pos().filter(|_| turned);
    response.on_hover_text("Drag to turn d. Thin arrow: steepest downhill");
    let offset = pointer? - middle;
    (offset.length() > 2.0)
        .then(|| libm::atan2(f64::from(-offset.y), f64::from(offset.x)).to_degrees().round())
}

/// The surface along the direction, with its tangent and its parabola.
fn cut(ui: &mut Ui, context: &FrameContext<'_>, model: &TaylorModel, direction: DirectionalDerivatives) {
    let session = context.session;
    let view = session.scenario().view;
    let reach = (view.x.1 - view.x.0).min(view.y.1 - view.y.0) / 4.0;
    let samples = parts::places(session, SAMPLES) as usize | 1;
    let cut = context.caches.readings.cut(session, model, direction, reach, samples);
    let palette = Palette::of(ui);
    let heights = cut.samples.iter().map(|(_, f)| *f).filter(|f| f.is_finite() && f.abs() < 1e12);
    let (low, high) = heights.fold((cut.value, cut.value), |(low, high), f| (low.min(f), high.max(f)));
    // A flat cut still has a height.
    let air = (0.12 * (high - low)).max(1e-9 * cut.value.abs().max(1e-3));
    // Turning the dial must not stretch what is all but straight: the strongest curvature sets the scale.
    let strongest = Spectrum::of(&model.curvature.hessian).values.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
    let least = 0.3 * strongest * reach * reach;
    let air = air.max(0.5 * (least - (high - low)));
    let (low, high) = (low - air, high + air);
    let drawable = reach > 0.0 && reach.is_finite() && low.abs() < 1e12 && high.abs() < 1e12;
    ui.horizontal(|ui| {
        ui.label(RichText::new("cut along d:").size(text_size::HINT)).on_hover_text(
            "f along the line through the point, over the distance t; a quarter of the view each way",
        );
        let key = |ui: &mut Ui, name: &str, color: Color32| {
            ui.label(RichText::new(name).size(text_size::HINT).color(color));
        };
        key(ui, "f", palette.ink);
        key(ui, "tangent", palette.quiet);
        key(ui, "parabola", palette.model);
    });
    if !drawable {
        ui.add(Label::new(RichText::new("f is too large to be drawn here.").weak()).wrap());
        return;
    }
    let plot = static_plot::plot("cut")
        .height(100.0)
        .grid_color(palette.quiet.gamma_multiply(0.3))
        .label_formatter(|_| None)
        .y_axis_min_width(38.0)
        .x_axis_formatter(ticks::label)
        .y_axis_formatter(ticks::label)
        .x_grid_spacer(|input| ticks::even(input.bounds, 4.0))
        .y_grid_spacer(|input| ticks::even(input.bounds, 3.0))
        .show(ui, |plot| plot.set_plot_bounds(PlotBounds::from_min_max([-reach, low], [reach, high])));
    let frame = *plot.transform.frame();
    plot.response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Image, true, "Cut through the surface with tangent and parabola")
    });
    let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
    let place = |t: f64, f: f64| {
        let x = ((t + reach) / (2.0 * reach)) as f32;
        let y = ((f - low) / (high - low)).within(-100.0, 100.0) as f32;
        egui::pos2(frame.left() + x * frame.width(), frame.bottom() - y * frame.height())
    };
    let line =
        |f: &dyn Fn(f64) -> f64| -> Vec<Pos2> { cut.samples.iter().map(|(t, _)| place(*t, f(*t))).collect() };
    painter.add(Shape::line(line(&|t| cut.tangent(t)), Stroke::new(1.2, palette.quiet)));
    let parabola = line(&|t| cut.parabola(t));
    painter.extend(Shape::dashed_line(&parabola, Stroke::new(2.0, palette.model), 5.0, 3.0));
    for piece in cut.samples.split(|(_, f)| !f.is_finite()).filter(|piece| piece.len() > 1) {
        let points = piece.iter().map(|(t, f)| place(*t, *f)).collect();
        painter.add(Shape::line(points, Stroke::new(1.6, palette.ink)));
    }
    painter.circle_filled(place(0.0, cut.value), 3.2, palette.ink);
}
