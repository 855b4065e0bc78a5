//! The method of Broyden, Fletcher, Goldfarb and Shanno.

use super::lines::{ALONG, GRADIENT, STEP_MADE};
use crate::formula::shape::Tensor;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::line_search::{Origin, Wolfe};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, ScalarMethod, StepOutcome};
use crate::method::step_record::StepRecord;
use crate::method::theory::Theory;
use crate::method::update_equation::{LineSearch, UpdateEquation, ValueType};
use crate::run::method_executor::Scalar;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use nalgebra::{Matrix2, Vector2};
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::WOLFE_DECREASE, Param::WOLFE_SLOPE];
const C1: NumberKey = NumberKey::of(PARAMS, "c1");
const C2: NumberKey = NumberKey::of(PARAMS, "c2");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("H1", "H₁", "first row of the estimated inverse Hessian"),
    Slot::new("H2", "H₂", "second row of the estimated inverse Hessian"),
];
const _: () = assert!(Slot::are(SLOTS, &["H1", "H2"]), "the steps below take the slots in this order");

/// Quasi-Newton: H, the estimate of the inverse Hessian, starts as the identity and is changed as
/// little as explains what each step has seen of the gradient. Each step meets the strong Wolfe
/// conditions, which keep H positive definite. The first trial of a search is scipy's:
/// min(1, 2.02·(f - f₋)/(g·d)), where f₋ is the last loss, and f + |g|/2 before the first step.
///
/// Where the search fails (near a minimum, where rounding hides the decrease) H is forgotten and
/// the gradient's direction is tried, with the first trial of a first step and then with 1; if that fails as
/// well, no step is found.
pub static BFGS: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Bfgs"),
        title: Cow::Borrowed("BFGS"),
        summary: Cow::Borrowed(
            "Learns the curvature from how the gradient changes: Newton's speed without second derivatives.",
        ),
        lines: Lines::Chosen(|_| {
            let how = "kept from the step before, I at first and where no step was found along it";
            let says = "estimate of the inverse Hessian";
            vec![
                GRADIENT,
                UpdateEquation::kept("H", how, |made| Tensor::Matrix(taken(made)), says)
                    .sort(ValueType::Matrix),
                UpdateEquation::displacement("d", "-H·g", "the estimate's Newton step"),
                UpdateEquation::searched("d", LineSearch::Wolfe),
                ALONG,
                STEP_MADE,
                UpdateEquation::direction("y", "∇f(x) - g", "how the gradient has changed over it"),
                UpdateEquation::matrix(
                    "H",
                    "(I - s·y^T/(s·y))·H·(I - y·s^T/(s·y)) + s·s^T/(s·y) if s·y > 0 else H",
                    "the nearest estimate that explains y",
                ),
            ]
        }),
        source: Cow::Borrowed(
            "Nocedal and Wright, Numerical Optimization (2006), algorithm 6.1; first trial: \
             scipy.optimize.minimize(method='BFGS')",
        ),
        group: Group::SecondOrder,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(QUASI_NEWTON_THEORY),
        estimate: Some(|state, _| (state.step > 0).then(|| inverse(state))),
        ..Description::PLAIN
    },
    &Scalar(Bfgs),
);

/// Why the linear theory says nothing of methods that learn the curvature.
pub(super) const QUASI_NEWTON_THEORY: &str = "Step lengths come from a search and directions from what was seen before, so \
     there is no fixed factor per step. Once the curvature is learnt the error falls faster than any (1 - αλ)^t.";

impl Param {
    /// The first Wolfe constant. Below 0.1, so that it is below the second.
    pub const WOLFE_DECREASE: Self = Self::number(
        "c1",
        "c₁",
        1e-4,
        Range { max: 0.1, ..Range::POSITIVE },
        (1e-6, 0.09),
        "the share of the decrease that the slope promises which a step must bring",
    )
    .named("decrease")
    .log();
    /// The second Wolfe constant.
    pub const WOLFE_SLOPE: Self = Self::number(
        "c2",
        "c₂",
        0.9,
        Range { min: 0.1, with_min: true, max: 1.0, ..Range::ANY },
        (0.1, 0.99),
        "the share of the slope that a step may leave",
    )
    .named("slope left");
}

