//! How the values of a chart become heights.

use super::curve::Curve;
use crate::ticks::TickRule;

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

/// Smallest and largest height so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    low: f64,
    high: f64,
}

impl Default for Extent {
    fn default() -> Self {
        Self { low: f64::INFINITY, high: f64::NEG_INFINITY }
    }
}

impl Extent {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.low > self.high
    }

    /// Takes in the values of another extent.
    pub fn add_all(&mut self, other: Self) {
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
    }

    /// A height.
    pub fn add(&mut self, height: f64) {
        self.low = self.low.min(height);
        self.high = self.high.max(height);
    }

    /// With some air around, and a logarithmic axis cut where it would drown the rest: thirty
    /// decades are enough for anybody.
    pub fn padded(self, scale: ChartScale) -> (f64, f64) {
        let is_linear = scale == ChartScale::Linear;
        if self.is_empty() {
            return if is_linear { (-1.0, 1.0) } else { (-4.0, 1.0) };
        }
        let low = if is_linear { self.low } else { self.low.max(self.high - 30.0) };
        let air = ((self.high - low) * 0.06).max(if is_linear { 1e-9 * low.abs().max(1.0) } else { 0.1 });
        (low - air, self.high + air)
    }
}
