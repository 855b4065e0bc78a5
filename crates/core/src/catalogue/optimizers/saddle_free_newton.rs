//! Saddle-free Newton.

use super::lines::{GRADIENT, HESSIAN};
use super::newton::FULL_STEP;
use crate::math::number::Number;
use crate::math::sym2::{absolute, solve};
use crate::method::description::{Description, Group, Lines};
use crate::method::oracle::Evaluations;
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
use crate::spec::settings::Settings;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::NEWTON_RATE, Param::DAMPING];
const DAMPING: NumberKey = NumberKey::of(PARAMS, "damping");
const LR: NumberKey = NumberKey::of(PARAMS, "lr");

/// Newton's method with the absolute values of the curvatures: downhill along every direction, so
/// that saddles repel it.
pub static SADDLE_FREE_NEWTON: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("SaddleFreeNewton"),
        title: Cow::Borrowed("saddle-free Newton"),
        summary: Cow::Borrowed(
            "Newton's method that takes every curvature as positive, and so is repelled by saddles.",
        ),
        lines: Lines::Chosen(|settings| {
            let damping = settings[DAMPING];
            let mut lines = vec![
                GRADIENT,
                HESSIAN,
                UpdateEquation::matrix("B", "|H|", "the same with every curvature taken as positive"),
            ];
            if damping != 0.0 {
                lines.push(UpdateEquation::matrix("B", "B + μ·I", "damped: μ is added to every curvature"));
            }
            lines.push(UpdateEquation::displacement("d", "-B⁻¹·g", "downhill along every direction"));
            lines.push(UpdateEquation::point("x", "x + α·d", "the next position"));
            lines
        }),
        source: Cow::Borrowed(
            "Dauphin et al., Identifying and attacking the saddle point problem, NIPS 2014, algorithm 1",
        ),
        group: Group::SecondOrder,
        params: Cow::Borrowed(PARAMS),
        theory: Theory::Linear(|settings, lambda| {
            let (lr, damping) = (settings[LR], settings[DAMPING]);
            Recurrence::plain(1.0 - lr * (lambda / (lambda.abs() + damping)))
        }),
        best: Some(FULL_STEP),
        ..Description::PLAIN
    },
    &EveryNumber(SaddleFreeNewton),
);

#[derive(Debug)]
struct SaddleFreeNewton;

impl Method for SaddleFreeNewton {
    fn cost(&self, _settings: &Settings<f64>, steps: u32) -> Evaluations {
        Evaluations { gradients: steps, hessians: steps, values: 0 }
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let damping = input.settings[DAMPING];
        let hessian = absolute(&input.oracle.hessian(state.position));
        state.position -= solve(&hessian, damping, input.gradient) * input.lr;
    }
}
