//! Half a cosine wave.

use super::half_wave::half_wave;
use crate::method::schedule::{Schedule, Sums};
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("total", "T", 300.0, Range::STEPS, (10.0, 10_000.0), "the step of the lowest rate").log(),
    Param::MIN_FACTOR,
    Param::switch("hold", false, "whether the rate stays at its lowest (optax) or rises again (PyTorch)"),
];
const TOTAL: NumberKey = NumberKey::of(PARAMS, "total");
const MIN_FACTOR: NumberKey = NumberKey::of(PARAMS, "min_factor");
const HOLD: ChoiceKey = ChoiceKey::of(PARAMS, "hold");

/// α₀ (m + (1 - m)(1 + cos(πt/T))/2). After T steps PyTorch's `CosineAnnealingLR` rises again,
/// and so does this unless it is told to hold, as optax does.
pub static COSINE: Schedule = Schedule {
    name: "Cosine",
    title: "cosine",
    summary: "The rate falls along half a cosine wave: slowly, fast, slowly.",
    formula: "α₀·(m + (1 - m)·(1 + cos(πt/T))/2)",
    source: "Loshchilov and Hutter, SGDR (2017); PyTorch's CosineAnnealingLR rises again after T, optax holds",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| {
        let (total, low) = (settings[TOTAL], settings[MIN_FACTOR]);
        let total = total as u32;
        // Reduced to one wave in whole numbers: a late step is as exact as an early one.
        let step = if settings[HOLD] == 1 { step.min(total) } else { step % (2 * total).max(1) };
        half_wave(low, f64::from(step) / f64::from(total))
    },
    sums: |settings| {
        if settings[HOLD] == 1 && settings[MIN_FACTOR] == 0.0 { Sums::BothFinite } else { Sums::BothInfinite }
    },
    ..Schedule::CONSTANT
};
