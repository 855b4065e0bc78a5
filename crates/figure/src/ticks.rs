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

impl Tick {
    /// The number beside it on a linear axis: plain where that is short, a power of ten where it is not.
    pub fn label(self) -> String {
        if self.value.abs() < self.step * 1e-6 {
            return "0".to_owned();
        }
        let needed = libm::ceil(libm::log10(self.value.abs() / self.step)).within(0.0, 14.0) as u8 + 1;
        numbers::digits(self.value, needed)
    }

    /// The number beside it on a logarithmic axis: a power of ten where only such have marks, else a short
    /// number.
    pub fn log_label(self) -> String {
        if self.step > 0.999 {
            return format!("1e{:.0}", libm::rint(self.value));
        }
        // As many digits as tell it from the one before.
        let value = libm::pow(10.0, self.value);
        let step = value - libm::pow(10.0, self.value - self.step);
        let needed = libm::ceil(libm::log10(value / step)).within(0.0, 14.0) as u8 + 1;
        numbers::digits(value, needed)
    }
}

/// Marks at multiples of 1, 2 or 5 times a power of ten, at most `count` and a few.
pub fn even((low, high): (f64, f64), count: f64) -> Vec<Tick> {
    every((low, high), round_step((high - low) / count))
}

/// The smallest of 1, 2 or 5 times a power of ten that is at least `raw`.
fn round_step(raw: f64) -> f64 {
    let unit = libm::pow(10.0, libm::floor(libm::log10(raw)));
    unit * [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| factor * unit >= raw).unwrap_or(10.0)
}

/// Marks at the multiples of `step`: at most a few dozen, and none where numbers end.
pub fn every((low, high): (f64, f64), step: f64) -> Vec<Tick> {
    const MOST: i32 = 40;
    if !(step > 0.0 && step.is_finite() && low.is_finite() && high.is_finite()) {
        return Vec::new();
    }
    let first = (low / step).ceil();
    let mark = |i| Tick { value: (first + f64::from(i)) * step, step };
    (0..MOST).map(mark).take_while(|mark| mark.value <= high).collect()
}

/// Marks of a logarithmic axis between two decimal logarithms, some five of them: at whole decades where
/// there are enough, else at 1, 2 and 5 in each, and within a decade at round numbers.
pub fn log((low, high): (f64, f64)) -> Vec<Tick> {
    let span = high - low;
    if !(span > 0.0 && low.is_finite() && high.is_finite()) {
        return Vec::new();
    }
    if span > 2.5 {
        return every((low, high), (span / 5.0).ceil());
    }
    let values: Vec<f64> = if span >= 1.0 {
        let decades = every((low.floor(), high), 1.0).into_iter();
        decades.flat_map(|decade| [0.0, TWO, FIVE].map(|part| decade.value + part)).collect()
    } else {
        // Measured from the low end, so that no axis is too high or too low for it.
        let unit = libm::floor(low);
        let ends = (libm::pow(10.0, low - unit), libm::pow(10.0, high - unit));
        even(ends, 5.0).into_iter().map(|tick| unit + libm::log10(tick.value)).collect()
    };
    let inside: Vec<f64> = values.into_iter().filter(|value| (low..=high).contains(value)).collect();
    let step = |index: usize| {
        let pair = if index > 0 { inside.get(index - 1..=index) } else { inside.get(0..2) };
        pair.map_or(1.0, |pair| pair[1] - pair[0])
    };
    inside.iter().enumerate().map(|(index, value)| Tick { value: *value, step: step(index) }).collect()
}

/// The decimal logarithms of 2 and of 5.
const TWO: f64 = std::f64::consts::LOG10_2;
const FIVE: f64 = 1.0 - TWO;

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: Vec<Tick>, label: fn(Tick) -> String) -> Vec<String> {
        ticks.into_iter().map(label).collect()
    }

    #[test]
    fn linear_marks_are_round_and_say_what_tells_them_apart() {
        assert_eq!(labels(even((-1.0, 1.0), 5.0), Tick::label), ["-1", "-0.5", "0", "0.5", "1"]);
        assert_eq!(labels(even((1000.05, 1000.35), 4.0), Tick::label), ["1000.1", "1000.2", "1000.3"]);
        assert_eq!(labels(even((0.0, 3.1e-9), 4.0), Tick::label), ["0", "1e-9", "2e-9", "3e-9"]);
        for odd in [(0.0, 0.0), (1.0, -1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)] {
            assert!(even(odd, 5.0).len() < 2, "{odd:?}");
        }
    }

    /// However much a logarithmic axis shows, it has some marks, and no two of one name.
    #[test]
    fn logarithmic_marks_are_sane_from_thirty_decades_down_to_a_thousandth_of_one() {
        assert_eq!(labels(log((-3.2, 2.1)), Tick::log_label), ["1e-2", "1e0", "1e2"]);
        assert_eq!(labels(log((-0.1, 1.5)), Tick::log_label), ["1", "2", "5", "10", "20"]);
        assert_eq!(labels(log((0.02, 0.5)), Tick::log_label), ["1.5", "2", "2.5", "3"]);
        for low in [-12.3, -0.4, 0.0, 7.7] {
            for span in [30.0, 9.0, 3.0, 2.5, 1.7, 1.0, 0.9, 0.4, 0.1, 0.01, 0.001] {
                let ticks = log((low, low + span));
                let names = labels(ticks.clone(), Tick::log_label);
                assert!((2..9).contains(&ticks.len()), "{low} {span}: {names:?}");
                assert!(ticks.is_sorted_by(|a, b| a.value < b.value && b.step > 0.0));
                assert!(ticks.iter().all(|tick| (low..=low + span).contains(&tick.value)));
                let mut distinct = names.clone();
                distinct.dedup();
                assert_eq!(names, distinct, "{low} {span}");
            }
        }
        assert!(log((1.0, 1.0)).is_empty() && log((f64::NAN, 1.0)).is_empty());
    }
}
