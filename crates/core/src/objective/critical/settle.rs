//! Newton's method for a zero of the gradient, kept near where it began.

use crate::math::compensated::{difference_of_products, moderating_scale};
use crate::math::spectrum::Spectrum;
use crate::math::sym2::solve_near_singular;
use crate::objective::derivatives::{CurvatureAt, ValueGradientHessian};
use crate::objective::smoothness::Smoothness;
use nalgebra::{Matrix2, Vector2};

/// Where Newton's method came to rest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settled {
    /// The point.
    pub at: Vector2<f64>,
    /// Value, gradient and Hessian there.
    pub curvature: ValueGradientHessian,
    /// How long the next step would be, in parts of the reach.
    pub step: f64,
}

/// Where a zero of the gradient of `f` may be near `seed`: the way to it never leads farther than `reach` (along
/// x, along y) from there. None if Newton's method does not come to rest. That it does proves nothing yet.
pub(super) fn settle(f: &CurvatureAt<'_>, seed: Vector2<f64>, reach: Vector2<f64>) -> Option<Settled> {
    // Where the Hessian is singular the error shrinks by a fixed part a step: to exhaust the digits
    // takes some ninety steps beside a fourth power, less beside a third, more beside a sixth. Else half
    // a dozen are enough, and a few more where two points are about to merge.
    const STEPS: u32 = 200;
    // How many steps may come no nearer: where a valley is so steep that rounding hides the slope along its floor,
    // the steps along it still shrink.
    const STRIKES: u32 = 4;
    let size = |step: Vector2<f64>| (step.x / reach.x).abs().max((step.y / reach.y).abs());
    let near = |at: Vector2<f64>| size(at - seed) <= 1.0;
    let mut at = seed;
    let mut here = f(at);
    let steepest = here.gradient.amax();
    let mut arrived = false;
    let (mut last, mut strikes) = (f64::INFINITY, 0);
    let mut best: Option<Settled> = None;
    for _ in 0..STEPS {
        if !is_finite(&here) {
            // Where f bends in more than one way it may be level all the same.
            let is_level = is_level_bend(&here);
            return is_level.then_some(Settled { at, curvature: here, step: 0.0 });
        }
        let slope = here.gradient.amax();
        // What the rounding of the point itself, and of sums of terms as large as those around, does.
        let floor = 64.0 * f64::EPSILON * (here.hessian.norm() * (at.norm() + reach.norm()) + steepest);
        arrived |= slope <= floor;
        if slope == 0.0 {
            return Some(Settled { at, curvature: here, step: 0.0 });
        }
        let full = newton(&here).filter(|step| near(at - step));
        let step = full.or_else(|| across(&here)).filter(|step| near(at - step));
        let length = step.map_or(f64::INFINITY, size);
        let done = Settled { at, curvature: here, step: length };
        let Some(step) = step else { return best.or(arrived.then_some(done)) };
        // Beside a tip the steps are tiny because the Hessian grows, not because the gradient vanishes.
        arrived |= length <= 1e-9 && full.is_some() && slope <= 1e-4 * steepest;
        // Level across, but it goes on falling along.
        let remains = (here.gradient - here.hessian * step).amax();
        if full.is_none() && remains > 0.5 * slope {
            return best.or(arrived.then_some(done));
        }
        if arrived && best.is_none_or(|best| length < best.step) {
            best = Some(done);
        }
        let there = f(at - step);
        // Once there, only steps that really come nearer are worth it: the rest is rounding.
        let nearer = there.gradient.amax() < 0.5 * slope;
        if arrived && !nearer {
            if length <= 1e-9 {
                return Some(done);
            }
            strikes += u32::from(length > 0.5 * last);
            if strikes > STRIKES {
                return best;
            }
        }
        last = length;
        (at, here) = (at - step, there);
    }
    best
}

/// Whether f has a gradient there, which vanishes, and no Hessian.
pub(super) fn is_level_bend(here: &ValueGradientHessian) -> bool {
    here.smoothness == Smoothness::OnceDifferentiable && here.gradient == Vector2::zeros()
}

fn is_finite(here: &ValueGradientHessian) -> bool {
    let ValueGradientHessian { value, gradient, hessian, .. } = here;
    // Formulas have derivatives also where they have no value: the logarithm below zero.
    value.is_finite() && gradient.iter().chain(hessian.iter()).all(|entry| entry.is_finite())
}

/// The inverse of the Hessian times the gradient.
fn newton(here: &ValueGradientHessian) -> Option<Vector2<f64>> {
    let step = solve_near_singular(&here.hessian, here.gradient);
    (step.x.is_finite() && step.y.is_finite()).then_some(step)
}

/// Newton's step along the direction of the greatest curvature alone: to the floor of a valley, not along it.
fn across(here: &ValueGradientHessian) -> Option<Vector2<f64>> {
    let Spectrum { values: [low, high], vectors } = Spectrum::of(&here.hessian);
    // The eigenvalue that is larger by its absolute value; of two that are the same, the first axis.
    let index = usize::from(!(low == high || low.abs() > high.abs()));
    let (curvature, axis) = ([low, high][index], vectors[index]);
    let step = axis * (axis.dot(&here.gradient) / curvature);
    (step.x.is_finite() && step.y.is_finite()).then_some(step)
}

/// Whether one direction curves so much less than the other that it may not curve at all.
pub(super) fn is_nearly_singular(hessian: &Matrix2<f64>) -> bool {
    const PART: f64 = 1e-7;
    let scaled = hessian * moderating_scale(hessian.amax());
    let [xx, xy, yy] = entries(&scaled);
    difference_of_products(xx, yy, xy, xy).abs() <= PART * scaled.norm_squared()
}

/// The direction of unit length in which a singular Hessian does not curve; none of the zero matrix.
pub(super) fn level_direction(hessian: &Matrix2<f64>) -> Option<Vector2<f64>> {
    let [xx, xy, yy] = entries(hessian);
    let (first, second) = (Vector2::new(-xy, xx), Vector2::new(-yy, xy));
    let longer = if first.norm() >= second.norm() { first } else { second };
    let length = longer.norm();
    (length > 0.0 && length.is_finite()).then(|| longer / length)
}

/// The entries xx, xy, yy.
fn entries(matrix: &Matrix2<f64>) -> [f64; 3] {
    [matrix[(0, 0)], matrix[(0, 1)], matrix[(1, 1)]]
}
