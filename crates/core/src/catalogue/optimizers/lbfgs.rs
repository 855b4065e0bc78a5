//! Limited-memory BFGS.

use super::bfgs::QUASI_NEWTON_THEORY;
use super::lines::{ALONG, GRADIENT, STEP_MADE};
use crate::formula::shape::Tensor;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::line_search::{Origin, Wolfe};
use crate::method::oracle::Oracle;
use crate::method::state::{METHOD_SLOTS, State};
use crate::method::step::{Input, ScalarMethod, StepOutcome};
use crate::method::step_record::StepRecord;
use crate::method::theory::Theory;
use crate::method::update_equation::{LineSearch, UpdateEquation, ValueType};
use crate::run::method_executor::Scalar;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use nalgebra::{Matrix2, Vector2};
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number(
        "memory",
        "m",
        10.0,
        Range::whole(1, MOST as u32),
        (1.0, MOST as f64),
        "how many of the last steps are remembered",
    ),
    Param::WOLFE_DECREASE,
    Param::WOLFE_SLOPE,
];
const MEMORY: NumberKey = NumberKey::of(PARAMS, "memory");
const C1: NumberKey = NumberKey::of(PARAMS, "c1");
const C2: NumberKey = NumberKey::of(PARAMS, "c2");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("s", "s", "the last step that was remembered"),
    Slot::new("y", "y", "the change of the gradient over it"),
];
const _: () = assert!(Slot::are(SLOTS, &["s", "y"]), "the steps below take the slots in this order");

/// BFGS from the last few pairs (s, y) alone, with no matrix: the way it is done in a million
/// dimensions. The estimate starts at each step from γ·I, γ = s·y/y·y of the last pair. The first
/// trial of a search is PyTorch's: 1/(|g_x| + |g_y|) (at most 1) at the first step, 1 after it.
///
/// Where the search fails (near a minimum, where rounding hides the decrease) the pairs are
/// forgotten and the gradient's direction is tried; if that fails as well, no step is found.
pub static LBFGS: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Lbfgs"),
        title: Cow::Borrowed("L-BFGS"),
        summary: Cow::Borrowed(
            "BFGS that keeps only the last few steps instead of a matrix: for millions of dimensions.",
        ),
        lines: Lines::Chosen(|_| {
            let how = "from the pairs s, y that are remembered; I while there is none";
            let says = "estimate of the inverse Hessian, known by what it does to a vector";
            let known =
                |made: &StepRecord| Tensor::Matrix(inverse(&made.before).unwrap_or_else(Matrix2::identity));
            let step = UpdateEquation { name: Cow::Borrowed("u"), ..STEP_MADE };
            vec![
                GRADIENT,
                UpdateEquation::kept("H", how, known, says).sort(ValueType::Matrix),
                UpdateEquation::displacement("d", "-H·g", "the estimate's Newton step"),
                UpdateEquation::searched("d", LineSearch::Wolfe),
                ALONG,
                step,
                UpdateEquation::direction("q", "∇f(x) - g", "how the gradient has changed over it"),
                UpdateEquation::displacement(
                    "s",
                    "u if u·q > 2⁻⁵²·(q·q) else s",
                    "remembered, where the step has met positive curvature",
                ),
                UpdateEquation::direction("y", "q if u·q > 2⁻⁵²·(q·q) else y", "remembered with it"),
            ]
        }),
        source: Cow::Borrowed(
            "Liu and Nocedal, Mathematical Programming 45 (1989), 503-528; Nocedal and Wright, Numerical \
             Optimization (2006), algorithms 7.4 and 7.5",
        ),
        group: Group::SecondOrder,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(QUASI_NEWTON_THEORY),
        estimate: Some(|state, _| inverse(state)),
        ..Description::PLAIN
    },
    &Scalar(Lbfgs),
);

/// The most pairs that there is room for, beside their count.
const MOST: usize = 10;
const COUNT: usize = 2 * MOST;
const _: () = assert!(COUNT < METHOD_SLOTS);

#[derive(Debug)]
struct Lbfgs;

impl ScalarMethod for Lbfgs {
    fn step<L: Oracle<f64>>(&self, input: &Input<'_, f64, L>, state: &mut State<f64>) -> StepOutcome {
        let (memory, c1, c2) = (input.settings[MEMORY], input.settings[C1], input.settings[C2]);
        let (gradient, position) = (input.gradient, state.position);
        let origin = Origin { position, value: input.oracle.value(position), gradient };
        let wolfe = Wolfe { c1, c2 };
        let pairs = pairs(state);
        let count = pairs.len() / 2;
        let cautious = Number::minimum(1.0 / (Number::abs(gradient.x) + Number::abs(gradient.y)), 1.0);
        let first = if count == 0 { cautious } else { 1.0 };
        let mut found = wolfe.search(input.oracle, origin, direction(gradient, pairs), first);
        let mut kept = count;
        if found.is_none() && count > 0 {
            kept = 0;
            found = wolfe.search(input.oracle, origin, -gradient, cautious);
        }
        if let Some(trial) = found {
            let (s, y) = (trial.position - position, trial.gradient - gradient);
            // The Wolfe conditions make s·y positive but for rounding.
            if s.dot(&y) > f64::EPSILON * y.dot(&y) {
                state.slots.copy_within(..COUNT - 2, 2);
                [state.slots[0], state.slots[1]] = [s, y];
                kept = (kept + 1).min(memory as usize);
            }
        }
        state.slots[COUNT].x = kept as f64;
        StepOutcome::of(found.map(|trial| trial.position), state)
    }
}

/// The remembered pairs (s, y), the latest first; their count is a whole number by construction.
fn pairs(state: &State<f64>) -> &[Vector2<f64>] {
    let count = (state.slots[COUNT].x as usize).min(MOST);
    &state.slots[..2 * count]
}

/// H, column by column; `None` while nothing is remembered.
fn inverse(state: &State<f64>) -> Option<Matrix2<f64>> {
    let pairs = pairs(state);
    let column = |unit: Vector2<f64>| direction(-unit, pairs);
    (!pairs.is_empty()).then(|| Matrix2::from_columns(&[column(Vector2::x()), column(Vector2::y())]))
}

/// -H·g by the two loops of Nocedal and Wright, algorithm 7.4.
fn direction(gradient: Vector2<f64>, pairs: &[Vector2<f64>]) -> Vector2<f64> {
    let mut d = -gradient;
    let mut shares = [0.0; MOST];
    for (pair, share) in pairs.chunks_exact(2).zip(&mut shares) {
        let (s, y) = (pair[0], pair[1]);
        *share = s.dot(&d) / s.dot(&y);
        d -= y * *share;
    }
    if let [s, y, ..] = pairs {
        d *= s.dot(y) / y.dot(y);
    }
    for (pair, share) in pairs.chunks_exact(2).zip(&shares).rev() {
        let (s, y) = (pair[0], pair[1]);
        d += s * (share - y.dot(&d) / s.dot(&y));
    }
    d
}
