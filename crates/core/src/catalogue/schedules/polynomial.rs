//! Polynomial decay to zero.

use crate::method::schedule::{Schedule, Sums};
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number(
        "total",
        "T",
        300.0,
        Range::STEPS,
        (10.0, 10_000.0),
        "the step from which on the rate is 0",
    )
    .log(),
    Param::number("power", "p", 1.0, Range::POSITIVE, (0.1, 5.0), "1 for a straight line, 2 for a parabola"),
];
const TOTAL: NumberKey = NumberKey::of(PARAMS, "total");
const POWER: NumberKey = NumberKey::of(PARAMS, "power");

/// α₀ (1 - min(t, T)/T)^p, as `torch.optim.lr_scheduler.PolynomialLR`. PyTorch's default for T is
/// 5; here it is the length of a race that says nothing else.
pub static POLYNOMIAL: Schedule = Schedule {
    name: "Polynomial",
    title: "polynomial",
    summary: "The rate falls to zero over a stated number of steps, and stays there.",
    formula: "α₀·(1 - min(t, T)/T)^p",
    source: "PyTorch's PolynomialLR",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| {
        let (total, power) = (settings[TOTAL], settings[POWER]);
        libm::pow(1.0 - f64::from(step).min(total) / total, power)
    },
    sums: |_| Sums::BothFinite,
    ..Schedule::CONSTANT
};
