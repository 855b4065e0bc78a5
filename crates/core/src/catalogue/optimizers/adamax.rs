//! Adamax.

use super::common::{ADAPTIVE_THEORY, average, corrections, quotients};
use super::lines::{EFFECTIVE, GRADIENT, MEAN};
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::{FrozenPreconditioner, Theory};
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(2e-3),
    Param::BETA1,
    Param::BETA2.with_doc("how slowly the largest gradient is forgotten"),
    Param::EPS,
    Param::choice(
        "form",
        &[
            Alternative { name: "PyTorch", doc: "ε is added to |g| before the maximum is taken" },
            Alternative { name: "Keras", doc: "ε is added to the divisor, beside the maximum" },
        ],
        "where ε stands",
    ),
];
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
const KERAS: usize = alternative(PARAMS, "form", "Keras");
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("m", "m", "moving average of the gradient"),
    Slot::new("u", "u", "largest gradient, slowly forgotten"),
];
const _: () = assert!(Slot::are(SLOTS, &["m", "u"]), "the steps below take the slots in this order");

/// Kingma and Ba's Adamax, as `torch.optim.Adamax` and `optax.adamax`: ε is added to |g| before the maximum is taken;
/// or as Keras, which adds it to the divisor.
pub static ADAMAX: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Adamax"),
        title: Cow::Borrowed("AdaMax"),
        summary: Cow::Borrowed(
            "Adam that divides by the largest recent gradient: no step is ever much longer than α.",
        ),
        lines: Lines::Chosen(|settings| {
            let (largest, rate) = match settings[FORM] {
                KERAS => ("max(|g|, β₂·u)", "α/(1 - β₁^t)/(u + ε)"),
                _ => ("max(|g| + ε, β₂·u)", "α/(1 - β₁^t)/u"),
            };
            vec![
                GRADIENT,
                MEAN,
                UpdateEquation::each("u", largest, "the largest recent gradient, slowly forgotten"),
                UpdateEquation::each("η", rate, EFFECTIVE),
                UpdateEquation::point("x", "x - η⊙m", "the next position"),
            ]
        }),
        source: Cow::Borrowed("Kingma and Ba, Adam, ICLR 2015, algorithm 2"),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let beta1 = stride.settings[BETA1];
                let [_, u, powers, ..] = stride.after.slots;
                let beside = if stride.settings[FORM] == KERAS { stride.settings[EPS] } else { 0.0 };
                let scale = |u: f64| 1.0 / ((u + beside) * (1.0 - powers.x));
                Some(FrozenPreconditioner::averaged(u.map(scale), beta1))
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(Adamax),
);

#[derive(Debug)]
struct Adamax;

impl Method for Adamax {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, eps) = (input.settings[BETA1], input.settings[BETA2], input.settings[EPS]);
        let first_step = state.step == 0;
        let [m, u, powers, ..] = &mut state.slots;
        average(m, beta1, input.gradient);
        // The gradient comes first so that a NaN in it is not passed over.
        let (g, faded) = (input.gradient, *u * beta2);
        let (within, beside) =
            if input.settings[FORM] == KERAS { (T::of(0.0), eps) } else { (eps, T::of(0.0)) };
        *u = Vector2::new((g.x.abs() + within).maximum(faded.x), (g.y.abs() + within).maximum(faded.y));
        let correction = corrections(powers, beta1, beta2, first_step).x;
        let step = quotients(*m, Vector2::new(u.x + beside, u.y + beside));
        state.position -= step * (input.lr / correction);
    }
}
