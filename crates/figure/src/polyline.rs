//! Lines through points of the paper.

use nalgebra::Vector2;
use std::f64::consts::TAU;

/// A line through points of the paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Polyline {
    /// The points, in points of the paper.
    pub points: Vec<Vector2<f64>>,
    /// Whether it ends where it began.
    pub closed: bool,
    /// How long what it continues is, in points: there its dashes begin.
    pub before: f64,
}

impl Polyline {
    /// A line from its first to its last point.
    pub fn open(points: Vec<Vector2<f64>>) -> Self {
        Self { points, closed: false, before: 0.0 }
    }

    /// A line that ends where it began.
    pub fn closed(points: Vec<Vector2<f64>>) -> Self {
        Self { points, closed: true, before: 0.0 }
    }

    /// A line between two points.
    pub fn segment(from: Vector2<f64>, to: Vector2<f64>) -> Self {
        Self::open(vec![from, to])
    }

    /// An ellipse around its middle, from its two half axes.
    pub fn ellipse(center: Vector2<f64>, axes: [Vector2<f64>; 2]) -> Self {
        const CORNERS: u8 = 96;
        let at = |i| {
            let (sin, cos) = libm::sincos(f64::from(i) / f64::from(CORNERS) * TAU);
            center + axes[0] * cos + axes[1] * sin
        };
        Self::closed((0..CORNERS).map(at).collect())
    }
}

/// A line without the points that hardly bend it: what is left out lies within a tenth of a point of what is
/// drawn, and a frame costs a third.
pub fn without_straight_points(points: impl Iterator<Item = Vector2<f64>>) -> Vec<Vector2<f64>> {
    const BEND: f64 = 0.1;
    let mut kept: Vec<Vector2<f64>> = Vec::new();
    let mut waiting: Option<Vector2<f64>> = None;
    for point in points {
        if let (Some(last), Some(middle)) = (kept.last(), waiting) {
            let (whole, part) = (point - last, middle - last);
            let offset = whole.perp(&part).abs() / whole.norm().max(1e-6);
            // Several small bends must not add up: a stretch ends at some length, too.
            if offset > BEND || whole.norm() > 14.0 {
                kept.push(middle);
            }
        } else if waiting.is_none() && kept.is_empty() {
            kept.push(point);
            continue;
        }
        waiting = Some(point);
    }
    kept.extend(waiting);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn straight_points_are_left_out_and_bends_kept() {
        let straight = (0..=10).map(|i| Vector2::new(f64::from(i), 0.0));
        let bend = (1..=5).map(|i| Vector2::new(10.0, f64::from(i)));
        let kept = without_straight_points(straight.chain(bend));
        assert!(kept.len() < 8 && kept[0] == Vector2::zeros() && kept.ends_with(&[Vector2::new(10.0, 5.0)]));
        assert!(kept.contains(&Vector2::new(10.0, 0.0)), "{kept:?}");
        assert!(without_straight_points(std::iter::empty()).is_empty());
        let one = [Vector2::new(1.0, 2.0)];
        assert_eq!(without_straight_points(one.into_iter()), one);
    }
}
