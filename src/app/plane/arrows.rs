//! The directions that the focused runner's next step could be given: a cloud of thin arrows for the
//! possible gradients, around that of the whole surface, with the step's own among them.

use super::to_screen;
use crate::analysis::batches::Sampling;
use crate::app::theme::Palette;
use crate::session::Session;
use egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;

/// The longest an arrow gets, in screen points.
const LONGEST: f64 = 90.0;
/// How long the arrow of the full gradient is where the others leave it the room.
const READABLE: f64 = 60.0;
/// An arrow that is shorter than this, in screen points, has no head.
const HEADLESS: f32 = 6.0;

/// Draws the arrows, downhill (-g), all to one scale: their lengths compare with each other, not
/// with the plane.
pub fn show(
    painter: &Painter,
    transform: &PlotTransform,
    session: &Session,
    sampling: &Sampling,
    palette: &Palette,
) {
    let Some((runner, _)) = session.focused().filter(|(runner, _)| !runner.hidden) else { return };
    let position = session.position();
    if !(position.x.is_finite() && position.y.is_finite()) {
        return;
    }
    let from = to_screen(transform, position);
    if !transform.frame().expand(LONGEST as f32).contains(from) {
        return;
    }
    let Some(scale) = scale(sampling) else { return };
    let tip = |gradient: Vector2<f64>| {
        let v = -gradient * scale;
        let arrow = vec2(v.x as f32, -v.y as f32);
        // A rare batch may be far longer than the rest: it shows where it points.
        (arrow.x.is_finite() && arrow.y.is_finite()).then(|| {
            if arrow.length() > 2.0 * LONGEST as f32 {
                arrow.normalized() * 2.0 * LONGEST as f32
            } else {
                arrow
            }
        })
    };
    let thin = Stroke::new(1.0, palette.ink.gamma_multiply(0.28));
    for arrow in sampling.possible.iter().filter_map(|gradient| tip(*gradient)) {
        draw(painter, from, arrow, thin, None);
    }
    let color = palette.runner(runner.color);
    for (gradient, width, color) in [(sampling.full, 2.8, palette.ink), (sampling.own, 2.2, color)] {
        if let Some(arrow) = tip(gradient) {
            draw(painter, from, arrow, Stroke::new(width, color), Some(palette.halo));
        }
    }
}

/// Screen points per unit of gradient: the full gradient is well readable, unless the possible ones
/// are so much longer that they would fill the plot. None where there is nothing to scale by.
fn scale(sampling: &Sampling) -> Option<f64> {
    let full = sampling.full.norm();
    let longest = sampling.possible.iter().chain([&sampling.own, &sampling.full]);
    let longest =
        longest.map(|gradient| gradient.norm()).filter(|length| length.is_finite()).fold(0.0, f64::max);
    let scale = (READABLE / full).min(LONGEST / longest);
    (scale > 0.0 && scale.is_finite()).then_some(scale)
}

/// One arrow with an open head.
fn draw(painter: &Painter, from: Pos2, arrow: Vec2, stroke: Stroke, halo: Option<Color32>) {
    let to = from + arrow;
    let along = arrow.normalized() * (3.0 + 2.2 * stroke.width).min(arrow.length() / 2.0);
    let across = along.rot90() * 0.55;
    let head = vec![to - along + across, to, to - along - across];
    for stroke in halo.map(|halo| Stroke::new(stroke.width + 2.4, halo)).into_iter().chain([stroke]) {
        painter.line_segment([from, to], stroke);
        if arrow.length() > HEADLESS {
            painter.add(Shape::line(head.clone(), stroke));
        }
    }
}
