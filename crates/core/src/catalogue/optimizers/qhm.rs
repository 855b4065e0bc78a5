//! Quasi-hyperbolic momentum.

use super::common::average;
use super::lines::GRADIENT;
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
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::learning_rate(1.0), Param::MOMENTUM.with_default(0.999), Param::NU];
const LR: NumberKey = NumberKey::of(PARAMS, "lr");
const MOMENTUM: NumberKey = NumberKey::of(PARAMS, "momentum");
const NU: NumberKey = NumberKey::of(PARAMS, "nu");
/// What it remembers.
const SLOTS: &[Slot] = &[Slot::new("d", "d", "moving average of the gradient")];
const _: () = assert!(Slot::are(SLOTS, &["d"]), "the steps below take the slots in this order");

/// Ma and Yarats's QHM: a step is a mix of the gradient and its average. ν = 0 is gradient
/// descent, ν = 1 momentum in the averaged form, ν = β Nesterov's with the rate α/(1-β). The
/// defaults are the authors'; their α = 1 is meant for gradients far below 1.
pub static QHM: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Qhm"),
        title: Cow::Borrowed("quasi-hyperbolic momentum"),
        summary: Cow::Borrowed(
            "A mix of the plain gradient step and the momentum step: much memory, and still quick to turn.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                UpdateEquation::direction("d", "β·d + (1 - β)·g", "moving average of the gradient"),
                UpdateEquation::direction(
                    "u",
                    "(1 - ν)·g + ν·d",
                    "the mix: the share ν of the average, the rest of the gradient",
                ),
                UpdateEquation::point("x", "x - α·u", "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Ma and Yarats, Quasi-hyperbolic momentum and Adam for deep learning, ICLR 2019, section 3",
        ),
        group: Group::FirstOrder,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        // From e' = e - αλ((1-ν)e + ν·d'/λ) the average is ν·α·d' = (1 - αλ(1-ν))e - e'; put into
        // d'' = βd' + (1-β)λe' it leaves a recurrence in e alone.
        theory: Theory::Linear(|settings, lambda| {
            let (lr, momentum, nu) = (settings[LR], settings[MOMENTUM], settings[NU]);
            let push = lr * lambda;
            let fresh = push * (1.0 - nu * momentum);
            Recurrence {
                first: 1.0 - fresh,
                now: 1.0 + momentum - fresh,
                before: -momentum * (1.0 - push * (1.0 - nu)),
            }
        }),
        ..Description::PLAIN
    },
    &EveryNumber(Qhm),
);

#[derive(Debug)]
struct Qhm;

impl Method for Qhm {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (momentum, nu) = (input.settings[MOMENTUM], input.settings[NU]);
        let [d, ..] = &mut state.slots;
        average(d, momentum, input.gradient);
        let mix = input.gradient * (T::of(1.0) - nu) + *d * nu;
        state.position -= mix * input.lr;
    }
}
