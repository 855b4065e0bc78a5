//! Value and derivatives of a formula: by dual numbers, and where these do not tell, by what is around the point.

use super::derivatives::{ValueGradient, ValueGradientHessian};
use super::loss_function::{Constants, LossFunction};
use super::smoothness::Smoothness;
use super::surroundings::Surroundings;
use crate::math::dual::Dual;
use nalgebra::{Matrix2, Vector2};

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
