//! The numbers that a setting accepts.

use std::fmt;

/// The numbers that a setting accepts. Infinite and NaN are never accepted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The lower bound.
    pub min: f64,
    /// The upper bound.
    pub max: f64,
    /// Whether the lower bound itself is accepted.
    pub with_min: bool,
    /// Whether the upper bound itself is accepted.
    pub with_max: bool,
    /// Whether only whole numbers are accepted.
    pub whole: bool,
}

impl Range {
    /// Every finite number.
    pub const ANY: Self =
        Self { min: f64::NEG_INFINITY, max: f64::INFINITY, with_min: false, with_max: false, whole: false };
    /// Above zero.
    pub const POSITIVE: Self = Self { min: 0.0, ..Self::ANY };
    /// Zero or above.
    pub const NOT_NEGATIVE: Self = Self { with_min: true, ..Self::POSITIVE };
    /// From 0 to 1, both included.
    pub const UNIT: Self = Self::closed(0.0, 1.0);
    /// From 0 up to, but not including, 1: the decay rate of a moving average.
    pub const DECAY: Self = Self { with_max: false, ..Self::UNIT };
    /// A number of steps: whole, and at most what the longest race makes.
    pub const STEPS: Self = Self::whole(1, 1_000_000);

    /// From `min` to `max`, both included.
    pub const fn closed(min: f64, max: f64) -> Self {
        Self { min, max, with_min: true, with_max: true, whole: false }
    }

    /// The whole numbers from `min` to `max`, both included.
    pub const fn whole(min: u32, max: u32) -> Self {
        Self { whole: true, ..Self::closed(min as f64, max as f64) }
    }

    /// Whether `value` is accepted.
    pub fn contains(&self, value: f64) -> bool {
        let above = value > self.min || (self.with_min && value == self.min);
        let below = value < self.max || (self.with_max && value == self.max);
        value.is_finite() && above && below && (!self.whole || value.fract() == 0.0)
    }

    /// `value`, or the whole number next to it where only those are accepted.
    pub fn rounded(&self, value: f64) -> f64 {
        if self.whole { value.round() } else { value }
    }
}

impl fmt::Display for Range {
    /// "a finite number of at least 0", "a number from 0 to 1 (1 not included)", "a whole number
    /// from 1 to 8", ...
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { min, max, with_min, with_max, whole } = *self;
        let (number, finite) =
            if whole { ("a whole number", "a whole number") } else { ("a number", "a finite number") };
        match (min.is_finite(), max.is_finite()) {
            (false, false) => f.write_str(finite),
            (true, false) if with_min => write!(f, "{finite} of at least {min}"),
            (true, false) => write!(f, "{finite} above {min}"),
            (false, true) if with_max => write!(f, "{finite} of at most {max}"),
            (false, true) => write!(f, "{finite} below {max}"),
            (true, true) => {
                write!(f, "{number} from {min} to {max}")?;
                match (with_min, with_max) {
                    (true, true) => Ok(()),
                    (false, true) => write!(f, " ({min} not included)"),
                    (true, false) => write!(f, " ({max} not included)"),
                    (false, false) => write!(f, " (neither included)"),
                }
            }
        }
    }
}
