//! Gradient descent with momentum, in the three forms that libraries and books use.

use super::lines::gradient;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::recurrence::Recurrence;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-3),
    Param::MOMENTUM,
    Param::number(
        "dampening",
        "d",
        0.0,
        Range::UNIT,
        (0.0, 1.0),
        "how much of each new gradient is held back, from the second step on; of no account without momentum",
    ),
    Param::WEIGHT_DECAY_L2,
    Param::choice(
        "form",
        &[
            Alternative { name: "PyTorch", doc: "v = βv + g; x -= αv" },
            Alternative {
                name: "Classical",
                doc: "v = βv - αg; x += v: old pushes keep the rate they were made with",
            },
            Alternative {
                name: "Averaged",
                doc: "v = βv + (1-β)g; x -= αv: a moving average, so α means what it means without momentum",
            },
        ],
        "which textbook's momentum",
    ),
];
const DAMPENING: NumberKey = NumberKey::of(PARAMS, "dampening");
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const LR: NumberKey = NumberKey::of(PARAMS, "lr");
const MOMENTUM_KEY: NumberKey = NumberKey::of(PARAMS, "momentum");
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
/// What it remembers.
const SLOTS: &[Slot] = &[Slot::new("v", "v", "velocity")];
const _: () = assert!(Slot::are(SLOTS, &["v"]), "the steps below take the slots in this order");

/// Polyak's heavy ball. The forms agree while the learning rate is constant, up to its meaning.
pub static MOMENTUM: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Momentum"),
        title: Cow::Borrowed("momentum"),
        summary: Cow::Borrowed(
            "A heavy ball: past gradients keep pushing, so that zig-zags cancel and valleys are run along.",
        ),
        lines: Lines::Chosen(|settings| {
            let (dampening, weight_decay) = (settings[DAMPENING], settings[WEIGHT_DECAY]);
            let form = settings[FORM];
            let mut lines = gradient(weight_decay);
            let dampened = dampening != 0.0 && settings[MOMENTUM_KEY] != 0.0 && form != AVERAGED;
            if dampened {
                let says = "how much of the new gradient counts: all of the first, then 1 - d";
                lines.push(UpdateEquation::number("h", "1 if t = 1 else 1 - d", says));
            }
            let says = "velocity: the share β of the old one, and the new push";
            lines.extend(match (form, dampened) {
                (CLASSICAL, false) => [UpdateEquation::displacement("v", "β·v - α·g", says), GLIDE],
                (CLASSICAL, true) => [UpdateEquation::displacement("v", "β·v - α·h·g", says), GLIDE],
                (AVERAGED, _) => [UpdateEquation::direction("v", "β·v + (1 - β)·g", says), PUSH],
                (_, false) => [UpdateEquation::direction("v", "β·v + g", says), PUSH],
                (_, true) => [UpdateEquation::direction("v", "β·v + h·g", says), PUSH],
            });
            lines
        }),
        source: Cow::Borrowed(
            "Polyak, USSR Computational Mathematics 4 (1964), 1-17; the forms: torch.optim.SGD, Goodfellow et al. 8.3.2",
        ),
        group: Group::FirstOrder,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Linear(|settings, lambda| {
            let (lr, momentum, dampening, weight_decay) =
                (settings[LR], settings[MOMENTUM_KEY], settings[DAMPENING], settings[WEIGHT_DECAY]);
            let push = lr * (lambda + weight_decay);
            let (first, later) = match settings[FORM] {
                AVERAGED => (push * (1.0 - momentum), push * (1.0 - momentum)),
                _ if momentum == 0.0 => (push, push),
                _ => (push, push * (1.0 - dampening)),
            };
            Recurrence { first: 1.0 - first, now: 1.0 + momentum - later, before: -momentum }
        }),
        // Polyak's optimum: both ends are damped critically.
        best: Some(|settings, mu, l| {
            let (dampening, weight_decay) = (settings[DAMPENING], settings[WEIGHT_DECAY]);
            let (small, large) = ((mu + weight_decay).sqrt(), (l + weight_decay).sqrt());
            let momentum = ((large - small) / (large + small)).square();
            let kept = match settings[FORM] {
                AVERAGED => 1.0 - momentum,
                _ if momentum == 0.0 => 1.0,
                _ => 1.0 - dampening,
            };
            let lr = (2.0 / (large + small)).square() / kept;
            lr.is_finite().then(|| vec![("lr", lr), ("momentum", momentum)])
        }),
        ..Description::PLAIN
    },
    &EveryNumber(Momentum),
);

/// The velocity is the step.
const GLIDE: UpdateEquation =
    UpdateEquation::point("x", "x + v", "the next position: the ball has moved by its velocity");
/// The velocity is a sum of gradients.
const PUSH: UpdateEquation =
    UpdateEquation::point("x", "x - α·v", "the next position: against the velocity, α times its length");

const CLASSICAL: usize = alternative(PARAMS, "form", "Classical");
const AVERAGED: usize = alternative(PARAMS, "form", "Averaged");

#[derive(Debug)]
struct Momentum;

impl Method for Momentum {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (momentum, dampening, weight_decay) =
            (input.settings[MOMENTUM_KEY], input.settings[DAMPENING], input.settings[WEIGHT_DECAY]);
        let one = T::of(1.0);
        let gradient = input.gradient + state.position * weight_decay;
        // PyTorch's first velocity is the gradient itself, without dampening; so is each one without momentum.
        let kept = T::of(0.0).select_less(momentum, one - dampening, one);
        let fresh = if state.step == 0 { one } else { kept };
        let [velocity, ..] = &mut state.slots;
        match input.settings[FORM] {
            CLASSICAL => {
                *velocity = *velocity * momentum - gradient * (input.lr * fresh);
                state.position += *velocity;
            }
            AVERAGED => {
                *velocity = *velocity * momentum + gradient * (one - momentum);
                state.position -= *velocity * input.lr;
            }
            _ => {
                *velocity = *velocity * momentum + gradient * fresh;
                state.position -= *velocity * input.lr;
            }
        }
    }
}
