//! The six-hump camel: six minima, two of them global.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// (4 - 2.1x² + x⁴/3) x² + x y + (4y² - 4) y²: fifteen critical points in the view.
pub static SIX_HUMP_CAMEL: Surface = Surface {
    name: "SixHumpCamel",
    title: "six-hump camel",
    summary: "Two global and four local minima, with saddles and humps between: every kind of critical point.",
    formula: "(4 - 2.1·x² + x⁴/3)·x² + x·y + (4·y² - 4)·y²",
    source: "Dixon and Szegö, Towards Global Optimisation 2 (1978), 1-15",
    view: View { x: (-2.0, 2.0), y: (-1.1, 1.1) },
    start: [-0.2, -0.05],
    critical: |_| {
        vec![
            CriticalPoint::new(PointKind::Minimum, -0.08984201310031806, 0.7126564030207396),
            CriticalPoint::new(PointKind::Minimum, 0.08984201310031806, -0.7126564030207396),
            CriticalPoint::new(PointKind::Minimum, -1.703606714969981, 0.7960835686726251),
            CriticalPoint::new(PointKind::Minimum, 1.703606714969981, -0.7960835686726251),
            CriticalPoint::new(PointKind::Saddle, 0.0, 0.0),
            CriticalPoint::new(PointKind::Saddle, -1.1092053368047863, 0.7682680925095399),
            CriticalPoint::new(PointKind::Saddle, 1.1092053368047863, -0.7682680925095399),
            CriticalPoint::new(PointKind::Minimum, -1.6071047529201974, -0.5686514548841314),
            CriticalPoint::new(PointKind::Minimum, 1.6071047529201974, 0.5686514548841314),
            CriticalPoint::new(PointKind::Saddle, -1.6380679841897787, -0.22867406904439408),
            CriticalPoint::new(PointKind::Saddle, 1.6380679841897787, 0.22867406904439408),
            CriticalPoint::new(PointKind::Saddle, -1.2960702671671092, -0.6050843880386585),
            CriticalPoint::new(PointKind::Saddle, 1.2960702671671092, 0.6050843880386585),
            CriticalPoint::new(PointKind::Maximum, -1.2302298765166526, -0.16233458445899496),
            CriticalPoint::new(PointKind::Maximum, 1.2302298765166526, 0.16233458445899496),
        ]
    },
    functions: SurfaceFunctions::of::<SixHumpCamel>(),
    ..Surface::PLAIN
};

struct SixHumpCamel;

impl LossFunction for SixHumpCamel {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        let (x2, y2) = (x.square(), y.square());
        ((x2 / 3.0 - 2.1) * x2 + 4.0) * x2 + x * y + (y2 * 4.0 - 4.0) * y2
    }
}
