//! Several numbers side by side, so that one look at an operation serves them all.

use crate::descent::Number;
use std::array::from_fn;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

/// How many numbers stand side by side: so many that they stay in the processor's vector registers.
pub(super) const LANES: usize = 8;

/// Numbers that never mix: each lane has the bits that it would have alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wide(pub [f64; LANES]);

impl Wide {
    #[inline]
    fn zip(self, other: Self, join: impl Fn(f64, f64) -> f64) -> Self {
        Self(from_fn(|lane| join(self.0[lane], other.0[lane])))
    }

    #[inline]
    fn map(self, each: impl Fn(f64) -> f64) -> Self {
        Self(from_fn(|lane| each(self.0[lane])))
    }
}

macro_rules! lanewise {
    ($($operator:ident $method:ident;)*) => {$(
        impl $operator for Wide {
            type Output = Self;
            #[inline]
            fn $method(self, other: Self) -> Self {
                self.zip(other, f64::$method)
            }
        }
        impl $operator<f64> for Wide {
            type Output = Self;
            #[inline]
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

impl Neg for Wide {
    type Output = Self;
    #[inline]
    fn neg(self) -> Self {
        self.map(f64::neg)
    }
}

impl AddAssign for Wide {
    #[inline]
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Wide {
    #[inline]
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl MulAssign for Wide {
    #[inline]
    fn mul_assign(&mut self, other: Self) {
        *self = *self * other;
    }
}

impl Number for Wide {
    #[inline]
    fn of(value: f64) -> Self {
        Self([value; LANES])
    }
    #[inline]
    fn sqrt(self) -> Self {
        self.map(Number::sqrt)
    }
    #[inline]
    fn exp(self) -> Self {
        self.map(Number::exp)
    }
    #[inline]
    fn ln(self) -> Self {
        self.map(Number::ln)
    }
    #[inline]
    fn sin(self) -> Self {
        self.map(Number::sin)
    }
    #[inline]
    fn cos(self) -> Self {
        self.map(Number::cos)
    }
    #[inline]
    fn tan(self) -> Self {
        self.map(Number::tan)
    }
    #[inline]
    fn tanh(self) -> Self {
        self.map(Number::tanh)
    }
    #[inline]
    fn powf(self, exponent: f64) -> Self {
        self.map(|lane| Number::powf(lane, exponent))
    }
    #[inline]
    fn pow(self, exponent: Self) -> Self {
        self.zip(exponent, Number::pow)
    }
    #[inline]
    fn select_less(self, other: Self, then: Self, otherwise: Self) -> Self {
        Self(from_fn(|lane| self.0[lane].select_less(other.0[lane], then.0[lane], otherwise.0[lane])))
    }
}
