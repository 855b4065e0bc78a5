//! How exactly a recorded path is known.

use thalweg_core::data::recorded_path::RecordedPath;

/// How exactly the numbers of a path are known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathPrecision {
    /// Double precision.
    Double,
    /// Single precision, as most trainings compute.
    Single,
    /// Rounded to so many decimals when it was printed.
    Decimals(u32),
    /// Rounded to so many significant digits when it was printed, none with more decimals than so many.
    Digits {
        /// The most significant digits.
        digits: u32,
        /// The most decimals.
        decimals: u32,
    },
}

/// Numbers with at most so many decimals are taken for rounded ones.
const MOST_DECIMALS: u32 = 8;
/// So are those with at most so many significant digits: all but a few of double precision have 15 to 17.
const MOST_DIGITS: u32 = 14;
/// Numbers of more digits than this were not computed in single precision.
const DIGITS_OF_SINGLE: u32 = 9;
/// A path of fewer numbers than this that are no short decimals by chance says nothing.
const FEWEST_NUMBERS: usize = 8;

impl PathPrecision {
    /// How exactly the numbers of `path` are known, as they look.
    pub fn of(path: &RecordedPath) -> Self {
        let numbers = || path.points.iter().flatten().copied().filter(|value| value.is_finite());
        // 17 digits for each number: shorter ones were cut.
        let count = |value: f64| {
            let text = format!("{value}");
            text.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u32)
        };
        let decimals = numbers().map(count).max().unwrap_or(0);
        let digits = numbers().map(significant_digits).max().unwrap_or(0);
        let is_cut = decimals > 0
            && (decimals <= MOST_DECIMALS || digits <= MOST_DIGITS)
            && numbers().count() >= FEWEST_NUMBERS;
        let largest = numbers().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        // Digits that are all significant leave large numbers fewer decimals than small ones have.
        let (of_digits, of_decimals) =
            (Self::Digits { digits, decimals: u32::MAX }, Self::Decimals(decimals));
        let cut = if of_digits.around(largest) > of_decimals.around(largest) {
            Self::Digits { digits, decimals }
        } else {
            of_decimals
        };
        // Single precision printed as short as it can be, or cut behind its own last place: that is no better known.
        let is_single = path.is_single()
            || numbers().all(is_shortest_single)
            || is_cut && numbers().all(|value| (f64::from(value as f32) - value).abs() <= cut.around(value));
        match (is_cut, is_single) {
            (true, true) if Self::Single.around(largest) > cut.around(largest) => Self::Single,
            (true, _) => cut,
            (false, true) if decimals > MOST_DECIMALS => Self::Single,
            _ => Self::Double,
        }
    }

    /// How far off a number may be.
    pub fn around(self, value: f64) -> f64 {
        let half_of = |place: f64| 0.5 * libm::pow(10.0, place);
        match self {
            Self::Double => value.abs() * f64::EPSILON,
            Self::Single => value.abs() * f64::from(f32::EPSILON) / 2.0,
            Self::Decimals(decimals) => half_of(-f64::from(decimals)),
            Self::Digits { digits, decimals } => {
                let least = half_of(-f64::from(decimals));
                let first = libm::floor(libm::log10(value.abs()));
                let last = half_of(first + 1.0 - f64::from(digits));
                if last > least { last } else { least }
            }
        }
    }

    /// The rounding of the arithmetic that has made a number, as a part of it.
    pub fn arithmetic(self) -> f64 {
        match self {
            Self::Double => f64::EPSILON,
            Self::Digits { digits, .. } if digits > DIGITS_OF_SINGLE => f64::EPSILON,
            Self::Decimals(decimals) if decimals > MOST_DECIMALS => f64::EPSILON,
            // What is printed short may have been computed in single precision.
            Self::Single | Self::Decimals(_) | Self::Digits { .. } => f64::from(f32::EPSILON),
        }
    }
}

/// How many significant digits the shortest text of a number has.
fn significant_digits(value: f64) -> u32 {
    let text = format!("{value:e}");
    let mantissa = text.split('e').next().unwrap_or_default();
    mantissa.bytes().filter(u8::is_ascii_digit).count() as u32
}

/// Whether a number is what the nearest of single precision is printed as, with no more digits than tell it from others.
fn is_shortest_single(value: f64) -> bool {
    format!("{}", value as f32).parse() == Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn precision_is_seen() {
        let path = |at: fn(f64) -> f64| RecordedPath {
            points: (0..20).map(|step| [at(1.0 / f64::from(step + 3)), at(f64::from(step) / 7.0)]).collect(),
            ..RecordedPath::default()
        };
        assert_eq!(PathPrecision::of(&path(|value| value)), PathPrecision::Double);
        assert_eq!(PathPrecision::of(&path(|value| f64::from(value as f32))), PathPrecision::Single);
        let rounded = path(|value| (value * 1e4).round() / 1e4);
        assert_eq!(PathPrecision::of(&rounded), PathPrecision::Decimals(4));
        // As pandas, NumPy's `str` and C's `%.7f` print single precision; and eight decimals of double precision.
        let shortest = path(|value| format!("{}", value as f32).parse().unwrap());
        assert_eq!(PathPrecision::of(&shortest), PathPrecision::Single);
        let far = path(|value| format!("{}", (value + 3.0) as f32).parse().unwrap());
        assert_eq!(PathPrecision::of(&far), PathPrecision::Single);
        let cut = path(|value| format!("{:.7}", (value + 3.0) as f32).parse().unwrap());
        assert_eq!(PathPrecision::of(&cut), PathPrecision::Single);
        let eight = path(|value| format!("{:.8}", value + 3.0).parse().unwrap());
        assert_eq!(PathPrecision::of(&eight), PathPrecision::Decimals(8));
        // As C's `%g` and `%e` and MATLAB print: as many digits for large numbers as for small ones.
        for (digits, most) in [(4, 6), (6, 8), (10, 12)] {
            let texts =
                [format!("{:.*e}", digits - 1, 1.0 / 7.0), format!("{:.*e}", digits - 1, 1200.0 / 7.0)];
            let [small, large] = texts.map(|text| text.parse::<f64>().unwrap());
            let points = (0..6).map(|step| [small / f64::from(10_u32.pow(step % 3)), large]);
            let points =
                points.map(|point| point.map(|value| format!("{value:.*e}", digits - 1).parse().unwrap()));
            let path = RecordedPath { points: points.collect(), ..RecordedPath::default() };
            let precision = PathPrecision::of(&path);
            let digits = digits as u32;
            assert_eq!(precision, PathPrecision::Digits { digits, decimals: most });
            let last = 0.5 * libm::pow(10.0, 3.0 - f64::from(digits));
            assert!((precision.around(large) - last).abs() < 1e-9 * last);
        }
        let large = path(|value| format!("{:.3}", 1000.0 * value).parse().unwrap());
        assert_eq!(PathPrecision::of(&large), PathPrecision::Decimals(3));
    }
}
