//! A rise, a long plain, and a fall.

use super::warmup;
use crate::method::schedule::{Schedule, Sums};
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    warmup::WARMUP,
    Param::number("decay", "D", 60.0, Range::STEPS, (1.0, 10_000.0), "how many steps the rate falls for")
        .log(),
    warmup::TOTAL,
    warmup::START_FACTOR,
    warmup::MIN_FACTOR,
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
    title: "warm-up, stable, decay",
    summary: "The rate rises along a straight line, stays full for long, and falls along another at the end.",
    formula: "α₀·min(s + (1 - s)·t/W, 1, m + (1 - m)·(T - t)/D), at least α₀·m from t = T on",
    source: "Hu et al., MiniCPM (2024), section 4; Zhai et al., Scaling Vision Transformers (2021), with a cooldown",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| {
        let (step, low) = (f64::from(step), settings[MIN_FACTOR]);
        let rise = warmup::linear_rise(settings[START_FACTOR], settings[WARMUP], step);
        let left = (settings[TOTAL] - step).max(0.0).min(settings[DECAY]);
        rise.min(low + (1.0 - low) * (left / settings[DECAY]))
    },
    sums: |settings| if settings[MIN_FACTOR] == 0.0 { Sums::BothFinite } else { Sums::BothInfinite },
    ..Schedule::CONSTANT
};
