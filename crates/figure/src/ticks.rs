//! Where axes have their marks, and what stands beside them.

use crate::numbers;
use thalweg_core::math::within::Within;

/// A mark of an axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tick {
    /// Its place: the value, or on a logarithmic axis its decimal logarithm.
    pub value: f64,
    /// How far it is to the next.
    pub step: f64,
}

/// Powers of ten on a logarithmic axis are written as they are up to this one, and down to its inverse.
const MOST_PLAIN: f64 = 3.0;

/// Which marks an axis has: at most the given number and a few.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TickRule {
    /// At round numbers.
    Even(f64),
    /// At round numbers that are whole, as steps are.
    Whole(f64),
    /// Of an axis in decimal logarithms: at powers of ten, at 1 and 3 in each, or at round numbers.
    Log(f64),
}

impl TickRule {
    /// The rule with at most this number of marks.
    pub fn at_most(self, most: f64) -> Self {
        match self {
            Self::Even(count) => Self::Even(count.min(most)),
            Self::Whole(count) => Self::Whole(count.min(most)),
            Self::Log(count) => Self::Log(count.min(most)),
        }
    }

    /// The marks between two ends, each with what stands beside it.
    pub fn labels(self, ends: (f64, f64)) -> Vec<(Tick, String)> {
        let (ticks, label): (_, fn(Tick) -> String) = match self {
            Self::Even(count) => (even(ends, count), Tick::label),
            Self::Whole(count) => (whole(ends, count), Tick::label),
            Self::Log(count) => (log(ends, count), Tick::log_label),
        };
        ticks.into_iter().map(|tick| (tick, label(tick))).collect()
    }
}

impl Tick {
    /// The number beside it on a linear axis: plain where that is short, a power of ten where it is not.
    pub fn label(self) -> String {
        if self.value.abs() < self.step * 1e-6 {
            return "0".to_owned();
        }
        let needed = libm::ceil(libm::log10(self.value.abs() / self.step)).within(0.0, 14.0) as u8 + 1;
        numbers::digits(self.value, needed)
    }

    /// The number beside it on a logarithmic axis: plain where that is short, a power of ten where it is not.
    pub fn log_label(self) -> String {
        let value = libm::pow(10.0, self.value);
        // As many digits as tell it from the one before.
        let step = value - libm::pow(10.0, self.value - self.step);
        let needed = libm::ceil(libm::log10(value / step)).within(0.0, 14.0) as u8 + 1;
        let exponent = libm::floor(self.value + 1e-9);
        if exponent.abs() > MOST_PLAIN {
            let mantissa = numbers::digits(libm::pow(10.0, self.value - exponent), needed);
            return format!("{mantissa}e{exponent:.0}");
        }
        numbers::digits(value, needed)
    }
}

/// Marks at multiples of 1, 2 or 5 times a power of ten, at most `count` and a few, and at least two.
fn even((low, high): (f64, f64), count: f64) -> Vec<Tick> {
    let step = round_step((high - low) / count);
    let marks = every((low, high), step);
    // The next smaller one of these steps is between 0.4 and 0.5 times as large.
    if marks.len() < 2 { every((low, high), round_step(0.39 * step)) } else { marks }
}

/// The smallest of 1, 2 or 5 times a power of ten that is at least `raw`.
fn round_step(raw: f64) -> f64 {
    let unit = libm::pow(10.0, libm::floor(libm::log10(raw)));
    unit * [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * unit >= raw).unwrap_or(10.0)
}

/// Marks at the multiples of `step`: at most a few dozen, and none where numbers end.
fn every((low, high): (f64, f64), step: f64) -> Vec<Tick> {
    const MOST: i32 = 40;
    if !(step > 0.0 && step.is_finite() && low.is_finite() && high.is_finite()) {
        return Vec::new();
    }
    let first = (low / step).ceil();
    let mark = |i| Tick { value: (first + f64::from(i)) * step, step };
    (0..MOST).map(mark).take_while(|mark| mark.value <= high).collect()
}

/// Marks at whole multiples of 1, 2 or 5 times a power of ten, at most `count` and a few.
fn whole((low, high): (f64, f64), count: f64) -> Vec<Tick> {
    every((low, high), round_step(((high - low) / count).max(1.0)))
}

