//! Styblinski and Tang's function: four minima of different depth.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// (x⁴ - 16x² + 5x + y⁴ - 16y² + 5y)/2: a tilted double well in each variable.
pub static STYBLINSKI_TANG: Surface = Surface {
    name: "StyblinskiTang",
    title: "Styblinski–Tang",
    summary: "Four basins, one of them deepest: only momentum or noise crosses from a shallow one to a deeper.",
    formula: "(x⁴ - 16·x² + 5·x + y⁴ - 16·y² + 5·y)/2",
    source: "Styblinski and Tang, Neural Networks 3 (1990), 467-483",
    view: View::square(5.0),
    start: [4.5, 0.5],
    critical: |_| {
        // A sum of one function of x and the same of y: every pair of their critical points.
        let along = [(WELLS[0], 0), (TOP, 1), (WELLS[1], 0)];
        let kinds = [PointKind::Minimum, PointKind::Saddle, PointKind::Maximum];
        let pairs = along.iter().flat_map(|x| along.iter().map(move |y| (x, y)));
        pairs.map(|((x, up), (y, also_up))| CriticalPoint::new(kinds[up + also_up], *x, *y)).collect()
    },
    functions: SurfaceFunctions::of::<StyblinskiTang>(),
    ..Surface::PLAIN
};

/// Where 4t³ - 32t + 5 vanishes with a positive slope ...
const WELLS: [f64; 2] = [-2.903534027771177, 2.746802770990837];
/// ... and with a negative one.
const TOP: f64 = 0.1567312567803401;

struct StyblinskiTang;

impl LossFunction for StyblinskiTang {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        (along(x) + along(y)) * 0.5
    }
}

/// The part that depends on one variable, twice.
#[inline(always)]
fn along<T: Number>(t: T) -> T {
    let t2 = t.square();
    (t2 - 16.0) * t2 + t * 5.0
}
