//! Yogi.

use super::common::{ADAPTIVE_THEORY, average, corrections, moment_scales, quotients, roots};
use super::lines::{GRADIENT, MEAN, MEAN_CORRECTED, RATE};
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
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-2),
    Param::BETA1,
    Param::BETA2.with_doc("1 - β₂ is the share of g² by which v moves"),
    Param::EPS.with_default(1e-3),
    Param::number(
        "initial_accumulator",
        "v₀",
        1e-6,
        Range::NOT_NEGATIVE,
        (1e-8, 1.0),
        "what both averages begin with",
    )
    .log(),
];
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const INITIAL_ACCUMULATOR: NumberKey = NumberKey::of(PARAMS, "initial_accumulator");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("m", "m", "moving average of the gradient"),
    Slot::new("v", "v", "size of the squared gradient"),
];
const _: () = assert!(Slot::are(SLOTS, &["m", "v"]), "the steps below take the slots in this order");

/// Zaheer's Yogi, as optax: both averages begin at `initial_accumulator`, and are corrected as if
/// they had begun at zero. Until it has faded, the start of m pushes a little on its own.
pub static YOGI: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Yogi"),
        summary: Cow::Borrowed(
            "Adam whose divisor grows and shrinks by steps of g², and so never falls all at once.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                MEAN,
                UpdateEquation::each(
                    "v",
                    "v - (1 - β₂)·sign(v - g²)⊙g²",
                    "size of the squared gradient: it moves by the share 1 - β₂ of g²",
                ),
                MEAN_CORRECTED,
                UpdateEquation::each("v̂", "v/(1 - β₂^t)", "v, corrected as if it had started at zero"),
                RATE,
                UpdateEquation::point("x", "x - η⊙m̂", "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Zaheer et al., Adaptive Methods for Nonconvex Optimization, NeurIPS 2018, algorithm 2",
        ),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (beta1, eps) = (stride.settings[BETA1], stride.settings[EPS]);
                let [_, v, powers, ..] = stride.after.slots;
                Some(FrozenPreconditioner::averaged(moment_scales(v, powers, eps), beta1))
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(Yogi),
);

#[derive(Debug)]
struct Yogi;

impl Method for Yogi {
    fn start<T: Number>(&self, settings: &Settings<T>, state: &mut State<T>) {
        let initial_accumulator = settings[INITIAL_ACCUMULATOR];
        let begin = Vector2::new(initial_accumulator, initial_accumulator);
        let [m, v, ..] = &mut state.slots;
        (*m, *v) = (begin, begin);
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, eps) = (input.settings[BETA1], input.settings[BETA2], input.settings[EPS]);
        let fresh = T::of(1.0) - beta2;
        let first_step = state.step == 0;
        let [m, v, powers, ..] = &mut state.slots;
        average(m, beta1, input.gradient);
        let squares = input.gradient.map(T::square);
        let apart = *v - squares;
        let signs = Vector2::new(apart.x.sign(), apart.y.sign());
        *v -= Vector2::new(fresh * signs.x * squares.x, fresh * signs.y * squares.y);
        let correction = corrections(powers, beta1, beta2, first_step);
        let m = Vector2::new(m.x / correction.x, m.y / correction.x);
        let corrected = Vector2::new(v.x / correction.y, v.y / correction.y);
        let step = quotients(m, roots(corrected, eps, false));
        state.position -= step * input.lr;
    }
}
