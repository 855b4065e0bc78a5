//! Where f has a cusp along a curve: its slopes across grow without bound, and no Taylor series tells what it is like
//! on the curve itself. A curve shows where it crosses the sides of the cells; how high f is on it is what the slopes
//! close beside it leave, as those of a power do.

use crate::math::golden_section::SECTION;
use crate::objective::derivatives::CurvatureAt;
use nalgebra::Vector2;
use std::collections::BTreeMap;

/// A side of a cell: from a node to the next one in its row, or to the one above.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CellSide {
    pub node: usize,
    pub is_upright: bool,
}

/// Where a cusp crosses a side of a cell.
#[derive(Clone, Copy, Debug)]
pub(super) struct CuspCrossing {
    pub at: Vector2<f64>,
    /// How high f is there.
    pub value: f64,
    /// How high it rises, or falls, from there to the ends of the side.
    pub rise: f64,
    /// Whether f is higher on both sides; else it is lower.
    pub is_valley: bool,
}

/// The crossings, by the sides of the cells.
#[derive(Clone, Debug, Default)]
pub(super) struct CuspMap(BTreeMap<CellSide, CuspCrossing>);

impl CuspMap {
    pub fn add(&mut self, side: CellSide, crossing: CuspCrossing) {
        self.0.insert(side, crossing);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn get(&self, place: usize) -> Option<(CellSide, CuspCrossing)> {
        self.0.iter().nth(place).map(|(side, crossing)| (*side, *crossing))
    }

    pub fn at(&self, side: CellSide) -> Option<CuspCrossing> {
        self.0.get(&side).copied()
    }

    /// The other crossings of the same sort in each of the two cells that share a side, where a row of the lattice has so
    /// many nodes.
    pub fn beside(&self, side: CellSide, row: usize) -> [Vec<(CellSide, CuspCrossing)>; 2] {
        let CellSide { node, is_upright } = side;
        let cells = [Some(node), node.checked_sub(if is_upright { 1 } else { row })];
        let is_valley = self.at(side).map(|crossing| crossing.is_valley);
        cells.map(|cell| {
            let sides = cell.map(|cell| {
                [(cell, false), (cell, true), (cell + row, false), (cell + 1, true)]
                    .map(|(node, is_upright)| CellSide { node, is_upright })
            });
            let found = sides.into_iter().flatten().filter(|other| *other != side);
            let found = found.filter_map(|other| Some((other, self.at(other)?)));
            found.filter(|(_, crossing)| Some(crossing.is_valley) == is_valley).collect()
        })
    }
}

/// The slope of f at a point along a way.
fn slope(f: &CurvatureAt<'_>, at: Vector2<f64>, way: Vector2<f64>) -> f64 {
    f(at).gradient.dot(&way)
}

/// The place on a way from a point, from 0 to 1, at which its slope changes the sign that it has at the ends, to the
/// last digit; with `halvings` to spare. None where the slope vanishes there, or the signs are the same.
fn turning_place(f: &CurvatureAt<'_>, from: Vector2<f64>, way: Vector2<f64>, halvings: u32) -> Option<f64> {
    let [mut low, mut high] = [0.0, 1.0].map(|part| (part, slope(f, from + way * part, way)));
    let changes = low.1 * high.1 < 0.0;
    if !changes {
        return None;
    }
    for _ in 0..halvings {
        let part = f64::midpoint(low.0, high.0);
        if part == low.0 || part == high.0 {
            break;
        }
        let middle = (part, slope(f, from + way * part, way));
        // On the cusp itself there is no slope, or the mean of both sides.
        if middle.1 == 0.0 || !middle.1.is_finite() {
            return Some(part);
        }
        if (middle.1 > 0.0) == (low.1 > 0.0) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(f64::midpoint(low.0, high.0))
}

/// Whether slopes grow towards a place on one of its sides, from each of these parts of the way to the next.
fn grows<const N: usize>(
    f: &CurvatureAt<'_>,
    at: Vector2<f64>,
    way: Vector2<f64>,
    parts: [f64; N],
    least: f64,
) -> bool {
    [1.0, -1.0].into_iter().any(|sign| {
        let slopes = parts.map(|part| slope(f, at + way * (sign * part), way).abs());
        slopes.windows(2).all(|pair| pair[1] >= least * pair[0])
    })
}

/// Where a cusp crosses the way between two nodes, if one does.
pub(super) fn crossing(f: &CurvatureAt<'_>, from: Vector2<f64>, to: Vector2<f64>) -> Option<CuspCrossing> {
    let way = to - from;
    // First not too closely: most of what changes its sign is smooth.
    let near = from + way * turning_place(f, from, way, 12)?;
    if !grows(f, near, way, [0.06, 0.004], 1.15) {
        return None;
    }
    let at = from + way * turning_place(f, from, way, 60)?;
    // A power less than 0.95, from a sixtieth of the way to a ten millionth.
    if !grows(f, at, way, [1.0 / 64.0, 1.0 / 65536.0, 1e-8], 1.4) {
        return None;
    }
    let value = height(f, at, way)?;
    let ends = [from, to].map(|end| f(end).value - value);
    let rise = ends[0].abs().max(ends[1].abs());
    let is_valley = slope(f, from, way) < 0.0;
    Some(CuspCrossing { at, value, rise, is_valley })
}

/// How high f is on a cusp at a point that is known up to rounding, from what it is close beside it: A|t|^p + c, from its
/// value, slope and bend, as the mean of both sides, for what is linear in t changes the sign.
pub(super) fn height(f: &CurvatureAt<'_>, at: Vector2<f64>, way: Vector2<f64>) -> Option<f64> {
    const APART: f64 = 1e-6;
    let sides = [1.0, -1.0].map(|sign| {
        let way = way * sign;
        let here = f(at + way * APART);
        let [slope, bend] = [here.gradient.dot(&way), way.dot(&(here.hessian * way))];
        let power = 1.0 + APART * bend / slope;
        here.value - APART * slope / power
    });
    let value = f64::midpoint(sides[0], sides[1]);
    value.is_finite().then_some(value)
}

/// The point of a cusp of that sort that is reached from `q` along `across`, one way or the other.
fn on_cusp(
    f: &CurvatureAt<'_>,
    q: Vector2<f64>,
    across: Vector2<f64>,
    is_valley: bool,
) -> Option<Vector2<f64>> {
    // As near as it may be: another one may be farther off.
    [0.02, 0.1, 0.4, 1.0].into_iter().find_map(|part| {
        let way = across * (2.0 * part);
        let from = q - across * part;
        if (slope(f, from, way) < 0.0) != is_valley {
            return None;
        }
        Some(from + way * turning_place(f, from, way, 60)?)
    })
}

/// The point of a cusp at which f is lowest along it (highest, if `sign` is -1), between two crossings.
pub(super) fn extreme_on_cusp(
    f: &CurvatureAt<'_>,
    [a, b]: [CuspCrossing; 2],
    sign: f64,
) -> Option<Vector2<f64>> {
    const DIVISIONS: u32 = 44;
    let chord = b.at - a.at;
    let across = Vector2::new(-chord.y, chord.x) * 0.5;
    let place = |part: f64| {
        let at = on_cusp(f, a.at + chord * part, across, a.is_valley)?;
        Some((part, at, sign * height(f, at, across)?))
    };
    let (mut from, mut to) = (0.0, 1.0);
    let mut low = place(from + SECTION * (to - from))?;
    let mut high = place(to - SECTION * (to - from))?;
    for _ in 0..DIVISIONS {
        if low.2 <= high.2 {
            (to, high) = (high.0, low);
            low = place(from + SECTION * (to - from))?;
        } else {
            (from, low) = (low.0, high);
            high = place(to - SECTION * (to - from))?;
        }
    }
    let best = if low.2 <= high.2 { low } else { high };
    // Where it is at an end, f goes on falling.
    if !(best.0 > 1e-6 && best.0 < 1.0 - 1e-6) {
        return None;
    }
    let at_kink = kink_along(|part| Some(place(part)?.2), best.0).and_then(place);
    Some(at_kink.map_or(best.1, |(_, at, _)| at))
}

/// Where the heights along a cusp have a kink near a place, at which they are lowest: where what they are on one side, as a
/// polynomial of second degree, meets what they are on the other. None where the slope does not jump.
fn kink_along(height: impl Fn(f64) -> Option<f64>, near: f64) -> Option<f64> {
    /// So far apart that the cusp is not closer than where its own slopes are read.
    const STEP: f64 = 1e-4;
    // Value and slope at the place, from three heights on one side.
    let from_side = |step: f64| {
        let [first, second, third] = [1.0, 2.0, 3.0].map(|count| height(near + count * step));
        let [first, second, third] = [first?, second?, third?];
        let value = 3.0 * first - 3.0 * second + third;
        let slope = (-2.5 * first + 4.0 * second - 1.5 * third) / step;
        Some((value, slope))
    };
    let [left, right] = [from_side(-STEP)?, from_side(STEP)?];
    // On smooth ground the slope changes little there, and as much on the way to places farther off.
    let beside = [-30.0 * STEP, 30.0 * STEP].map(|step| height(near + step));
    let mean = (beside[0]? + beside[1]? - left.0 - right.0) / (60.0 * STEP);
    let is_kink = left.1 < 0.0 && right.1 > 0.0 && right.1 - left.1 > mean;
    let shift = (left.0 - right.0) / (right.1 - left.1);
    (is_kink && shift.abs() < STEP).then_some(near + shift)
}
