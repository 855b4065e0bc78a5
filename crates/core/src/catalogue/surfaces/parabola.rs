//! The parabola.

use crate::math::number::Number;
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] = &[Param::number(
    "curvature",
    "λ",
    1.0,
    Range::POSITIVE,
    (0.01, 100.0),
    "the second derivative, everywhere",
)
.log()];
const CURVATURE: NumberKey = NumberKey::of(PARAMS, "curvature");

/// curvature·x²/2: the curve on which the whole theory of gradient descent is exact.
pub static PARABOLA: Surface = Surface {
    name: "Parabola",
    title: "parabola",
    summary: "A parabola: gradient descent multiplies its x by 1 - αλ at every step.",
    formula: "curvature·x²/2",
    source: "Nocedal and Wright, Numerical Optimization, 2nd ed. (2006), section 3.3",
    params: PARAMS,
    view: View { x: (-3.0, 3.0), y: (-0.4, 4.9) },
    start: [-2.5, 0.0],
    is_univariate: true,
    functions: SurfaceFunctions::of_curve::<Parabola>(),
    ..Surface::PLAIN
};

struct Parabola;

impl LossFunction for Parabola {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, _: T) -> T {
        x.square() * (constants[CURVATURE] / 2.0)
    }
}
