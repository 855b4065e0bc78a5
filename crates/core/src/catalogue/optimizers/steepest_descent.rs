//! Steepest descent with a line search.

use super::lines::{ALONG, GRADIENT};
use crate::method::description::{Description, Group, Lines};
use crate::method::line_search::{Armijo, exact};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, ScalarMethod, StepOutcome};
use crate::method::theory::Theory;
use crate::method::update_equation::{LineSearch, UpdateEquation};
use crate::run::method_executor::Scalar;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::ALPHA0,
    Param::SHRINK,
    Param::ARMIJO,
    Param::choice(
        "line_search",
        &[
            Alternative {
                name: "Exact",
                doc: "goes to the first minimum along the line (the numbers above are not used)",
            },
            Alternative {
                name: "Armijo",
                doc: "tries α₀, ρα₀, ρ²α₀, ... and takes the first step that brings its share of the decrease",
            },
        ],
        "how the length of a step is found",
    ),
];
const ALPHA0: NumberKey = NumberKey::of(PARAMS, "alpha0");
const SHRINK: NumberKey = NumberKey::of(PARAMS, "shrink");
const C1: NumberKey = NumberKey::of(PARAMS, "c1");
const LINE_SEARCH: ChoiceKey = ChoiceKey::of(PARAMS, "line_search");

/// Cauchy's method: along -g, each time as far as the search says.
pub static STEEPEST_DESCENT: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("SteepestDescent"),
        title: Cow::Borrowed("steepest descent"),
        summary: Cow::Borrowed(
            "Straight down the slope until it stops falling: each turn is at a right angle, hence the zigzag.",
        ),
        lines: Lines::Chosen(|settings| {
            let how = if settings[LINE_SEARCH] == ARMIJO { LineSearch::Armijo } else { LineSearch::Exact };
            let down = UpdateEquation::direction("d", "-g", "straight down the slope");
            vec![GRADIENT, down, UpdateEquation::searched("d", how), ALONG]
        }),
        source: Cow::Borrowed(
            "Cauchy (1847); Nocedal and Wright, Numerical Optimization (2006), sections 3.1 and 3.3; \
             Boyd and Vandenberghe, Convex Optimization (2004), section 9.3",
        ),
        group: Group::LineSearch,
        params: Cow::Borrowed(PARAMS),
        theory: Theory::None(
            "The step length comes from a search, so there is no fixed factor per step. With exact search in a \
         quadratic bowl f falls at each step at least to ((κ-1)/(κ+1))² of what it was, and from a bad start no faster.",
        ),
        ..Description::PLAIN
    },
    &Scalar(SteepestDescent),
);

const ARMIJO: usize = alternative(PARAMS, "line_search", "Armijo");

#[derive(Debug)]
struct SteepestDescent;

impl ScalarMethod for SteepestDescent {
    fn step<L: Oracle<f64>>(&self, input: &Input<'_, f64, L>, state: &mut State<f64>) -> StepOutcome {
        let (alpha0, shrink, c1) = (input.settings[ALPHA0], input.settings[SHRINK], input.settings[C1]);
        let direction = -input.gradient;
        let found = if input.settings[LINE_SEARCH] == ARMIJO {
            let search = Armijo { alpha0, shrink, c1 };
            search.step(input.oracle, state.position, input.gradient, direction)
        } else {
            exact(input.oracle, state.position, direction)
        };
        StepOutcome::of(found, state)
    }
}
