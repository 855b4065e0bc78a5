//! Numbers whose exponent does not overflow where that of `f64` does.

use std::cmp::Ordering;

/// mantissa · 2^exponent. Within the range where nothing overflows, the exponent is 0 and the arithmetic has the
/// bits of `f64`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scaled {
    mantissa: f64,
    exponent: i32,
}

/// Numbers of up to 2^400 are kept as they are, and those of at least 2^-400: their products are no less exact.
const PLAIN: i64 = 400;
/// The largest exponent; beyond is infinity, or 0.
const LARGEST: i64 = 1 << 30;

impl Scaled {
    pub const ZERO: Self = Self { mantissa: 0.0, exponent: 0 };
    pub const ONE: Self = Self { mantissa: 1.0, exponent: 0 };

    pub fn of(value: f64) -> Self {
        Self::joined(value, 0)
    }

    fn joined(mantissa: f64, exponent: i64) -> Self {
        let is_plain = exponent == 0 && (1e-120..1e120).contains(&mantissa.abs());
        if is_plain || mantissa == 0.0 || !mantissa.is_finite() {
            return Self { mantissa, exponent: 0 };
        }
        let (fraction, shift) = libm::frexp(mantissa);
        let whole = exponent + i64::from(shift);
        if whole.abs() <= PLAIN {
            Self { mantissa: libm::scalbn(fraction, whole as i32), exponent: 0 }
        } else if whole.abs() <= LARGEST {
            Self { mantissa: fraction, exponent: whole as i32 }
        } else {
            let beyond = if whole > 0 { f64::INFINITY } else { 0.0 };
            Self { mantissa: beyond.copysign(mantissa), exponent: 0 }
        }
    }

    /// The nearest `f64`, infinite or 0 where it is out of range.
    pub fn rounded(self) -> f64 {
        libm::scalbn(self.mantissa, self.exponent)
    }

    pub fn is_zero(self) -> bool {
        self.mantissa == 0.0
    }

    pub fn is_finite(self) -> bool {
        self.mantissa.is_finite()
    }

    /// How the number compares with 0; none for NaN.
    pub fn sign(self) -> Option<Ordering> {
        self.mantissa.partial_cmp(&0.0)
    }

    pub fn negative(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }

    pub fn plus(self, other: Self) -> Self {
        let special = |number: Self| number.mantissa == 0.0 || !number.mantissa.is_finite();
        if self.exponent == other.exponent || special(self) || special(other) {
            let exponent = if self.is_zero() { other.exponent } else { self.exponent };
            return Self::joined(self.mantissa + other.mantissa, exponent.into());
        }
        let (low, high) = if self.exponent < other.exponent { (self, other) } else { (other, self) };
        // A plain number may have the larger fraction at the lower exponent: both as fractions.
        let fraction = |number: Self| {
            let (fraction, shift) = libm::frexp(number.mantissa);
            (fraction, i64::from(shift) + i64::from(number.exponent))
        };
        let ((a, low), (b, high)) = (fraction(low), fraction(high));
        let base = low.max(high);
        let aligned =
            |fraction: f64, exponent: i64| libm::scalbn(fraction, (exponent - base).max(-1100) as i32);
        Self::joined(aligned(a, low) + aligned(b, high), base)
    }

    pub fn times(self, other: Self) -> Self {
        let exponent = i64::from(self.exponent) + i64::from(other.exponent);
        Self::joined(self.mantissa * other.mantissa, exponent)
    }

    pub fn over(self, other: Self) -> Self {
        let exponent = i64::from(self.exponent) - i64::from(other.exponent);
        Self::joined(self.mantissa / other.mantissa, exponent)
    }

    /// Whether the size is at most `part` of the other's.
    pub fn is_at_most(self, part: f64, of: Self) -> bool {
        let size = |number: Self| Self { mantissa: number.mantissa.abs(), ..number };
        size(self).plus(size(of).times(Self::of(-part))).mantissa <= 0.0
    }

