//! Himmelblau's function: four equally deep minima.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// (x² + y - 11)² + (x + y² - 7)²: four minima, four saddles and a maximum between them.
pub static HIMMELBLAU: Surface = Surface {
    name: "Himmelblau",
    summary: "Four minima of the same depth: which of them a method finds depends on the start alone.",
    formula: "(x² + y - 11)² + (x + y² - 7)²",
    source: "Himmelblau, Applied Nonlinear Programming (1972)",
    view: View::square(6.0),
    start: [-0.5, -1.5],
    critical: |_| {
        vec![
            CriticalPoint::new(PointKind::Minimum, -3.779310253377747, -3.2831859912861696),
            CriticalPoint::new(PointKind::Minimum, -2.805118086952745, 3.131312518250573),
            CriticalPoint::new(PointKind::Minimum, 3.0, 2.0),
            CriticalPoint::new(PointKind::Minimum, 3.5844283403304917, -1.8481265269644036),
            CriticalPoint::new(PointKind::Saddle, 3.385154183607021, 0.07385187983774928),
            CriticalPoint::new(PointKind::Saddle, 0.08667750455539636, 2.884254701174776),
            CriticalPoint::new(PointKind::Saddle, -3.0730257507643897, -0.08135304428796751),
            CriticalPoint::new(PointKind::Saddle, -0.12796134673068008, -1.9537149802445763),
            CriticalPoint::new(PointKind::Maximum, -0.2708445906673476, -0.9230385564799815),
        ]
    },
    functions: SurfaceFunctions::of::<Himmelblau>(),
    ..Surface::PLAIN
};

struct Himmelblau;

impl LossFunction for Himmelblau {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        (x.square() + y - 11.0).square() + (y.square() + x - 7.0).square()
    }
}
