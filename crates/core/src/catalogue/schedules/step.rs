//! A staircase.

use crate::math::number::Number;
use crate::method::schedule::{Schedule, Sums};
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("size", "", 100.0, Range::STEPS, (1.0, 1000.0), "how many steps a stair is long").log(),
    Param::number("gamma", "γ", 0.1, Range::POSITIVE, (0.01, 1.0), "the factor from stair to stair"),
];
const SIZE: NumberKey = NumberKey::of(PARAMS, "size");
const GAMMA: NumberKey = NumberKey::of(PARAMS, "gamma");

/// α₀ γ^⌊t/size⌋, as `torch.optim.lr_scheduler.StepLR`.
pub static STEP: Schedule = Schedule {
    name: "Step",
    title: "step",
    summary: "A staircase: after every so many steps the rate is multiplied by a factor.",
    formula: "α₀·γ^⌊t / size⌋",
    source: "PyTorch's StepLR",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| {
        let (size, gamma) = (settings[SIZE], settings[GAMMA]);
        Number::powi(gamma, step / (size as u32).max(1))
    },
    sums: |settings| if settings[GAMMA] < 1.0 { Sums::BothFinite } else { Sums::BothInfinite },
    ..Schedule::CONSTANT
};
