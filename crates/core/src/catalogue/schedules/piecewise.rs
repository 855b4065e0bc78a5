//! Constant pieces between milestones.

use crate::math::number::Number;
use crate::method::schedule::Schedule;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use crate::spec::steps::Steps;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::steps("milestones", Steps::two(100, 200), "the steps from which on a new rate holds"),
    Param::number("gamma", "γ", 0.1, Range::POSITIVE, (0.01, 1.0), "the factor at each milestone"),
];
const GAMMA: NumberKey = NumberKey::of(PARAMS, "gamma");

/// α₀ γ to the number of milestones reached, as `torch.optim.lr_scheduler.MultiStepLR`: the rate
/// changes at the milestone, not after it.
pub static PIECEWISE: Schedule = Schedule {
    name: "Piecewise",
    title: "piecewise",
    summary: "Constant pieces: from each milestone on the rate is multiplied by a factor.",
    formula: "α₀·γ^(number of milestones m ≤ t)",
    source: "PyTorch's MultiStepLR; the custom of training deep networks by hand",
    params: Cow::Borrowed(PARAMS),
    factor: |settings, step| Number::powi(settings[GAMMA], settings.steps.reached_at(step)),
    // Behind the last milestone the rate stays, above zero.
    ..Schedule::CONSTANT
};
