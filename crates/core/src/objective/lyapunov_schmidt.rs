//! f along the floor of a valley, or the top of a ridge: what is left of it where it curves across alone.
//!
//! Where the Hessian has one eigenvalue that is zero, or nearly so, f is lowest (or highest) across along a curve, and what a
//! critical point is, is decided by f on that curve: a function of one variable, whose slope changes its sign at a
//! minimum or maximum and does not at a point of inflection. (Lyapunov-Schmidt reduction; Golubitsky and Schaeffer,
//! *Singularities and Groups in Bifurcation Theory* I (1985), chapter VII.)
//!
//! What rounding leaves of the slope across is far larger than the slope along that is to be seen. So the latter is
//! taken without what the former makes of it: with f_s for the slope along and f_n for the one across, the slope on the
//! floor is f_s - f_n·f_sn/f_nn, up to the square of f_n.

use super::critical_point::PointKind;
use super::derivatives::{CurvatureAt, ValueGradientHessian};
use crate::math::golden_section::least_between;
use crate::math::spectrum::Spectrum;
use nalgebra::Vector2;

/// The distances at which the slope is looked at grow by this factor.
const GROWTH: f64 = 2.0;
/// How far it is looked, in parts of the scale of the point.
const FARTHEST: f64 = 0.25;
/// How far from the floor the point may lie, in the same parts.
const NEAR: f64 = 1e-3;
/// From where on, in the same parts.
const FIRST: f64 = 1e-7;

/// f around a point, reduced to the floor through it.
pub(super) struct LyapunovSchmidt<'a> {
    f: &'a CurvatureAt<'a>,
    at: Vector2<f64>,
    /// Of unit length, along the floor at the point, and across it.
    along: Vector2<f64>,
    across: Vector2<f64>,
    /// 1 where f is lowest on the floor, -1 where it is highest.
    bend: i8,
}

/// A critical point on a floor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FloorPoint {
    /// Where.
    pub at: Vector2<f64>,
    /// By how much it may be off, for rounding hides the slope nearer by.
    pub apart: f64,
    /// The kind of it.
    pub kind: PointKind,
    /// How often the gradient turns around it.
    pub index: i32,
}

/// The slope on a floor.
#[derive(Clone, Copy, Debug)]
struct FloorSlope {
    at: Vector2<f64>,
    slope: f64,
    rounding: f64,
}

impl FloorSlope {
    /// The sign of the slope; 0 where it is no more than what rounding makes of a zero.
    fn sign(&self) -> i8 {
        if self.slope.abs() <= 4.0 * self.rounding || self.slope.is_nan() {
            0
        } else if self.slope > 0.0 {
            1
        } else {
            -1
        }
    }
}

/// The slope along a direction without what the slope across makes of it, and how large the numbers are of which it is the
/// sum.
fn reduced_slope(here: &ValueGradientHessian, along: Vector2<f64>, across: Vector2<f64>) -> (f64, f64) {
    let bent = here.hessian * across;
    let (steep, bend) = (here.gradient.dot(&across), across.dot(&bent));
    let back = if steep == 0.0 || bend == 0.0 { 0.0 } else { steep * along.dot(&bent) / bend };
    let parts = here.gradient.component_mul(&along);
    (parts.x + parts.y - back, parts.x.abs() + parts.y.abs() + back.abs())
}

/// The slope on a floor at a point of it, and what rounding may make of it: how it changes within a few units in the last
/// place of the coordinates.
pub(super) fn slope_on_floor(
    f: &CurvatureAt<'_>,
    p: Vector2<f64>,
    here: &ValueGradientHessian,
    along: Vector2<f64>,
    across: Vector2<f64>,
) -> (f64, f64) {
    const NEIGHBOURS: [[f64; 2]; 6] =
        [[3.0, 2.0], [-2.0, 3.0], [-3.0, -2.0], [2.0, -3.0], [1.0, -4.0], [-4.0, 1.0]];
    let (slope, size) = reduced_slope(here, along, across);
    let mut rounding = 4.0 * f64::EPSILON * size;
    for offset in NEIGHBOURS {
        let there = f(p + Vector2::from(offset).component_mul(&p) * f64::EPSILON);
        let (beside, size) = reduced_slope(&there, along, across);
        rounding = rounding.max((beside - slope).abs()).max(4.0 * f64::EPSILON * size);
    }
    (slope, rounding)
}

