//! Half cosine waves with warm restarts.

use super::half_wave::half_wave;
use crate::method::schedule::Schedule;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("period", "T₀", 50.0, Range::STEPS, (5.0, 1000.0), "the steps to the first restart").log(),
    Param::number("mult", "", 1.0, Range::whole(1, 100), (1.0, 4.0), "how many times as long each period is")
        .named("lengthening"),
    Param::MIN_FACTOR,
];
const PERIOD: NumberKey = NumberKey::of(PARAMS, "period");
const MULT: NumberKey = NumberKey::of(PARAMS, "mult");
const MIN_FACTOR: NumberKey = NumberKey::of(PARAMS, "min_factor");

/// Half cosine waves, each so many times as long as the one before, as
/// `torch.optim.lr_scheduler.CosineAnnealingWarmRestarts`.
pub static WARM_RESTARTS: Schedule = Schedule {
    name: "WarmRestarts",
    title: "warm restarts",
    summary: "Half a cosine wave down, then back to the full rate, again and again.",
    formula: "α₀·(m + (1 - m)·(1 + cos(πs/T))/2), s steps after restart number i, T = T₀·mult^i",
    source: "Loshchilov and Hutter, SGDR (2017); PyTorch's CosineAnnealingWarmRestarts",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| {
        let (period, mult, low) = (settings[PERIOD], settings[MULT], settings[MIN_FACTOR]);
        let (mut period, mult) = ((period as u64).max(1), mult as u64);
        let mut since = u64::from(step);
        if mult <= 1 {
            since %= period;
        }
        // The periods grow at least twofold, so these are few.
        while since >= period {
            since -= period;
            period *= mult;
        }
        half_wave(low, since as f64 / period as f64)
    },
    // Each period adds more than a fixed share of its length.
    ..Schedule::CONSTANT
};
