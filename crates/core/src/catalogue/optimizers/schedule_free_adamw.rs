//! Schedule-free AdamW.

use super::common::{average, corrections, quotients, roots};
use super::lines::RATE;
use super::schedule_free_sgd::{AHEAD, AVERAGED_THEORY, between, follow, following};
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
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(2.5e-3),
    Param::BETWEEN.keyed("beta1", "β₁"),
    Param::BETA2,
    Param::EPS,
    Param::DECAY_BETWEEN,
];
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("z", "z", "the sequence that takes the steps"),
    Slot::new("v", "v", "moving average of the squared gradient"),
];
const _: () = assert!(Slot::are(SLOTS, &["z", "v"]), "the steps below take the slots in this order");

/// Defazio's schedule-free AdamW, as the authors' package; its weight decay is decoupled, at y. The sequences
/// are those of schedule-free SGD: the position is the average x, the gradient is taken at y.
pub static SCHEDULE_FREE_ADAM_W: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("ScheduleFreeAdamW"),
        title: Cow::Borrowed("schedule-free AdamW"),
        summary: Cow::Borrowed(
            "RMSProp's steps z, and their average x as the answer, which takes momentum's and the schedule's place.",
        ),
        lines: Lines::Chosen(|settings| {
            let to = if settings[WEIGHT_DECAY] == 0.0 { "z - η⊙g" } else { "z - η⊙g - α·w·y" };
            let between = UpdateEquation::point(
                "y",
                "x + (1 - β₁)·(z - x)",
                "where the gradient is taken, between x and z",
            );
            [
                vec![
                    between,
                    AHEAD,
                    UpdateEquation::each("v", "β₂·v + (1 - β₂)·g²", "moving average of the squared gradient"),
                    UpdateEquation::each("v̂", "v/(1 - β₂^t)", "v, corrected for its start at zero"),
                    RATE,
                    UpdateEquation::point("z", to, "the fast sequence: a step of RMSProp"),
                ],
                following::<2>(),
            ]
            .concat()
        }),
        source: Cow::Borrowed("Defazio et al., The Road Less Scheduled, NeurIPS 2024, algorithm 1"),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(AVERAGED_THEORY),
        ..Description::PLAIN
    },
    &EveryNumber(ScheduleFreeAdamW),
);

#[derive(Debug)]
struct ScheduleFreeAdamW;

impl Method for ScheduleFreeAdamW {
    fn start<T: Number>(&self, _settings: &Settings<T>, state: &mut State<T>) {
        state.slots[0] = state.position;
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, eps) = (input.settings[BETA1], input.settings[BETA2], input.settings[EPS]);
        let first_step = state.step == 0;
        let [z, v, weights, powers, ..] = &mut state.slots;
        let at = between(*z, state.position, beta1);
        let gradient = input.oracle.gradient(at);
        average(v, beta2, gradient.map(T::square));
        let correction = corrections(powers, beta2, beta2, first_step).x;
        let corrected = Vector2::new(v.x / correction, v.y / correction);
        let step = quotients(gradient, roots(corrected, eps, false)) + at * input.settings[WEIGHT_DECAY];
        *z -= step * input.lr;
        follow(&mut state.position, *z, weights, input.lr);
    }
}
