//! A linear rise to the full rate.

use super::warmup::linear_rise;
use crate::method::schedule::Schedule;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("steps", "W", 5.0, Range::STEPS, (1.0, 1000.0), "the step from which on the rate is full")
        .log(),
    Param::number(
        "start_factor",
        "s",
        1.0 / 3.0,
        Range::UNIT,
        (0.0, 1.0),
        "the first rate, as a share of the full",
    ),
];
const STEPS: NumberKey = NumberKey::of(PARAMS, "steps");
const START_FACTOR: NumberKey = NumberKey::of(PARAMS, "start_factor");

/// α₀ (s + (1 - s) min(t, W)/W), as `torch.optim.lr_scheduler.LinearLR`.
pub static LINEAR_WARMUP: Schedule = Schedule {
    name: "LinearWarmup",
    title: "linear warm-up",
    summary: "The rate rises along a straight line to its full value, and stays there.",
    formula: "α₀·(s + (1 - s)·min(t, W)/W)",
    source: "Goyal et al., Accurate, Large Minibatch SGD (2017), section 2.2; PyTorch's LinearLR",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| linear_rise(settings[START_FACTOR], settings[STEPS], f64::from(step)),
    ..Schedule::CONSTANT
};
