//! Quasi-hyperbolic momentum.

use super::common::average;
use super::lines::GRADIENT;
use crate::math::number::Number;
use crate::method::description::{Group, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::{Recurrence, Theory};
use crate::method::update_equation::UpdateEquation;
use crate::run::executor::MethodFunctions;
use crate::run::optimizer::Optimizer;
use crate::spec::param::Param;

/// Ma and Yarats's QHM: a step is a mix of the gradient and its average. ν = 0 is gradient
/// descent, ν = 1 momentum in the averaged form, ν = β Nesterov's with the rate α/(1-β). The
/// defaults are the authors'; their α = 1 is meant for gradients far below 1.
pub static QHM: Optimizer = Optimizer {
    name: "Qhm",
    summary: "A mix of the plain gradient step and the momentum step: much memory, and still quick to turn.",
    lines: |_| {
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
    },
    source: "Ma and Yarats, Quasi-hyperbolic momentum and Adam for deep learning, ICLR 2019, section 3",
    group: Group::FirstOrder,
    params: &[Param::learning_rate(1.0), Param::MOMENTUM.with_default(0.999), Param::NU],
    slots: &[Slot { name: "d", symbol: "d", doc: "moving average of the gradient" }],
    program: MethodFunctions::of::<Qhm>(),
    // From e' = e - αλ((1-ν)e + ν·d'/λ) the average is ν·α·d' = (1 - αλ(1-ν))e - e'; put into
    // d'' = βd' + (1-β)λe' it leaves a recurrence in e alone.
    theory: Theory::Linear(|settings, lambda| {
        let [lr, momentum, nu, ..] = settings.numbers;
        let push = lr * lambda;
        let fresh = push * (1.0 - nu * momentum);
        Recurrence {
            first: 1.0 - fresh,
            now: 1.0 + momentum - fresh,
            before: -momentum * (1.0 - push * (1.0 - nu)),
        }
    }),
    best: None,
    estimate: None,
};

pub(super) struct Qhm;

impl Method for Qhm {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        let [_, momentum, nu, ..] = input.settings.numbers;
        let [d, ..] = &mut state.slots;
        average(d, momentum, input.gradient);
        let mix = input.gradient * (T::of(1.0) - nu) + *d * nu;
        state.position -= mix * input.lr;
    }
}
