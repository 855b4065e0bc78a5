//! The levels of index contour lines, written on them.

use crate::captions::{Captions, Corner, SIZE, label};
use crate::item::Item;
use crate::numbers;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::surface_sampler::SampledSurface;
use crate::text_measure::{TextKind, TextMeasure};
use crate::viewport::Rect;
use nalgebra::Vector2;

/// How far from the frame a label's middle is at least, in points.
const MARGIN: Vector2<f64> = Vector2::new(30.0, 34.0);
/// A line that is shorter has no label, in points.
const SHORTEST: f64 = 70.0;
/// How far a label is from what stands in the corners at least, in points.
const CLEAR: Vector2<f64> = Vector2::new(8.0, 4.0);
/// As long as what is told of a place below the pointer.
const READOUT: &str = "x -0.0000   y -0.0000   f -0.0000e-00";
/// Labels farther apart than this are far enough, in points.
const APART: f64 = 120.0;

/// One label for each level, on a long line of it, where that runs level and no other label is near, clear of what
/// stands in the corners, and of where the pointer's place is told. Where they stand depends on the surface and the view
/// alone: they stay while the runs and the pointer move. Captions keep clear of them.
pub fn contour_labels(
    sampled: &SampledSurface,
    plot: &Plot,
    measure: &dyn TextMeasure,
    captions: &mut Captions<'_>,
) -> Vec<Item> {
    let inner = plot.frame.grown(-MARGIN);
    let readout = readout(captions);
    let mut placed: Vec<Vector2<f64>> = Vec::new();
    let mut items = Vec::new();
    let levels = sampled.index_levels.chunk_by(|a, b| a == b);
    let mut first = 0;
    for level in levels {
        let lines = &sampled.index_lines[first..first + level.len()];
        first += level.len();
        let long = lines.iter().filter(|line| length(line) >= SHORTEST);
        let places = long.flat_map(|line| line.points.windows(2));
        let text = numbers::number(level[0]);
        let size = measure.size(&text, SIZE, TextKind::Plain);
        let is_free = |at: Vector2<f64>| {
            let room = Rect::around(at, size).grown(CLEAR);
            captions.is_free(room) && !readout.meets(&room)
        };
        let places = places.filter_map(|ends| place(ends, inner, &placed)).filter(|(_, at)| is_free(*at));
        let Some((_, at)) = places.max_by(|(a, _), (b, _)| a.total_cmp(b)) else { continue };
        let (both, room) = label(measure, at, [0.5, 0.5], &text, plot.scheme.ink, &plot.scheme);
        captions.keep_free(room);
        placed.push(at);
        items.extend(both);
    }
    items
}

/// Where a place below the pointer is told, with a line for the step of a path there.
fn readout(captions: &Captions<'_>) -> Rect {
    let Rect { min, max } = captions.corner_room(Corner::TopLeft, READOUT);
    Rect { min, max: [max[0], 2.0 * max[1] - min[1]] }
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
