//! The three-hump camel: one global and two local minima.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// 2x² - 1.05x⁴ + x⁶/6 + x y + y²: three basins in a row.
pub static THREE_HUMP_CAMEL: Surface = Surface {
    name: "ThreeHumpCamel",
    title: "three-hump camel",
    summary: "Three basins in a row with the best in the middle: a start outside ends in a local minimum.",
    formula: "2·x² - 1.05·x⁴ + x⁶/6 + x·y + y²",
    source: "Jamil and Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013), 150-194",
    view: View { x: (-2.6, 2.6), y: (-2.0, 2.0) },
    start: [2.3, 1.5],
    critical: |_| {
        vec![
            CriticalPoint::new(PointKind::Minimum, 0.0, 0.0),
            CriticalPoint::new(PointKind::Minimum, -1.747552345830289, 0.8737761729151445),
            CriticalPoint::new(PointKind::Minimum, 1.747552345830289, -0.8737761729151445),
            CriticalPoint::new(PointKind::Saddle, -1.07054229182366, 0.53527114591183),
            CriticalPoint::new(PointKind::Saddle, 1.07054229182366, -0.53527114591183),
        ]
    },
    functions: SurfaceFunctions::of::<ThreeHumpCamel>(),
    ..Surface::PLAIN
};

struct ThreeHumpCamel;

impl LossFunction for ThreeHumpCamel {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        let x2 = x.square();
        ((x2 / 6.0 - 1.05) * x2 + 2.0) * x2 + (x + y) * y
    }
}
