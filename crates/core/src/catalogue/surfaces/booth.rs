//! Booth's function: a mild quadratic bowl.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// (x + 2y - 7)² + (2x + y - 5)²: a least-squares problem with two equations and condition number 9.
pub static BOOTH: Surface = Surface {
    name: "Booth",
    summary: "Two linear equations solved by least squares: a slanted bowl with condition number 9.",
    formula: "(x + 2·y - 7)² + (2·x + y - 5)²",
    source: "Jamil and Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013), 150-194",
    view: View { x: (-9.0, 11.0), y: (-7.0, 13.0) },
    start: [-7.0, 4.0],
    critical: |_| vec![CriticalPoint::new(PointKind::Minimum, 1.0, 3.0)],
    functions: SurfaceFunctions::of::<Booth>(),
    ..Surface::PLAIN
};

struct Booth;

impl LossFunction for Booth {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        (x + y * 2.0 - 7.0).square() + (x * 2.0 + y - 5.0).square()
    }
}
