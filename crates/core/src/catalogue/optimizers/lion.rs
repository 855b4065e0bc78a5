//! Lion.

use super::common::{SIGN_THEORY, average};
use super::lines::GRADIENT;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::stride(1e-4),
    Param::BETA1.with_doc("the weight of the memory, beside the present gradient, in a step"),
    Param::BETA2.with_default(0.99).with_doc("decay rate of the average of the gradients"),
    Param::WEIGHT_DECAY.with_doc("decoupled weight decay: each step also shrinks x by the share α·w"),
];
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
/// What it remembers.
const SLOTS: &[Slot] = &[Slot::new("m", "m", "moving average of the gradient")];
const _: () = assert!(Slot::are(SLOTS, &["m"]), "the steps below take the slots in this order");

/// Chen's Lion, found by a search over programs; as the authors' and optax's. The sign is taken of
/// one average and another one is kept: with β₁ < β₂ the present gradient counts more in the step
/// than in the memory.
pub static LION: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Lion"),
        summary: Cow::Borrowed(
            "Steps of one length by the sign of a momentum that gives the present gradient extra weight.",
        ),
        lines: Lines::Chosen(|settings| {
            let weight_decay = settings[WEIGHT_DECAY];
            let step = if weight_decay == 0.0 { "x - α·u" } else { "x - α·(u + w·x)" };
            vec![
                GRADIENT,
                UpdateEquation::direction(
                    "c",
                    "β₁·m + (1 - β₁)·g",
                    "the memory with the present gradient, for this step only",
                ),
                UpdateEquation::direction("u", "sign(c)", "the signs alone: 1, 0 or -1 for each coordinate"),
                UpdateEquation::direction(
                    "m",
                    "β₂·m + (1 - β₂)·g",
                    "moving average of the gradient, kept for the next step",
                ),
                UpdateEquation::point("x", step, "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Chen et al., Symbolic Discovery of Optimization Algorithms, NeurIPS 2023, algorithm 2",
        ),
        group: Group::SignBased,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(SIGN_THEORY),
        ..Description::PLAIN
    },
    &EveryNumber(Lion),
);

#[derive(Debug)]
struct Lion;

impl Method for Lion {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, weight_decay) =
            (input.settings[BETA1], input.settings[BETA2], input.settings[WEIGHT_DECAY]);
        let [m, ..] = &mut state.slots;
        let mut ahead = *m;
        average(&mut ahead, beta1, input.gradient);
        average(m, beta2, input.gradient);
        state.position -= (ahead.map(T::sign) + state.position * weight_decay) * input.lr;
    }
}
