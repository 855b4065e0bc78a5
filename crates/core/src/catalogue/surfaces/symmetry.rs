//! Critical points of surfaces that are their own mirror images.

use crate::objective::critical_point::{CriticalPoint, PointKind};

/// A kind of point and its offset from the centre, neither component below zero.
pub(super) type Offset = (PointKind, f64, f64);

/// The mirror images of `points` in the horizontal and the vertical through `centre`, each once.
pub(super) fn quadrants(centre: [f64; 2], points: &[Offset]) -> impl Iterator<Item = CriticalPoint> + '_ {
    let signs = [(1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)];
    points.iter().flat_map(move |&(kind, dx, dy)| {
        // A point on an axis is its own image.
        let images = signs.into_iter().filter(move |(h, v)| (*h > 0.0 || dx > 0.0) && (*v > 0.0 || dy > 0.0));
        images.map(move |(h, v)| CriticalPoint::new(kind, centre[0] + h * dx, centre[1] + v * dy))
    })
}

/// The points, their images in both axes, and those in the diagonal through `centre`.
pub(super) fn octants(centre: [f64; 2], points: &[Offset]) -> impl Iterator<Item = CriticalPoint> + '_ {
    points.iter().flat_map(move |&(kind, dx, dy)| {
        let swapped = (dx != dy).then_some((kind, dy, dx));
        let both = [Some((kind, dx, dy)), swapped];
        both.into_iter().flatten().flat_map(move |point| quadrants(centre, &[point]).collect::<Vec<_>>())
    })
}
