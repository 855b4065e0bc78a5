//! Several numbers side by side, so that one look at an operation serves them all.

#![allow(clippy::needless_range_loop, reason = "lane by lane, as the processor does it")]

use super::number::Number;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// N numbers that never mix: each lane has the bits that it would have alone.
///
/// It begins where a line of the cache does: the widest vectors fill one, and one that lies across two
/// takes twice as long.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(align(64))]
pub struct Wide<const N: usize>(pub [f64; N]);

/// How many numbers the widest vectors of today's processors hold. More side by side in one number type
/// would not fit the registers; a sweep takes several at a time.
pub const LANES: usize = 8;

/// A number of each of a few runs side by side.
pub(crate) type Lanes = Wide<LANES>;

impl<const N: usize> Wide<N> {
    #[inline(always)]
    fn zip(mut self, other: Self, join: impl Fn(f64, f64) -> f64) -> Self {
        for lane in 0..N {
            self.0[lane] = join(self.0[lane], other.0[lane]);
        }
        self
    }

    /// What `each` makes of every number.
    #[inline(always)]
    pub(crate) fn map(mut self, each: impl Fn(f64) -> f64) -> Self {
        for lane in 0..N {
            self.0[lane] = each(self.0[lane]);
        }
        self
    }
}

macro_rules! lanewise {
    ($($operator:ident $method:ident;)*) => {$(
        impl<const N: usize> $operator for Wide<N> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: Self) -> Self {
                self.zip(other, f64::$method)
            }
        }
        impl<const N: usize> $operator<f64> for Wide<N> {
            type Output = Self;
            #[inline(always)]
            fn $method(self, other: f64) -> Self {
                self.map(|lane| lane.$method(other))
            }
        }
    )*};
}

lanewise! {
    Add add;
    Sub sub;
    Mul mul;
    Div div;
}

impl<const N: usize> Neg for Wide<N> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.map(f64::neg)
    }
}

impl<const N: usize> AddAssign for Wide<N> {
    #[inline(always)]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl<const N: usize> SubAssign for Wide<N> {
    #[inline(always)]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl<const N: usize> MulAssign for Wide<N> {
    #[inline(always)]
    fn mul_assign(&mut self, other: Self) {
        *self = *self * other;
    }
}

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
        self.map(Number::exp)
    }
    #[inline(always)]
    fn ln(self) -> Self {
        self.map(Number::ln)
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
        self.map(Number::tanh)
    }
    #[inline(always)]
    fn sech_squared(self, tanh: Self) -> Self {
        self.zip(tanh, Number::sech_squared)
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
    fn select_less(mut self, other: Self, then: Self, otherwise: Self) -> Self {
        for lane in 0..N {
            self.0[lane] = self.0[lane].select_less(other.0[lane], then.0[lane], otherwise.0[lane]);
        }
        self
    }
}
