//! A fall whenever the loss no longer does.

use crate::method::schedule::{LossWatch, Schedule, Sums};
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use std::borrow::Cow;

/// How many losses: none is a number of them, too.
const LOSSES: Range = Range::whole(0, 1_000_000);

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("factor", "c", 0.1, Range::UNIT, (0.0, 1.0), "what the rate is multiplied by"),
    Param::number("patience", "P", 10.0, LOSSES, (0.0, 100.0), "how many losses in a row may be no better"),
    Param::number(
        "threshold",
        "θ",
        1e-4,
        Range::NOT_NEGATIVE,
        (1e-6, 0.1),
        "by how much a loss is better than the best",
    )
    .log(),
    Param::choice(
        "threshold_mode",
        &[
            Alternative { name: "Relative", doc: "better is below (1 - θ) times the best" },
            Alternative { name: "Absolute", doc: "better is below the best less θ" },
        ],
        "what the threshold is a part of",
    ),
    Param::number(
        "cooldown",
        "R",
        0.0,
        LOSSES,
        (0.0, 100.0),
        "for how many losses after a fall nothing is counted",
    ),
    Param::MIN_FACTOR,
];
const FACTOR: NumberKey = NumberKey::of(PARAMS, "factor");
const PATIENCE: NumberKey = NumberKey::of(PARAMS, "patience");
const THRESHOLD: NumberKey = NumberKey::of(PARAMS, "threshold");
const MODE: ChoiceKey = ChoiceKey::of(PARAMS, "threshold_mode");
const ABSOLUTE: usize = alternative(PARAMS, "threshold_mode", "Absolute");
const COOLDOWN: NumberKey = NumberKey::of(PARAMS, "cooldown");
const MIN_FACTOR: NumberKey = NumberKey::of(PARAMS, "min_factor");

/// As `torch.optim.lr_scheduler.ReduceLROnPlateau` with mode='min', which is told after each step the loss that the step
/// began with; min_lr is `min_factor` of the rate that is set. PyTorch leaves out changes of less than 1e-8 (its eps),
/// which this does not. The loss is f over all data, whatever noise the gradients have.
pub static REDUCE_ON_PLATEAU: Schedule = Schedule {
    name: "ReduceOnPlateau",
    title: "reduced on a plateau",
    summary: "The rate is multiplied by a factor whenever the loss has found no better value for some steps.",
    formula: "α ← max(c·α, m·α₀) after more than P losses in a row that are not below (1 - θ) times the best",
    source: "PyTorch's ReduceLROnPlateau; optax's contrib.reduce_on_plateau counts the loss of the step itself, too",
    params: Cow::Borrowed(PARAMS),
    // It depends on where the losses lead.
    sums: |_| Sums::Unknown,
    watch: Some(take_in),
    ..Schedule::CONSTANT
};

/// Takes in a loss.
fn take_in(settings: &Settings<f64>, watch: &mut LossWatch, loss: f64) {
    let LossWatch { factor, best, waited, resting } = watch;
    let threshold = settings[THRESHOLD];
    let bound = if settings[MODE] == ABSOLUTE { *best - threshold } else { *best * (1.0 - threshold) };
    if loss < bound {
        (*best, *waited) = (loss, 0.0);
    } else {
        *waited += 1.0;
    }
    if *resting > 0.0 {
        (*resting, *waited) = (*resting - 1.0, 0.0);
    }
    if *waited > settings[PATIENCE] {
        *factor = (*factor * settings[FACTOR]).max(settings[MIN_FACTOR]);
        (*resting, *waited) = (settings[COOLDOWN], 0.0);
    }
}
