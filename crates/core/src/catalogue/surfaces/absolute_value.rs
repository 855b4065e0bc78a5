//! The absolute value.

use crate::math::number::Number;
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] =
    &[Param::number("slope", "s", 1.0, Range::POSITIVE, (0.1, 10.0), "how steep it is on both sides").log()];
const SLOPE: NumberKey = NumberKey::of(PARAMS, "slope");

/// slope·|x|: a kink, at which no step of a fixed length comes to rest.
pub static ABSOLUTE_VALUE: Surface = Surface {
    name: "AbsoluteValue",
    title: "absolute value",
    summary: "A kink: the slope is the same however near the minimum is, so that steps of one rate go to and fro.",
    formula: "slope·|x|",
    source: "Boyd and Vandenberghe, Convex Optimization (2004), section 3.1.5",
    params: PARAMS,
    view: View { x: (-3.0, 3.0), y: (-0.3, 3.3) },
    start: [-2.3, 0.0],
    is_univariate: true,
    functions: SurfaceFunctions::of_curve::<AbsoluteValue>(),
    ..Surface::PLAIN
};

struct AbsoluteValue;

impl LossFunction for AbsoluteValue {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, _: T) -> T {
        x.abs() * constants[SLOPE]
    }
}
