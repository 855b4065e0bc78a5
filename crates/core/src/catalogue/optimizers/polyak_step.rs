//! Gradient descent with Polyak's step size.

use super::lines::GRADIENT;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines};
use crate::method::oracle::Evaluations;
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("max_lr", "α_max", 1.0, Range::POSITIVE, (1e-3, 100.0), "no learning rate is larger")
        .named("largest learning rate")
        .log(),
    Param::number(
        "f_min",
        "f*",
        0.0,
        Range::ANY,
        (-10.0, 10.0),
        "how low the minimum is thought to lie; too low makes steps too long",
    )
    .named("lowest loss"),
];
const MAX_LR: NumberKey = NumberKey::of(PARAMS, "max_lr");
const F_MIN: NumberKey = NumberKey::of(PARAMS, "f_min");

/// Polyak's step size, as optax: limited from above, and 0 where |g|² is at most 2⁻⁵². The learning
/// rate in the record is the one that it finds. Where f lies below `f_min` it climbs to that level.
pub static POLYAK_STEP: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("PolyakStep"),
        title: Cow::Borrowed("Polyak step"),
        summary: Cow::Borrowed(
            "Knowing how low the minimum lies, it steps to where the tangent plane would reach that level.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                UpdateEquation::number("f", "f(x)", "the loss where x stands"),
                UpdateEquation::number(
                    "α",
                    "min((f - f*)/(g·g), α_max) if g·g > 2⁻⁵² else 0",
                    "the learning rate at which the tangent plane reaches f*",
                ),
                UpdateEquation::point("x", "x - α·g", "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Polyak, Introduction to Optimization (1987), section 5.3; limited: Loizou et al., AISTATS 2021",
        ),
        group: Group::FirstOrder,
        params: Cow::Borrowed(PARAMS),
        theory: Theory::None(
            "The learning rate is found anew at every step, from the loss and the gradient: there is no fixed factor, \
         and (1 - αλ)^t does not apply. The record shows the rate of every step.",
        ),
        ..Description::PLAIN
    },
    &EveryNumber(PolyakStep),
);

#[derive(Debug)]
struct PolyakStep;

impl Method for PolyakStep {
    const FINDS_RATE: bool = true;

    fn rate<L>(&self, input: &Input<'_, f64, L>, _state: &State<f64>) -> f64 {
        rate(input)
    }

    fn cost(&self, _settings: &Settings<f64>, steps: u32) -> Evaluations {
        Evaluations { values: steps, gradients: steps, hessians: 0 }
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        state.position -= input.gradient * rate(input);
    }
}

#[inline]
fn rate<T: Number, L>(input: &Input<'_, T, L>) -> T {
    let Input { settings, loss, gradient, .. } = *input;
    let (max_lr, f_min) = (settings[MAX_LR], settings[F_MIN]);
    let square = gradient.x * gradient.x + gradient.y * gradient.y;
    let rate = ((loss - f_min) / square).minimum(max_lr);
    T::of(f64::EPSILON).select_less(square, rate, T::of(0.0))
}
