//! Goldstein and Price's function: four minima on very different heights.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// A product of two polynomials, one of x + y and one of 2x - 3y: values from 3 to a million.
pub static GOLDSTEIN_PRICE: Surface = Surface {
    name: "GoldsteinPrice",
    title: "Goldstein–Price",
    summary: "Values from 3 to a million within one picture: a learning rate that is safe is useless almost everywhere.",
    formula: "(1 + (x + y + 1)²·(19 - 14·x + 3·x² - 14·y + 6·x·y + 3·y²))·(30 + (2·x - 3·y)²·(18 - 32·x + 12·x² + 48·y - 36·x·y + 27·y²))",
    source: "Goldstein and Price, Mathematics of Computation 25 (1971), 569-574",
    view: View::square(2.0),
    start: [-1.2, 0.6],
    critical: |_| {
        vec![
            CriticalPoint::new(PointKind::Minimum, 0.0, -1.0),
            CriticalPoint::new(PointKind::Minimum, -0.6, -0.4),
            CriticalPoint::new(PointKind::Saddle, -0.4, -0.6),
            CriticalPoint::new(PointKind::Minimum, 1.8, 0.2),
            CriticalPoint::new(PointKind::Saddle, 1.2, -0.2),
            CriticalPoint::new(PointKind::Minimum, 1.2, 0.8),
            CriticalPoint::new(PointKind::Saddle, 1.4, 0.6),
            CriticalPoint::new(PointKind::Saddle, 0.6, 0.4),
            CriticalPoint::new(PointKind::Maximum, 0.8, 0.2),
        ]
    },
    functions: SurfaceFunctions::of::<GoldsteinPrice>(),
    ..Surface::PLAIN
};

struct GoldsteinPrice;

impl LossFunction for GoldsteinPrice {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        // The two quadratics are polynomials of the sum and of the difference that stand before them.
        let (s, d) = (x + y, x * 2.0 - y * 3.0);
        let first = (s + 1.0).square() * ((s * 3.0 - 14.0) * s + 19.0) + 1.0;
        let second = d.square() * ((d * 3.0 - 16.0) * d + 18.0) + 30.0;
        first * second
    }
}
