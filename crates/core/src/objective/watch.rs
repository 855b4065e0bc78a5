//! What is watched while runs go side by side: whether a point is one where a run may end.

use super::derivatives::ValueGradientLanes;
use crate::math::number::Number;
use crate::math::wide::{LANES, Lanes, Wide};
use nalgebra::Vector2;

/// Limits within which no run ends. Outside of them one may, or may not: it is for the caller to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Watch {
    /// |x| + |y| is below.
    pub below: f64,
    /// The square of the gradient's length is above, if that matters.
    pub above: Option<f64>,
    /// The square of the gradient's length is below where a run may have arrived; 0 where nobody asks.
    pub arrival: f64,
    /// The step that the runs have made.
    pub step: f64,
}

impl Watch {
    /// 0 in the lanes that are within the limits, and 1 in the others.
    #[inline(always)]
    pub fn mark(self, slope: &ValueGradientLanes) -> Lanes {
        let mut seen = Seen::NOTHING;
        seen.take(self, (slope.at, slope.value, slope.gradient));
        seen.mark(self)
    }

    /// As bits, in which of the vectors some lane is outside the limits.
    #[cold]
    pub fn marked(self, slopes: &[Box<ValueGradientLanes>]) -> u32 {
        let marks = slopes.iter().map(|slope| self.mark(slope).0.iter().any(|mark| *mark > 0.0));
        marks.enumerate().fold(0, |all, (place, marked)| all | u32::from(marked) << place)
    }
}

/// What was seen at many points, lane by lane: all that the limits are about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// A sum of all that was seen, which is finite only where all of it is, and the gradient's length far from
    /// infinity.
    sum: Lanes,
    /// The largest |x| + |y|.
    reach: Lanes,
    /// The smallest square of the gradient's length.
    square: Lanes,
}

impl Seen {
    /// Before anything was seen.
    pub const NOTHING: Self =
        Self { sum: Wide([0.0; LANES]), reach: Wide([0.0; LANES]), square: Wide([f64::INFINITY; LANES]) };

    /// Takes in one more point in each lane, its value and its gradient; gives the square of the gradient's length.
    #[inline(always)]
    pub fn take(
        &mut self,
        watch: Watch,
        (at, value, gradient): (Vector2<Lanes>, Lanes, Vector2<Lanes>),
    ) -> Lanes {
        let reach = at.x.map(f64::abs) + at.y.map(f64::abs);
        let square = gradient.x * gradient.x + gradient.y * gradient.y;
        self.reach = self.reach.select_less(reach, reach, self.reach);
        self.sum += square + (value + reach);
        // In a branch of its own: with another one in a row, the compiler shuffles both into a vector twice as long.
        if watch.above.is_some() {
            self.square = square.select_less(self.square, square, self.square);
        }
        square
    }

    /// 0 in the lanes where all was within the limits, and 1 in the others.
    #[inline(always)]
    pub fn mark(self, watch: Watch) -> Lanes {
        let (none, one) = (Lanes::of(0.0), Lanes::of(1.0));
        let marked = self.sum.map(f64::abs).select_less(Lanes::of(f64::INFINITY), none, one);
        let marked = self.reach.select_less(Lanes::of(watch.below), marked, one);
        let Some(above) = watch.above else { return marked };
        Lanes::of(above).select_less(self.square, marked, one)
    }

    /// Whether somewhere something was outside the limits.
    #[inline(always)]
    pub fn is_marked(self, watch: Watch) -> bool {
        self.mark(watch).0.iter().fold(0, |all, mark| all | mark.to_bits()) != 0
    }
}
