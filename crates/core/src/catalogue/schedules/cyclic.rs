//! Up and down along straight lines, again and again.

use crate::method::schedule::{Schedule, Sums};
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("up", "U", 30.0, Range::STEPS, (1.0, 1000.0), "how many steps the rate rises for").log(),
    Param::number("down", "D", 30.0, Range::STEPS, (1.0, 1000.0), "how many steps it falls for").log(),
    Param::number("min_factor", "m", 0.1, Range::UNIT, (0.0, 1.0), "the lowest rate, as a share of the full"),
    Param::number(
        "gamma",
        "γ",
        1.0,
        Range::UNIT,
        (0.0, 1.0),
        "what the height of the next cycle is multiplied by: 1 or 0.5, usually",
    ),
];
const UP: NumberKey = NumberKey::of(PARAMS, "up");
const DOWN: NumberKey = NumberKey::of(PARAMS, "down");
const MIN_FACTOR: NumberKey = NumberKey::of(PARAMS, "min_factor");
const GAMMA: NumberKey = NumberKey::of(PARAMS, "gamma");

/// PyTorch's `CyclicLR` with max_lr = α₀, base_lr = m·α₀ and cycle_momentum=False: mode triangular with γ = 1, triangular2
/// with γ = 0.5. Its exp_range falls within a cycle, too.
pub static CYCLIC: Schedule = Schedule {
    name: "Cyclic",
    title: "cyclic",
    summary: "The rate rises and falls along straight lines, again and again, perhaps less high each time.",
    formula: "α₀·(m + (1 - m)·γᶜ·a), c cycles before, a up from 0 to 1 in U steps and down in D",
    source: "Smith, Cyclical Learning Rates (2017); PyTorch's CyclicLR with cycle_momentum=False",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| {
        let (up, down, low) = (settings[UP], settings[DOWN], settings[MIN_FACTOR]);
        // In whole numbers: a late step is as exact as an early one.
        let length = (up + down) as u32;
        let (cycle, step) = (step / length, f64::from(step % length));
        let part = if step <= up { step / up } else { (up + down - step) / down };
        low + (1.0 - low) * libm::pow(settings[GAMMA], f64::from(cycle)) * part
    },
    sums: |settings| {
        let fades = settings[MIN_FACTOR] == 0.0 && settings[GAMMA] < 1.0;
        if fades { Sums::BothFinite } else { Sums::BothInfinite }
    },
    ..Schedule::CONSTANT
};
