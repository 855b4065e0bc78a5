//! A check of our differentiation by an implementation that is not ours: every formula of the
//! table once more, over the dual numbers of the crate `num-dual`.

use super::derivatives::ValueGradientHessian;
use super::loss_function::{Constants, LossFunction};
use super::smoothness::Smoothness;
use crate::math::number::Number;
use nalgebra::{Matrix2, Vector2};
use num_dual::{DualNum, HyperDual64};
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// A number with two first derivatives and the mixed second one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Other(HyperDual64);

/// Value, gradient and Hessian of a surface of the table.
pub(crate) fn curvature<F: LossFunction>(constants: &Constants, x: f64, y: f64) -> ValueGradientHessian {
    curvature_of(|x, y| F::at(constants, x, y), x, y)
}

/// Gradient and Hessian from hyper-dual numbers, one pair of directions after the other.
pub(crate) fn curvature_of(f: impl Fn(Other, Other) -> Other, x: f64, y: f64) -> ValueGradientHessian {
    let along = |first: [f64; 2], second: [f64; 2]| {
        let variable = |value, axis: usize| Other(HyperDual64::new(value, first[axis], second[axis], 0.0));
        f(variable(x, 0), variable(y, 1)).0
    };
    let (e, n) = ([1.0, 0.0], [0.0, 1.0]);
    let (xx, xy, yy) = (along(e, e), along(e, n), along(n, n));
    ValueGradientHessian {
        value: xx.re,
        gradient: Vector2::new(xx.eps1, yy.eps1),
        hessian: Matrix2::new(xx.eps1eps2, xy.eps1eps2, xy.eps1eps2, yy.eps1eps2),
        smoothness: Smoothness::Smooth,
    }
}

impl Add for Other {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl Sub for Other {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl Mul for Other {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self(self.0 * other.0)
    }
}
impl Div for Other {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        Self(self.0 / other.0)
    }
}
impl Neg for Other {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl Add<f64> for Other {
    type Output = Self;
    fn add(self, constant: f64) -> Self {
        Self(self.0 + constant)
    }
}
impl Sub<f64> for Other {
    type Output = Self;
    fn sub(self, constant: f64) -> Self {
        Self(self.0 - constant)
    }
}
impl Mul<f64> for Other {
    type Output = Self;
    fn mul(self, constant: f64) -> Self {
        Self(self.0 * constant)
    }
}
impl Div<f64> for Other {
    type Output = Self;
    fn div(self, constant: f64) -> Self {
        Self(self.0 / constant)
    }
}
impl AddAssign for Other {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl SubAssign for Other {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}
impl MulAssign for Other {
    fn mul_assign(&mut self, other: Self) {
        *self = *self * other;
    }
}

impl Number for Other {
    fn of(value: f64) -> Self {
        Self(HyperDual64::from_re(value))
    }
    fn sqrt(self) -> Self {
        Self(self.0.sqrt())
    }
    fn exp(self) -> Self {
        Self(self.0.exp())
    }
    fn ln(self) -> Self {
        Self(self.0.ln())
    }
    fn sin(self) -> Self {
        Self(self.0.sin())
    }
    fn cos(self) -> Self {
        Self(self.0.cos())
    }
    fn tan(self) -> Self {
        Self(self.0.tan())
    }
    fn tanh(self) -> Self {
        Self(self.0.tanh())
    }
    fn sinh(self) -> Self {
        Self(self.0.sinh())
    }
    fn cosh(self) -> Self {
        Self(self.0.cosh())
    }
    fn atan(self) -> Self {
        Self(self.0.atan())
    }
    fn asin(self) -> Self {
        Self(self.0.asin())
    }
    fn acos(self) -> Self {
        Self(self.0.acos())
    }
    fn atan2(self, other: Self) -> Self {
        Self(self.0.atan2(other.0))
    }
    fn log10(self) -> Self {
        Self(self.0.log10())
    }
    fn log2(self) -> Self {
        Self(self.0.log2())
    }
    fn hypot(self, other: Self) -> Self {
        Self((self.0 * self.0 + other.0 * other.0).sqrt())
    }
    fn erf(self) -> Self {
        let (x, a, b) = (self.0.re, self.0.eps1, self.0.eps2);
        let slope = libm::exp(-x * x) * std::f64::consts::FRAC_2_SQRT_PI;
        let bend = -2.0 * x * slope;
        Self(HyperDual64::new(libm::erf(x), slope * a, slope * b, slope * self.0.eps1eps2 + bend * a * b))
    }
    fn softplus(self) -> Self {
        Self((self.0.exp() + 1.0).ln())
    }
    fn sigmoid(self) -> Self {
        Self(((-self.0).exp() + 1.0).recip())
    }
    fn powf(self, exponent: f64) -> Self {
        Self(self.0.powf(exponent))
    }
    fn pow(self, exponent: Self) -> Self {
        Self(self.0.powd(exponent.0))
    }
    fn ceil(self) -> Self {
        Self(HyperDual64::from_re(libm::ceil(self.0.re)))
    }
    fn modulo(self, other: Self) -> Self {
        Self(self.0 - other.0 * HyperDual64::from_re(libm::floor(self.0.re / other.0.re)))
    }
    fn lookup<const N: usize>(self, other: Self, table: &impl Fn(f64, f64) -> [f64; N]) -> [Self; N] {
        table(self.0.re, other.0.re).map(Self::of)
    }
    fn select_less(self, other: Self, then: Self, otherwise: Self) -> Self {
        if self.0.re < other.0.re { then } else { otherwise }
    }
}