    pub fn sqrt(self) -> Self {
        let odd = self.exponent.rem_euclid(2);
        let mantissa = f64::sqrt(if odd == 1 { self.mantissa * 2.0 } else { self.mantissa });
        Self::joined(mantissa, i64::from((self.exponent - odd) / 2))
    }

    pub fn exp(self) -> Self {
        let x = self.rounded();
        // Whole multiples of ln 2 go to the exponent.
        if x.abs() < 270.0 || !x.is_finite() {
            return Self::of(libm::exp(x));
        }
        let whole = libm::rint(x * std::f64::consts::LOG2_E);
        if whole.abs() > LARGEST as f64 {
            return if x > 0.0 { Self::of(f64::INFINITY) } else { Self::ZERO };
        }
        // ln 2 in two parts, of which the first has few digits (fdlibm, e_exp.c).
        let rest = (x - whole * 6.931_471_803_691_238e-1) - whole * 1.908_214_929_270_587_7e-10;
        Self::joined(libm::exp(rest), whole as i64)
    }

    pub fn ln(self) -> Self {
        let plain = libm::log(self.mantissa);
        if self.exponent == 0 {
            return Self::of(plain);
        }
        Self::of(plain + f64::from(self.exponent) * std::f64::consts::LN_2)
    }

    /// A number above 0 to a power.
    pub fn powf(self, power: f64) -> Self {
        if self.exponent == 0 {
            let plain = libm::pow(self.mantissa, power);
            if (1e-290..1e290).contains(&plain) {
                return Self::of(plain);
            }
        }
        self.ln().times(Self::of(power)).exp()
    }
}

#[cfg(test)]
mod tests {
    use super::Scaled;

    #[test]
    fn what_overflows_comes_back() {
        let of = Scaled::of;
        for x in [-5000.0, -800.0, -300.0, -1.5, 0.0, 0.3, 280.0, 800.0, 1e6] {
            let power = of(x).exp();
            let back = power.ln().rounded();
            assert!((back - x).abs() <= 1e-15 * x.abs() + 1e-16, "{x}: {back}");
            assert_eq!(power.over(power), Scaled::ONE);
            assert!((power.sqrt().ln().rounded() - x / 2.0).abs() <= 1e-15 * x.abs() + 1e-16, "{x}");
            assert!((power.powf(-0.3).ln().rounded() + 0.3 * x).abs() <= 1e-14 * x.abs() + 1e-16, "{x}");
        }
        assert_eq!(of(1e200).times(of(1e200)).sqrt().rounded(), 1e200);
        assert_eq!(of(1e200).times(of(1e200)).rounded(), f64::INFINITY);
        assert_eq!(of(1e-200).times(of(1e-200)).rounded(), 0.0);
    }

    /// As `f64` wherever that has a range for it.
    #[test]
    fn plain_numbers_keep_their_bits() {
        let numbers = [1.0, -3.7, 0.1, 1e-30, 7e80, -2e100, 1e-119, 5e119];
        for a in numbers {
            for b in numbers {
                let (x, y) = (Scaled::of(a), Scaled::of(b));
                assert_eq!(x.plus(y).rounded(), a + b);
                assert_eq!(x.times(y).rounded(), a * b);
                assert_eq!(x.over(y).rounded(), a / b);
                assert_eq!(x.plus(y.negative()).sign(), a.partial_cmp(&b));
            }
        }
    }

    #[test]
    fn far_apart_and_close_by_add_up() {
        let of = Scaled::of;
        let large = of(1000.0).exp();
        assert_eq!(large.plus(of(1.0)), large);
        assert_eq!(of(1.0).plus(large), large);
        assert_eq!(large.plus(large.negative()), Scaled::ZERO);
        let edge = of(libm::ldexp(1.0, 399)).times(of(4.0));
        assert_eq!(edge.plus(of(libm::ldexp(1.0, 399))).rounded(), libm::ldexp(1.0, 399) * 5.0);
        assert!(of(1e-17).is_at_most(1e-16, of(-1.0)) && !of(1e-15).is_at_most(1e-16, of(-1.0)));
    }
}
