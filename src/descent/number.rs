//! The number type that every formula and every optimizer step is written in.

use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// A real number, or something that can stand for one: a plain `f64`, a [`Dual`](super::Dual)
/// that carries exact derivatives along, later perhaps a vector of lanes.
///
/// There are deliberately no comparisons that give a `bool`: a lane-wise type has no single
/// answer. [`Number::select_less`] chooses instead.
///
/// Transcendental functions of `f64` come from the crate `libm`, not from the operating system,
/// so that a preset gives the same bits everywhere.
pub trait Number:
    nalgebra::Scalar
    + Copy
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + Add<f64, Output = Self>
    + Sub<f64, Output = Self>
    + Mul<f64, Output = Self>
    + Div<f64, Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
{
    /// The constant `value`.
    fn of(value: f64) -> Self;
    /// Square root; NaN below zero.
    fn sqrt(self) -> Self;
    /// e to the power of `self`.
    fn exp(self) -> Self;
    /// Natural logarithm; NaN below zero.
    fn ln(self) -> Self;
    /// Sine of an angle in radians.
    fn sin(self) -> Self;
    /// Cosine of an angle in radians.
    fn cos(self) -> Self;
    /// Hyperbolic tangent.
    fn tanh(self) -> Self;
    /// `then` where `self < other`, else `otherwise` (also where the two do not compare).
    fn select_less(self, other: Self, then: Self, otherwise: Self) -> Self;

    /// `self * self`.
    #[inline]
    fn square(self) -> Self {
        self * self
    }

    /// `self` to a whole power, by squaring: a fixed order of roundings on every machine.
    #[inline]
    fn powi(self, exponent: u32) -> Self {
        let (mut result, mut base, mut left) = (Self::of(1.0), self, exponent);
        while left > 0 {
            if left & 1 == 1 {
                result *= base;
            }
            base *= base;
            left >>= 1;
        }
        result
    }

    /// Absolute value.
    #[inline]
    fn abs(self) -> Self {
        self.select_less(Self::of(0.0), -self, self)
    }

    /// The larger of the two; `self` where they do not compare.
    #[inline]
    fn maximum(self, other: Self) -> Self {
        self.select_less(other, other, self)
    }

    /// The smaller of the two; `self` where they do not compare.
    #[inline]
    fn minimum(self, other: Self) -> Self {
        other.select_less(self, other, self)
    }
}

impl Number for f64 {
    #[inline]
    fn of(value: f64) -> Self {
        value
    }
    #[inline]
    fn sqrt(self) -> Self {
        // IEEE 754 requires the correctly rounded root, so the hardware's is the same everywhere.
        f64::sqrt(self)
    }
    #[inline]
    fn exp(self) -> Self {
        libm::exp(self)
    }
    #[inline]
    fn ln(self) -> Self {
        libm::log(self)
    }
    #[inline]
    fn sin(self) -> Self {
        libm::sin(self)
    }
    #[inline]
    fn cos(self) -> Self {
        libm::cos(self)
    }
    #[inline]
    fn tanh(self) -> Self {
        libm::tanh(self)
    }
    #[inline]
    fn select_less(self, other: Self, then: Self, otherwise: Self) -> Self {
        if self < other { then } else { otherwise }
    }
}
