//! The quadratic bowl with a chosen condition number and direction.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number(
        "lambda_min",
        "λ_min",
        1.0,
        Range::POSITIVE,
        (0.01, 10.0),
        "the smaller eigenvalue of the Hessian",
    )
    .named("curvature")
    .log(),
    Param::number(
        "kappa",
        "κ",
        100.0,
        Range::POSITIVE,
        (1.0, 1e4),
        "the condition number: the curvature across the valley over that along it",
    )
    .named("condition")
    .log(),
    Param::number("angle", "θ", 0.0, Range::ANY, (-90.0, 90.0), "the direction of the valley").unit("°"),
];
const LAMBDA_MIN: NumberKey = NumberKey::of(PARAMS, "lambda_min");
const KAPPA: NumberKey = NumberKey::of(PARAMS, "kappa");
const ANGLE: NumberKey = NumberKey::of(PARAMS, "angle");

/// lambda_min (u² + kappa v²)/2, with (u, v) the axes turned by `angle`: the surface on which the
/// whole theory of gradient descent is exact.
pub static QUADRATIC: Surface = Surface {
    name: "Quadratic",
    title: "quadratic",
    summary: "A bowl with a chosen condition number, turned by an angle: the theory is exact here.",
    formula: "λ_min·(u² + κ·v²)/2 with (u, v) the axes turned by the angle",
    lines: &[
        ("u", "x·cos(angle·π/180) + y·sin(angle·π/180)"),
        ("v", "y·cos(angle·π/180) - x·sin(angle·π/180)"),
        ("f", "lambda_min·(u² + kappa·v²)/2"),
    ],
    source: "Boyd and Vandenberghe, Convex Optimization (2004), section 9.3.2",
    params: PARAMS,
    view: View { x: (-3.0, 3.0), y: (-2.0, 2.0) },
    start: [-2.5, 1.0],
    critical: |_| vec![CriticalPoint::new(PointKind::Minimum, 0.0, 0.0)],
    functions: SurfaceFunctions::of::<Quadratic>(),
    ..Surface::PLAIN
};

struct Quadratic;

impl LossFunction for Quadratic {
    fn prepare(mut constants: Constants) -> Constants {
        // The traits' functions by name: the methods of f64 would be those of the operating system.
        let radians = constants[ANGLE].to_radians();
        constants.derived = [Number::cos(radians), Number::sin(radians)];
        constants
    }

    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
        let (lambda_min, kappa, [cos, sin]) = (constants[LAMBDA_MIN], constants[KAPPA], constants.derived);
        let u = x * cos + y * sin;
        let v = y * cos - x * sin;
        (u.square() + v.square() * kappa) * (lambda_min / 2.0)
    }
}
