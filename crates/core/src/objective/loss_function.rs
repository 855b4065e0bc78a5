//! A loss as a formula in two variables, and what the formula reads.

use super::derivatives::{ValueGradient, ValueGradientHessian};
use super::smoothness::Smoothness;
use super::surroundings::Surroundings;
use crate::data::rows::Row;
use crate::formula::tape::Tape;
use crate::math::dual::Dual;
use crate::math::number::Number;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::settings::{MAX_CHOICES, MAX_NUMBERS};
use nalgebra::{Matrix2, Vector2};
use std::ops::Index;
use std::sync::Arc;

/// A formula in two variables, written once for every number type.
pub trait LossFunction {
    /// Whether the formula reads what the surface is made of besides its numbers, [`Constants::matter`]. Has to be
    /// true then: where it is not, runs side by side are given none, and see NaN (a test sweeps all surfaces).
    const HAS_MATTER: bool = false;

    /// Turns the settings into the constants that [`LossFunction::at`] reads (a turned axis into its
    /// cosine and sine, say). Called once for a scenario, not once for a point.
    fn prepare(constants: Constants) -> Constants {
        constants
    }

    /// The value at (x, y).
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T;

    /// The value at each of `xs` on the line of constant `y`, written to `out`.
    fn row(constants: &Constants, xs: &[f64], y: f64, out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(xs) {
            *out = Self::at(constants, *x, y);
        }
    }
}

/// What there is around (x, y) of a surface.
fn around<F: LossFunction>(constants: &Constants, x: f64, y: f64) -> Surroundings<'_> {
    Surroundings { loss: F::at, constants, at: [x, y] }
}

/// The value of a formula: where the arithmetic gives none that is finite, by what is around.
#[inline]
pub(super) fn value<F: LossFunction>(constants: &Constants, x: f64, y: f64) -> f64 {
    let value = F::at(constants, x, y);
    if value.is_finite() { value } else { around::<F>(constants, x, y).value(value) }
}

/// The values of a formula along a row, likewise.
pub(super) fn row<F: LossFunction>(constants: &Constants, xs: &[f64], y: f64, out: &mut [f64]) {
    F::row(constants, xs, y, out);
    for (out, x) in out.iter_mut().zip(xs) {
        if !out.is_finite() {
            *out = around::<F>(constants, *x, y).value(*out);
        }
    }
}

/// Value and gradient of a formula by forward differentiation; where that gives none that are finite, by what is around.
#[inline]
pub(super) fn slope<F: LossFunction>(constants: &Constants, x: f64, y: f64) -> ValueGradient {
    let at = F::at(constants, Dual::x(x), Dual::y(y));
    mended::<F>(constants, [x, y], ValueGradient { value: at.value, gradient: Vector2::from(at.slope) })
}

/// What forward differentiation gives, or where that is not finite, what is around the point.
#[inline]
pub(super) fn mended<F: LossFunction>(
    constants: &Constants,
    [x, y]: [f64; 2],
    plain: ValueGradient,
) -> ValueGradient {
    let ValueGradient { value, gradient } = plain;
    let is_finite = value.is_finite() && gradient.x.is_finite() && gradient.y.is_finite();
    if is_finite { plain } else { around::<F>(constants, x, y).value_gradient(plain) }
}

/// Value, gradient and Hessian of a formula, likewise.
pub(crate) fn curvature<F: LossFunction>(constants: &Constants, x: f64, y: f64) -> ValueGradientHessian {
    let at = F::at(constants, Dual::x(Dual::x(x)), Dual::y(Dual::y(y)));
    let [[xx, xy], [_, yy]] = at.slope.map(|slope| slope.slope);
    let (value, gradient, hessian) =
        (at.value.value, Vector2::from(at.value.slope), Matrix2::new(xx, xy, xy, yy));
    let plain = ValueGradientHessian { value, gradient, hessian, smoothness: Smoothness::Smooth };
    let is_finite = value.is_finite() && gradient.iter().chain(hessian.iter()).all(|entry| entry.is_finite());
    if is_finite { plain } else { around::<F>(constants, x, y).value_gradient_hessian(plain) }
}

/// What a formula reads: the surface's settings, and what they refer to, ready for use.
#[derive(Clone, Debug)]
pub struct Constants {
    /// The numbers, in the order of the parameters, then zeros.
    pub numbers: [f64; MAX_NUMBERS],
    /// The switches and choices, in the order of the parameters, then zeros.
    pub choices: [usize; MAX_CHOICES],
    /// What [`LossFunction::prepare`] has made of the numbers.
    pub derived: [f64; 2],
    /// What the formula is made of, where that is not numbers alone.
    pub matter: SurfaceData,
}

/// What a surface is made of besides its numbers.
#[derive(Clone, Debug)]
pub enum SurfaceData {
    /// Nothing: the formula stands in the program.
    None,
    /// A function that was typed.
    Formula(Arc<Tape>),
    /// The examples that it is a mean over.
    Examples(Arc<Vec<Row>>),
}

impl Index<NumberKey> for Constants {
    type Output = f64;

    #[inline(always)]
    fn index(&self, key: NumberKey) -> &f64 {
        &self.numbers[key.0]
    }
}

impl Index<ChoiceKey> for Constants {
    type Output = usize;

    #[inline(always)]
    fn index(&self, key: ChoiceKey) -> &usize {
        &self.choices[key.0]
    }
}
