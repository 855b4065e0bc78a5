//! Numbers held between bounds, whatever the bounds are.

/// Numbers that can be held between two bounds.
pub trait Within: PartialOrd + Copy {
    /// The number, or the bound that it is beyond. Never panics, as `clamp` does: a bound that is NaN holds nothing,
    /// of two bounds the wrong way round the lower one holds, and NaN stays NaN.
    #[inline]
    fn within(self, low: Self, high: Self) -> Self {
        if self < low {
            low
        } else if self > high {
            high
        } else {
            self
        }
    }
}

impl Within for f64 {}
impl Within for f32 {}
impl Within for i32 {}
impl Within for u32 {}
impl Within for u64 {}
impl Within for usize {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_hold_and_nothing_panics() {
        assert_eq!([-1.0, 0.5, 2.0].map(|value: f64| value.within(0.0, 1.0)), [0.0, 0.5, 1.0]);
        assert_eq!([0, 3, 9].map(|value: usize| value.within(2, 5)), [2, 3, 5]);
        assert!(f64::NAN.within(0.0, 1.0).is_nan());
        assert_eq!(7.0.within(f64::NAN, 5.0), 5.0);
        assert_eq!(7.0.within(8.0, f64::NAN), 8.0);
        assert_eq!(3.0_f32.within(f32::NAN, f32::NAN), 3.0);
        assert_eq!([1, 4, 9].map(|value: i32| value.within(5, 2)), [5, 5, 2]);
    }
}
