//! The Chebyshev iteration.

use super::lines::GRADIENT;
use crate::formula::shape::Tensor;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
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
    Param::number(
        "mu",
        "μ",
        1.0,
        Range::POSITIVE,
        (1e-2, 1e4),
        "no eigenvalue of the Hessian is smaller, or its error decays more slowly",
    )
    .named("curvature from")
    .log(),
    Param::number(
        "l",
        "L",
        100.0,
        Range::POSITIVE,
        (1e-2, 1e4),
        "no eigenvalue of the Hessian is larger, or the run diverges",
    )
    .named("curvature to")
    .log(),
];
const MU: NumberKey = NumberKey::of(PARAMS, "mu");
const L: NumberKey = NumberKey::of(PARAMS, "l");
/// What it remembers.
const SLOTS: &[Slot] = &[Slot::new("x_last", "x₋", "the position before the last step")];
const _: () = assert!(Slot::are(SLOTS, &["x_last"]), "the steps below take the slots in this order");

/// The Chebyshev semi-iterative method: heavy ball whose two weights change from step to step so
/// that after every number of steps the largest error over all eigenvalues from μ to L is the
/// smallest possible. No line search and no memory of gradients, but μ and L must be known.
pub static CHEBYSHEV: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Chebyshev"),
        summary: Cow::Borrowed(
            "Momentum with the best weights for each step, if the curvatures are known to lie between μ and L.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                UpdateEquation::number("r", "(L - μ)/(L + μ)", "how unlike the curvatures are, from 0 to 1"),
                UpdateEquation::kept(
                    "w",
                    "kept from the step before",
                    |made| Tensor::Number(made.before.slots[1].x),
                    "weight of the last step",
                ),
                UpdateEquation::number(
                    "w",
                    "1 if t = 1 else 1/(1 - r²/2) if t = 2 else 1/(1 - r²·w/4)",
                    "weight of this step",
                ),
                UpdateEquation::point("y", "x - 2/(L + μ)·g", "where gradient descent would go"),
                UpdateEquation::point("x₊", "w·(y - x₋) + x₋", "beyond it, by the weight"),
                UpdateEquation::point("x₋", "x", "kept for the next step"),
                UpdateEquation::point("x", "x₊", "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Golub and Varga, Numerische Mathematik 3 (1961), 147-168; \
             Golub and Van Loan, Matrix Computations (2013), section 10.1.5",
        ),
        group: Group::Quadratic,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(
            "Its weights change from step to step: the error after t steps is the Chebyshev polynomial T_t, at most \
         2((√κ-1)/(√κ+1))^t of the start's for eigenvalues from μ to L. In the long run it is heavy ball with the best weights.",
        ),
        best: Some(|_, mu, l| Some(vec![("mu", mu), ("l", l)])),
        ..Description::PLAIN
    },
    &EveryNumber(Chebyshev),
);

#[derive(Debug)]
struct Chebyshev;

impl Method for Chebyshev {
    fn start<T: Number>(&self, _settings: &Settings<T>, state: &mut State<T>) {
        state.slots[0] = state.position;
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (mu, l) = (input.settings[MU], input.settings[L]);
        let (one, position) = (T::of(1.0), state.position);
        let [last, weight, ..] = &mut state.slots;
        let square = ((l - mu) / (l + mu)).square();
        weight.x = match state.step {
            0 => one,
            1 => one / (one - square / 2.0),
            _ => one / (one - square * weight.x / 4.0),
        };
        let ahead = position - input.gradient * (T::of(2.0) / (l + mu));
        state.position = (ahead - *last) * weight.x + *last;
        *last = position;
    }
}
