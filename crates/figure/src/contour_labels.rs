//! The levels of index contour lines, written on them.

use crate::captions::{Captions, label};
use crate::item::Item;
use crate::numbers;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::surface_sampler::SampledSurface;
use crate::text_measure::TextMeasure;
use crate::viewport::Rect;
use nalgebra::Vector2;

/// How far from the frame a label is at least, in points: near it stand the corners' lines.
const MARGIN: Vector2<f64> = Vector2::new(30.0, 34.0);
/// A line that is shorter has no label, in points.
const SHORTEST: f64 = 70.0;
/// Labels farther apart than this are far enough, in points.
const APART: f64 = 120.0;

/// One label for each level, on a long line of it, where that runs level and no other label is near. Where they stand
/// depends on the surface and the view alone: they stay while the runs move. Captions keep clear of them.
pub fn contour_labels(
    sampled: &SampledSurface,
    plot: &Plot,
    measure: &dyn TextMeasure,
    captions: &mut Captions<'_>,
) -> Vec<Item> {
    let inner = plot.frame.grown(-MARGIN);
    let mut placed: Vec<Vector2<f64>> = Vec::new();
    let mut items = Vec::new();
    let levels = sampled.index_levels.chunk_by(|a, b| a == b);
    let mut first = 0;
    for level in levels {
        let lines = &sampled.index_lines[first..first + level.len()];
        first += level.len();
        let long = lines.iter().filter(|line| length(line) >= SHORTEST);
        let places = long.flat_map(|line| line.points.windows(2));
        let places = places.filter_map(|ends| place(ends, inner, &placed));
        let Some((_, at)) = places.max_by(|(a, _), (b, _)| a.total_cmp(b)) else { continue };
        let (text, color) = (numbers::number(level[0]), plot.scheme.ink);
        let (both, room) = label(measure, at, [0.5, 0.5], &text, color, &plot.scheme);
        if captions.is_free(room) {
            captions.keep_free(room);
            placed.push(at);
            items.extend(both);
        }
    }
    items
}

/// How good a piece of a line is for a label, and its middle; none outside.
fn place(ends: &[Vector2<f64>], inner: Rect, placed: &[Vector2<f64>]) -> Option<(f64, Vector2<f64>)> {
    let [from, to] = ends else { return None };
    let (middle, way) = ((from + to) / 2.0, to - from);
    let level = way.x.abs() / way.norm();
    let away = placed.iter().map(|other| (other - middle).norm()).fold(APART, f64::min) / APART;
    (inner.contains(middle.into()) && level.is_finite()).then_some((level + 2.0 * away, middle))
}

fn length(line: &Polyline) -> f64 {
    line.points.windows(2).map(|ends| (ends[1] - ends[0]).norm()).sum()
}
