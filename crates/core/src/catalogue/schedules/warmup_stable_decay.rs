//! A rise, a long plain, and a fall.

use crate::method::schedule::{Schedule, Sums};
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("warmup", "W", 30.0, Range::STEPS, (1.0, 1000.0), "the step at which the rate is full")
        .log(),
    Param::number("decay", "D", 60.0, Range::STEPS, (1.0, 10_000.0), "how many steps the rate falls for")
        .log(),
    Param::number("total", "T", 300.0, Range::STEPS, (10.0, 10_000.0), "the step at which it is lowest")
        .log(),
    Param::number(
        "start_factor",
        "s",
        0.0,
        Range::UNIT,
        (0.0, 1.0),
        "the first rate, as a share of the full",
    ),
    Param::number("min_factor", "m", 0.0, Range::UNIT, (0.0, 1.0), "the last rate, as a share of the full"),
];
const WARMUP: NumberKey = NumberKey::of(PARAMS, "warmup");
const DECAY: NumberKey = NumberKey::of(PARAMS, "decay");
const TOTAL: NumberKey = NumberKey::of(PARAMS, "total");
const START_FACTOR: NumberKey = NumberKey::of(PARAMS, "start_factor");
const MIN_FACTOR: NumberKey = NumberKey::of(PARAMS, "min_factor");

/// The lower of two straight lines, and no more than α₀: one rises to step W, the other falls over the D steps before
/// step T. In PyTorch a `SequentialLR` of `LinearLR`, `ConstantLR` and `LinearLR`.
pub static WARMUP_STABLE_DECAY: Schedule = Schedule {
    name: "WarmupStableDecay",
    summary: "The rate rises along a straight line, stays full for long, and falls along another at the end.",
    formula: "α₀·min(s + (1 - s)·t/W, 1, m + (1 - m)·(T - t)/D), at least α₀·m from t = T on",
    source: "Hu et al., MiniCPM (2024), section 4; Zhai et al., Scaling Vision Transformers (2021), with a cooldown",
    params: PARAMS,
    factor: |settings, step| {
        let (start, low) = (settings[START_FACTOR], settings[MIN_FACTOR]);
        let step = f64::from(step);
        let rise = start + (1.0 - start) * (step.min(settings[WARMUP]) / settings[WARMUP]);
        let left = (settings[TOTAL] - step).max(0.0).min(settings[DECAY]);
        rise.min(low + (1.0 - low) * (left / settings[DECAY]))
    },
    sums: |settings| if settings[MIN_FACTOR] == 0.0 { Sums::BothFinite } else { Sums::BothInfinite },
};
