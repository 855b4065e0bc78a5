//! Several numbers side by side as a number: with each operation, the bits that each would have by itself.

#![allow(clippy::needless_range_loop, reason = "lane by lane, as the processor does it")]

use super::number::Number;
use super::wide::Wide;
use super::wide_functions;

impl<const N: usize> Number for Wide<N> {
    #[inline(always)]
    fn of(value: f64) -> Self {
        Self([value; N])
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        self.map(Number::sqrt)
    }
    #[inline(always)]
    fn exp(self) -> Self {
        wide_functions::exp(self)
    }
    #[inline(always)]
    fn ln(self) -> Self {
        wide_functions::ln(self)
    }
    #[inline(always)]
    fn sin(self) -> Self {
        self.map(Number::sin)
    }
    #[inline(always)]
    fn cos(self) -> Self {
        self.map(Number::cos)
    }
    #[inline(always)]
    fn tan(self) -> Self {
        self.map(Number::tan)
    }
    #[inline(always)]
    fn tanh(self) -> Self {
        wide_functions::tanh(self)
    }
    #[inline(always)]
    fn sinh(self) -> Self {
        self.map(Number::sinh)
    }
    #[inline(always)]
    fn cosh(self) -> Self {
        self.map(Number::cosh)
    }
    #[inline(always)]
    fn atan(self) -> Self {
        self.map(Number::atan)
    }
    #[inline(always)]
    fn asin(self) -> Self {
        self.map(Number::asin)
    }
    #[inline(always)]
    fn acos(self) -> Self {
        self.map(Number::acos)
    }
    #[inline(always)]
    fn log10(self) -> Self {
        self.map(Number::log10)
    }
    #[inline(always)]
    fn log2(self) -> Self {
        self.map(Number::log2)
    }
    #[inline(always)]
    fn erf(self) -> Self {
        self.map(Number::erf)
    }
    #[inline(always)]
    fn softplus(self) -> Self {
        self.map(Number::softplus)
    }
    #[inline(always)]
    fn atan2(self, other: Self) -> Self {
        self.zip(other, Number::atan2)
    }
    #[inline(always)]
    fn hypot(self, other: Self) -> Self {
        self.zip(other, Number::hypot)
    }
    #[inline(always)]
    fn sech_squared(self, tanh: Self) -> Self {
        let small = (self.map(f64::abs) * -2.0).exp();
        let steep = Self::of(1.0) - tanh * tanh;
        let flat = small * 4.0 / ((small + 1.0) * (small + 1.0));
        tanh.map(f64::abs).select_less(Self::of(0.9), steep, flat)
    }
    #[inline(always)]
    fn agreed(self, other: Self) -> Self {
        self.zip(other, Number::agreed)
    }
    #[inline(always)]
    fn powf(self, exponent: f64) -> Self {
        self.map(|lane| Number::powf(lane, exponent))
    }
    #[inline(always)]
    fn pow(self, exponent: Self) -> Self {
        // A setting to the power of the step's number is the same in all lanes, mostly.
        let is_one = |Wide(lanes): &Self| lanes.iter().all(|lane| lane.to_bits() == lanes[0].to_bits());
        if is_one(&self) && is_one(&exponent) {
            return Self::of(Number::pow(self.0[0], exponent.0[0]));
        }
        self.zip(exponent, Number::pow)
    }
    #[inline(always)]
    fn ceil(self) -> Self {
        self.map(Number::ceil)
    }
    #[inline(always)]
    fn modulo(self, other: Self) -> Self {
        self.zip(other, Number::modulo)
    }
    #[inline(always)]
    fn lookup<const M: usize>(self, other: Self, table: &impl Fn(f64, f64) -> [f64; M]) -> [Self; M] {
        let mut found = [Self([0.0; N]); M];
        for lane in 0..N {
            for (wide, number) in found.iter_mut().zip(table(self.0[lane], other.0[lane])) {
                wide.0[lane] = number;
            }
        }
        found
    }
    #[inline(always)]
    fn select_less(mut self, other: Self, then: Self, otherwise: Self) -> Self {
        for lane in 0..N {
            self.0[lane] = self.0[lane].select_less(other.0[lane], then.0[lane], otherwise.0[lane]);
        }
        self
    }
}
