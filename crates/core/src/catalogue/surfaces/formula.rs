//! A function that the user types.

use super::stationary::settled_in_plane;
use crate::math::number::Number;
use crate::objective::critical::REACH;
use crate::objective::critical_point::CriticalPoint;
use crate::objective::differentiation::curvature;
use crate::objective::loss_function::{Constants, LossFunction, SurfaceData};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::param::Param;

/// Whatever f(x, y) the text says. Its gradient and Hessian are exact, as everybody's: the same
/// operations on dual numbers.
pub static FORMULA: Surface = Surface {
    name: "Formula",
    title: "your own function",
    summary: "A function that you type: of x and y, with names of your own as sliders.",
    formula: "f(x, y) is what you type, with exact gradient and Hessian",
    source: "yours",
    params: &[Param::formula(
        "f",
        "sin(a*x)*cos(y) + 0.1*(x^2 + y^2)",
        "what f(x, y) equals: + - * / ^, exp, log, log10, log2, sqrt, abs, sin, cos, tan, asin, acos, atan, atan2, \
         sinh, cosh, tanh, hypot, sigmoid, softplus, relu, erf, sign, floor, ceil, mod, min, max, pi, e, and the \
         choice a if b < c else d; any other name becomes a slider",
    )],
    view: View { x: (-4.0, 4.0), y: (-3.0, 3.0) },
    start: [1.0, 1.5],
    critical: |constants| searched(constants, View::square(REACH)),
    critical_in: |constants, view| Some(searched(constants, view)),
    functions: SurfaceFunctions::of_curve::<TypedFunction>(),
    ..Surface::PLAIN
};

/// The critical points in a part of the plane.
fn searched(constants: &Constants, view: View) -> Vec<CriticalPoint> {
    settled_in_plane(|p| curvature::<TypedFunction>(constants, p.x, p.y), view, 32)
}

struct TypedFunction;

impl LossFunction for TypedFunction {
    const HAS_MATTER: bool = true;

    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
        match &constants.matter {
            SurfaceData::Formula(tape) => tape.at(x, y),
            _ => T::of(f64::NAN),
        }
    }

    fn row(constants: &Constants, xs: &[f64], y: f64, out: &mut [f64]) {
        match &constants.matter {
            SurfaceData::Formula(tape) => tape.row(xs, y, out),
            _ => out.fill(f64::NAN),
        }
    }
}
