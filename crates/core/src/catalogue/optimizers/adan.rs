//! Adan.

use super::common::{average, corrections};
use super::lines::{EFFECTIVE, GRADIENT, MEAN, MEAN_CORRECTED};
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use crate::spec::range::Range;
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-3),
    Param::BETA1.with_default(0.98),
    Param::BETA2.with_default(0.92).with_doc("decay rate of the average of the gradient's changes"),
    Param::BETA2.with_default(0.99).keyed("beta3", "β₃"),
    Param::EPS,
    Param::number(
        "eps_root",
        "ε′",
        0.0,
        Range::NOT_NEGATIVE,
        (0.0, 1e-3),
        "added to n̂ under the root (optax: 1e-8)",
    )
    .named("epsilon under the root"),
    Param::WEIGHT_DECAY.with_doc("decoupled weight decay: x shrinks beside the step, by the share α·w"),
    Param::choice(
        "form",
        &[
            Alternative { name: "Authors", doc: "the change of the gradient counts with the share β₂" },
            Alternative {
                name: "Optax",
                doc: "it counts with the share 1 - β₂, and weight decay is a part of the step",
            },
        ],
        "whose code it follows",
    ),
];
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
const BETA3: NumberKey = NumberKey::of(PARAMS, "beta3");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
const OPTAX: usize = alternative(PARAMS, "form", "Optax");
const EPS_ROOT: NumberKey = NumberKey::of(PARAMS, "eps_root");
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("m", "m", "moving average of the gradient"),
    Slot::new("v", "v", "moving average of the gradient's change"),
    Slot::new("n", "n", "moving average of the squared gradient ahead"),
    Slot::new("g_old", "g₋", "the last gradient"),
];
const _: () =
    assert!(Slot::are(SLOTS, &["m", "v", "n", "g_old"]), "the steps below take the slots in this order");

/// Xie's Adan, as the authors' code: the betas are shares that are kept (the paper writes 1 - β
/// for them), and each average is corrected for its start at zero; weight decay divides x by 1 + α·w after the step. In the
/// form of optax the share β₂ of the change is 1 - β₂, and weight decay is taken off with the step.
pub static ADAN: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Adan"),
        summary: Cow::Borrowed(
            "Adam with Nesterov's look ahead, told by how the gradient has changed since the last step.",
        ),
        lines: Lines::Chosen(|settings| {
            let is_optax = settings[FORM] == OPTAX;
            let (squared, ahead) = if is_optax {
                ("β₃·n + (1 - β₃)·(g + (1 - β₂)·δ)²", "m̂ + (1 - β₂)·v̂")
            } else {
                ("β₃·n + (1 - β₃)·(g + β₂·δ)²", "m̂ + β₂·v̂")
            };
            let rate =
                if settings[EPS_ROOT] == 0.0 { "α/(√n̂ + ε)" } else { "α/(√(n̂ + ε′) + ε)" };
            let to = match (settings[WEIGHT_DECAY] == 0.0, is_optax) {
                (true, _) => "x - η⊙u",
                (_, true) => "x - η⊙u - α·w·x",
                _ => "(x - η⊙u)/(1 + α·w)",
            };
            vec![
                GRADIENT,
                UpdateEquation::direction(
                    "δ",
                    "g - g₋ if t > 1 else 0",
                    "how the gradient has changed since the last step",
                ),
                UpdateEquation::direction("g₋", "g", "kept for the next step"),
                MEAN,
                UpdateEquation::direction("v", "β₂·v + (1 - β₂)·δ", "moving average of the change"),
                UpdateEquation::each("n", squared, "moving average of the squared gradient ahead"),
                MEAN_CORRECTED,
                UpdateEquation::direction("v̂", "v/(1 - β₂^t)", "v, corrected for its start at zero"),
                UpdateEquation::each("n̂", "n/(1 - β₃^t)", "n, corrected for its start at zero"),
                UpdateEquation::direction("u", ahead, "the look ahead: the gradient as it will be"),
                UpdateEquation::each("η", rate, EFFECTIVE),
                UpdateEquation::point("x", to, "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Xie et al., Adan: Adaptive Nesterov Momentum Algorithm, IEEE TPAMI 46 (2024), algorithm 1; sail-sg/Adan",
        ),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(
            "Each coordinate has a step size of its own, which changes with the gradients, and with two averages the \
         error would follow a recurrence over three steps even if it did not: (1 - αλ)^t does not apply. Compare the \
         measured error below.",
        ),
        ..Description::PLAIN
    },
    &EveryNumber(Adan),
);

#[derive(Debug)]
struct Adan;

impl Method for Adan {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, beta3, eps) =
            (input.settings[BETA1], input.settings[BETA2], input.settings[BETA3], input.settings[EPS]);
        let first_step = state.step == 0;
        let gradient = input.gradient;
        let [m, v, n, old, powers, power_of_beta3, ..] = &mut state.slots;
        if first_step {
            *old = gradient;
        }
        let change = gradient - *old;
        *old = gradient;
        average(m, beta1, gradient);
        average(v, beta2, change);
        let is_optax = input.settings[FORM] == OPTAX;
        let share = if is_optax { T::of(1.0) - beta2 } else { beta2 };
        average(n, beta3, (gradient + change * share).map(T::square));
        let correction = corrections(powers, beta1, beta2, first_step);
        let correction3 = corrections(power_of_beta3, beta3, beta3, first_step).x;
        let ahead = m.zip_map(v, |m, v| m / correction.x + v * share / correction.y);
        let (under, weight) = (input.settings[EPS_ROOT], input.lr * input.settings[WEIGHT_DECAY]);
        let step = ahead.zip_map(n, |ahead, n| ahead / ((n / correction3 + under).sqrt() + eps));
        if is_optax {
            state.position -= step * input.lr + state.position * weight;
        } else {
            let (to, kept) = (state.position - step * input.lr, T::of(1.0) + weight);
            state.position = Vector2::new(to.x / kept, to.y / kept);
        }
    }
}
