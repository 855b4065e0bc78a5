//! Sophia.

use super::common::{average, forget};
use super::lines::{GRADIENT, MEAN, MEAN_CORRECTED};
use crate::math::number::Number;
use crate::math::within::Within;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Evaluations;
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
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-4).with_doc("the length of a step per unit of m/(γ·h)"),
    Param::BETA1.with_default(0.965),
    Param::BETA2.with_default(0.99).with_doc("decay rate of the average of the curvatures"),
    Param::number(
        "gamma",
        "γ",
        0.01,
        Range::POSITIVE,
        (1e-3, 10.0),
        "how much of the curvature is divided by: the smaller, the more steps are clipped",
    )
    .log(),
    Param::number(
        "interval",
        "k",
        10.0,
        Range { min: 1.0, with_min: true, ..Range::ANY },
        (1.0, 50.0),
        "how many steps lie between two looks at the curvature; a part of a step counts as one",
    )
    .unit("steps"),
    Param::number("clip", "c", 1.0, Range::POSITIVE, (0.01, 10.0), "the largest step is c·α").log(),
    Param::EPS.with_doc("the least that is divided by, also where the curvature is negative"),
    Param::WEIGHT_DECAY.with_doc("decoupled weight decay: each step also takes α·w·x off"),
];
const LR: NumberKey = NumberKey::of(PARAMS, "lr");
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const GAMMA: NumberKey = NumberKey::of(PARAMS, "gamma");
const CLIP: NumberKey = NumberKey::of(PARAMS, "clip");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const INTERVAL: NumberKey = NumberKey::of(PARAMS, "interval");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("m", "m", "moving average of the gradient"),
    Slot::new("h", "h", "moving average of the Hessian's diagonal"),
];
const _: () = assert!(Slot::are(SLOTS, &["m", "h"]), "the steps below take the slots in this order");

/// Liu's Sophia, as optax, with the exact diagonal of the Hessian in place of an estimate. The
/// diagonal is renewed after the first step and then every `interval` steps, where the step left
/// from; the very first step knows no curvature and goes by the gradient's sign.
pub static SOPHIA: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Sophia"),
        summary: Cow::Borrowed(
            "Momentum over each coordinate's curvature, with every step clipped where the curvature is not to be trusted.",
        ),
        lines: Lines::Chosen(|settings| {
            let to = if settings[WEIGHT_DECAY] == 0.0 { "x - α·u" } else { "x - α·(u + w·x)" };
            vec![
                GRADIENT,
                MEAN,
                MEAN_CORRECTED,
                UpdateEquation::direction(
                    "n",
                    "m̂/max(γ·h, ε)",
                    "Newton's step along each coordinate, in units of γ",
                ),
                UpdateEquation::direction(
                    "u",
                    "clip(n, -c, c)",
                    "clipped where the curvature is not to be trusted",
                ),
                UpdateEquation::number(
                    "j",
                    "(t - 1) mod ceil(k)",
                    "steps since the last look at the curvature",
                ),
                UpdateEquation::each(
                    "h",
                    "β₂·h + (1 - β₂)·diag(∇²f(x)) if j = 0 else h",
                    "moving average of the Hessian's diagonal; it counts from the next step on",
                ),
                UpdateEquation::point("x", to, "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Liu et al., Sophia: A Scalable Stochastic Second-order Optimizer, ICLR 2024, algorithm 3; optax",
        ),
        group: Group::SecondOrder,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (beta1, gamma, clip, eps) = (
                    stride.settings[BETA1],
                    stride.settings[GAMMA],
                    stride.settings[CLIP],
                    stride.settings[EPS],
                );
                // The step divides by the curvature as it was before the look that follows it.
                let ([m, _, counters, ..], [_, h, ..]) = (stride.after.slots, stride.before.slots);
                let scales = m.zip_map(&h, |m, h| {
                    let scale = 1.0 / ((1.0 - counters.x) * (gamma * h).max(eps));
                    // A clipped step does not depend on the gradient any more.
                    if (m * scale).abs() < clip { scale } else { 0.0 }
                });
                let keep = 1.0 - stride.settings[LR] * stride.settings[WEIGHT_DECAY];
                Some(FrozenPreconditioner { keep, ..FrozenPreconditioner::averaged(scales, beta1) })
            },
            why: "Steps are clipped, and each coordinate has a step size of its own, which changes with the averaged \
              curvature: (1 - αλ)^t does not apply. Where nothing is clipped, every direction decays about alike, by the \
              eigenvalues of the preconditioned Hessian.",
        },
        ..Description::PLAIN
    },
    &EveryNumber(Sophia),
);

#[derive(Debug)]
struct Sophia;

impl Method for Sophia {
    fn start<T: Number>(&self, _settings: &Settings<T>, state: &mut State<T>) {
        // The power of β₁, and the steps until the curvature is due.
        state.slots[2] = Vector2::new(T::of(1.0), T::of(0.0));
    }

    fn cost(&self, settings: &Settings<f64>, steps: u32) -> Evaluations {
        let interval = settings[INTERVAL];
        // Every look after the first waits for the countdown to end.
        let apart = libm::ceil(interval).within(1.0, f64::from(u32::MAX)) as u32;
        Evaluations { gradients: steps, hessians: steps.div_ceil(apart), values: 0 }
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, gamma, interval, clip, eps) = (
            input.settings[BETA1],
            input.settings[BETA2],
            input.settings[GAMMA],
            input.settings[INTERVAL],
            input.settings[CLIP],
            input.settings[EPS],
        );
        let (zero, one) = (T::of(0.0), T::of(1.0));
        let [m, h, counters, ..] = &mut state.slots;
        average(m, beta1, input.gradient);
        let power = forget(counters.x * beta1);
        let step = m.zip_map(h, |m, h| {
            let newton = m / (one - power) / (gamma * h).maximum(eps);
            newton.maximum(-clip).minimum(clip)
        });
        // The Hessian is asked for at every step, due or not: runs may differ in the interval.
        let hessian = input.oracle.hessian(state.position);
        let mut renewed = *h;
        average(&mut renewed, beta2, Vector2::new(hessian.m11, hessian.m22));
        let left = counters.y;
        *h = h.zip_map(&renewed, |h, renewed| zero.select_less(left, h, renewed));
        *counters = Vector2::new(power, zero.select_less(left, left, interval) - 1.0);
        state.position -= (step + state.position * input.settings[WEIGHT_DECAY]) * input.lr;
    }
}
