//! Newton's method for a zero of the gradient, kept near where it began.

use crate::math::compensated::{difference_of_products, moderating_scale};
use crate::math::spectrum::Spectrum;
use crate::math::sym2::solve_near_singular;
use crate::objective::derivatives::ValueGradientHessian;
use nalgebra::{Matrix2, Vector2};

/// Where Newton's method came to rest.
#[derive(Clone, Copy, Debug)]
pub(super) struct Settled {
    /// The point.
    pub at: Vector2<f64>,
    /// Value, gradient and Hessian there.
    pub curvature: ValueGradientHessian,
    /// Whether it came near only by a fixed part of the way at each step, as it does where the Hessian
    /// is singular; else the number of correct digits doubled.
    pub slow: bool,
}

/// How Newton's step is taken where the Hessian is nearly singular.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NewtonStep {
    /// As far as the inverse says, while that stays near.
    Full,
    /// Only across, not along the direction in which the surface hardly curves.
    Across,
}

/// A zero of the gradient of `f` near `seed`: the way to it never leads farther than `reach` (along x,
/// along y) from there. None if there is none, or it is not found in that way.
pub(super) fn settle(
    f: &impl Fn(Vector2<f64>) -> ValueGradientHessian,
    seed: Vector2<f64>,
    reach: Vector2<f64>,
    stride: NewtonStep,
) -> Option<Settled> {
    // Where the Hessian is singular the error shrinks by a fixed part a step: to exhaust the digits
    // takes some ninety steps beside a fourth power, less beside a third, more beside a sixth. Else half
    // a dozen are enough, and a few more where two points are about to merge.
    const STEPS: u32 = 200;
    const QUICK: u32 = 16;
    let size = |step: Vector2<f64>| (step.x / reach.x).abs().max((step.y / reach.y).abs());
    let near = |at: Vector2<f64>| size(at - seed) <= 1.0;
    let mut at = seed;
    let mut here = f(at);
    let steepest = here.gradient.norm();
    let mut arrived = false;
    for count in 0..STEPS {
        if !is_finite(&here) {
            return None;
        }
        let slope = here.gradient.norm();
        // What the rounding of the point itself, and of sums of terms as large as those around, does.
        let floor = 64.0 * f64::EPSILON * (here.hessian.norm() * (at.norm() + reach.norm()) + steepest);
        arrived |= slope <= floor;
        let done = Some(Settled { at, curvature: here, slow: count > QUICK });
        if slope == 0.0 {
            return done;
        }
        let whole = stride == NewtonStep::Full || !is_nearly_singular(&here.hessian);
        let full = newton(&here).filter(|step| whole && near(at - step));
        let step = full.or_else(|| across(&here)).filter(|step| near(at - step));
        let Some(step) = step else { return done.filter(|_| arrived) };
        // Beside a tip the steps are tiny because the Hessian grows, not because the gradient vanishes.
        arrived |= size(step) <= 1e-9 && full.is_some() && slope <= 1e-4 * steepest;
        // Level across, but it goes on falling along.
        let remains = (here.gradient - here.hessian * step).norm();
        if full.is_none() && remains > 0.5 * slope {
            return done.filter(|_| arrived);
        }
        let there = f(at - step);
        // Once there, only steps that really come nearer are worth it: the rest is rounding.
        let nearer = there.gradient.norm() < 0.5 * slope;
        if arrived && !nearer {
            return done;
        }
        (at, here) = (at - step, there);
    }
    (arrived && is_finite(&here)).then_some(Settled { at, curvature: here, slow: true })
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
