//! Two wells on a line.

use crate::math::number::Number;
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number(
        "barrier",
        "B",
        1.0,
        Range::POSITIVE,
        (0.1, 10.0),
        "the height of the top when there is no tilt",
    )
    .log(),
    Param::number(
        "tilt",
        "τ",
        0.3,
        Range::ANY,
        (-2.0, 2.0),
        "half the difference in depth, about; past 1.54 times the barrier only one well is left",
    ),
];
const BARRIER: NumberKey = NumberKey::of(PARAMS, "barrier");
const TILT: NumberKey = NumberKey::of(PARAMS, "tilt");

/// barrier·(x² - 1)² + tilt·x: a global beside a local minimum.
pub static DOUBLE_WELL: Surface = Surface {
    name: "DoubleWell",
    title: "double well",
    summary: "A deep and a shallow well with a top between them: where a run ends is decided by its start and its rate.",
    formula: "barrier·(x² - 1)² + tilt·x",
    source: "Strogatz, Nonlinear Dynamics and Chaos (1994), section 3.6",
    params: PARAMS,
    view: View { x: (-2.0, 2.0), y: (-0.8, 3.4) },
    start: [1.8, 0.0],
    is_univariate: true,
    functions: SurfaceFunctions::of_curve::<DoubleWell>(),
    ..Surface::PLAIN
};

struct DoubleWell;

impl LossFunction for DoubleWell {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, _: T) -> T {
        (x.square() - 1.0).square() * constants[BARRIER] + x * constants[TILT]
    }
}
