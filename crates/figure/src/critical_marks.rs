//! The marks of single points: critical ones by their kind, the start, and what is looked at.

use crate::basin_marks::cross;
use crate::captions::{Caption, Captions, Rank};
use crate::ground::{Ground, Spot};
use crate::item::{Item, TextItem};
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::text_measure::TextKind;
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_core::objective::critical_point::{CriticalPoint, PointKind};

/// The mark of one kind of critical point: a ring with a dot for a minimum, a square for a maximum, a cross for
/// a saddle, a question mark where the kind is not certain.
pub fn critical_mark(kind: PointKind, at: Vector2<f64>, scheme: &Scheme) -> Vec<Item> {
    let strokes = [Stroke::new(4.0, scheme.halo), Stroke::new(1.6, scheme.ink)];
    let rings = |radius| strokes.map(|stroke| Item::ring(at, radius, stroke)).to_vec();
    let mut items = match kind {
        PointKind::Minimum => rings(5.5),
        PointKind::Maximum => {
            let corners = [(-4.0, -4.0), (4.0, -4.0), (4.0, 4.0), (-4.0, 4.0)];
            let corners = corners.map(|(x, y)| at + Vector2::new(x, y));
            vec![Item::line(Polyline::closed(corners.to_vec()), &strokes)]
        }
        PointKind::Saddle => {
            vec![Item::Lines { lines: cross(at, 4.5).into(), strokes: strokes.to_vec() }]
        }
        PointKind::Inconclusive => rings(6.5),
    };
    match kind {
        PointKind::Minimum => items.push(Item::disc(at, 1.8, scheme.ink)),
        PointKind::Inconclusive => items.push(Item::Text(TextItem {
            string: "?".to_owned(),
            kind: TextKind::Plain,
            size: 10.0,
            color: scheme.ink,
            rect: Rect::around(at, Vector2::new(5.6, 12.5)),
            is_upright: false,
        })),
        PointKind::Maximum | PointKind::Saddle => {}
    }
    items
}

/// The marks of critical points, and dots along the lines of them.
pub fn critical_items<'a>(
    ground: &impl Ground,
    points: &[CriticalPoint],
    lines: impl Iterator<Item = &'a Vector2<f64>>,
) -> Vec<Item> {
    let scheme = &ground.plot().scheme;
    let mut items = Vec::new();
    let seen = |point: Vector2<f64>| match ground.spot(point) {
        Some(Spot { at, is_hidden: false }) if ground.shows(at, 8.0) => Some(at),
        _ => None,
    };
    for at in lines.filter_map(|point| seen(*point)) {
        items.push(Item::disc(at, 3.0, scheme.halo));
        items.push(Item::disc(at, 1.6, scheme.ink));
    }
    for point in points {
        if let Some(at) = seen(point.at) {
            items.extend(critical_mark(point.kind, at, scheme));
        }
    }
    items
}

/// A ring around a point of its own that the panels look at.
pub fn looked_at_items(ground: &impl Ground, point: Vector2<f64>) -> Vec<Item> {
    let scheme = &ground.plot().scheme;
    rings(ground, point, 11.0, [Stroke::new(4.5, scheme.halo), Stroke::new(2.0, scheme.model)])
}

/// A ring around a point, where that has a place.
fn rings(ground: &impl Ground, point: Vector2<f64>, radius: f64, strokes: [Stroke; 2]) -> Vec<Item> {
    let at = ground.spot(point).map(|spot| spot.at);
    at.map_or_else(Vec::new, |at| strokes.map(|stroke| Item::ring(at, radius, stroke)).to_vec())
}

/// The start's ring, to take hold of.
pub fn start_items(ground: &impl Ground, start: Vector2<f64>) -> Vec<Item> {
    let scheme = &ground.plot().scheme;
    rings(ground, start, 7.5, [Stroke::new(4.5, scheme.halo), Stroke::new(1.8, scheme.ink)])
}

/// The start's name, where it is in sight.
pub fn start_caption(ground: &impl Ground, start: Vector2<f64>, captions: &mut Captions<'_>) {
    let at = ground.spot(start).map(|spot| spot.at);
    if let Some(at) = at.filter(|at| ground.shows(*at, 8.0)) {
        captions.keep_clear(at, 15.0);
        let caption =
            Caption::new("start", ground.plot().scheme.ink, at, Vector2::new(0.0, -1.0), Rank::Place);
        captions.add(Caption { gap: 9.0, ..caption });
    }
}

/// A small upright cross: what the pointer is over in another view.
pub fn pointed_item(ground: &impl Ground, point: Vector2<f64>) -> Option<Item> {
    let (at, scheme) = (ground.spot(point)?.at, &ground.plot().scheme);
    let arm = |arm: Vector2<f64>| Polyline::segment(at - arm, at + arm);
    let lines = [arm(Vector2::new(7.0, 0.0)), arm(Vector2::new(0.0, 7.0))];
    let strokes = vec![Stroke::new(4.0, scheme.halo), Stroke::new(1.4, scheme.ink)];
    Some(Item::Lines { lines: lines.into(), strokes })
}
