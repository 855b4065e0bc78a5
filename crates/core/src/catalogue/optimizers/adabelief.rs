//! AdaBelief.

use super::common::{ADAPTIVE_THEORY, average, corrections, moment_scales};
use super::lines::{EFFECTIVE, GRADIENT, MEAN, MEAN_CORRECTED};
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
    Param::learning_rate(1e-3),
    Param::BETA1,
    Param::BETA2.with_doc("decay rate of the average of the squared surprises"),
    Param::EPS.with_default(1e-16),
    Param::number(
        "eps_root",
        "ε′",
        1e-16,
        Range::NOT_NEGATIVE,
        (1e-16, 1.0),
        "added to s at every step: the least surprise there is",
    )
    .named("epsilon under the root")
    .log(),
];
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
const EPS_ROOT: NumberKey = NumberKey::of(PARAMS, "eps_root");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("m", "m", "moving average of the gradient"),
    Slot::new("s", "s", "moving average of the squared surprise g - m"),
];
const _: () = assert!(Slot::are(SLOTS, &["m", "s"]), "the steps below take the slots in this order");

/// Zhuang's AdaBelief, as optax: `eps_root` is added to s at every step and stays in it. The
/// authors' package also rectifies (see RAdam) unless told not to.
pub static ADA_BELIEF: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("AdaBelief"),
        summary: Cow::Borrowed(
            "Long steps where the gradient is as expected, short ones where it surprises.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                MEAN,
                UpdateEquation::each(
                    "s",
                    "β₂·s + (1 - β₂)·(g - m)² + ε′",
                    "moving average of the squared surprise: how far g is from what was expected",
                ),
                MEAN_CORRECTED,
                UpdateEquation::each("ŝ", "s/(1 - β₂^t)", "s, corrected for its start at zero"),
                UpdateEquation::each("η", "α/(√ŝ + ε)", EFFECTIVE),
                UpdateEquation::point("x", "x - η⊙m̂", "the next position"),
            ]
        }),
        source: Cow::Borrowed("Zhuang et al., AdaBelief Optimizer, NeurIPS 2020, algorithm 2"),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (beta1, eps) = (stride.settings[BETA1], stride.settings[EPS]);
                let [_, s, powers, ..] = stride.after.slots;
                Some(FrozenPreconditioner::averaged(moment_scales(s, powers, eps), beta1))
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(AdaBelief),
);

#[derive(Debug)]
struct AdaBelief;

impl Method for AdaBelief {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, eps, eps_root) =
            (input.settings[BETA1], input.settings[BETA2], input.settings[EPS], input.settings[EPS_ROOT]);
        let first_step = state.step == 0;
        let [m, s, powers, ..] = &mut state.slots;
        average(m, beta1, input.gradient);
        average(s, beta2, (input.gradient - *m).map(T::square));
        *s = s.map(|s| s + eps_root);
        let correction = corrections(powers, beta1, beta2, first_step);
        let step = m.zip_map(s, |m, s| m / correction.x / ((s / correction.y).sqrt() + eps));
        state.position -= step * input.lr;
    }
}
