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
}

/// Numbers with at most so many decimals are taken for rounded ones: beyond, a printed number is as good as any.
const MOST_DECIMALS: u32 = 8;
/// A path of fewer numbers than this that are no short decimals by chance says nothing.
const FEWEST_NUMBERS: usize = 8;

impl PathPrecision {
    /// How exactly the numbers of `path` are known, as they look.
    pub fn of(path: &RecordedPath) -> Self {
        let numbers = || path.points.iter().flatten().copied().filter(|value| value.is_finite());
        // 17 digits behind the point for each exponent: shorter ones were cut.
        let decimals = |value: f64| {
            let text = format!("{value}");
            text.split_once('.').map_or(0, |(_, decimals)| decimals.len() as u32)
        };
        let most = numbers().map(decimals).max().unwrap_or(0);
        let is_cut = most > 0 && most <= MOST_DECIMALS && numbers().count() >= FEWEST_NUMBERS;
        let largest = numbers().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        // Single precision printed as short as it can be, or cut behind its own last place: that is no better known.
        let (single, cut) = (Self::Single.around(largest), Self::Decimals(most).around(largest));
        let is_single = path.is_single()
            || numbers().all(|value| is_shortest_single(value))
            || is_cut && numbers().all(|value| (f64::from(value as f32) - value).abs() <= cut);
        match (is_cut, is_single) {
            (true, true) if single > cut => Self::Single,
            (true, _) => Self::Decimals(most),
            (false, true) if most > MOST_DECIMALS => Self::Single,
            _ => Self::Double,
        }
    }

    /// How far off a number may be.
    pub fn around(self, value: f64) -> f64 {
        match self {
            Self::Double => value.abs() * f64::EPSILON,
            Self::Single => value.abs() * f64::from(f32::EPSILON) / 2.0,
            Self::Decimals(decimals) => 0.5 * libm::pow(10.0, -f64::from(decimals)),
        }
    }

    /// The rounding of the arithmetic that has made a number, as a part of it.
    pub fn arithmetic(self) -> f64 {
        match self {
            Self::Double => f64::EPSILON,
            // What is printed short may have been computed in single precision.
            Self::Single | Self::Decimals(_) => f64::from(f32::EPSILON),
        }
    }
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
        let large = path(|value| format!("{:.3}", 1000.0 * value).parse().unwrap());
        assert_eq!(PathPrecision::of(&large), PathPrecision::Decimals(3));
    }
}
