//! Beale's function: a curved trough between steep walls.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// Three squared residuals of x (1 - y^k): a trough that bends around a saddle.
pub static BEALE: Surface = Surface {
    name: "Beale",
    summary: "A long flat trough among walls of very different steepness: one learning rate cannot suit both.",
    formula: "(1.5 - x + x·y)² + (2.25 - x + x·y²)² + (2.625 - x + x·y³)²",
    source: "Moré, Garbow and Hillstrom, ACM Trans. Mathematical Software 7 (1981), 17-41, problem 5",
    view: View::square(4.5),
    start: [1.0, 1.5],
    critical: |_| {
        vec![
            CriticalPoint::new(PointKind::Minimum, 3.0, 0.5),
            CriticalPoint::new(PointKind::Saddle, 0.10053793732415836, -2.644513585023125),
            CriticalPoint::new(PointKind::Saddle, 0.0, 1.0),
        ]
    },
    functions: SurfaceFunctions::of::<Beale>(),
    ..Surface::PLAIN
};

struct Beale;

impl LossFunction for Beale {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        let y2 = y.square();
        squared(1.5, x, y) + squared(2.25, x, y2) + squared(2.625, x, y2 * y)
    }
}

/// The square of a residual, of which `power` is that of y.
#[inline(always)]
fn squared<T: Number>(target: f64, x: T, power: T) -> T {
    (x * (power - 1.0) + target).square()
}
