//! Nonlinear conjugate gradients.

use super::lines::{ALONG, GRADIENT};
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::line_search::exact;
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, ScalarMethod, StepOutcome};
use crate::method::theory::Theory;
use crate::method::update_equation::{LineSearch, UpdateEquation};
use crate::run::method_executor::Scalar;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, alternative};
use crate::spec::param::{Alternative, Param};
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::choice(
    "formula",
    &[
        Alternative {
            name: "FletcherReeves",
            doc: "β = |g|²/|g₋|², begun anew with -g at every second step",
        },
        Alternative {
            name: "PolakRibierePlus",
            doc: "β = max(0, g·(g - g₋)/|g₋|²), which begins anew by itself where the last step gained little",
        },
    ],
    "how much of the last direction is kept",
)];
const FORMULA: ChoiceKey = ChoiceKey::of(PARAMS, "formula");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("d", "d", "direction of the last search"),
    Slot::new("g_last", "g₋", "gradient where the last search began"),
];
const _: () = assert!(Slot::are(SLOTS, &["d", "g_last"]), "the steps below take the slots in this order");

/// Conjugate gradients with exact line search: on a quadratic each direction leaves alone what the
/// ones before have solved, so that two steps solve it in the plane.
pub static CONJUGATE_GRADIENT: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("ConjugateGradient"),
        title: Cow::Borrowed("conjugate gradients"),
        summary: Cow::Borrowed(
            "Line searches along directions that do not undo each other: a quadratic is solved in two steps.",
        ),
        lines: Lines::Chosen(|settings| {
            let says = "how much of the last direction is kept";
            vec![
                GRADIENT,
                match settings[FORMULA] {
                    POLAK_RIBIERE_PLUS => {
                        UpdateEquation::number("β", "max(0, g·(g - g₋)/(g₋·g₋)) if t > 1 else 0", says)
                    }
                    _ => UpdateEquation::number("β", "(g·g)/(g₋·g₋) if t mod 2 = 0 else 0", says),
                },
                UpdateEquation::direction(
                    "d",
                    "β·d - g",
                    "the new direction: down, and part of the last one",
                ),
                UpdateEquation::direction(
                    "d",
                    "d if g·d < 0 else -g",
                    "but where that leads uphill, the gradient's own",
                ),
                UpdateEquation::direction("g₋", "g", "kept for the next step"),
                UpdateEquation::searched("d", LineSearch::Exact),
                ALONG,
            ]
        }),
        source: Cow::Borrowed(
            "Hestenes and Stiefel (1952); Fletcher and Reeves, Computer Journal 7 (1964), 149-154; \
             Nocedal and Wright, Numerical Optimization (2006), section 5.2",
        ),
        group: Group::Quadratic,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(
            "The step length comes from a search, so there is no fixed factor per step. In a quadratic bowl two steps \
         arrive, whatever the condition number: two directions are all there are in the plane.",
        ),
        ..Description::PLAIN
    },
    &Scalar(ConjugateGradient),
);

const POLAK_RIBIERE_PLUS: usize = alternative(PARAMS, "formula", "PolakRibierePlus");

#[derive(Debug)]
struct ConjugateGradient;

impl ScalarMethod for ConjugateGradient {
    fn step<L: Oracle<f64>>(&self, input: &Input<'_, f64, L>, state: &mut State<f64>) -> StepOutcome {
        let g = input.gradient;
        let [direction, last, ..] = &mut state.slots;
        let size = last.dot(last);
        let beta = match input.settings[FORMULA] {
            POLAK_RIBIERE_PLUS => (g.dot(&(g - *last)) / size).max(0.0),
            // A cycle is as long as the space has dimensions.
            _ if state.step.is_multiple_of(2) => 0.0,
            _ => g.dot(&g) / size,
        };
        // Also where β is not a number this is no way down, and -g is taken.
        let next = *direction * beta - g;
        *direction = if g.dot(&next) < 0.0 { next } else { -g };
        *last = g;
        let is_steepest = *direction == -g;
        let found = exact(input.oracle, state.position, *direction);
        match StepOutcome::of(found, state) {
            // The next search is along -g: there it may find one.
            StepOutcome::NotFound if !is_steepest => StepOutcome::Made,
            outcome => outcome,
        }
    }
}
