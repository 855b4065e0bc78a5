//! One rise and one long fall.

use super::half_wave::half_wave;
use crate::method::schedule::Schedule;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::{Alternative, Param};
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use std::borrow::Cow;

/// What would rise from above, or fall to above, is no cycle.
const AT_LEAST_ONE: Range = Range { min: 1.0, with_min: true, ..Range::ANY };

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("total", "T", 300.0, Range::STEPS, (10.0, 10_000.0), "how many steps the cycle has").log(),
    Param::number("pct_start", "p", 0.3, Range::UNIT, (0.0, 1.0), "the share of the cycle that rises")
        .named("rising share"),
    Param::number("div_factor", "d", 25.0, AT_LEAST_ONE, (1.0, 100.0), "the full rate over the first")
        .named("rise")
        .log(),
    Param::number("final_div_factor", "d′", 1e4, Range::POSITIVE, (1.0, 1e6), "the first rate over the last")
        .named("fall")
        .log(),
    Param::choice(
        "anneal",
        &[
            Alternative { name: "Cosine", doc: "half cosine waves" },
            Alternative { name: "Linear", doc: "straight lines" },
        ],
        "the shape of the rise and of the fall",
    ),
    Param::switch(
        "cycle_momentum",
        false,
        "whether the method's momentum falls while the rate rises, and rises while that falls",
    ),
    Param::number("base_momentum", "μ", 0.85, Range::UNIT, (0.5, 1.0), "the momentum where the rate is full")
        .named("lowest momentum"),
    Param::number(
        "max_momentum",
        "μ′",
        0.95,
        Range::UNIT,
        (0.5, 1.0),
        "the momentum at both ends of the cycle",
    )
    .named("highest momentum"),
];
const TOTAL: NumberKey = NumberKey::of(PARAMS, "total");
const PCT_START: NumberKey = NumberKey::of(PARAMS, "pct_start");
const DIV_FACTOR: NumberKey = NumberKey::of(PARAMS, "div_factor");
const FINAL_DIV_FACTOR: NumberKey = NumberKey::of(PARAMS, "final_div_factor");
const ANNEAL: ChoiceKey = ChoiceKey::of(PARAMS, "anneal");
const CYCLE_MOMENTUM: ChoiceKey = ChoiceKey::of(PARAMS, "cycle_momentum");
const BASE_MOMENTUM: NumberKey = NumberKey::of(PARAMS, "base_momentum");
const MAX_MOMENTUM: NumberKey = NumberKey::of(PARAMS, "max_momentum");

/// From α₀/div_factor up to α₀ and down to α₀/(div_factor · final_div_factor), as
/// `torch.optim.lr_scheduler.OneCycleLR` with max_lr = α₀. PyTorch cycles the momentum by default; here it stays unless
/// `cycle_momentum` says otherwise, and then goes from max_momentum down to base_momentum and back: what a method calls
/// momentum. Where there is only a first β it stays (PyTorch moves that too, and corrects Adam's average by the power of the
/// present one). The top is at step pct_start·T - 1, which need not be whole (optax: ⌊pct_start·T⌋). After the
/// last step, where PyTorch refuses to go on, the rate stays.
pub static ONE_CYCLE: Schedule = Schedule {
    name: "OneCycle",
    title: "one cycle",
    summary: "The rate rises to its full value, then falls far below where it began. The momentum stays, or does the opposite.",
    formula: "α₀/d up to α₀ at t = p·T - 1, down to α₀/(d·d′) at t = T - 1",
    source: "Smith and Topin, Super-Convergence (2018); PyTorch's OneCycleLR, with cycle_momentum=False unless it is switched on",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| {
        let (rise, fall) = (settings[DIV_FACTOR], settings[FINAL_DIV_FACTOR]);
        let (end, part) = match place(settings, step) {
            CyclePlace::Rising(part) => (1.0 / rise, part),
            CyclePlace::Falling(part) => (1.0 / (rise * fall), part),
            CyclePlace::Full => (1.0, 0.0),
        };
        if settings[ANNEAL] == 1 { 1.0 + (end - 1.0) * part } else { half_wave(end, part) }
    },
    momentum: |settings, step| {
        let part = match place(settings, step) {
            CyclePlace::Rising(part) | CyclePlace::Falling(part) => part,
            CyclePlace::Full => 0.0,
        };
        let (low, high) = (settings[BASE_MOMENTUM], settings[MAX_MOMENTUM]);
        let away = if settings[ANNEAL] == 1 { part } else { 1.0 - half_wave(0.0, part) };
        (settings[CYCLE_MOMENTUM] == 1).then_some(low + (high - low) * away)
    },
    // The last rate stays, above zero.
    ..Schedule::CONSTANT
};

/// A place on the cycle: how far from its top, as a share of the whole way.
enum CyclePlace {
    Rising(f64),
    Falling(f64),
    /// There is no way.
    Full,
}

fn place(settings: &Settings<f64>, step: u32) -> CyclePlace {
    let (total, share) = (settings[TOTAL], settings[PCT_START]);
    let (last, top) = (total - 1.0, share * total - 1.0);
    let step = f64::from(step).min(last);
    if step <= top && top > 0.0 {
        CyclePlace::Rising(1.0 - step / top)
    } else if last > top {
        CyclePlace::Falling((step - top) / (last - top))
    } else {
        CyclePlace::Full
    }
}
