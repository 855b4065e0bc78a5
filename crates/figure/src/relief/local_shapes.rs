//! The local model as it lies on the surface: the tangent plane and the bowl of the second-order model.

use super::land::Land;
use crate::captions::{Caption, Captions, Rank};
use crate::ground::{GroundLines, LaidLines};
use crate::item::Item;
use crate::plot::is_finite;
use crate::stroke::Stroke;
use crate::surface_sampler::SampledSurface;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::local::taylor::TaylorModel;

/// How far the tangent plane and the bowl reach, in parts of the floor's shorter side.
const PLANE: f64 = 0.13;
const BOWL: f64 = 0.24;
/// How many meshes they have along each side, and how many places there are along each line.
const MESHES: usize = 8;
const PLACES: usize = 48;

/// One of them.
struct LocalShape {
    lines: GroundLines,
    /// Where it is named.
    place: Option<Vector2<f64>>,
}

/// The lines of both, where they are seen, and faint where the surface lies before them; as high as the
/// surface would be if it had their values. What is higher or lower than all that is seen of the surface is
/// left out.
pub fn local_shapes(
    land: &Land,
    sampled: &SampledSurface,
    model: &TaylorModel,
    captions: &mut Captions<'_>,
) -> Vec<Item> {
    if !(is_finite(model.at) && model.is_defined()) {
        return Vec::new();
    }
    let scheme = &land.floor.scheme;
    let first = |p: Vector2<f64>| model.curvature.value + model.terms(p - model.at).0;
    let second = |p: Vector2<f64>| model.value(p);
    let shapes = [
        ("Taylor model", scheme.model, LocalShape::of(land, sampled, model.at, BOWL, second)),
        ("tangent plane", scheme.ink, LocalShape::of(land, sampled, model.at, PLANE, first)),
    ];
    let mut items = Vec::new();
    for (name, color, LocalShape { lines, place }) in shapes {
        let faint = Stroke::new(0.8, color.faded(0.18));
        for (lines, stroke) in [(&lines.hidden, faint), (&lines.seen, Stroke::new(1.2, color.faded(0.85)))] {
            if !lines.is_empty() {
                items.push(Item::Lines { lines: Arc::clone(lines), strokes: vec![stroke] });
            }
        }
        if let Some(place) = place {
            captions.add(Caption::new(name, color, place, Vector2::new(1.0, -0.5), Rank::Region));
        }
    }
    items
}

impl LocalShape {
    fn of(
        land: &Land,
        sampled: &SampledSurface,
        at: Vector2<f64>,
        reach: f64,
        value: impl Fn(Vector2<f64>) -> f64,
    ) -> Self {
        let [width, depth] = land.floor.frame.size();
        let shorter = width.min(depth);
        let half = Vector2::new(reach * shorter / width, reach * shorter / depth);
        let middle = land.unit(at);
        let range = sampled.range;
        let height = |unit: Vector2<f64>| {
            let value = value(land.point(unit));
            let is_within = range.is_some_and(|(low, high)| low <= value && value <= high);
            is_within.then(|| sampled.shade(value)).filter(|height| height.is_finite())
        };
        let part = |index: usize, of: usize| 2.0 * index as f64 / of as f64 - 1.0;
        let mut laid = LaidLines::default();
        for line in 0..=MESHES {
            let fixed = part(line, MESHES);
            for along in 0..2 {
                let point = |index: usize| {
                    let free = part(index, PLACES);
                    let way = if along == 0 { Vector2::new(free, fixed) } else { Vector2::new(fixed, free) };
                    middle + way.component_mul(&half)
                };
                let line: Vec<_> = (0..=PLACES).map(point).collect();
                land.draw(&line, &mut laid, height);
            }
        }
        let points = laid.seen.iter().flat_map(|line| line.points.iter().copied());
        let place = points.max_by(|a, b| a.x.total_cmp(&b.x));
        Self { lines: laid.into(), place }
    }
}
