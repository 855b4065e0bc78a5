//! Which contour levels to draw, and which colour a value has.

use super::grid::Grid;
use thalweg_core::math::within::Within;

/// The levels of a contour plot, and the colour scale that goes with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    values: Vec<f64>,
    scale: ColourScale,
}

impl Levels {
    /// Chooses at most `count` levels for a grid, so that the floor of a valley and its walls
    /// both read.
    ///
    /// The levels cut the picture into bands of equal weight, where weight is for the most part
    /// the area. Three things are added, each as far as the values call for it: a share of the
    /// plain difference in value, so that high peaks get lines; more of that where most of the
    /// picture is a plateau (Easom), whose area says nothing; and where the values crowd at the
    /// low end (Rosenbrock, a narrow quadratic) bands that get narrower towards it. Each level is
    /// then moved to a round number, round in proportion to its distance from its neighbours, so
    /// that it reads well and stands still while the view moves a little.
    ///
    /// Ascending and distinct; empty for a constant, or where nothing is finite. Costs one pass
    /// over the grid, and sorting some ten thousand of its values.
    pub fn choose(grid: &Grid, count: usize) -> Self {
        let Some(spread) = ValueSpread::of(grid) else {
            return Self { values: Vec::new(), scale: ColourScale::CONSTANT };
        };
        Self { values: spread.levels(count), scale: spread.colours() }
    }

    /// The levels, ascending.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The place of a value on the colour scale, from 0 (lowest of the grid) to 1 (highest):
    /// continuous, never falling, and such that equal steps of colour are about equal shares of
    /// the picture. 0.5 on a constant surface; 0 for NaN. Some nanoseconds.
    #[inline]
    pub fn shade(&self, value: f64) -> f32 {
        self.scale.at(value)
    }
}

/// At most so many values, evenly strewn over the grid, stand for all of them.
const SAMPLES: usize = 128;
/// The least share of the plain difference in value in what a level weighs.
const LINEAR: f64 = 0.25;
/// A band of values so narrow, in shares of their range, and crowded all the same is a plateau.
const PLATEAU: f64 = 1e-3;
/// Nearer to the ends of the range than this share of it is not amid the values.
const AMID: f64 = 0.05;
/// Levels closer than this share of the range are one: what lies between is rounding, or the
/// last decimals of a plateau.
const CLOSEST: f64 = 1e-6;

/// How the values of a grid are spread.
struct ValueSpread {
    /// Ascending; the first and the last are the extremes of the whole grid.
    sorted: Vec<f64>,
    /// How much of the picture is a plateau, whose shades by area would say what is not there.
    plateau: f64,
}

impl ValueSpread {
    fn of(grid: &Grid) -> Option<Self> {
        let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in grid.values().iter().filter(|value| value.is_finite()) {
            min = min.min(*value);
            max = max.max(*value);
        }
        if min >= max {
            return None;
        }
        let stride = |nodes: usize| nodes.div_ceil(SAMPLES).max(1);
        let mut sorted = vec![min, max];
        for row in (0..grid.rows()).step_by(stride(grid.rows())) {
            let row = grid.row(row).iter().step_by(stride(grid.columns()));
            sorted.extend(row.filter(|value| value.is_finite()));
        }
        sorted.sort_unstable_by(f64::total_cmp);
        let mut spread = Self { sorted, plateau: 0.0 };
        spread.plateau = spread.plateau();
        Some(spread)
    }

    fn min(&self) -> f64 {
        self.sorted[0]
    }

    fn max(&self) -> f64 {
        self.sorted[self.sorted.len() - 1]
    }

    /// Where a value lies between the extremes, from 0 to 1. Halves, since the range itself may
    /// overflow.
    fn position(&self, value: f64) -> f64 {
        (value / 2.0 - self.min() / 2.0) / (self.max() / 2.0 - self.min() / 2.0)
    }

    /// The largest share of the values that lie within a band of width [`PLATEAU`]. A band amid the values is a plain with
    /// ground above and below it (x exp(-x² - y²) far out): shades by area would put a cliff there, so a quarter of the
    /// picture is enough for a whole plateau. At the low end there are valleys, whose floor is to be seen.
    fn plateau(&self) -> f64 {
        let mut from = 0;
        let (mut most, mut middle) = (0, 0.0);
        for (to, value) in self.sorted.iter().enumerate() {
            while self.position(*value) - self.position(self.sorted[from]) > PLATEAU {
                from += 1;
            }
            if to - from > most {
                (most, middle) = (to - from, self.position(self.sorted[usize::midpoint(from, to)]));
            }
        }
        let crowd = most as f64 / (self.sorted.len() - 1) as f64;
        let is_amid = (AMID..=1.0 - AMID).contains(&middle);
        if is_amid { crowd.max(((crowd - 0.1) / 0.15).within(0.0, 1.0)) } else { crowd }
    }

    /// The value below which lies the share `weight` of the picture, counted for the part
    /// `linear` by value and else by area.
    fn quantile(&self, weight: f64, linear: f64) -> f64 {
        let last = self.sorted.len() - 1;
        let weigh = |index: usize| {
            (1.0 - linear) * (index as f64 / last as f64) + linear * self.position(self.sorted[index])
        };
        let (mut low, mut high) = (0, last);
        while high - low > 1 {
            let middle = usize::midpoint(low, high);
            if weigh(middle) <= weight {
                low = middle;
            } else {
                high = middle;
            }
        }
        let (from, to) = (weigh(low), weigh(high));
        let t = if to > from { ((weight - from) / (to - from)).within(0.0, 1.0) } else { 0.0 };
        self.sorted[low] * (1.0 - t) + self.sorted[high] * t
    }

