//! The directions that the focused runner's next step could be given: a cloud of thin arrows for the
//! possible gradients, around that of the whole surface, with the step's own among them.

use super::to_screen;
use crate::app::theme::Palette;
use egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use thalweg_analysis::data::minibatches::GradientSample;
use thalweg_session::Session;

/// The longest an arrow gets, in screen points.
const LONGEST: f64 = 90.0;
/// How long the arrow of the full gradient is where the others leave it the room.
const READABLE: f64 = 60.0;
/// How far a marker's rim is from where the runner stands.
const RIM: f32 = 8.5;

/// The arrows of one step, downhill (-g), all to one scale: their lengths compare with each other,
/// not with the plane.
pub struct Arrows<'a> {
    sampling: &'a GradientSample,
    from: Pos2,
    /// Screen points per unit of gradient.
    scale: f64,
    color: Color32,
}

impl<'a> Arrows<'a> {
    /// Those of the focused runner, from where it stands; none where that is hidden, out of sight or
    /// nowhere.
    pub fn of(
        transform: &PlotTransform,
        session: &Session,
        sampling: &'a GradientSample,
        palette: &Palette,
    ) -> Option<Self> {
        let (runner, _) = session.focused().filter(|(runner, _)| !runner.hidden)?;
        let position = session.position();
        if !(position.x.is_finite() && position.y.is_finite()) {
            return None;
        }
        let from = to_screen(transform, position);
        let in_sight = transform.frame().expand(LONGEST as f32).contains(from);
        let scale = scale(sampling).filter(|_| in_sight)?;
        Some(Self { sampling, from, scale, color: palette.runner(runner.color) })
    }

    /// The possible ones: quiet lines, with clearer tips.
    pub fn cloud(&self, painter: &Painter, palette: &Palette) {
        let line = Stroke::new(1.0, palette.ink.gamma_multiply(0.16));
        let tip = Stroke::new(1.2, palette.ink.gamma_multiply(0.38));
        for arrow in self.sampling.possible.iter().filter_map(|gradient| self.arrow(*gradient)) {
            draw(painter, self.from, arrow, line, tip);
        }
    }

    /// The full gradient as a double line, and the step's own in the runner's colour.
    pub fn step(&self, painter: &Painter, palette: &Palette) {
        let solid = |width, color| Stroke::new(width, color);
        let full = [solid(6.2, palette.halo), solid(4.2, palette.ink), solid(1.6, palette.core)];
        let own = [solid(3.2, palette.halo), solid(2.2, self.color)];
        for (gradient, strokes) in [(self.sampling.full, &full[..]), (self.sampling.own, &own[..])] {
            let Some(arrow) = self.arrow(gradient) else { continue };
            // From the marker's rim, where the arrow reaches so far.
            let rim = if arrow.length() > 2.0 * RIM { arrow.normalized() * RIM } else { Vec2::ZERO };
            for stroke in strokes {
                draw(painter, self.from + rim, arrow - rim, *stroke, *stroke);
            }
        }
    }

    /// A gradient's arrow on the screen; none if it is not finite.
    fn arrow(&self, gradient: Vector2<f64>) -> Option<Vec2> {
        let v = -gradient * self.scale;
        let arrow = vec2(v.x as f32, -v.y as f32);
        arrow.length().is_finite().then_some(arrow)
    }
}

/// Screen points per unit of gradient: the full gradient is well readable, unless others are so much
/// longer that they would fill the plot. None where there is nothing to scale by.
fn scale(sampling: &GradientSample) -> Option<f64> {
    let all = sampling.possible.iter().chain([&sampling.own, &sampling.full]);
    let lengths = all.map(Vector2::norm).filter(|length| length.is_finite());
    let scale = (READABLE / sampling.full.norm()).min(LONGEST / lengths.fold(0.0, f64::max));
    (scale > 0.0 && scale.is_finite()).then_some(scale)
}

/// One arrow with an open head, which is no longer than the arrow.
fn draw(painter: &Painter, from: Pos2, arrow: Vec2, line: Stroke, head: Stroke) {
    let to = from + arrow;
    let size = if line.width > 1.5 { 9.0 } else { 4.4_f32 };
    let along = arrow.normalized() * size.min(arrow.length());
    let across = along.rot90() * 0.55;
    painter.line_segment([from, to], line);
    painter.add(Shape::line(vec![to - along + across, to, to - along - across], head));
}
