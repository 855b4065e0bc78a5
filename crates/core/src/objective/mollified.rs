//! Where a gradient is zero that rounding makes uncertain near by: by what it is farther off.
//!
//! Close to a place where a formula is 0/0, or where large terms cancel, its derivatives are little but rounding. On a
//! circle they are known better, the larger it is; and the mean of a gradient over a circle vanishes near the place where the
//! gradient itself does, the nearer the smaller it is: what remains is a series in the square of the radius, which is
//! extrapolated to zero (Richardson and Gaunt, Philosophical Transactions of the Royal Society A 226 (1927), 299-361), as
//! far as rounding lets it come nearer (Ridders, Advances in Engineering Software 4 (1982), 75-76).

use super::derivatives::CurvatureAt;
use crate::math::sym2::solve_near_singular;
use nalgebra::{Matrix2, Vector2};

/// How many places of a circle are looked at.
const PLACES: u32 = 8;
/// How many circles, each half as large as the one before.
const CIRCLES: i32 = 14;
/// How many of them are extrapolated from at once.
const ORDER: usize = 4;

/// Where the mean of the gradient over a circle around it vanishes, near `p`; none where that leads far away.
fn centre(f: &CurvatureAt<'_>, p: Vector2<f64>, radius: Vector2<f64>) -> Option<Vector2<f64>> {
    const STEPS: u32 = 12;
    let mut at = p;
    let mut last = f64::INFINITY;
    for _ in 0..STEPS {
        let (mut gradient, mut hessian) = (Vector2::zeros(), Matrix2::zeros());
        for place in 0..PLACES {
            let (sin, cos) = libm::sincos(0.3 + std::f64::consts::TAU * f64::from(place) / f64::from(PLACES));
            let there = f(at + radius.component_mul(&Vector2::new(cos, sin)));
            gradient += there.gradient;
            hessian += there.hessian;
        }
        let step = solve_near_singular(&hessian, gradient);
        let length = step.component_div(&radius).amax();
        if !length.is_finite() || length > 1.0 {
            return None;
        }
        // The rest is rounding.
        if length >= 0.5 * last {
            break;
        }
        at -= step;
        last = length;
    }
    Some(at)
}

/// The zero of the gradient of `f` near `p`, as exactly as rounding lets it be known, and by how much it may be off; looked
/// for from circles of this size on, and no farther than `reach`.
pub(super) fn zero_from_afar(
    f: &CurvatureAt<'_>,
    p: Vector2<f64>,
    size: Vector2<f64>,
    reach: Vector2<f64>,
) -> Option<(Vector2<f64>, f64)> {
    let mut best: Option<(Vector2<f64>, f64)> = None;
    let mut row: Vec<Vector2<f64>> = Vec::new();
    let is_near = |at: &Vector2<f64>| (at - p).component_div(&reach).amax() <= 1.0;
    for circle in 0..CIRCLES {
        let radius = size * libm::ldexp(1.0, -circle);
        let from = best.map_or(p, |(at, _)| at);
        let Some(at) = centre(f, from, radius).filter(is_near) else {
            row.clear();
            continue;
        };
        // Neville's scheme in the square of the radius.
        let (mut next, mut power) = (vec![at], 1.0);
        for (order, before) in row.iter().take(ORDER).enumerate() {
            power *= 4.0;
            let finer = next[order];
            next.push(finer + (finer - before) / (power - 1.0));
        }
        let mut is_worse = false;
        for order in 1..next.len() {
            let [after, lower] = [next[order], next[order - 1]];
            let apart = (after - row[order - 1]).norm().max((after - lower).norm());
            let is_best = best.is_none_or(|(_, least)| apart < least);
            // Once they come apart again, the circles are so small that rounding has more say than f.
            is_worse =
                !is_best && order + 1 == next.len() && best.is_some_and(|(_, least)| apart > 16.0 * least);
            if is_best {
                best = Some((after, apart));
            }
        }
        if is_worse {
            break;
        }
        row = next;
    }
    // That two agree to more than the last digits is chance.
    let least = 1e-14 * p.amax().max(1.0);
    best.filter(|(at, _)| is_near(at)).map(|(at, apart)| (at, apart.max(least)))
}