#[derive(Debug)]
struct Bfgs;

impl ScalarMethod for Bfgs {
    fn start(&self, _settings: &Settings<f64>, state: &mut State<f64>) {
        let [first, second, ..] = &mut state.slots;
        (*first, *second) = (Vector2::x(), Vector2::y());
    }

    fn step<L: Oracle<f64>>(&self, input: &Input<'_, f64, L>, state: &mut State<f64>) -> StepOutcome {
        let (c1, c2) = (input.settings[C1], input.settings[C2]);
        let wolfe = Wolfe { c1, c2 };
        let (gradient, position) = (input.gradient, state.position);
        let mut estimate = inverse(state);
        let known = state.step > 0;
        // An unnamed slot keeps the last loss.
        let [first, second, last, ..] = &mut state.slots;
        let origin = Origin { position, value: input.oracle.value(position), gradient };
        let fallen = origin.value - if known { last.x } else { origin.value + gradient.norm() / 2.0 };
        let tries = [
            (estimate, first_trial(gradient, estimate, fallen)),
            (Matrix2::identity(), first_trial(gradient, Matrix2::identity(), -gradient.norm() / 2.0)),
            (Matrix2::identity(), 1.0),
        ];
        let mut found = None;
        for (index, (inverse, first)) in tries.into_iter().enumerate() {
            if tries[..index].contains(&(inverse, first)) {
                continue;
            }
            estimate = inverse;
            found = wolfe.search(input.oracle, origin, -(inverse * gradient), first);
            if found.is_some() {
                break;
            }
        }
        last.x = origin.value;
        if let Some(trial) = found {
            estimate = updated(&estimate, trial.position - position, trial.gradient - gradient);
        }
        *first = Vector2::new(estimate.m11, estimate.m12);
        *second = Vector2::new(estimate.m21, estimate.m22);
        StepOutcome::of(found.map(|trial| trial.position), state)
    }
}

/// H.
fn inverse(state: &State<f64>) -> Matrix2<f64> {
    let [first, second, ..] = &state.slots;
    Matrix2::new(first.x, first.y, second.x, second.y)
}

/// The H along which the step was made: it is forgotten where no step is found.
fn taken(made: &StepRecord) -> Matrix2<f64> {
    let step = made.after.position - made.before.position;
    if step == Vector2::zeros() {
        return inverse(&made.after);
    }
    let known = inverse(&made.before);
    let misses = |direction: Vector2<f64>| Number::abs(direction.perp(&step)) / direction.norm();
    if misses(made.gradient) < misses(known * made.gradient) { Matrix2::identity() } else { known }
}

/// scipy's first trial along the estimate's Newton step, given by how much f has `fallen` at the last step (below
/// zero).
fn first_trial(gradient: Vector2<f64>, inverse: Matrix2<f64>, fallen: f64) -> f64 {
    let first = 2.02 * fallen / gradient.dot(&-(inverse * gradient));
    if first > 0.0 && first < 1.0 { first } else { 1.0 }
}

/// The estimate that explains the change `y` of the gradient over the step `s`, and is otherwise as
/// near to `inverse` as can be (Nocedal and Wright, equation 6.17). Left as it is where the step has
/// met no positive curvature, which the Wolfe conditions exclude but for rounding.
fn updated(inverse: &Matrix2<f64>, s: Vector2<f64>, y: Vector2<f64>) -> Matrix2<f64> {
    let rho = 1.0 / s.dot(&y);
    if !(rho > 0.0 && rho.is_finite()) {
        return *inverse;
    }
    let seen = Matrix2::identity() - y * s.transpose() * rho;
    let mut next = seen.transpose() * inverse * seen + s * s.transpose() * rho;
    // Rounding must not make it unsymmetric.
    let across = f64::midpoint(next.m12, next.m21);
    (next.m12, next.m21) = (across, across);
    next
}