impl<'a> LyapunovSchmidt<'a> {
    /// Around `p`, where derivatives are as they are `here`: where f curves much more along one direction than along the
    /// other, or where it curves along none at all and does so beside it.
    pub fn around(f: &'a CurvatureAt<'a>, p: Vector2<f64>, here: &ValueGradientHessian) -> Option<Self> {
        const PART: f64 = 1e-7;
        const ASIDE: [[f64; 2]; 4] = [[0.01, 0.0], [0.0, 0.01], [0.007, 0.007], [0.007, -0.007]];
        if !here.smoothness.has_hessian() {
            return None;
        }
        let scale = p.amax().max(1.0);
        let directions = |here: &ValueGradientHessian, part: f64| {
            let Spectrum { values: [low, high], vectors: [first, second] } = Spectrum::of(&here.hessian);
            let is_level = |level: f64, other: f64| level.abs() <= part * other.abs() && other != 0.0;
            if is_level(low, high) {
                Some((first, second, high))
            } else {
                is_level(high, low).then_some((second, first, low))
            }
        };
        if let Some((along, across, bend)) = directions(here, PART) {
            let bend = if bend > 0.0 { 1 } else { -1 };
            let beside = Self { f, at: p, along, across, bend };
            // The point may lie beside the floor.
            let at = beside.place(0.0, NEAR * scale).map_or(p, |(at, _)| at);
            return Some(Self { at, ..beside });
        }
        // Where rounding alone makes the second derivatives there are.
        let around = ASIDE.map(|aside| f(p + Vector2::from(aside) * scale));
        let most = around.iter().map(|there| there.hessian.amax()).fold(0.0, f64::max);
        if here.hessian.amax() > 1e-3 * most {
            return None;
        }
        let (along, across, _) = around
            .iter()
            .filter(|there| there.hessian.amax() > 0.1 * most)
            .find_map(|there| directions(there, 1e-3))?;
        let sides = [0.01, 0.001].map(|part| {
            [1.0, -1.0].map(|side| f(p + across * (side * part * scale)).gradient.dot(&across) * side > 0.0)
        });
        let bend = match sides {
            [[true, true], [true, true]] => 1,
            [[false, false], [false, false]] => -1,
            _ => return None,
        };
        Some(Self { f, at: p, along, across, bend })
    }

    /// The place of the floor so far along it, with the derivatives there; none where that leads farther across than `reach`.
    fn place(&self, along: f64, reach: f64) -> Option<(Vector2<f64>, ValueGradientHessian)> {
        const STEPS: u32 = 200;
        let start = self.at + self.along * along;
        let (mut at, mut last) = (start, f64::INFINITY);
        let mut here = (self.f)(at);
        for _ in 0..STEPS {
            if !here.smoothness.has_hessian() {
                return None;
            }
            let steep = here.gradient.dot(&self.across);
            if steep == 0.0 {
                break;
            }
            let step = steep / self.across.dot(&(here.hessian * self.across));
            let next = at - self.across * step;
            if !step.is_finite() || (next - start).norm() > reach {
                return None;
            }
            if next == at || step.abs() > 0.95 * last && step.abs() <= 1e-9 * reach {
                break;
            }
            (at, last) = (next, step.abs());
            here = (self.f)(at);
        }
        Some((at, here))
    }

    /// The slope on the floor so far along it; none where the floor does not go on to there.
    fn slope(&self, along: f64) -> Option<FloorSlope> {
        const BESIDE: f64 = 1e-5;
        // Where the floor turns away, or ends, what lies across is none of it.
        let reach = 0.25 * along.abs().max(FIRST * self.at.amax().max(1.0));
        let (at, here) = self.place(along, reach)?;
        let (slope, rounding) = slope_on_floor(self.f, at, &here, self.along, self.across);
        // What is rounded alike at all neighbours is not so farther off, where what is smooth changes evenly.
        let beside = [BESIDE, -BESIDE].map(|part| {
            let place = self.place(along * (1.0 + part), reach);
            place.map_or(slope, |(_, there)| reduced_slope(&there, self.along, self.across).0)
        });
        let uneven = (beside[0] - slope) + (beside[1] - slope);
        Some(FloorSlope { at, slope, rounding: rounding.max(uneven.abs()) })
    }

