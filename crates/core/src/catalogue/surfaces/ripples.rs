//! A bowl with ripples.

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
        "bowl",
        "b",
        0.1,
        Range::NOT_NEGATIVE,
        (0.0, 1.0),
        "how steep the bowl is; 0 leaves the sine alone",
    ),
    Param::number("height", "h", 1.0, Range::ANY, (-3.0, 3.0), "the height of the ripples"),
    Param::number("frequency", "ω", 2.0, Range::POSITIVE, (0.5, 10.0), "how close together they are").log(),
];
const BOWL: NumberKey = NumberKey::of(PARAMS, "bowl");
const HEIGHT: NumberKey = NumberKey::of(PARAMS, "height");
const FREQUENCY: NumberKey = NumberKey::of(PARAMS, "frequency");

/// bowl·x² + height·sin(frequency·x): many local minima on the way to the lowest.
pub static RIPPLES: Surface = Surface {
    name: "Ripples",
    title: "ripples",
    summary: "A wide bowl with a sine on it: one lowest minimum among many.",
    formula: "bowl·x² + height·sin(frequency·x)",
    source: "Törn and Zilinskas, Global Optimization (1989), chapter 1",
    params: PARAMS,
    view: View { x: (-6.0, 6.0), y: (-1.5, 5.0) },
    start: [5.0, 0.0],
    is_univariate: true,
    functions: SurfaceFunctions::of_curve::<Ripples>(),
    ..Surface::PLAIN
};

struct Ripples;

impl LossFunction for Ripples {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, _: T) -> T {
        x.square() * constants[BOWL] + (x * constants[FREQUENCY]).sin() * constants[HEIGHT]
    }
}
