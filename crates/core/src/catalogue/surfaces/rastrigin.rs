//! Rastrigin's function: a bowl full of wells.

use super::stationary::{combined, settle};
use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::f64::consts::TAU;

/// What it can be told.
const PARAMS: &[Param] = &[Param::number(
    "a",
    "A",
    10.0,
    Range::NOT_NEGATIVE,
    (0.0, 20.0),
    "the height of the waves; without them a bowl is left",
)];
const A: NumberKey = NumberKey::of(PARAMS, "a");

/// 2a + x² + y² - a (cos 2πx + cos 2πy): a lattice of minima, with their number and depth set by a.
pub static RASTRIGIN: Surface = Surface {
    name: "Rastrigin",
    summary: "An egg box over a bowl: a descent ends in whichever of the many wells is next to its start.",
    formula: "2·a + x² + y² - a·(cos(2·π·x) + cos(2·π·y))",
    source: "Rastrigin, Systems of Extremal Control (1974); Mühlenbein et al., Parallel Computing 17 (1991), 619-632",
    params: PARAMS,
    view: View::square(5.12),
    start: [3.4, -2.6],
    critical,
    functions: SurfaceFunctions::of::<Rastrigin>(),
    ..Surface::PLAIN
};

/// The minima in the view, and the saddles and maxima around the nine innermost of them.
fn critical(settings: &Constants) -> Vec<CriticalPoint> {
    let a = settings[A];
    // Next to a whole number the derivative rises towards it from a minimum, next to a half it
    // falls away to a maximum (if the waves are high enough for either), and it is convex between:
    // from both, Newton's method closes in from one side.
    let near = |seed: f64| {
        settle(|t| along(a, t), seed, 0.5).into_iter().flat_map(|(t, kind)| [(t, kind), (-t, kind)])
    };
    let centre = [(0.0, PointKind::Minimum)];
    let wells = |count: u8| {
        (1..=count).flat_map(|k| near(f64::from(k))).filter(|(_, kind)| *kind == PointKind::Minimum)
    };
    let tops = [0.5, 1.5].into_iter().flat_map(near).filter(|(_, kind)| *kind == PointKind::Maximum);

    let all_wells: Vec<_> = centre.into_iter().chain(wells(5)).collect();
    let minima = all_wells.iter().flat_map(|x| all_wells.iter().map(move |y| (*x, *y)));
    let inner: Vec<_> = centre.into_iter().chain(wells(1)).chain(tops).collect();
    let others = inner.iter().flat_map(|x| inner.iter().map(move |y| (*x, *y)));
    minima
        .chain(others.filter(|((_, x), (_, y))| combined(*x, *y) != PointKind::Minimum))
        .map(|((x, along_x), (y, along_y))| CriticalPoint::new(combined(along_x, along_y), x, y))
        .collect()
}

/// The part that depends on one variable.
#[inline(always)]
fn along<T: Number>(a: f64, t: T) -> T {
    t.square() + (T::of(1.0) - (t * TAU).cos()) * a
}

struct Rastrigin;

impl LossFunction for Rastrigin {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
        let a = constants[A];
        along(a, x) + along(a, y)
    }
}
