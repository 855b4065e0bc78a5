//! McCormick's function: a wave along a sloping valley.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// sin(x + y) + (x - y)² - 1.5x + 2.5y + 1: the valley x - y = 1 with a wave along it.
pub static MCCORMICK: Surface = Surface {
    name: "McCormick",
    summary: "A valley whose floor waves as it falls: a minimum, a saddle and another minimum on one line.",
    formula: "sin(x + y) + (x - y)² - 1.5·x + 2.5·y + 1",
    source: "McCormick, Mathematical Programming 10 (1976), 147-175; Jamil and Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013), 150-194",
    view: View { x: (-1.5, 4.0), y: (-3.0, 4.0) },
    start: [1.0, 3.0],
    critical: |_| {
        // On the line x - y = 1, where cos(x + y) = -1/2; there are more outside the view.
        vec![
            CriticalPoint::new(PointKind::Minimum, -0.5471975511965977, -1.5471975511965979),
            CriticalPoint::new(PointKind::Minimum, 2.5943951023931957, 1.5943951023931955),
            CriticalPoint::new(PointKind::Saddle, 1.5471975511965979, 0.5471975511965977),
        ]
    },
    functions: SurfaceFunctions::of::<McCormick>(),
    ..Surface::PLAIN
};

struct McCormick;

impl LossFunction for McCormick {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        (x + y).sin() + (x - y).square() - x * 1.5 + y * 2.5 + 1.0
    }
}
