//! Matyas' function: a shallow valley along the diagonal.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// 0.26 (x² + y²) - 0.48 x y: a quadratic with the eigenvalues 0.04 and 1 along the diagonals.
pub static MATYAS: Surface = Surface {
    name: "Matyas",
    summary: "A shallow valley along the diagonal, condition number 25: per-coordinate step sizes do not help here.",
    formula: "0.26·(x² + y²) - 0.48·x·y",
    source: "Jamil and Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013), 150-194",
    view: View::square(10.0),
    start: [-3.0, 9.0],
    critical: |_| vec![CriticalPoint::new(PointKind::Minimum, 0.0, 0.0)],
    functions: SurfaceFunctions::of::<Matyas>(),
    ..Surface::PLAIN
};

struct Matyas;

impl LossFunction for Matyas {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        (x.square() + y.square()) * 0.26 - x * y * 0.48
    }
}
