//! Exponential decay.

use crate::method::schedule::{Schedule, Sums};
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::number(
    "lambda",
    "λ",
    0.01,
    Range::NOT_NEGATIVE,
    (1e-4, 1.0),
    "the share lost in a step, if small",
)
.named("decay rate")
.log()];
const LAMBDA: NumberKey = NumberKey::of(PARAMS, "lambda");

/// α₀ e^(-λt). PyTorch's `ExponentialLR` says γ = e^(-λ) instead.
pub static EXPONENTIAL: Schedule = Schedule {
    name: "Exponential",
    title: "exponential",
    summary: "The rate loses the same share of itself at every step.",
    formula: "α₀·e^(-λt)",
    source: "PyTorch's ExponentialLR, where γ = e^(-λ)",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| libm::exp(-settings[LAMBDA] * f64::from(step)),
    sums: |settings| if settings[LAMBDA] > 0.0 { Sums::BothFinite } else { Sums::BothInfinite },
    ..Schedule::CONSTANT
};
