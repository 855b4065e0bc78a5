//! What a point is by how high f lies around it: where slopes are infinite nearby, they do not tell.

use super::critical_point::PointKind;
use super::derivatives::CurvatureAt;
use crate::math::golden_section::SECTION;
use nalgebra::Vector2;
use std::f64::consts::TAU;

/// How many places of a circle are looked at first.
const PLACES: u32 = 96;
/// How often what lies between three places is divided, to find its lowest one.
const DIVISIONS: u32 = 80;
/// The sizes of the circles, in parts of the scale of the point.
const CIRCLES: [f64; 5] = [2e-2, 1e-2, 3e-3, 1e-3, 1e-4];
/// On how many of them it must show.
const ENOUGH: usize = 2;

/// The kind of `p`, if f is higher all around it, or lower, or higher and lower by turns in at least four sectors, on
/// circles of several sizes: on all of them on which rounding does not hide it, for beside a cusp a rounding of the point
/// is a large part of how high f is. None for other points, and where f is not finite around.
pub(super) fn kind_by_heights(f: &CurvatureAt<'_>, p: Vector2<f64>) -> Option<PointKind> {
    let value = f(p).value;
    let scale = p.amax().max(1.0);
    let rounding = rounding_at(f, p, value, p);
    let mut kinds = Vec::new();
    for part in CIRCLES {
        match kind_on_circle(f, p, (value, rounding), part * scale)? {
            CircleKind::Hidden => {}
            CircleKind::Told(kind) => kinds.push(kind),
        }
    }
    let first = *kinds.first()?;
    (kinds.len() >= ENOUGH && kinds.iter().all(|kind| *kind == first)).then_some(first)
}

/// By how much rounding hides how high f is at a point: that of f itself, and what a rounding of the point makes, which is
/// of numbers of this size.
fn rounding_at(f: &CurvatureAt<'_>, p: Vector2<f64>, value: f64, size: Vector2<f64>) -> f64 {
    const NEIGHBOURS: [[f64; 2]; 6] =
        [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0], [4.0, 4.0], [-4.0, -4.0]];
    let moved =
        NEIGHBOURS.map(|offset| f(p + Vector2::from(offset).component_mul(&size) * f64::EPSILON).value);
    let spread = moved.iter().map(|moved| (moved - value).abs()).fold(0.0, f64::max);
    64.0 * f64::EPSILON * value.abs() + 2.0 * spread
}

/// What a circle shows.
enum CircleKind {
    /// Nothing, for some of it is as high as the middle but for rounding.
    Hidden,
    Told(PointKind),
}

fn kind_on_circle(
    f: &CurvatureAt<'_>,
    p: Vector2<f64>,
    (value, rounding): (f64, f64),
    radius: f64,
) -> Option<CircleKind> {
    let place = |angle: f64| {
        let (sin, cos) = libm::sincos(angle);
        p + Vector2::new(cos, sin) * radius
    };
    let height = |angle: f64| f(place(angle)).value - value;
    let angle = |place: u32| f64::from(place) / f64::from(PLACES) * TAU;
    let heights: Vec<f64> = (0..PLACES).map(|place| height(angle(place))).collect();
    if !heights.iter().all(|height| height.is_finite()) {
        return None;
    }
    // Each place, and the lowest and the highest one between those where it is neither, with what rounding hides there.
    let mut seen = Vec::new();
    for index in 0..PLACES {
        let at = |offset: u32| heights[((index + offset) % PLACES) as usize];
        let [before, here, after] = [at(PLACES - 1), at(0), at(1)];
        seen.push((here, rounding));
        // On level ground there is no lowest place to be looked for.
        let is_level = before == here && here == after;
        for sign in [1.0, -1.0].into_iter().filter(|_| !is_level) {
            if sign * here <= sign * before && sign * here <= sign * after {
                let step = TAU / f64::from(PLACES);
                let ends = [angle(index) - step, angle(index) + step];
                let (turn, extreme) = lowest(|angle| sign * height(angle), ends);
                let there = place(turn);
                // That of the circle's place is one of the middle and of the way from there.
                let size = there.abs().add_scalar(radius);
                let hidden = rounding + rounding_at(f, there, value + sign * extreme, size);
                seen.push((sign * extreme, hidden));
            }
        }
    }
    let is_higher = |(height, hidden): &(f64, f64)| *height > *hidden;
    let is_lower = |(height, hidden): &(f64, f64)| *height < -*hidden;
    if seen.iter().all(is_higher) {
        return Some(CircleKind::Told(PointKind::Minimum));
    }
    if seen.iter().all(is_lower) {
        return Some(CircleKind::Told(PointKind::Maximum));
    }
    let told: Vec<bool> = seen
        .iter()
        .filter(|(height, hidden)| height.abs() > *hidden)
        .map(|(height, _)| *height > 0.0)
        .collect();
    let changes = (0..told.len()).filter(|place| told[*place] != told[(place + 1) % told.len()]).count();
    match changes {
        0 => Some(CircleKind::Hidden),
        4.. => Some(CircleKind::Told(PointKind::Saddle)),
        _ => None,
    }
}

/// The lowest value that is found between two ends, with its place.
fn lowest(value: impl Fn(f64) -> f64, [mut from, mut to]: [f64; 2]) -> (f64, f64) {
    let mut best = (from, f64::INFINITY);
    for _ in 0..DIVISIONS {
        let part = SECTION * (to - from);
        let [low, high] = [from + part, to - part].map(|at| (at, value(at)));
        best = [low, high].into_iter().fold(best, |best, at| if at.1 < best.1 { at } else { best });
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
    use crate::objective::derivatives::ValueGradientHessian;
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
