//! The cubic with a minimum, a maximum, and no bottom.

use crate::math::number::Number;
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] = &[Param::number(
    "width",
    "w",
    1.0,
    Range::NOT_NEGATIVE,
    (0.0, 2.0),
    "the minimum is at this x, the maximum at minus it",
)];
const WIDTH: NumberKey = NumberKey::of(PARAMS, "width");

/// x³ - 3·width²·x: a minimum in a valley that is open to one side.
pub static CUBIC: Surface = Surface {
    name: "Cubic",
    title: "cubic",
    summary: "A minimum and a maximum; left of the maximum it falls without end. f'' is zero half way between.",
    formula: "x³ - 3·width²·x",
    source: "Strogatz, Nonlinear Dynamics and Chaos (1994), section 3.1",
    params: PARAMS,
    view: View { x: (-2.6, 2.6), y: (-4.0, 4.0) },
    start: [2.2, 0.0],
    is_univariate: true,
    functions: SurfaceFunctions::of_curve::<OpenCubic>(),
    ..Surface::PLAIN
};

struct OpenCubic;

impl LossFunction for OpenCubic {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, _: T) -> T {
        let width = constants[WIDTH];
        x * (x.square() - 3.0 * width * width)
    }
}
