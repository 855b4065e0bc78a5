//! Several numbers side by side, so that one look at an operation serves them all.

#![allow(clippy::needless_range_loop, reason = "lane by lane, as the processor does it")]

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
    /// What `join` makes of the numbers of both, lane by lane.
    #[inline(always)]
    pub(super) fn zip(mut self, other: Self, join: impl Fn(f64, f64) -> f64) -> Self {
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

    /// Whether all are below a limit; NaN is not.
    #[inline(always)]
    pub(super) fn are_below(self, limit: f64) -> bool {
        // Counted in numbers, which the vector instructions compare and join.
        let above = self.map(|lane| if lane < limit { 0.0 } else { 1.0 });
        above.0.iter().fold(0, |all, lane| all | lane.to_bits()) == 0
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
