//! Nesterov's accelerated gradient, in the forms that libraries and books use.

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
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-3),
    Param::MOMENTUM,
    Param::WEIGHT_DECAY_L2,
    Param::choice(
        "form",
        &[
            Alternative {
                name: "PyTorch",
                doc: "v = βv + g; x -= α(g + βv): x is the point where the gradient is taken",
            },
            Alternative {
                name: "Sutskever",
                doc: "v = βv - α·g(x + βv); x += v: x is the ball, the gradient is taken ahead of it",
            },
            Alternative {
                name: "Keras",
                doc: "v = βv - αg; x += βv - αg: PyTorch's path while α is constant; old pushes keep their rate",
            },
        ],
        "which of the two sequences is x",
    ),
];
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const LR: NumberKey = NumberKey::of(PARAMS, "lr");
const MOMENTUM: NumberKey = NumberKey::of(PARAMS, "momentum");
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
/// What it remembers.
const SLOTS: &[Slot] = &[Slot::new("v", "v", "velocity")];
const _: () = assert!(Slot::are(SLOTS, &["v"]), "the steps below take the slots in this order");

/// Nesterov's momentum. The forms of PyTorch and Sutskever walk the same path seen from two places: with a
/// constant learning rate, PyTorch's x is Sutskever's x + βv, the point at which that form asks for the
/// gradient. They therefore share their law on a quadratic and differ in the first step.
pub static NESTEROV: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Nesterov"),
        summary: Cow::Borrowed(
            "Momentum that asks for the slope where the ball is about to be, and so brakes in time.",
        ),
        lines: Lines::Chosen(|settings| {
            let weight_decay = settings[WEIGHT_DECAY];
            let velocity = "velocity: the share β of the old one, and the new push";
            let mut lines = Vec::new();
            match settings[FORM] {
                SUTSKEVER => {
                    lines.push(UpdateEquation::point("y", "x + β·v", "where the ball is about to be"));
                    lines.push(UpdateEquation::direction("g", "∇f(y)", "the gradient there, ahead of x"));
                    if weight_decay != 0.0 {
                        lines.push(UpdateEquation::direction(
                            "g",
                            "g + w·y",
                            "with the L2 penalty's own gradient, w·y",
                        ));
                    }
                    lines.push(UpdateEquation::displacement("v", "β·v - α·g", velocity));
                    lines.push(UpdateEquation::point(
                        "x",
                        "x + v",
                        "the next position: the ball has moved by its velocity",
                    ));
                }
                KERAS => {
                    lines.extend(gradient(weight_decay));
                    lines.push(UpdateEquation::displacement("v", "β·v - α·g", velocity));
                    lines.push(UpdateEquation::point(
                        "x",
                        "x + β·v - α·g",
                        "the next position, already looking ahead",
                    ));
                }
                _ => {
                    lines.extend(gradient(weight_decay));
                    lines.push(UpdateEquation::direction("v", "β·v + g", velocity));
                    lines.push(UpdateEquation::direction(
                        "u",
                        "g + β·v",
                        "the look ahead: the new push counts once more",
                    ));
                    lines.push(UpdateEquation::point("x", "x - α·u", "the next position"));
                }
            }
            lines
        }),
        source: Cow::Borrowed(
            "Nesterov, Soviet Mathematics Doklady 27 (1983), 372-376; Sutskever et al., ICML 2013; \
             Goodfellow et al., Deep Learning (2016), section 8.3.3; torch.optim.SGD; keras.optimizers.SGD",
        ),
        group: Group::FirstOrder,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Linear(|settings, lambda| {
            let (lr, momentum, weight_decay) = (settings[LR], settings[MOMENTUM], settings[WEIGHT_DECAY]);
            let push = lr * (lambda + weight_decay);
            let first = match settings[FORM] {
                SUTSKEVER => push,
                _ => push * (1.0 + momentum),
            };
            Recurrence {
                first: 1.0 - first,
                now: (1.0 + momentum) * (1.0 - push),
                before: -momentum * (1.0 - push),
            }
        }),
        // Lessard, Recht and Packard, SIAM Journal on Optimization 26 (2016), 57-95, table 1: the double root of one
        // end is as large as the roots of the other.
        best: Some(|settings, mu, l| {
            let weight_decay = settings[WEIGHT_DECAY];
            let (mu, l) = (mu + weight_decay, l + weight_decay);
            let root = (3.0 * (l / mu) + 1.0).sqrt();
            // Neither sum may overflow, nor a rounding make the momentum less than nothing.
            let (lr, momentum) = (1.0 / (0.75 * l + 0.25 * mu), (root - 2.0) / (root + 2.0));
            Some(vec![("lr", lr), ("momentum", momentum.max(0.0))])
        }),
        ..Description::PLAIN
    },
    &EveryNumber(Nesterov),
);

const SUTSKEVER: usize = alternative(PARAMS, "form", "Sutskever");
const KERAS: usize = alternative(PARAMS, "form", "Keras");

#[derive(Debug)]
struct Nesterov;

impl Method for Nesterov {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (momentum, weight_decay) = (input.settings[MOMENTUM], input.settings[WEIGHT_DECAY]);
        let [velocity, ..] = &mut state.slots;
        if input.settings[FORM] == SUTSKEVER {
            let ahead = state.position + *velocity * momentum;
            let gradient = input.oracle.gradient(ahead) + ahead * weight_decay;
            *velocity = *velocity * momentum - gradient * input.lr;
            state.position += *velocity;
            return;
        }
        let gradient = input.gradient + state.position * weight_decay;
        if input.settings[FORM] == KERAS {
            let push = gradient * input.lr;
            *velocity = *velocity * momentum - push;
            state.position += *velocity * momentum - push;
        } else {
            *velocity = *velocity * momentum + gradient;
            state.position -= (gradient + *velocity * momentum) * input.lr;
        }
    }
}
