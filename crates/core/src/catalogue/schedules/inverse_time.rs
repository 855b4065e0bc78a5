//! Decay with the inverse of time.

use crate::method::schedule::{Schedule, Sums};
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::number(
    "c",
    "c",
    0.01,
    Range::NOT_NEGATIVE,
    (1e-4, 10.0),
    "after 1/c steps the rate has halved",
)
.named("decay")
.log()];
const C: NumberKey = NumberKey::of(PARAMS, "c");

/// α₀ / (1 + ct).
pub static INVERSE_TIME: Schedule = Schedule {
    name: "InverseTime",
    title: "inverse time",
    summary: "The rate fades like 1/t: slowly enough to arrive, fast enough to silence noise.",
    formula: "α₀ / (1 + c·t)",
    source: "Robbins and Monro, A Stochastic Approximation Method (1951)",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| 1.0 / (1.0 + settings[C] * f64::from(step)),
    sums: |settings| if settings[C] > 0.0 { Sums::RobbinsMonro } else { Sums::BothInfinite },
    ..Schedule::CONSTANT
};
