//! Easom's function: a narrow hole in a plain.

use super::symmetry::octants;
use crate::math::number::Number;
use crate::objective::critical_point::PointKind;
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use std::f64::consts::{FRAC_PI_2, PI};

/// -cos x cos y exp(-((x - π)² + (y - π)²)): flat almost everywhere.
pub static EASOM: Surface = Surface {
    name: "Easom",
    summary: "A narrow hole in a plain: outside it the gradient is all but zero and says nothing.",
    formula: "-cos(x)·cos(y)·exp(-((x - π)² + (y - π)²))",
    source: "Jamil and Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013), 150-194",
    view: View { x: (0.0, 6.3), y: (0.0, 6.3) },
    start: [1.9, 2.5],
    critical: |_| {
        // With u = x - π: tan u = -2u or cos u = 0, and the same for y; these are all in the view.
        let points = [
            (PointKind::Minimum, 0.0, 0.0),
            (PointKind::Minimum, SIDE, SIDE),
            (PointKind::Saddle, FRAC_PI_2, FRAC_PI_2),
            (PointKind::Maximum, SIDE, 0.0),
        ];
        octants([PI, PI], &points).collect()
    },
    functions: SurfaceFunctions::of::<Easom>(),
    ..Surface::PLAIN
};

/// The smallest positive root of tan u = -2u.
const SIDE: f64 = 1.8365972031521258;

struct Easom;

impl LossFunction for Easom {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        let bell = -((x - PI).square() + (y - PI).square());
        -(x.cos() * y.cos() * bell.exp())
    }
}
