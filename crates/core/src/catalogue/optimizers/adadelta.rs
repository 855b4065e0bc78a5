//! AdaDelta.

use super::common::{ADAPTIVE_THEORY, average};
use super::lines::GRADIENT;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::{FrozenPreconditioner, Theory};
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1.0),
    Param::number(
        "rho",
        "ρ",
        0.9,
        Range::DECAY,
        (0.0, 0.9999),
        "decay rate of the averages of squared gradients and of squared steps",
    )
    .named("decay rate"),
    Param::EPS.with_default(1e-6),
];
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const RHO: NumberKey = NumberKey::of(PARAMS, "rho");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("s", "s", "moving average of the squared gradient"),
    Slot::new("d", "d", "moving average of the squared step"),
];
const _: () = assert!(Slot::are(SLOTS, &["s", "d"]), "the steps below take the slots in this order");

/// Zeiler's AdaDelta, as `torch.optim.Adadelta`: ε under both roots. The average of steps sees
/// them before the learning rate, which the paper does not have (it is 1).
pub static ADA_DELTA: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("AdaDelta"),
        title: Cow::Borrowed("Adadelta"),
        summary: Cow::Borrowed(
            "The length of past steps over the size of past gradients sets the rate: the units come out right.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                UpdateEquation::each("s", "ρ·s + (1 - ρ)·g²", "moving average of the squared gradient"),
                UpdateEquation::each(
                    "D",
                    "√(d + ε)/√(s + ε)",
                    "typical step over typical gradient: each coordinate's own rate",
                ),
                UpdateEquation::displacement("u", "D⊙g", "the step, before α"),
                UpdateEquation::each("d", "ρ·d + (1 - ρ)·u²", "moving average of the squared step"),
                UpdateEquation::point("x", "x - α·u", "the next position"),
            ]
        }),
        source: Cow::Borrowed("Zeiler, ADADELTA, arXiv:1212.5701 (2012), algorithm 1"),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let eps = stride.settings[EPS];
                // The rate is made of this step's s and of the last one's d.
                let ([square, ..], [_, steps, ..]) = (stride.after.slots, stride.before.slots);
                Some(FrozenPreconditioner::plain(
                    steps.zip_map(&square, |d, s| ((d + eps) / (s + eps)).sqrt()),
                ))
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(AdaDelta),
);

#[derive(Debug)]
struct AdaDelta;

impl Method for AdaDelta {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (rho, eps) = (input.settings[RHO], input.settings[EPS]);
        let [square, steps, ..] = &mut state.slots;
        average(square, rho, input.gradient.map(T::square));
        let rate = steps.zip_map(square, |d, s| (d + eps).sqrt() / (s + eps).sqrt());
        let step = input.gradient.zip_map(&rate, |g, rate| g * rate);
        average(steps, rho, step.map(T::square));
        state.position -= step * input.lr;
    }
}