/// Marks of a logarithmic axis between two decimal logarithms, at most `count` and a few: at whole decades
/// where there are enough, else at 1 and 3 in each, and within a decade at round numbers.
fn log((low, high): (f64, f64), count: f64) -> Vec<Tick> {
    let span = high - low;
    if !(span > 0.0 && low.is_finite() && high.is_finite()) {
        return Vec::new();
    }
    if span > 0.5 * count && span > 2.0 {
        return every((low, high), libm::ceil(span / count));
    }
    let values: Vec<f64> = if span >= 1.0 {
        let decades = every((low.floor(), high), 1.0).into_iter();
        decades.flat_map(|decade| [0.0, THREE].map(|part| decade.value + part)).collect()
    } else {
        // Measured from the low end, so that no axis is too high or too low for it.
        let unit = libm::floor(low);
        let ends = (libm::pow(10.0, low - unit), libm::pow(10.0, high - unit));
        even(ends, count).into_iter().map(|tick| unit + libm::log10(tick.value)).collect()
    };
    let inside: Vec<f64> = values.into_iter().filter(|value| (low..=high).contains(value)).collect();
    let step = |index: usize| {
        let pair = if index > 0 { inside.get(index - 1..=index) } else { inside.get(0..2) };
        pair.map_or(1.0, |pair| pair[1] - pair[0])
    };
    inside.iter().enumerate().map(|(index, value)| Tick { value: *value, step: step(index) }).collect()
}

/// The decimal logarithm of 3.
const THREE: f64 = 0.477_121_254_719_662_4;

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(rule: TickRule, ends: (f64, f64)) -> Vec<String> {
        rule.labels(ends).into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn linear_marks_are_round_and_say_what_tells_them_apart() {
        use TickRule::{Even, Whole};
        assert_eq!(labels(Even(5.0), (-1.0, 1.0)), ["-1", "-0.5", "0", "0.5", "1"]);
        assert_eq!(labels(Even(4.0), (1000.05, 1000.35)), ["1000.1", "1000.2", "1000.3"]);
        assert_eq!(labels(Even(4.0), (0.0, 3.1e-9)), ["0", "1e-9", "2e-9", "3e-9"]);
        // What rounding leaves of zero is zero, without a sign.
        assert_eq!(labels(Even(3.0), (-0.3, 0.31)), ["-0.2", "0", "0.2"]);
        assert_eq!(labels(Whole(3.0), (-0.02, 2.1)), ["0", "1", "2"]);
        assert_eq!(labels(Whole(3.0), (-0.01, 1.05)), ["0", "1"]);
        assert_eq!(labels(Whole(3.0), (-20.0, 2100.0)), ["0", "1000", "2000"]);
        assert_eq!(labels(Whole(3.0), (-1e4, 1.05e6)), ["0", "500000", "1e6"]);
        for odd in [(0.0, 0.0), (1.0, -1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)] {
            assert!(even(odd, 5.0).len() < 2 && whole(odd, 5.0).len() < 2, "{odd:?}");
        }
    }

    /// However much a logarithmic axis shows, and however few marks it has room for, it has some, no two of one
    /// name, and each says where it is.
    #[test]
    fn logarithmic_marks_are_sane_from_thirty_decades_down_to_a_thousandth_of_one() {
        let log_labels = |ends| labels(TickRule::Log(5.0), ends);
        assert_eq!(log_labels((-3.2, 2.1)), ["0.01", "1", "100"]);
        assert_eq!(log_labels((-9.2, 5.1)), ["1e-9", "1e-6", "0.001", "1", "1000"]);
        assert_eq!(log_labels((-4.2, 1.1)), ["1e-4", "0.01", "1"]);
        assert_eq!(log_labels((3.9, 5.2)), ["1e4", "3e4", "1e5"]);
        assert_eq!(log_labels((-0.1, 1.5)), ["1", "3", "10", "30"]);
        assert_eq!(log_labels((-6.2, -4.9)), ["1e-6", "3e-6", "1e-5"]);
        assert_eq!(log_labels((0.02, 0.5)), ["1.5", "2", "2.5", "3"]);
        for low in [-12.3, -0.4, 0.0, 7.7] {
            for span in [30.0, 9.0, 3.0, 2.5, 1.7, 1.0, 0.9, 0.4, 0.1, 0.01, 0.001] {
                for most in [2.0, 3.0, 5.0] {
                    let ticks = TickRule::Log(most).labels((low, low + span));
                    assert!((1..9).contains(&ticks.len()), "{low} {span} {most}: {ticks:?}");
                    assert!(most < 5.0 || ticks.len() > 1, "{low} {span}: {ticks:?}");
                    assert!(ticks.is_sorted_by(|a, b| a.0.value < b.0.value && b.0.step > 0.0));
                    for (tick, label) in &ticks {
                        assert!((low..=low + span).contains(&tick.value));
                        let told: f64 = label.parse().expect("a number");
                        assert!(
                            (libm::log10(told) - tick.value).abs() < 0.3 * tick.step,
                            "{label} at {tick:?}"
                        );
                    }
                    let mut names: Vec<_> = ticks.iter().map(|(_, label)| label).collect();
                    names.dedup();
                    assert_eq!(names.len(), ticks.len(), "{low} {span}");
                }
            }
        }
        assert!(log((1.0, 1.0), 5.0).is_empty() && log((f64::NAN, 1.0), 5.0).is_empty());
    }
}
