//! A linear rise, and half a cosine wave down.

use super::half_wave::half_wave;
use super::warmup;
use crate::method::schedule::{Schedule, Sums};
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[warmup::WARMUP, warmup::TOTAL, warmup::START_FACTOR, warmup::MIN_FACTOR];
const WARMUP: NumberKey = NumberKey::of(PARAMS, "warmup");
const TOTAL: NumberKey = NumberKey::of(PARAMS, "total");
const START_FACTOR: NumberKey = NumberKey::of(PARAMS, "start_factor");
const MIN_FACTOR: NumberKey = NumberKey::of(PARAMS, "min_factor");

/// As `LinearWarmup` up to step W and as `Cosine` that holds from there to step T: optax's
/// `warmup_cosine_decay_schedule` with peak_value α₀. Where T is not above W, the rate stays full.
pub static WARMUP_COSINE: Schedule = Schedule {
    name: "WarmupCosine",
    title: "warm-up and cosine",
    summary: "The rate rises along a straight line, then falls along half a cosine wave, and stays there.",
    formula: "α₀·(s + (1 - s)·t/W) up to t = W, then α₀·(m + (1 - m)·(1 + cos(π(t - W)/(T - W)))/2) to t = T",
    source: "optax's warmup_cosine_decay_schedule; in PyTorch SequentialLR of LinearLR and CosineAnnealingLR",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| {
        let (warmup, total) = (settings[WARMUP], settings[TOTAL]);
        let step = f64::from(step);
        if step < warmup {
            warmup::linear_rise(settings[START_FACTOR], warmup, step)
        } else if total > warmup {
            half_wave(settings[MIN_FACTOR], (step.min(total) - warmup) / (total - warmup))
        } else {
            1.0
        }
    },
    sums: |settings| {
        let fades = settings[MIN_FACTOR] == 0.0 && settings[TOTAL] > settings[WARMUP];
        if fades { Sums::BothFinite } else { Sums::BothInfinite }
    },
    ..Schedule::CONSTANT
};
