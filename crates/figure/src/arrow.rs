//! Arrows.

use crate::item::Item;
use crate::polyline::Polyline;
use crate::stroke::Stroke;
use nalgebra::Vector2;

/// How wide one half of a head is, in its lengths.
const SLANT: f64 = 0.55;

/// The lines of an open head of this length at the end of a way.
pub fn head(from: Vector2<f64>, way: Vector2<f64>, length: f64) -> Polyline {
    let to = from + way;
    let along = way.normalize() * length;
    let across = Vector2::new(-along.y, along.x) * SLANT;
    Polyline::open(vec![to - along + across, to, to - along - across])
}

/// An arrow with an open head of this length; with none where that is 0.
pub fn arrow(from: Vector2<f64>, way: Vector2<f64>, length: f64, strokes: &[Stroke]) -> Item {
    let mut lines = vec![Polyline::segment(from, from + way)];
    if length > 0.0 && way.norm() > 0.0 {
        lines.push(head(from, way, length));
    }
    Item::Lines { lines: lines.into(), strokes: strokes.to_vec() }
}
