//! The directions that a runner's next step could be given: a cloud of thin arrows for the possible gradients,
//! around that of the whole surface, with the step's own among them.

use crate::arrow::{arrow, head};
use crate::color::Rgba;
use crate::item::Item;
use crate::plot::{Plot, is_finite};
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use nalgebra::Vector2;
use thalweg_analysis::data::minibatches::GradientSample;

/// The longest an arrow gets, in points.
const LONGEST: f64 = 90.0;
/// How long the arrow of the full gradient is where the others leave it the room.
const READABLE: f64 = 60.0;
/// How far a marker's rim is from where the runner stands.
const RIM: f64 = 8.5;
/// How long a thin and a thick arrow's head is.
const THIN: f64 = 4.4;
const THICK: f64 = 9.0;

/// The arrows of one step, downhill (-g), all to one scale: their lengths compare with each other, not with
/// the plane.
#[derive(Clone, Copy, Debug)]
pub struct GradientArrows<'a> {
    sample: &'a GradientSample,
    from: Vector2<f64>,
    /// Points per unit of gradient.
    scale: f64,
}

impl<'a> GradientArrows<'a> {
    /// The arrows from a point of the plane; none where that is out of sight or nowhere.
    pub fn new(plot: &Plot, position: Vector2<f64>, sample: &'a GradientSample) -> Option<Self> {
        let from = plot.to.place(position);
        let is_seen = is_finite(position) && plot.shows(from, LONGEST);
        let scale = scale(sample).filter(|_| is_seen)?;
        Some(Self { sample, from, scale })
    }

    /// The possible ones: quiet lines, with clearer tips.
    pub fn possible(&self, scheme: &Scheme) -> Vec<Item> {
        let ways = || self.sample.possible.iter().filter_map(|gradient| self.way(*gradient));
        let lines = ways().map(|way| Polyline::segment(self.from, self.from + way)).collect();
        let tips = ways().filter(|way| way.norm() > 0.0);
        let tips = tips.map(|way| head(self.from, way, THIN.min(way.norm()))).collect();
        let stroke = |width, part| vec![Stroke::new(width, scheme.ink.faded(part))];
        vec![
            Item::Lines { lines, strokes: stroke(1.0, 0.16) },
            Item::Lines { lines: tips, strokes: stroke(1.2, 0.38) },
        ]
    }

    /// The full gradient as a double line, and the step's own in the runner's colour.
    pub fn step(&self, color: Rgba, scheme: &Scheme) -> Vec<Item> {
        let full =
            [Stroke::new(6.2, scheme.halo), Stroke::new(4.2, scheme.ink), Stroke::new(1.6, scheme.core)];
        let own = [Stroke::new(3.2, scheme.halo), Stroke::new(2.2, color)];
        let drawn = [(self.sample.full, &full[..]), (self.sample.own, &own[..])];
        let drawn = drawn.into_iter().filter_map(|(gradient, strokes)| {
            let way = self.way(gradient)?;
            // From the marker's rim, where the arrow reaches so far.
            let rim = if way.norm() > 2.0 * RIM { way.normalize() * RIM } else { Vector2::zeros() };
            Some(arrow(self.from + rim, way - rim, THICK.min((way - rim).norm()), strokes))
        });
        drawn.collect()
    }

    /// A gradient's arrow; none if it is not finite.
    fn way(&self, gradient: Vector2<f64>) -> Option<Vector2<f64>> {
        let way = Vector2::new(-gradient.x, gradient.y) * self.scale;
        way.norm().is_finite().then_some(way)
    }
}

/// Points per unit of gradient: the full gradient is well readable, unless others are so much longer that they
/// would fill the plot. None where there is nothing to scale by.
fn scale(sample: &GradientSample) -> Option<f64> {
    let all = sample.possible.iter().chain([&sample.own, &sample.full]);
    let lengths = all.map(Vector2::norm).filter(|length| length.is_finite());
    let scale = (READABLE / sample.full.norm()).min(LONGEST / lengths.fold(0.0, f64::max));
    (scale > 0.0 && scale.is_finite()).then_some(scale)
}
