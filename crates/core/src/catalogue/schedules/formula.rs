//! A learning rate that the user types, as a formula of the step.

use crate::formula::parsed_rate::TOTAL_KEY;
use crate::method::schedule::{Schedule, Sums};
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// The key of the formula itself among the settings.
pub const RATE: &str = "rate";

/// The formula.
pub(crate) const FORMULA_PARAM: Param = Param::rate(
    RATE,
    "the learning rate of step t: t is the number of steps made so far, lr the rate that is set, T the total number of steps; \
     + - * / ^, exp, log, sqrt, sin, cos, min, max, floor, mod and the other functions, pi, e, and the choice \
     a if b < c else d; any other name becomes a slider",
);
/// What the formula calls T.
pub(crate) const TOTAL: Param = Param::number(
    TOTAL_KEY,
    "T",
    300.0,
    Range::STEPS,
    (10.0, 10_000.0),
    "the total number of steps, T in the formula",
)
.log();

/// A formula without its parameters.
pub(crate) const BARE: Schedule = Schedule {
    name: "Formula",
    title: "own formula",
    summary: "A learning rate that you type: a formula of the step, with names of your own as sliders.",
    formula: "α(t) is what you type",
    source: "yours; PyTorch's LambdaLR, optax's schedules are functions of the step",
    // What it is hangs on the text.
    sums: |_| Sums::Unknown,
    ..Schedule::CONSTANT
};

/// What it can be told.
const PARAMS: &[Param] = &[FORMULA_PARAM, TOTAL];

/// Half a cosine wave to begin with; another text makes a description of its own.
pub static FORMULA: Schedule = Schedule { params: Cow::Borrowed(PARAMS), ..BARE };
