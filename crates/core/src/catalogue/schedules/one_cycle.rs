//! One rise and one long fall.

use super::half_wave::half_wave;
use crate::method::schedule::Schedule;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::{Alternative, Param};
use crate::spec::range::Range;

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
];
const TOTAL: NumberKey = NumberKey::of(PARAMS, "total");
const PCT_START: NumberKey = NumberKey::of(PARAMS, "pct_start");
const DIV_FACTOR: NumberKey = NumberKey::of(PARAMS, "div_factor");
const FINAL_DIV_FACTOR: NumberKey = NumberKey::of(PARAMS, "final_div_factor");
const ANNEAL: ChoiceKey = ChoiceKey::of(PARAMS, "anneal");

/// From α₀/div_factor up to α₀ and down to α₀/(div_factor · final_div_factor), as
/// `torch.optim.lr_scheduler.OneCycleLR` with max_lr = α₀ and cycle_momentum=False: a schedule
/// moves the learning rate and nothing else, so the momentum that PyTorch cycles by default
/// stays. The top is at step pct_start·T - 1, which need not be whole (optax: ⌊pct_start·T⌋). After the
/// last step, where PyTorch refuses to go on, the rate stays.
pub static ONE_CYCLE: Schedule = Schedule {
    name: "OneCycle",
    title: "one cycle",
    summary: "The rate rises to its full value, then falls far below where it began. The momentum stays.",
    formula: "α₀/d up to α₀ at t = p·T - 1, down to α₀/(d·d′) at t = T - 1",
    source: "Smith and Topin, Super-Convergence (2018); PyTorch's OneCycleLR with cycle_momentum=False",
    params: PARAMS,
    factor: |settings, step| {
        let (total, share, rise, fall) =
            (settings[TOTAL], settings[PCT_START], settings[DIV_FACTOR], settings[FINAL_DIV_FACTOR]);
        let (last, top) = (total - 1.0, share * total - 1.0);
        let step = f64::from(step).min(last);
        let (end, part) = if step <= top && top > 0.0 {
            (1.0 / rise, 1.0 - step / top)
        } else if last > top {
            (1.0 / (rise * fall), (step - top) / (last - top))
        } else {
            (1.0, 0.0)
        };
        if settings[ANNEAL] == 1 { 1.0 + (end - 1.0) * part } else { half_wave(end, part) }
    },
    // The last rate stays, above zero.
    ..Schedule::CONSTANT
};