    fn levels(&self, count: usize) -> Vec<f64> {
        let linear = LINEAR + (1.0 - LINEAR) * self.plateau;
        // 0 where as much lies high as low, nearly 1 where nearly all lies low.
        let skew = (1.0 - 2.0 * self.position(self.quantile(0.5, 0.0))).within(0.0, 1.0);
        let bands = (count + 1) as f64;
        let cut = |index: usize| {
            let evenly = index as f64 / bands;
            self.quantile(evenly * (1.0 - skew + skew * evenly), linear)
        };
        let cuts: Vec<f64> = (0..=count + 1).map(cut).collect();
        let mut levels: Vec<f64> = Vec::with_capacity(count);
        for cuts in cuts.windows(3) {
            let level = round(cuts[1], (cuts[2] / 2.0 - cuts[0] / 2.0).abs());
            let low = levels.last().copied().unwrap_or(self.min());
            let apart = self.position(level) - self.position(low);
            if level > low && level < self.max() && (apart > CLOSEST || levels.is_empty()) {
                levels.push(level);
            }
        }
        levels
    }

    fn colours(&self) -> ColourScale {
        let last = (KNOTS - 1) as f64;
        let at = |index: usize| self.quantile(index as f64 / last, self.plateau);
        ColourScale::new((0..KNOTS).map(|index| (at(index), index as f64 / last)))
    }
}

/// `value` moved to a multiple of a round number (1, 2 or 5 times a power of ten) of at most half
/// of `gap`. The powers of ten come from the parser, so that a level is the very number that it
/// reads as.
fn round(value: f64, gap: f64) -> f64 {
    if !(gap.is_finite() && gap > f64::MIN_POSITIVE) {
        return value;
    }
    let mut exponent = libm::floor(libm::log10(gap / 2.0)) as i32;
    let digit = gap / 2.0 / power_of_ten(exponent);
    let mut digit = match digit {
        digit if digit >= 5.0 => 5.0,
        digit if digit >= 2.0 => 2.0,
        _ => 1.0,
    };
    if exponent < -300 {
        (exponent, digit) = (-300, 1.0);
    }
    // Multiplying and dividing by whole powers rounds once each: 3 * 0.1 is not 0.3, 3 / 10 is.
    let rounded = if exponent < 0 {
        let power = power_of_ten(-exponent);
        libm::rint(value * power / digit) * digit / power
    } else {
        let step = digit * power_of_ten(exponent);
        libm::rint(value / step) * step
    };
    if rounded.is_finite() { rounded + 0.0 } else { value }
}

fn power_of_ten(exponent: i32) -> f64 {
    format!("1e{exponent}").parse().unwrap_or(1.0)
}

/// How many knots the colour scale has: a power of two, for the search.
const KNOTS: usize = 32;

/// A continuous, never falling, piecewise linear function onto [0, 1].
#[derive(Clone, Debug, PartialEq)]
struct ColourScale {
    /// Ascending values; unused ones at the end are infinite.
    values: [f64; KNOTS],
    /// The colour at each knot.
    shades: [f64; KNOTS],
    /// The change of colour per unit of value above each knot.
    slopes: [f64; KNOTS],
}

impl ColourScale {
    const CONSTANT: Self =
        Self { values: [f64::INFINITY; KNOTS], shades: [0.5; KNOTS], slopes: [0.0; KNOTS] };

    /// Through the given (value, colour) pairs, ascending in both. A value that comes several
    /// times holds a share of the picture by itself, and has the middle of its colours.
    fn new(knots: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut merged: Vec<(f64, f64, f64)> = Vec::with_capacity(KNOTS);
        for (value, shade) in knots.take(KNOTS) {
            match merged.last_mut() {
                Some(last) if value <= last.0 => last.2 = shade,
                _ => merged.push((value, shade, shade)),
            }
        }
        let last = merged.len().saturating_sub(1);
        let mut scale = Self::CONSTANT;
        for (index, (value, first, second)) in merged.into_iter().enumerate() {
            scale.values[index] = value;
            scale.shades[index] = match index {
                0 => 0.0,
                _ if index == last => 1.0,
                _ => f64::midpoint(first, second),
            };
        }
        for index in 0..last {
            let width = scale.values[index + 1] - scale.values[index];
            let slope = (scale.shades[index + 1] - scale.shades[index]) / width;
            scale.slopes[index] = if slope.is_finite() { slope } else { 0.0 };
        }
        for index in last + 1..KNOTS {
            scale.shades[index] = 1.0;
        }
        scale
    }

    #[inline]
    fn at(&self, value: f64) -> f32 {
        // The last knot at or below the value, without a branch that could be guessed wrong.
        let mut index = 0;
        for half in [16, 8, 4, 2, 1] {
            index += if self.values[index + half] <= value { half } else { 0 };
        }
        let ceiling = self.shades[(index + 1).min(KNOTS - 1)];
        let above = self.slopes[index] * (value - self.values[index]).max(0.0);
        // Infinity times the slope 0 of the last knot is NaN, which `min` passes over.
        (self.shades[index] + above).min(ceiling).max(self.shades[index]) as f32
    }
}

#[cfg(test)]
#[path = "levels_tests.rs"]
mod tests;
