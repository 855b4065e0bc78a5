//! Rosenbrock's valley.

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
    Param::number("a", "a", 1.0, Range::ANY, (-2.0, 2.0), "the minimum is at (a, a²)"),
    Param::number("b", "b", 100.0, Range::POSITIVE, (1.0, 1000.0), "how steep the valley's walls are").log(),
];
const A: NumberKey = NumberKey::of(PARAMS, "a");
const B: NumberKey = NumberKey::of(PARAMS, "b");

/// (a - x)² + b (y - x²)²: easy to reach the valley, hard to follow it.
pub static ROSENBROCK: Surface = Surface {
    name: "Rosenbrock",
    summary: "A curved valley, steep across and nearly flat along: the classic test of every method.",
    formula: "(a - x)² + b·(y - x²)²",
    source: "Rosenbrock, The Computer Journal 3 (1960), 175-184",
    params: PARAMS,
    view: View { x: (-2.0, 2.0), y: (-1.0, 3.0) },
    start: [-1.2, 1.0],
    critical: |settings| {
        let a = settings[A];
        vec![CriticalPoint::new(PointKind::Minimum, a, a * a)]
    },
    functions: SurfaceFunctions::of::<Rosenbrock>(),
    ..Surface::PLAIN
};

struct Rosenbrock;

impl LossFunction for Rosenbrock {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
        let (a, b) = (constants[A], constants[B]);
        (x - a).square() + (y - x.square()).square() * b
    }
}
