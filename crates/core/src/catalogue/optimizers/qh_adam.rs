//! QHAdam.

use super::common::{ADAPTIVE_THEORY, average, corrections};
use super::lines::{EFFECTIVE, GRADIENT, MEAN, MEAN_CORRECTED, SQUARES};
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
    Param::BETA1.with_default(0.995),
    Param::BETA2,
    Param::NU.keyed("nu1", "ν₁"),
    Param::number(
        "nu2",
        "ν₂",
        1.0,
        Range::UNIT,
        (0.0, 1.0),
        "the weight of the averaged squares in the divisor; the rest is the present square's",
    )
    .named("weight of the average"),
    Param::EPS,
];
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const NU1: NumberKey = NumberKey::of(PARAMS, "nu1");
const NU2: NumberKey = NumberKey::of(PARAMS, "nu2");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("m", "m", "moving average of the gradient"),
    Slot::new("v", "v", "moving average of the squared gradient"),
];
const _: () = assert!(Slot::are(SLOTS, &["m", "v"]), "the steps below take the slots in this order");

/// Ma and Yarats's QHAdam. With ν₁ = ν₂ = 1 it is Adam, with ν₁ = β₁ it is close to NAdam. The
/// defaults are those that the authors recommend.
pub static QH_ADAM: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("QhAdam"),
        title: Cow::Borrowed("QHAdam"),
        summary: Cow::Borrowed(
            "Adam in which the present gradient and its square can weigh more than their averages let them.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                MEAN,
                SQUARES,
                MEAN_CORRECTED,
                UpdateEquation::each("v̂", "v/(1 - β₂^t)", "v, corrected for its start at zero"),
                UpdateEquation::direction(
                    "u",
                    "(1 - ν₁)·g + ν₁·m̂",
                    "the share ν₁ of the average, the rest of the gradient",
                ),
                UpdateEquation::each("s", "(1 - ν₂)·g² + ν₂·v̂", "the same mix of the squares"),
                UpdateEquation::each("η", "α/(√s + ε)", EFFECTIVE),
                UpdateEquation::point("x", "x - η⊙u", "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Ma and Yarats, Quasi-hyperbolic momentum and Adam for deep learning, ICLR 2019, section 4",
        ),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (beta1, nu1, nu2, eps) = (
                    stride.settings[BETA1],
                    stride.settings[NU1],
                    stride.settings[NU2],
                    stride.settings[EPS],
                );
                let [_, v, powers, ..] = stride.after.slots;
                let below =
                    stride.gradient.zip_map(&v, |g, v| (1.0 - nu2) * g * g + nu2 * v / (1.0 - powers.y));
                let scales = below.map(|below| 1.0 / (below.sqrt() + eps));
                let average = (1.0 - beta1) * nu1 / (1.0 - powers.x);
                Some(FrozenPreconditioner {
                    memory: beta1,
                    average,
                    fresh: 1.0 - nu1,
                    ..FrozenPreconditioner::plain(scales)
                })
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(QhAdam),
);

#[derive(Debug)]
struct QhAdam;

impl Method for QhAdam {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, nu1, nu2, eps) = (
            input.settings[BETA1],
            input.settings[BETA2],
            input.settings[NU1],
            input.settings[NU2],
            input.settings[EPS],
        );
        let one = T::of(1.0);
        let first_step = state.step == 0;
        let gradient = input.gradient;
        let square = gradient.map(T::square);
        let [m, v, powers, ..] = &mut state.slots;
        average(m, beta1, gradient);
        average(v, beta2, square);
        let correction = corrections(powers, beta1, beta2, first_step);
        let above = gradient * (one - nu1) + *m * (nu1 / correction.x);
        let below = square * (one - nu2) + *v * (nu2 / correction.y);
        state.position -= above.zip_map(&below, |above, below| above / (below.sqrt() + eps)) * input.lr;
    }
}
