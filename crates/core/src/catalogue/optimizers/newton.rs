//! Newton's method.

use super::lines::{GRADIENT, HESSIAN};
use crate::math::number::Number;
use crate::math::sym2::solve;
use crate::method::description::{Best, Description, Group, Lines};
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
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::NEWTON_RATE, Param::DAMPING];
const DAMPING_KEY: NumberKey = NumberKey::of(PARAMS, "damping");
const LR: NumberKey = NumberKey::of(PARAMS, "lr");

/// Newton's method, damped by a step length and by a multiple of the identity (Levenberg,
/// Marquardt). It solves for a point where the gradient vanishes, whichever kind: saddles and
/// maxima attract it as minima do.
pub static NEWTON: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Newton"),
        summary: Cow::Borrowed(
            "Jumps to where the local quadratic model is flat: a minimum, but a saddle or a maximum too.",
        ),
        lines: Lines::Chosen(|settings| {
            let damping = settings[DAMPING_KEY];
            let mut lines = vec![GRADIENT, HESSIAN];
            if damping != 0.0 {
                lines.push(UpdateEquation::matrix("H", "H + μ·I", "damped: μ is added to every curvature"));
            }
            lines.push(UpdateEquation::displacement(
                "d",
                "-H⁻¹·g",
                "the way to where the quadratic model is flat",
            ));
            lines.push(UpdateEquation::point("x", "x + α·d", "the next position"));
            lines
        }),
        source: Cow::Borrowed(
            "Nocedal and Wright, Numerical Optimization (2006), sections 3.3 and 3.4; \
             Goodfellow et al., Deep Learning (2016), algorithm 8.8",
        ),
        group: Group::SecondOrder,
        params: Cow::Borrowed(PARAMS),
        theory: Theory::Linear(|settings, lambda| {
            let (lr, damping) = (settings[LR], settings[DAMPING_KEY]);
            Recurrence::plain(1.0 - lr * (lambda / (lambda + damping)))
        }),
        best: Some(FULL_STEP),
        ..Description::PLAIN
    },
    &EveryNumber(Newton),
);

/// A full, undamped step solves a quadratic at once.
pub(super) const FULL_STEP: Best = |_, _, _| Some(vec![("lr", 1.0), ("damping", 0.0)]);

#[derive(Debug)]
struct Newton;

impl Method for Newton {
    fn cost(&self, _settings: &Settings<f64>, steps: u32) -> Evaluations {
        Evaluations { gradients: steps, hessians: steps, values: 0 }
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let damping = input.settings[DAMPING_KEY];
        let hessian = input.oracle.hessian(state.position);
        state.position -= solve(&hessian, damping, input.gradient) * input.lr;
    }
}

impl Param {
    /// The share of a full Newton step that is made.
    pub const NEWTON_RATE: Self = Self::number(
        "lr",
        "α",
        1.0,
        Range::POSITIVE,
        (1e-2, 2.5),
        "the share of the full Newton step that is made",
    )
    .named("step length")
    .log();
    /// Levenberg's and Marquardt's damping.
    pub const DAMPING: Self = Self::number(
        "damping",
        "μ",
        0.0,
        Range::NOT_NEGATIVE,
        (0.0, 10.0),
        "added to every curvature: shortens steps along flat directions",
    );
}
