//! How the values of a chart become heights.

use super::curve::Curve;
use crate::ticks::TickRule;
use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;

/// How values become heights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChartScale {
    /// As they are.
    Linear,
    /// The decimal logarithm of what lies above a value.
    Log {
        /// The value.
        above: f64,
    },
}

impl ChartScale {
    /// Logarithmic above the lowest known minimum, or above zero if all losses are positive;
    /// linear otherwise, for no logarithm tells the truth of a negative number.
    pub fn for_losses(lowest: Option<f64>, curves: &[Curve<'_>]) -> Self {
        // Pinned ones of another surface must not take the others their logarithm.
        let running = curves.iter().filter(|curve| !curve.is_pinned);
        let least = running.filter_map(|curve| curve.values.query(0..curve.values.len())).map(|(min, _)| min);
        let least = least.min_by(f64::total_cmp).unwrap_or(0.0);
        match lowest {
            Some(lowest) if least >= lowest => Self::Log { above: lowest },
            _ if least > 0.0 => Self::Log { above: 0.0 },
            _ => Self::Linear,
        }
    }

    /// The height of a value; none where there is none.
    pub fn height(self, value: f64) -> Option<f64> {
        let height = match self {
            Self::Linear => value,
            Self::Log { above } => libm::log10(value - above),
        };
        // Nothing that the plot's arithmetic could not bear.
        (height.is_finite() && height.abs() < 1e12).then_some(height)
    }

    /// Some five marks.
    pub fn ticks(self) -> TickRule {
        match self {
            Self::Linear => TickRule::Even(5.0),
            Self::Log { .. } => TickRule::Log(5.0),
        }
    }
}

/// How many decades a logarithmic axis has at most.
const DECADES: f64 = 30.0;
/// How many of them lie above where the lines begin, where there are too many: a run that diverges must not drown those
/// that arrive.
const ABOVE: f64 = 6.0;

/// How many decades there are at least where a line is seen up to a step.
const ROOM: f64 = 3.0;

/// Smallest and largest height so far, and the largest at which a line begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    low: f64,
    high: f64,
    begin: f64,
}

impl Default for Extent {
    fn default() -> Self {
        Self { low: f64::INFINITY, high: f64::NEG_INFINITY, begin: f64::NEG_INFINITY }
    }
}

impl Extent {
    /// How far a line reaches up to a step, with room for a little more.
    pub fn so_far(values: &MinMaxPyramid, step: usize, scale: ChartScale) -> Self {
        let mut extent = Self::default();
        let Some((least, greatest)) = values.query(0..(step + 1).min(values.len())) else { return extent };
        let first = values.values().first().copied();
        for height in first.into_iter().chain([least, greatest]).filter_map(|value| scale.height(value)) {
            extent.add(height);
        }
        let room = match scale {
            ChartScale::Linear => 0.1 * extent.high.abs().max(1e-9),
            ChartScale::Log { .. } => ROOM,
        };
        if !extent.is_empty() {
            extent.low = extent.low.min(extent.high - room);
        }
        extent
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.low > self.high
    }

    /// Takes in the values of another extent.
    pub fn add_all(&mut self, other: Self) {
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
        self.begin = self.begin.max(other.begin);
    }

    /// A height of one line, behind those that came before.
    pub fn add(&mut self, height: f64) {
        if self.is_empty() {
            self.begin = height;
        }
        self.low = self.low.min(height);
        self.high = self.high.max(height);
    }

    /// With some air around, and a logarithmic axis of too many decades cut at both ends: where lines rise far above
    /// their beginning, and where they are far below everybody else's.
    pub fn padded(self, scale: ChartScale) -> (f64, f64) {
        let is_linear = scale == ChartScale::Linear;
        if self.is_empty() {
            return if is_linear { (-1.0, 1.0) } else { (-4.0, 1.0) };
        }
        let Self { mut low, mut high, begin } = self;
        if !is_linear && high - low > DECADES {
            high = high.min((begin + ABOVE).max(low + DECADES));
            low = low.max(high - DECADES);
        }
        let air = ((high - low) * 0.06).max(if is_linear { 1e-9 * low.abs().max(1.0) } else { 0.1 });
        (low - air, high + air)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hidden_future_is_not_told_by_the_axis() {
        let mut values = MinMaxPyramid::new();
        for value in [100.0, 10.0, 1e-12] {
            values.push(value);
        }
        let log = ChartScale::Log { above: 0.0 };
        assert_eq!(Extent::so_far(&values, 0, log).low, -1.0);
        assert_eq!(Extent::so_far(&values, 1, log), Extent { low: -1.0, high: 2.0, begin: 2.0 });
        assert_eq!(Extent::so_far(&values, 2, log).low, -12.0);
        assert!(Extent::so_far(&values, 0, ChartScale::Linear).padded(ChartScale::Linear).0 < 90.0);
        assert!(Extent::so_far(&MinMaxPyramid::new(), 0, log).is_empty());
    }

    /// Of three runs from a loss of 1e2, one diverges to 1e130, one arrives at 1e-32; what arrives is seen.
    #[test]
    fn a_run_that_diverges_does_not_drown_those_that_arrive() {
        let log = ChartScale::Log { above: 0.0 };
        let line = |heights: &[f64]| {
            let mut extent = Extent::default();
            for height in heights {
                extent.add(*height);
            }
            extent
        };
        let of = |lines: &[&[f64]]| {
            let mut all = Extent::default();
            for heights in lines {
                all.add_all(line(heights));
            }
            all.padded(log)
        };
        let (low, high) = of(&[&[2.0, 60.0, 130.0], &[2.0, -10.0, -20.0]]);
        assert!(low < -20.0 && (8.0..14.0).contains(&high), "{low} {high}");
        let (low, high) = of(&[&[2.0, -32.0], &[2.0, 130.0]]);
        assert!(low > -32.0 && low < -20.0 && (8.0..12.0).contains(&high), "{low} {high}");
        // Alone it is followed as far as there is room, and what fits is not cut.
        let (low, high) = of(&[&[2.0, 130.0]]);
        assert!(low < 2.0 && high > 30.0, "{low} {high}");
        let (low, high) = of(&[&[-16.0, 1.0]]);
        assert!(low < -16.0 && high > 1.0, "{low} {high}");
    }
}
