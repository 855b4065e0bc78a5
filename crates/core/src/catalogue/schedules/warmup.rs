//! A linear rise to the full rate, with which some schedules begin, and what they have in common.

use crate::spec::param::Param;
use crate::spec::range::Range;

/// When the rate is full.
pub(super) const WARMUP: Param =
    Param::number("warmup", "W", 30.0, Range::STEPS, (1.0, 1000.0), "the step at which the rate is full")
        .log();
/// When it is lowest.
pub(super) const TOTAL: Param =
    Param::number("total", "T", 300.0, Range::STEPS, (10.0, 10_000.0), "the step at which it is lowest")
        .log();
/// Where it begins.
pub(super) const START_FACTOR: Param = share("start_factor", "s", "the first rate, as a share of the full");
/// Where it ends.
pub(super) const MIN_FACTOR: Param = share("min_factor", "m", "the last rate, as a share of the full");

const fn share(key: &'static str, symbol: &'static str, doc: &'static str) -> Param {
    Param::number(key, symbol, 0.0, Range::UNIT, (0.0, 1.0), doc)
}

/// A straight line from `start` at step 0 to 1 at step `steps`, and 1 from there on.
pub(super) fn linear_rise(start: f64, steps: f64, step: f64) -> f64 {
    start + (1.0 - start) * (step.min(steps) / steps)
}
