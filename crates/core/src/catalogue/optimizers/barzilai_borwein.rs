//! The method of Barzilai and Borwein.

use super::lines::GRADIENT;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, alternative};
use crate::spec::param::{Alternative, Param};
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-3),
    Param::choice(
        "variant",
        &[
            Alternative { name: "1", doc: "the long step, a = s·s/s·y" },
            Alternative { name: "2", doc: "the short step, a = s·y/y·y" },
        ],
        "which of the two step lengths is used",
    ),
];
const VARIANT: ChoiceKey = ChoiceKey::of(PARAMS, "variant");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("x_last", "x₋", "the position before the last step"),
    Slot::new("g_last", "g₋", "the gradient there"),
];
const _: () =
    assert!(Slot::are(SLOTS, &["x_last", "g_last"]), "the steps below take the slots in this order");

/// Gradient descent whose step length is the inverse of the curvature that the last step has met.
/// The learning rate is the length of the first step, and of every step after one that met no
/// positive curvature; the record shows the length of each. No safeguard: f may rise, and does, on the way to its fast convergence.
pub static BARZILAI_BORWEIN: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("BarzilaiBorwein"),
        title: Cow::Borrowed("Barzilai–Borwein"),
        summary: Cow::Borrowed(
            "Gradient descent with the step length that would have suited the last step: erratic and fast.",
        ),
        lines: Lines::Chosen(|settings| {
            let says = "the step length that would have suited the last step";
            vec![
                GRADIENT,
                UpdateEquation::displacement("s", "x - x₋ if t > 1 else 0", "the last step"),
                UpdateEquation::direction(
                    "y",
                    "g - g₋ if t > 1 else 0",
                    "how the gradient has changed over it",
                ),
                match settings[VARIANT] {
                    SHORT => UpdateEquation::number("a", "(s·y)/(y·y) if s·y > 0 else α", says),
                    _ => UpdateEquation::number("a", "(s·s)/(s·y) if s·y > 0 else α", says),
                },
                UpdateEquation::point("x₋", "x", "kept for the next step"),
                UpdateEquation::direction("g₋", "g", "kept for the next step"),
                UpdateEquation::point("x", "x - a·g", "the next position"),
            ]
        }),
        source: Cow::Borrowed("Barzilai and Borwein, IMA Journal of Numerical Analysis 8 (1988), 141-148"),
        group: Group::FirstOrder,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(
            "The step length changes with every step: it is the inverse of a mean of the eigenvalues. On a quadratic \
         it converges from everywhere, but not steadily, and no factor per step describes it.",
        ),
        ..Description::PLAIN
    },
    &EveryNumber(BarzilaiBorwein),
);

const SHORT: usize = alternative(PARAMS, "variant", "2");

#[derive(Debug)]
struct BarzilaiBorwein;

impl Method for BarzilaiBorwein {
    #[allow(clippy::redundant_closure, reason = "the function itself is not general enough in its lifetimes")]
    const FINDS_RATE: bool = true;

    fn rate<L>(&self, input: &Input<'_, f64, L>, state: &State<f64>) -> f64 {
        rate(input, state)
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let rate = rate(input, state);
        let [last_position, last_gradient, ..] = &mut state.slots;
        (*last_position, *last_gradient) = (state.position, input.gradient);
        state.position -= input.gradient * rate;
    }
}

/// How far the step goes that leaves from `state`.
#[inline(always)]
fn rate<T: Number, L>(input: &Input<'_, T, L>, state: &State<T>) -> T {
    if state.step == 0 {
        return input.lr;
    }
    let [last_position, last_gradient, ..] = &state.slots;
    let (s, y) = (state.position - *last_position, input.gradient - *last_gradient);
    // Sums of two products as they stand: `dot` needs more of its numbers.
    let met = s.x * y.x + s.y * y.y;
    let length = match input.settings[VARIANT] {
        SHORT => met / (y.x * y.x + y.y * y.y),
        _ => (s.x * s.x + s.y * s.y) / met,
    };
    T::of(0.0).select_less(met, length, input.lr)
}
