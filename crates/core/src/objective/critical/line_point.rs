//! Whether a point is one of a line of critical points, and what that line is: the floor of a valley, the top of a ridge.

use super::curve::{Floor, PARTS, goes_on, kind_by_sides, on_floor, tangent_at};
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::derivatives::CurvatureAt;
use nalgebra::Vector2;

/// How far along the line it is looked whether it goes on, in parts of the scale of the point.
const CELL: f64 = 0.05;

/// The kind of the line of critical points that goes on on both sides of the critical point `p`; none where there is no
/// such line, or where it is neither one of minima nor one of maxima.
pub(in crate::objective) fn line_kind(f: &CurvatureAt<'_>, p: Vector2<f64>) -> Option<PointKind> {
    let cell = Vector2::repeat(CELL * p.amax().max(1.0));
    let floor = if f(p).smoothness.has_gradient() { Floor::Smooth } else { Floor::Kink };
    // Where all second derivatives vanish, too, only the places beside it tell which way it goes.
    let aside = [[0.0, 0.0], [0.1, 0.0], [0.0, 0.1], [0.07, 0.07], [0.07, -0.07]];
    PARTS.into_iter().find_map(|part| {
        let from = |aside: [f64; 2]| p + Vector2::from(aside).component_mul(&cell) * part;
        let tangent =
            aside.into_iter().find_map(|aside| tangent_at(f, floor, from(aside), 0.2 * part, cell))?;
        if !goes_on(f, floor, p, tangent, cell * part) {
            return None;
        }
        Some(kind_by_sides(f, p, tangent, cell, part)).filter(|kind| *kind != PointKind::Inconclusive)
    })
}

/// The minimum that is one of a line of minima and that is reached from `p` straight across the line, within `reach`; none
/// where that leads to no such line.
pub(in crate::objective) fn line_minimum(
    f: &CurvatureAt<'_>,
    p: Vector2<f64>,
    reach: f64,
) -> Option<CriticalPoint> {
    let cell = Vector2::repeat(reach);
    let (at, _) = on_floor(f, Floor::Smooth, p, Vector2::x(), 1.0, cell)?;
    let kind = line_kind(f, at)?;
    (kind == PointKind::Minimum).then_some(CriticalPoint { at, kind })
}
