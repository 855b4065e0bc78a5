//! Ackley's function: a cone in a field of dimples.

use super::symmetry::octants;
use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use std::f64::consts::{E, TAU};

/// 20 (1 - exp(-0.2 r/√2)) + e - exp((cos(2·π·x) + cos(2·π·y))/2) with r the distance to the origin.
///
/// The minimum is the tip of a cone: the gradient does not exist there; its mean over the sides is 0.
pub static ACKLEY: Surface = Surface {
    name: "Ackley",
    summary: "A funnel full of dimples with a cone's tip at the bottom: the slope does not fade near the minimum.",
    formula: "-20·exp(-0.2·√((x² + y²)/2)) - exp((cos(2·π·x) + cos(2·π·y))/2) + e + 20",
    source: "Ackley, A Connectionist Machine for Genetic Hillclimbing (1987)",
    view: View::square(5.0),
    start: [3.4, -2.6],
    critical: |_| {
        // Within 1.7 of the tip in each direction; the dimples beyond repeat the pattern.
        let tip = [CriticalPoint::new(PointKind::Minimum, 0.0, 0.0)];
        let ring = [
            (PointKind::Minimum, 0.9521665459501717, 0.0),
            (PointKind::Minimum, 0.9684776587077244, 0.9684776587077244),
            (PointKind::Saddle, 0.6257806168564638, 0.0),
            (PointKind::Saddle, 0.8747620388753442, 0.5774125352782147),
            (PointKind::Saddle, 1.6102960205537258, 0.0),
            (PointKind::Saddle, 1.5950289240728648, 0.9458984927015273),
            (PointKind::Maximum, 0.6730965201107377, 0.6730965201107377),
            (PointKind::Maximum, 1.6518481462014178, 1.6518481462014178),
        ];
        tip.into_iter().chain(octants([0.0, 0.0], &ring)).collect()
    },
    functions: SurfaceFunctions::of::<Ackley>(),
    ..Surface::PLAIN
};

struct Ackley;

impl LossFunction for Ackley {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, y: T) -> T {
        let distance = ((x.square() + y.square()) * 0.5).sqrt();
        let waves = ((x * TAU).cos() + (y * TAU).cos()) * 0.5;
        // e - exp(w) as e (1 - exp(w - 1)): exactly zero at the tip, where w is 1.
        let bump = |exponent: T| T::of(1.0) - exponent.exp();
        bump(distance * -0.2) * 20.0 + bump(waves - 1.0) * E
    }
}
