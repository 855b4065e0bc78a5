//! The monkey saddle: room for two legs and a tail.

use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// x³ - 3 x y²: the Hessian vanishes at the critical point.
pub static MONKEY_SADDLE: Surface = Surface {
    name: "MonkeySaddle",
    title: "monkey saddle",
    summary: "Three valleys meet three ridges where the Hessian is zero: the second derivative test is silent.",
    formula: "x³ - 3·x·y²",
    source: "Hilbert and Cohn-Vossen, Geometry and the Imagination (1952), section 29",
    view: View::square(2.0),
    start: [1.6, 0.02],
    critical: |_| vec![CriticalPoint::new(PointKind::Inconclusive, 0.0, 0.0)],
    functions: SurfaceFunctions::of::<MonkeySaddle>(),
    ..Surface::PLAIN
};

struct MonkeySaddle;

impl LossFunction for MonkeySaddle {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        x * (x.square() - y.square() * 3.0)
    }
}
