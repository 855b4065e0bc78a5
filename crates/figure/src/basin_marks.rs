//! Where a cloud's runs end: in which colour, and with which mark.

use crate::color::Rgba;
use crate::item::Item;
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use nalgebra::Vector2;
use thalweg_analysis::runs::basins::BasinOutcome;

/// The colour of what became of a run.
pub fn basin_color(outcome: BasinOutcome, scheme: &Scheme) -> Rgba {
    match outcome {
        BasinOutcome::Group(number) => scheme.minimum(number),
        BasinOutcome::Diverged | BasinOutcome::Falls => scheme.alarm,
        BasinOutcome::Alone | BasinOutcome::Running => scheme.quiet,
    }
}

/// The mark of a run's end: filled where runs meet, a cross where it diverged, else hollow.
pub fn basin_mark(outcome: BasinOutcome, at: Vector2<f64>, radius: f64, scheme: &Scheme) -> Vec<Item> {
    let color = basin_color(outcome, scheme);
    match outcome {
        BasinOutcome::Group(_) => {
            vec![Item::disc(at, radius + 1.0, scheme.halo), Item::disc(at, radius, color)]
        }
        BasinOutcome::Diverged | BasinOutcome::Falls => {
            let strokes = vec![Stroke::new(3.6, scheme.halo), Stroke::new(1.6, color)];
            vec![Item::Lines { lines: cross(at, radius).into(), strokes }]
        }
        BasinOutcome::Alone | BasinOutcome::Running => vec![
            Item::ring(at, radius, Stroke::new(3.0, scheme.halo)),
            Item::ring(at, radius, Stroke::new(1.3, color)),
        ],
    }
}

/// The two lines of an upright X, `radius` wide and high to each side.
pub fn cross(at: Vector2<f64>, radius: f64) -> [Polyline; 2] {
    [Vector2::new(radius, radius), Vector2::new(radius, -radius)]
        .map(|arm| Polyline::segment(at - arm, at + arm))
}
