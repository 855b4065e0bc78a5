//! What a point is by how high f lies around it: where slopes are infinite nearby, they do not tell.

use super::critical_point::PointKind;
use super::derivatives::ValueGradientHessian;
use nalgebra::Vector2;
use std::f64::consts::TAU;

/// How many places of a circle are looked at first.
const PLACES: u32 = 96;
/// How often what lies between three places is divided, to find its lowest one.
const DIVISIONS: u32 = 80;
/// The part of a stretch at which it is divided, from either end: the golden section.
const SECTION: f64 = 0.381_966_011_250_105_1;
/// The sizes of the circles, in parts of the scale of the point.
const CIRCLES: [f64; 3] = [1e-2, 1e-3, 1e-4];

/// The kind of `p`, if f is higher all around it, or lower, or higher and lower by turns in at least four sectors, on
/// each of three circles. None for other points, and where f is not finite around.
pub(super) fn kind_by_heights(
    f: &impl Fn(Vector2<f64>) -> ValueGradientHessian,
    p: Vector2<f64>,
) -> Option<PointKind> {
    let value = f(p).value;
    let scale = p.amax().max(1.0);
    let mut kinds = CIRCLES.iter().map(|part| kind_on_circle(f, p, value, part * scale));
    let first = kinds.next()??;
    kinds.all(|kind| kind == Some(first)).then_some(first)
}

fn kind_on_circle(
    f: &impl Fn(Vector2<f64>) -> ValueGradientHessian,
    p: Vector2<f64>,
    value: f64,
    radius: f64,
) -> Option<PointKind> {
    let height = |angle: f64| {
        let (sin, cos) = libm::sincos(angle);
        f(p + Vector2::new(cos, sin) * radius).value - value
    };
    let angle = |place: u32| f64::from(place) / f64::from(PLACES) * TAU;
    let heights: Vec<f64> = (0..PLACES).map(|place| height(angle(place))).collect();
    if !heights.iter().all(|height| height.is_finite()) {
        return None;
    }
    // Each place, and the lowest and the highest one between those where it is neither.
    let mut seen = Vec::new();
    for place in 0..PLACES {
        let at = |offset: u32| heights[((place + offset) % PLACES) as usize];
        let [before, here, after] = [at(PLACES - 1), at(0), at(1)];
        seen.push(here);
        for sign in [1.0, -1.0] {
            if sign * here <= sign * before && sign * here <= sign * after {
                let step = TAU / f64::from(PLACES);
                let ends = [angle(place) - step, angle(place) + step];
                seen.push(sign * lowest(|angle| sign * height(angle), ends));
            }
        }
    }
    let rounding = 64.0 * f64::EPSILON * value.abs();
    let is_higher = |height: &f64| *height > rounding;
    let is_lower = |height: &f64| *height < -rounding;
    if seen.iter().all(is_higher) {
        return Some(PointKind::Minimum);
    }
    if seen.iter().all(is_lower) {
        return Some(PointKind::Maximum);
    }
    let told: Vec<bool> =
        seen.iter().filter(|height| height.abs() > rounding).map(|height| *height > 0.0).collect();
    let changes = (0..told.len()).filter(|place| told[*place] != told[(place + 1) % told.len()]).count();
    (changes >= 4).then_some(PointKind::Saddle)
}

/// The lowest value that is found between two ends.
fn lowest(value: impl Fn(f64) -> f64, [mut from, mut to]: [f64; 2]) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..DIVISIONS {
        let part = SECTION * (to - from);
        let [low, high] = [from + part, to - part].map(|at| (at, value(at)));
        best = best.min(low.1).min(high.1);
        if low.1 < high.1 {
            to = high.0;
        } else {
            from = low.0;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::smoothness::Smoothness;
    use nalgebra::Matrix2;

    fn kind(f: impl Fn(f64, f64) -> f64) -> Option<PointKind> {
        let of = |p: Vector2<f64>| ValueGradientHessian {
            value: f(p.x, p.y),
            gradient: Vector2::zeros(),
            hessian: Matrix2::zeros(),
            smoothness: Smoothness::Kink,
        };
        kind_by_heights(&of, Vector2::zeros())
    }

    #[test]
    fn cusps_are_told_by_what_lies_around_them() {
        let root = |x: f64| x.abs().sqrt();
        assert_eq!(kind(|x, y| root(x) + y * y), Some(PointKind::Minimum));
        assert_eq!(kind(|x, y| 3.0 - root(x) - root(y)), Some(PointKind::Maximum));
        assert_eq!(kind(|x, y| root(x) - y * y), Some(PointKind::Saddle));
        // Down a curved valley no straight way leads down.
        assert_eq!(kind(|x, y| root(x - y * y) - y * y / 2.0), Some(PointKind::Saddle));
        assert_eq!(kind(|x, y| root(x) + y), None);
        // One of a whole line of minima, of which rounding does not let the circles see that they are as low.
        assert_ne!(kind(|x, _| root(x)), Some(PointKind::Saddle));
        assert_eq!(kind(|x, y| if x > 0.0 { y } else { f64::NAN }), None);
    }
}
