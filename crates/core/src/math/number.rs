//! The number type that every formula and every optimizer step is written in.

use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// A real number, or something that can stand for one: a plain `f64`, a [`Dual`](super::dual::Dual)
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
    /// Tangent of an angle in radians.
    fn tan(self) -> Self;
    /// Hyperbolic tangent.
    fn tanh(self) -> Self;
    /// Hyperbolic sine.
    fn sinh(self) -> Self;
    /// Hyperbolic cosine.
    fn cosh(self) -> Self;
    /// The angle in radians, from -π/2 to π/2, that has this tangent.
    fn atan(self) -> Self;
    /// The angle in radians, from -π/2 to π/2, that has this sine; NaN beyond -1 and 1.
    fn asin(self) -> Self;
    /// The angle in radians, from 0 to π, that has this cosine; NaN beyond -1 and 1.
    fn acos(self) -> Self;
    /// The angle in radians, from -π to π, of the point whose first coordinate is `other` and whose second is `self`.
    fn atan2(self, other: Self) -> Self;
    /// Logarithm to the base 10; NaN below zero.
    fn log10(self) -> Self;
    /// Logarithm to the base 2; NaN below zero.
    fn log2(self) -> Self;
    /// The root of the sum of both squares, which do not overflow.
    fn hypot(self, other: Self) -> Self;
    /// The error function, 2/√π times the integral of e^-t² from 0.
    fn erf(self) -> Self;
    /// ln(1 + e^u), with all digits also where e^u is small.
    fn softplus(self) -> Self;
    /// `self` to a constant power that need not be whole; where it is not, NaN below zero.
    fn powf(self, exponent: f64) -> Self;
    /// `self` to a power that may vary; NaN below zero where the exponent is not whole.
    fn pow(self, exponent: Self) -> Self;
    /// The smallest whole number that is not below `self`; its derivative is 0, but none where it jumps.
    fn ceil(self) -> Self;
    /// What is left of `self` after whole multiples of `other`, with the sign of `other`.
    fn modulo(self, other: Self) -> Self;
    /// `then` where `self < other`, else `otherwise` (also where the two do not compare).
    fn select_less(self, other: Self, then: Self, otherwise: Self) -> Self;
    /// Numbers that stand in a table, at a place that `self` and `other` tell: constants, so that their derivatives are 0.
    fn lookup<const N: usize>(self, other: Self, table: &impl Fn(f64, f64) -> [f64; N]) -> [Self; N];

    /// 1 - tanh², of which `tanh` is given, also where tanh is so close to 1 that the difference is lost.
    #[inline]
    fn sech_squared(self, tanh: Self) -> Self {
        Self::of(1.0) - tanh * tanh
    }

    /// 1/(1 + e^-u), with all digits also where it is small.
    #[inline]
    fn sigmoid(self) -> Self {
        let (zero, one) = (Self::of(0.0), Self::of(1.0));
        let small = (-self.abs()).exp();
        self.select_less(zero, small, one) / (small + 1.0)
    }

    /// The cosine and the sine of the angle whose tangent is `other / self`: the coordinates of a point, divided by its
    /// distance from 0.
    #[inline]
    fn direction(self, other: Self) -> [Self; 2] {
        let distance = self.hypot(other);
        [self / distance, other / distance]
    }

    /// `self` where a choice between it and `other` stands at its border: its derivatives are NaN unless `other` is the
    /// same there.
    #[inline]
    fn at_border(self, _other: Self) -> Self {
        self
    }

    /// What both are, or NaN where they differ: a derivative that does not depend on which of two is taken.
    #[inline]
    fn agreed(self, other: Self) -> Self {
        let differ = Self::of(f64::NAN);
        self.select_less(other, differ, other.select_less(self, differ, self))
    }

    /// `self * self`.
    #[inline(always)]
    fn square(self) -> Self {
        self * self
    }

    /// `self * factor`, but 0 where `self` is 0, whatever the factor.
    ///
    /// What the chain rule multiplies by: an infinite or undefined derivative is of no account in a
    /// direction in which nothing moves.
    #[inline(always)]
    fn weigh(self, factor: Self) -> Self {
        let zero = Self::of(0.0);
        let product = self * factor;
        // Multiplied by zero, zero stays zero and NaN stays NaN.
        let not_below = zero.select_less(self, product, self * 0.0);
        self.select_less(zero, product, not_below)
    }

    /// `self` to a whole power, by squaring: a fixed order of roundings on every machine.
    #[inline(always)]
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
    #[inline(always)]
    fn abs(self) -> Self {
        self.select_less(Self::of(0.0), -self, self)
    }

    /// -1, 0 or 1; NaN for NaN. Its derivative is 0, but none at 0.
    #[inline(always)]
    fn sign(self) -> Self {
        let zero = Self::of(0.0);
        // Multiplied by zero, zero stays zero and NaN stays NaN.
        let not_above = self.select_less(zero, Self::of(-1.0), self * 0.0);
        zero.select_less(self, Self::of(1.0), not_above)
    }

    /// The larger of the two; `self` where they do not compare.
    #[inline(always)]
    fn maximum(self, other: Self) -> Self {
        self.select_less(other, other, self)
    }

    /// The smaller of the two; `self` where they do not compare.
    #[inline(always)]
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
    fn tan(self) -> Self {
        libm::tan(self)
    }
    #[inline]
    fn tanh(self) -> Self {
        libm::tanh(self)
    }
    #[inline]
    fn sinh(self) -> Self {
        libm::sinh(self)
    }
    #[inline]
    fn cosh(self) -> Self {
        libm::cosh(self)
    }
    #[inline]
    fn atan(self) -> Self {
        libm::atan(self)
    }
    #[inline]
    fn asin(self) -> Self {
        libm::asin(self)
    }
    #[inline]
    fn acos(self) -> Self {
        libm::acos(self)
    }
    #[inline]
    fn atan2(self, other: Self) -> Self {
        libm::atan2(self, other)
    }
    #[inline]
    fn log10(self) -> Self {
        libm::log10(self)
    }
    #[inline]
    fn log2(self) -> Self {
        libm::log2(self)
    }
    #[inline]
    fn hypot(self, other: Self) -> Self {
        libm::hypot(self, other)
    }
    #[inline]
    fn erf(self) -> Self {
        libm::erf(self)
    }
    #[inline]
    fn softplus(self) -> Self {
        let above = if self > 0.0 { self } else { 0.0 };
        above + libm::log1p(libm::exp(-f64::abs(self)))
    }
    #[inline]
    fn sech_squared(self, tanh: Self) -> Self {
        if tanh.abs() < 0.9 {
            return 1.0 - tanh * tanh;
        }
        let small = libm::exp(-2.0 * f64::abs(self));
        4.0 * small / ((small + 1.0) * (small + 1.0))
    }
    #[inline]
    fn agreed(self, other: Self) -> Self {
        if self == other { self } else { f64::NAN }
    }
    #[inline]
    fn powf(self, exponent: f64) -> Self {
        libm::pow(self, exponent)
    }
    #[inline]
    fn pow(self, exponent: Self) -> Self {
        libm::pow(self, exponent)
    }
    #[inline]
    fn ceil(self) -> Self {
        libm::ceil(self)
    }
    #[inline]
    fn modulo(self, other: Self) -> Self {
        let left = self % other;
        if (left < 0.0 && other > 0.0) || (left > 0.0 && other < 0.0) { left + other } else { left }
    }
    #[inline]
    fn select_less(self, other: Self, then: Self, otherwise: Self) -> Self {
        if self < other { then } else { otherwise }
    }
    #[inline(always)]
    fn lookup<const N: usize>(self, other: Self, table: &impl Fn(f64, f64) -> [f64; N]) -> [Self; N] {
        table(self, other)
    }
}

#[cfg(test)]
mod tests {
    use super::Number;
    use crate::math::dual::Dual;

    #[test]
    fn the_sign_is_told_of_every_number() {
        for (value, sign) in
            [(3.0, 1.0), (-0.2, -1.0), (0.0, 0.0), (-0.0, 0.0), (5e-324, 1.0), (f64::NEG_INFINITY, -1.0)]
        {
            assert_eq!(Number::sign(value), sign, "{value}");
            let dual = Dual::x(value).sign();
            assert_eq!(dual.value, sign, "{value}");
            // It jumps at 0.
            assert!(dual.slope[1] == 0.0, "{value}: {dual:?}");
            assert!(
                if value == 0.0 { dual.slope[0].is_nan() } else { dual.slope[0] == 0.0 },
                "{value}: {dual:?}"
            );
        }
        assert!(Number::sign(f64::NAN).is_nan());
    }
}
