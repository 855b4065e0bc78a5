//! Coordinate descent.

use super::lines::{ALONG, GRADIENT};
use crate::method::description::{Description, Group, Lines};
use crate::method::line_search::exact;
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, ScalarMethod, StepOutcome};
use crate::method::theory::Theory;
use crate::method::update_equation::{LineSearch, UpdateEquation};
use crate::run::method_executor::Scalar;
use crate::run::optimizer::Optimizer;
use nalgebra::Vector2;
use std::borrow::Cow;

/// The first minimiser along one axis at a time: x, then y, and so on. One axis is one step.
pub static COORDINATE_DESCENT: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("CoordinateDescent"),
        title: Cow::Borrowed("coordinate descent"),
        summary: Cow::Borrowed(
            "Minimises along x, then along y, and so on: at once in a valley along an axis, slow in a slanted one.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                UpdateEquation::direction("e", "e₁ if t mod 2 = 1 else e₂", "the axis whose turn it is"),
                UpdateEquation::direction("d", "-(g·e)·e", "down along that axis"),
                UpdateEquation::searched("d", LineSearch::Exact),
                ALONG,
            ]
        }),
        source: Cow::Borrowed(
            "Nocedal and Wright, Numerical Optimization (2006), section 9.3; \
             Wright, Mathematical Programming 151 (2015), 3-34",
        ),
        group: Group::LineSearch,
        theory: Theory::None(
            "It depends on the axes, not on the eigenvalues alone. On a quadratic two steps multiply the error along \
         the valley by f_xy²/(f_xx·f_yy): 0 where the valley lies along an axis, near 1 where it is narrow and slanted.",
        ),
        ..Description::PLAIN
    },
    &Scalar(CoordinateDescent),
);

#[derive(Debug)]
struct CoordinateDescent;

impl ScalarMethod for CoordinateDescent {
    fn step<L: Oracle<f64>>(&self, input: &Input<'_, f64, L>, state: &mut State<f64>) -> StepOutcome {
        let direction = if state.step.is_multiple_of(2) {
            Vector2::new(-input.gradient.x, 0.0)
        } else {
            Vector2::new(0.0, -input.gradient.y)
        };
        let found = exact(input.oracle, state.position, direction);
        // An unnamed slot keeps whether none was found along the other axis, from this same point.
        let [last, ..] = &mut state.slots;
        let was_found = last.x == 0.0;
        last.x = f64::from(u8::from(found.is_none()));
        match StepOutcome::of(found, state) {
            StepOutcome::NotFound if was_found => StepOutcome::Made,
            outcome => outcome,
        }
    }
}