    fn sign(&self, along: f64) -> Option<i8> {
        Some(self.slope(along)?.sign())
    }

    /// The critical point of f on the floor that is nearest to the point, which may be off by `apart`, and not farther than
    /// `reach`: where two distances tell alike which signs the slope has on both sides. None where there is none, and
    /// where rounding hides the slope all around, as on a whole line of critical points.
    pub fn point(&self, apart: f64, reach: f64) -> Option<FloorPoint> {
        let scale = self.at.amax().max(1.0);
        let mut distance = (FIRST * scale).max(4.0 * apart);
        let mut last = None;
        let middle = self.slope(0.0).map_or(f64::NAN, |slope| slope.slope.abs());
        while distance <= (FARTHEST * scale).min(reach) {
            let sides = [-distance, distance].map(|along| self.slope(along));
            let signs = sides.map(|side| side.map_or(0, |slope| slope.sign()));
            if signs.contains(&0) {
                last = None;
            } else if last == Some(signs) {
                let least = sides.iter().flatten().map(|side| side.slope.abs()).fold(f64::INFINITY, f64::min);
                let found = if signs[0] != signs[1] {
                    self.crossing(distance, signs[0])
                } else if middle <= 0.5 * least {
                    self.touch(distance, signs[0])
                } else {
                    None
                };
                if let Some([from, to]) = found {
                    let at = self.slope(f64::midpoint(from, to))?.at;
                    let (kind, index) = match (self.bend > 0, signs) {
                        (true, [-1, 1]) => (PointKind::Minimum, 1),
                        (false, [1, -1]) => (PointKind::Maximum, 1),
                        (_, [-1, 1] | [1, -1]) => (PointKind::Saddle, -1),
                        _ => (PointKind::Inconclusive, 0),
                    };
                    return Some(FloorPoint { at, apart: (to - from) / 2.0, kind, index });
                }
            } else {
                last = Some(signs);
            }
            distance *= GROWTH;
        }
        None
    }

    /// Between which places of the floor the slope changes its sign, which it has at `-distance`, as nearly as rounding lets
    /// it be known; none where the floor is interrupted.
    fn crossing(&self, distance: f64, first: i8) -> Option<[f64; 2]> {
        let (mut from, mut to) = (-distance, distance);
        while let Some(middle) = between(from, to) {
            match self.sign(middle)? {
                0 => return Some([self.edge(from, middle, first)?, self.edge(to, middle, -first)?]),
                sign if sign == first => from = middle,
                _ => to = middle,
            }
        }
        Some([from, to])
    }

    /// Between which places of the floor the slope is zero, where it has one sign on both sides; none where it only comes
    /// near to zero.
    fn touch(&self, distance: f64, sign: i8) -> Option<[f64; 2]> {
        const DIVISIONS: u32 = 120;
        let size = |along: f64| self.slope(along).map_or(f64::NAN, |slope| slope.slope.abs());
        let (from, to) = least_between((-distance, distance), DIVISIONS, size);
        let least = f64::midpoint(from, to);
        // Beside zero numbers are finer than the place is known.
        let beside =
            [-1e-12, 1e-12].map(|part| size(least + part * distance)).into_iter().fold(0.0, f64::max);
        let is_zero = self.sign(least)? == 0 || size(least) <= 0.1 * beside;
        if least.abs() > 0.9 * distance || !is_zero {
            return None;
        }
        Some([self.edge(-distance, least, sign)?, self.edge(distance, least, sign)?])
    }

    /// The place up to which, from the first of two, the slope has a sign that it does not have at the second: to a thousandth of
    /// how far it is from there. None where the floor is interrupted.
    fn edge(&self, mut from: f64, inside: f64, sign: i8) -> Option<f64> {
        let mut to = inside;
        while let Some(middle) =
            between(from, to).filter(|_| (to - from).abs() > 1e-3 * (from - inside).abs())
        {
            if self.sign(middle)? == sign {
                from = middle;
            } else {
                to = middle;
            }
        }
        Some(from)
    }
}

/// The place halfway between two; none where they are as near to each other as need be.
fn between(from: f64, to: f64) -> Option<f64> {
    const NEAREST: f64 = 1e-18;
    let middle = f64::midpoint(from, to);
    ((to - from).abs() > NEAREST && middle != from && middle != to).then_some(middle)
}
