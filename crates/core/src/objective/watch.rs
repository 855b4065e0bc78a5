//! What is watched while runs go side by side: whether a point is one where a run may end.

use super::derivatives::ValueGradientLanes;
use crate::math::number::Number;
use crate::math::wide::Lanes;

/// Limits within which no run ends. Outside of them one may, or may not: it is for the caller to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch {
    /// |x| + |y| is below.
    pub below: f64,
    /// The square of the gradient's length is above, if that matters.
    pub above: Option<f64>,
    /// Whether the runs are beyond half of their steps.
    pub late: bool,
    /// The square of the gradient's length is below where a run may have arrived; 0 where nobody asks.
    pub arrival: f64,
    /// The step that the runs have made.
    pub step: f64,
}

impl Watch {
    /// |f| and the gradient's |x| and |y| together are below: more is not far from infinity.
    const FINITE: f64 = 1e300;

    /// No limit, and nothing that is asked for.
    pub const NOTHING: Self =
        Self { below: f64::INFINITY, above: None, late: false, arrival: 0.0, step: 0.0 };

    /// Takes the values into the lowest ones and the step into the last ones above, and gives as bits in which of the vectors some point, value or
    /// gradient is outside the limits.
    #[inline(always)]
    pub fn look(self, slopes: &mut [Box<ValueGradientLanes>]) -> u32 {
        // A power of two for each vector: their sum has the bits.
        let (mut marks, mut mark) = (Lanes::of(0.0), 1.0);
        for slope in slopes {
            let slope = &mut **slope;
            let lowest = if self.late { &mut slope.lowest_late } else { &mut slope.lowest };
            *lowest = slope.value.select_less(*lowest, slope.value, *lowest);
            if self.arrival > 0.0 {
                let gradient = slope.gradient;
                let square = gradient.x * gradient.x + gradient.y * gradient.y;
                let step = Lanes::of(self.step);
                slope.last_above = square.select_less(Lanes::of(self.arrival), slope.last_above, step);
            }
            marks += self.mark(slope, mark);
            mark *= 2.0;
        }
        // Seldom anything else than zeros, and this is soon seen.
        if marks.0.iter().fold(0, |all, marks| all | marks.to_bits()) == 0 {
            return 0;
        }
        marks.0.iter().fold(0, |all, marks| all | *marks as u32)
    }

    /// 0 in the lanes that are within the limits, and `mark` in the others.
    #[inline(always)]
    pub fn mark(self, slope: &ValueGradientLanes, mark: f64) -> Lanes {
        let ValueGradientLanes { at, value, gradient, .. } = slope;
        let mark = Lanes::of(mark);
        let reach = at.x.map(f64::abs) + at.y.map(f64::abs);
        let size = gradient.x.map(f64::abs) + gradient.y.map(f64::abs) + value.map(f64::abs);
        let marked = reach.select_less(Lanes::of(self.below), Lanes::of(0.0), mark);
        let marked = size.select_less(Lanes::of(Self::FINITE), marked, mark);
        let Some(above) = self.above else { return marked };
        let square = gradient.x * gradient.x + gradient.y * gradient.y;
        Lanes::of(above).select_less(square, marked, mark)
    }
}
