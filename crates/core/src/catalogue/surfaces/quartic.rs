//! The fourth power.

use crate::math::number::Number;
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] =
    &[Param::number("scale", "c", 1.0, Range::POSITIVE, (0.01, 10.0), "how steep it is").log()];
const SCALE: NumberKey = NumberKey::of(PARAMS, "scale");

/// scale·x⁴: a minimum without curvature.
pub static QUARTIC: Surface = Surface {
    name: "Quartic",
    title: "quartic",
    summary: "A minimum at which the curvature is zero: Newton's method keeps two thirds of the error at every step.",
    formula: "scale·x⁴",
    source: "Nocedal and Wright, Numerical Optimization, 2nd ed. (2006), section 2.1",
    params: PARAMS,
    view: View { x: (-1.6, 1.6), y: (-0.5, 7.1) },
    start: [1.5, 0.0],
    is_univariate: true,
    functions: SurfaceFunctions::of_curve::<Quartic>(),
    ..Surface::PLAIN
};

struct Quartic;

impl LossFunction for Quartic {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, _: T) -> T {
        x.square().square() * constants[SCALE]
    }
}
