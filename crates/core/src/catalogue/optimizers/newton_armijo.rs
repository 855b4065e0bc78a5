//! Newton's method with a backtracking line search.

use super::lines::{ALONG, GRADIENT, HESSIAN};
use crate::math::sym2::{is_positive_definite, solve};
use crate::method::description::{Description, Group, Lines};
use crate::method::line_search::Armijo;
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, ScalarMethod, StepOutcome};
use crate::method::theory::Theory;
use crate::method::update_equation::{LineSearch, UpdateEquation};
use crate::run::method_executor::Scalar;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::ALPHA0, Param::SHRINK, Param::ARMIJO];
const ALPHA0_KEY: NumberKey = NumberKey::of(PARAMS, "alpha0");
const SHRINK_KEY: NumberKey = NumberKey::of(PARAMS, "shrink");
const C1: NumberKey = NumberKey::of(PARAMS, "c1");

/// Newton's direction where the Hessian is positive definite, the gradient's elsewhere; of either,
/// as much as Armijo's condition accepts. It cannot go uphill, and so not to a maximum.
pub static NEWTON_ARMIJO: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("NewtonArmijo"),
        title: Cow::Borrowed("Newton with Armijo search"),
        summary: Cow::Borrowed(
            "Newton's method made safe: downhill only, with steps cut until the loss really falls.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                HESSIAN,
                UpdateEquation::displacement(
                    "d",
                    "-H⁻¹·g if H ≻ 0 else -g",
                    "Newton's direction where every curvature is positive, else straight down",
                ),
                UpdateEquation::displacement(
                    "d",
                    "d if (H·d + g)·(H·d + g) < (g·g)/4 else -g",
                    "and straight down where rounding hides that H is singular: d does not solve H·d = -g",
                ),
                UpdateEquation::searched("d", LineSearch::Armijo),
                ALONG,
            ]
        }),
        source: Cow::Borrowed(
            "Nocedal and Wright, Numerical Optimization (2006), algorithms 3.1 and 3.2; \
             Boyd and Vandenberghe, Convex Optimization (2004), section 9.5",
        ),
        group: Group::SecondOrder,
        params: Cow::Borrowed(PARAMS),
        theory: Theory::None(
            "The step length comes from a search, so there is no fixed factor per step. In a quadratic bowl \
         a full step (α₀ = 1) arrives at once; near a minimum of any surface the error squares at each step.",
        ),
        // A full step is accepted in every bowl, as c₁ is below 1/2.
        best: Some(|_, _, _| Some(vec![("alpha0", 1.0)])),
        ..Description::PLAIN
    },
    &Scalar(NewtonArmijo),
);

impl Param {
    /// Where backtracking starts.
    pub const ALPHA0: Self = Self::number(
        "alpha0",
        "α₀",
        1.0,
        Range::POSITIVE,
        (1e-3, 10.0),
        "the step length that each search tries first",
    )
    .named("first trial")
    .log();
    /// How backtracking goes on. Boyd and Vandenberghe's range, which also bounds the search.
    pub const SHRINK: Self = Self::number(
        "shrink",
        "ρ",
        0.5,
        Range::closed(0.01, 0.9),
        (0.1, 0.9),
        "what a refused step length is multiplied by",
    );
    /// Armijo's constant. Below 1/2, or the minimiser of a parabola would be refused.
    pub const ARMIJO: Self = Self::number(
        "c1",
        "c₁",
        1e-4,
        Range { max: 0.5, ..Range::POSITIVE },
        (1e-6, 0.4),
        "the share of the decrease that the slope promises which a step must bring",
    )
    .named("decrease")
    .log();
}

#[derive(Debug)]
struct NewtonArmijo;

impl ScalarMethod for NewtonArmijo {
    fn step<L: Oracle<f64>>(&self, input: &Input<'_, f64, L>, state: &mut State<f64>) -> StepOutcome {
        let (alpha0, shrink, c1) =
            (input.settings[ALPHA0_KEY], input.settings[SHRINK_KEY], input.settings[C1]);
        let hessian = input.oracle.hessian(state.position);
        let newton = -solve(&hessian, 0.0, input.gradient);
        let left = hessian * newton + input.gradient;
        // Where rounding hides that the Hessian is singular, the solution does not solve.
        let solves = left.dot(&left) < input.gradient.dot(&input.gradient) / 4.0;
        let direction = if is_positive_definite(&hessian) && solves { newton } else { -input.gradient };
        let search = Armijo { alpha0, shrink, c1 };
        let found = search.step(input.oracle, state.position, input.gradient, direction);
        StepOutcome::of(found, state)
    }
}
