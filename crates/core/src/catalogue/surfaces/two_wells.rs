//! A deep and a shallow well side by side.

use super::stationary::settle;
use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number(
        "barrier",
        "B",
        1.0,
        Range::POSITIVE,
        (0.1, 10.0),
        "the height of the wall between the wells when there is no tilt",
    )
    .log(),
    Param::number(
        "tilt",
        "τ",
        0.3,
        Range::ANY,
        (-2.0, 2.0),
        "half the difference in depth, about; past 1.54 times the barrier only one well is left",
    ),
    Param::number(
        "steepness",
        "k",
        2.0,
        Range::POSITIVE,
        (0.1, 100.0),
        "the curvature across the line of the wells",
    )
    .log(),
];
const BARRIER: NumberKey = NumberKey::of(PARAMS, "barrier");
const TILT: NumberKey = NumberKey::of(PARAMS, "tilt");
const STEEPNESS: NumberKey = NumberKey::of(PARAMS, "steepness");

/// barrier (x² - 1)² + tilt x + steepness y²/2: a global beside a local minimum.
pub static TWO_WELLS: Surface = Surface {
    name: "TwoWells",
    title: "two wells",
    summary: "A deep and a shallow well with a barrier between: plain descent keeps to the well it starts in.",
    formula: "barrier·(x² - 1)² + tilt·x + steepness·y²/2",
    source: "the tilted double well (Strogatz, Nonlinear Dynamics and Chaos (1994), section 3.6) beside a bowl",
    params: PARAMS,
    view: View { x: (-2.0, 2.0), y: (-1.5, 1.5) },
    start: [1.8, 1.1],
    critical,
    functions: SurfaceFunctions::of::<TwoWells>(),
    ..Surface::PLAIN
};

/// The roots of 4 barrier (x³ - x) + tilt on the line y = 0.
fn critical(settings: &Constants) -> Vec<CriticalPoint> {
    let (barrier, tilt) = (settings[BARRIER], settings[TILT]);
    let near = |seed: f64, reach: f64| settle(|x| along(barrier, tilt, x), seed, reach);
    // The tilt moves the deep well outwards; the seed lies beyond it on either side, from where
    // Newton's method comes in without overshooting. It goes likewise from 0 to the barrier and
    // from ±1 to the shallow well, as long as there are any.
    let deep = if tilt < 0.0 { 1.0 } else { -1.0 };
    let beyond = libm::cbrt((tilt / barrier).abs() / 4.0);
    let wells = [near(deep * (1.0 + beyond), 1.0 + beyond), near(-deep, 0.5)];
    let wells = wells.into_iter().flatten().filter(|(_, kind)| *kind == PointKind::Minimum);
    let tops = near(0.0, 0.6).into_iter().filter(|(_, kind)| *kind == PointKind::Maximum);
    let minima = wells.map(|(x, _)| CriticalPoint::new(PointKind::Minimum, x, 0.0));
    // A maximum along x, but a minimum along y.
    minima.chain(tops.map(|(x, _)| CriticalPoint::new(PointKind::Saddle, x, 0.0))).collect()
}

/// The part that depends on x.
#[inline(always)]
fn along<T: Number>(barrier: f64, tilt: f64, x: T) -> T {
    (x.square() - 1.0).square() * barrier + x * tilt
}

struct TwoWells;

impl LossFunction for TwoWells {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
        let (barrier, tilt, steepness) = (constants[BARRIER], constants[TILT], constants[STEEPNESS]);
        along(barrier, tilt, x) + y.square() * (steepness / 2.0)
    }
}
