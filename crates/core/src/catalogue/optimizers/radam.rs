//! RAdam.

use super::common::{ADAPTIVE_THEORY, average, corrections, quotients, roots};
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
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-3),
    Param::BETA1,
    Param::BETA2,
    Param::EPS,
    Param::choice(
        "form",
        &[
            Alternative { name: "PyTorch", doc: "rectified where ρ > 5, with ε beside √v" },
            Alternative { name: "Optax", doc: "rectified where ρ ≥ 5, with ε beside √v̂" },
        ],
        "where ε stands, and from which ρ on v is trusted",
    ),
];
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
const OPTAX: usize = alternative(PARAMS, "form", "Optax");
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("m", "m", "moving average of the gradient"),
    Slot::new("v", "v", "moving average of the squared gradient"),
];
const _: () = assert!(Slot::are(SLOTS, &["m", "v"]), "the steps below take the slots in this order");

/// Liu's RAdam, as `torch.optim.RAdam`: rectified when ρ > 5, with ε beside the raw √v; or as optax:
/// when ρ >= 5, with ε beside √v̂. The first steps (five at β₂ = 0.999) are momentum steps of
/// length α|m̂|, not divided by anything, and can blow up where it is steep.
pub static RADAM: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("RAdam"),
        summary: Cow::Borrowed(
            "Adam that trusts its divisor only once enough gradients have gone into it: a built-in warm-up.",
        ),
        lines: Lines::Chosen(|settings| {
            let (trust, rate) = match settings[FORM] {
                OPTAX => (
                    "√((ρ - 4)·(ρ - 2)·ρ∞/((ρ∞ - 4)·(ρ∞ - 2)·ρ)) if ρ ≥ 5 else 0",
                    "α·r/(√(v/(1 - β₂^t)) + ε) if ρ ≥ 5 else α",
                ),
                _ => (
                    "√((ρ - 4)·(ρ - 2)·ρ∞/((ρ∞ - 4)·(ρ∞ - 2)·ρ)) if ρ > 5 else 0",
                    "α·r·√(1 - β₂^t)/(√v + ε) if ρ > 5 else α",
                ),
            };
            vec![
                GRADIENT,
                MEAN,
                SQUARES,
                MEAN_CORRECTED,
                UpdateEquation::number("ρ∞", "2/(1 - β₂) - 1", "how many gradients v can remember"),
                UpdateEquation::number("ρ", "ρ∞ - 2·t·β₂^t/(1 - β₂^t)", "how many have gone into v so far"),
                UpdateEquation::number("r", trust, "how far v can be trusted, from 0 to 1"),
                UpdateEquation::each("η", rate, EFFECTIVE),
                UpdateEquation::point("x", "x - η⊙m̂", "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, ICLR 2020, algorithm 2",
        ),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (beta1, beta2, eps) =
                    (stride.settings[BETA1], stride.settings[BETA2], stride.settings[EPS]);
                let [_, v, powers, ..] = stride.after.slots;
                let correction = powers.map(|power| 1.0 - power);
                let (rho, trust) = rectified(beta2, powers.y, correction.y, stride.before.step);
                let divided = |v: f64| match stride.settings[FORM] {
                    OPTAX if rho >= 5.0 => trust / ((v / correction.y).sqrt() + eps),
                    OPTAX => 1.0,
                    _ if rho > 5.0 => trust * correction.y.sqrt() / (v.sqrt() + eps),
                    _ => 1.0,
                };
                Some(FrozenPreconditioner::averaged(v.map(|v| divided(v) / correction.x), beta1))
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(RAdam),
);

#[derive(Debug)]
struct RAdam;

/// ρ of the step after `step` steps, and r, from the power of β₂ and 1 less it.
#[inline(always)]
fn rectified<T: Number>(beta2: T, power: T, correction: T, step: u32) -> (T, T) {
    let t = f64::from(step) + 1.0;
    let limit = T::of(2.0) / (T::of(1.0) - beta2) - 1.0;
    let rho = limit - power * (2.0 * t) / correction;
    let rectifier = ((rho - 4.0) * (rho - 2.0) * limit / ((limit - 4.0) * (limit - 2.0) * rho)).sqrt();
    (rho, rectifier)
}

impl Method for RAdam {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, eps) = (input.settings[BETA1], input.settings[BETA2], input.settings[EPS]);
        let first_step = state.step == 0;
        let [m, v, powers, ..] = &mut state.slots;
        average(m, beta1, input.gradient);
        average(v, beta2, input.gradient.map(T::square));
        let correction = corrections(powers, beta1, beta2, first_step);
        let (rho, trust) = rectified(beta2, powers.y, correction.y, state.step);
        let m = Vector2::new(m.x / correction.x, m.y / correction.x);
        let five = T::of(5.0);
        if input.settings[FORM] == OPTAX {
            let corrected = Vector2::new(v.x / correction.y, v.y / correction.y);
            let scales = quotients(Vector2::new(trust, trust), roots(corrected, eps, false));
            let x = rho.select_less(five, m.x, m.x * scales.x);
            let y = rho.select_less(five, m.y, m.y * scales.y);
            state.position -= Vector2::new(x, y) * input.lr;
            return;
        }
        let scale = trust * correction.y.sqrt();
        let scales = quotients(Vector2::new(scale, scale), roots(*v, eps, false));
        let x = five.select_less(rho, m.x * scales.x, m.x);
        let y = five.select_less(rho, m.y * scales.y, m.y);
        state.position -= Vector2::new(x, y) * input.lr;
    }
}
