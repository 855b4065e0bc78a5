//! Curves of critical points: the floor of a valley, the top of a ridge, smooth or at a kink, followed from one of
//! their points to both ends.

use super::kink::{SMALLEST, pieces};
use crate::math::spectrum::Spectrum;
use crate::objective::critical_point::PointKind;
use crate::objective::derivatives::CurvatureAt;
use crate::objective::lyapunov_schmidt::{FloorPoint, LyapunovSchmidt, slope_on_floor};
use crate::objective::point_nature::kind_by_rings;
use crate::objective::view::View;
use nalgebra::Vector2;

/// A curve all of whose points are critical.
#[derive(Clone, Debug, PartialEq)]
pub struct StationaryCurve {
    /// Points on it, in order, at most half a cell of the search apart.
    pub points: Vec<Vector2<f64>>,
    /// Whether it comes back to where it began.
    pub is_closed: bool,
    /// Minimum where f rises on both sides, maximum where it falls on both; else inconclusive.
    pub kind: PointKind,
    /// Whether f has no gradient along it.
    pub is_kink: bool,
}

impl StationaryCurve {
    /// The one point that it is, with its kind and index: where it is short and the gradient turns around it, for beside a sixth
    /// power rounding makes zeros of the slopes near the point.
    pub(super) fn as_point(&self, f: &CurvatureAt<'_>, cell: Vector2<f64>) -> Option<FloorPoint> {
        const SHORT: f64 = 0.1;
        let (first, last) = (*self.points.first()?, *self.points.last()?);
        if self.is_kink || self.is_closed || (last - first).component_div(&cell).norm() > SHORT {
            return None;
        }
        // Where f is exactly level, it is a line all the same.
        if [first, last].iter().all(|end| f(*end).gradient == Vector2::zeros()) {
            return None;
        }
        let middle = first + (last - first) / 2.0;
        let (here, apart) = (f(middle), (last - first).norm() / 16.0);
        let on_floor = LyapunovSchmidt::around(f, middle, &here);
        if let Some(point) = on_floor.and_then(|floor| floor.point(apart, 16.0 * cell.amax())) {
            return Some(point);
        }
        let (kind, index) = kind_by_rings(f, middle, &here, apart)?;
        (index != 0).then_some(FloorPoint { at: middle, apart, kind, index })
    }
}

/// What a curve of critical points is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Floor {
    /// A place where the gradient vanishes.
    Smooth,
    /// A place where two pieces meet whose gradients oppose each other.
    Kink,
}

/// In which parts of a cell it is looked whether a point is one of a curve: it may be shorter than a cell, or the point near
/// to its end.
pub(super) const PARTS: [f64; 3] = [1.0, 1.0 / 32.0, 1.0 / 1024.0];

/// Below this, a slope that is not zero is one that fades out, as exp(-x²) does, not one that vanishes.
pub(super) const FADED: f64 = 1e-200;

/// The critical point that is reached from `q` across the curve, within `reach` cells, and the direction in which
/// the curve goes on there, which is more along than against `toward`.
pub(super) fn on_floor(
    f: &CurvatureAt<'_>,
    floor: Floor,
    q: Vector2<f64>,
    toward: Vector2<f64>,
    reach: f64,
    cell: Vector2<f64>,
) -> Option<(Vector2<f64>, Vector2<f64>)> {
    let (at, tangent) = match floor {
        Floor::Smooth => across_smooth(f, q, reach, cell)?,
        Floor::Kink => across_kink(f, q, reach, cell)?,
    };
    let tangent = tangent.unwrap_or(toward);
    let tangent = if tangent.dot(&toward) < 0.0 { -tangent } else { tangent };
    Some((at, tangent / tangent.component_div(&cell).amax()))
}

/// A point, and the direction of a curve of critical points there, if it is known.
type Crossing = (Vector2<f64>, Option<Vector2<f64>>);

/// The zero of the gradient that is reached from `q` in the direction of the greatest curvature alone.
pub(super) fn across_smooth(
    f: &CurvatureAt<'_>,
    q: Vector2<f64>,
    reach: f64,
    cell: Vector2<f64>,
) -> Option<Crossing> {
    // As many as it takes to exhaust the digits where the curvature across vanishes, too.
    const STEPS: u32 = 2000;
    let size = |step: Vector2<f64>| step.component_div(&cell).amax();
    let (mut at, mut tangent, mut last) = (q, None, f64::INFINITY);
    let (mut here, mut is_there) = (f(at), false);
    for _ in 0..STEPS {
        if !here.smoothness.has_hessian() {
            return None;
        }
        let Spectrum { values: [low, high], vectors } = Spectrum::of(&here.hessian);
        let index = usize::from(low.abs() <= high.abs());
        if low != 0.0 || high != 0.0 {
            tangent = Some(vectors[1 - index]);
        }
        if here.gradient == Vector2::zeros() {
            is_there = true;
            break;
        }
        let step = vectors[index] * (vectors[index].dot(&here.gradient) / [low, high][index]);
        let length = size(step);
        if !length.is_finite() || size(at - step - q) > reach {
            return None;
        }
        if at - step == at || length < 1e-11 && length > 0.9 * last {
            is_there = true;
            break;
        }
        (at, last) = (at - step, length);
        here = f(at);
    }
    // Across, it has come as near as it can. Along, there must be nothing left.
    let is_level = match tangent {
        Some(tangent) => {
            let across = Vector2::new(-tangent.y, tangent.x);
            let (slope, rounding) = slope_on_floor(f, at, &here, tangent, across);
            slope == 0.0 || slope.abs() > FADED && slope.abs() <= 4.0 * rounding
        }
        None => here.gradient == Vector2::zeros(),
    };
    (is_there && is_level).then_some((at, tangent))
}

/// The place where two pieces meet whose slopes oppose each other, reached from `q` in the direction of their
/// difference alone.
fn across_kink(f: &CurvatureAt<'_>, q: Vector2<f64>, reach: f64, cell: Vector2<f64>) -> Option<Crossing> {
    const STEPS: u32 = 40;
    /// The slope along the curve, in parts of that across, that the Taylor series may leave.
    const LEVEL: f64 = 1e-9;
    let size = |step: Vector2<f64>| step.component_div(&cell).amax();
    let (mut at, mut radius) = (q, reach);
    // At a cusp the slopes across grow without bound; beside them every slope along would be none.
    let mut least = f64::INFINITY;
    for _ in 0..STEPS {
        let pieces = pieces(f, at, radius, cell);
        let pairs = pieces.iter().enumerate().flat_map(|(i, a)| pieces[i + 1..].iter().map(move |b| (a, b)));
        let opposed = pairs.filter(|(a, b)| a.gradient.dot(&b.gradient) < 0.0);
        let steps = opposed.map(|(a, b)| {
            let normal = a.gradient - b.gradient;
            (normal * ((b.value - a.value) / normal.norm_squared()), a.gradient, normal)
        });
        let (step, slope, normal) = steps.min_by(|(a, ..), (b, ..)| size(*a).total_cmp(&size(*b)))?;
        let length = size(step);
        if !length.is_finite() || size(at + step - q) > reach {
            return None;
        }
        at += step;
        least = normal.norm().min(least);
        if radius <= SMALLEST && length <= 1e-3 * SMALLEST {
            let tangent = Vector2::new(-normal.y, normal.x);
            let is_level = slope.dot(&tangent).abs() <= LEVEL * least * normal.norm();
            return is_level.then_some((at, Some(tangent)));
        }
        radius = (radius / 2.0).min(4.0 * length).max(SMALLEST);
    }
    None
}

/// Whether there are critical points on both sides of `p` along a direction.
pub(super) fn goes_on(
    f: &CurvatureAt<'_>,
    floor: Floor,
    p: Vector2<f64>,
    tangent: Vector2<f64>,
    cell: Vector2<f64>,
) -> bool {
    let tangent = tangent / tangent.component_div(&cell).amax();
    [tangent, -tangent].into_iter().all(|tangent| {
        let found = on_floor(f, floor, p + tangent * 0.3, tangent, 0.2, cell);
        found.is_some_and(|(at, _)| (at - p).component_div(&cell).amax() >= 0.1)
    })
}

/// The direction of the curve of critical points that is reached from `q` across it, within `reach` cells.
pub(super) fn tangent_at(
    f: &CurvatureAt<'_>,
    floor: Floor,
    q: Vector2<f64>,
    reach: f64,
    cell: Vector2<f64>,
) -> Option<Vector2<f64>> {
    match floor {
        Floor::Smooth => across_smooth(f, q, reach, cell)?.1,
        Floor::Kink => across_kink(f, q, reach, cell)?.1,
    }
}

/// What a curve of critical points is by how high f is beside it, at one of its points: minimum where it rises on both
/// sides, maximum where it falls on both; else inconclusive. Near enough to it, for a `part` of a cell.
pub(super) fn kind_by_sides(
    f: &CurvatureAt<'_>,
    p: Vector2<f64>,
    tangent: Vector2<f64>,
    cell: Vector2<f64>,
    part: f64,
) -> PointKind {
    let normal = Vector2::new(-tangent.y, tangent.x);
    let normal = normal / normal.component_div(&cell).amax();
    let value = f(p).value;
    let sides = [-0.02, 0.02].map(|side| f(p + normal * (side * part)).value - value);
    if sides.iter().all(|side| *side > 0.0) {
        PointKind::Minimum
    } else if sides.iter().all(|side| *side < 0.0) {
        PointKind::Maximum
    } else {
        PointKind::Inconclusive
    }
}

/// A curve that is being followed.
#[derive(Clone, Debug)]
pub(super) struct CurveTrace {
    floor: Floor,
    start: (Vector2<f64>, Vector2<f64>),
    /// The part of a cell in which the curve was seen.
    part: f64,
    /// From the start ahead, and from the start back.
    ways: [Vec<Vector2<f64>>; 2],
    back: bool,
    head: (Vector2<f64>, Vector2<f64>),
    stride: f64,
    is_closed: bool,
    fades: bool,
}

/// The longest way between two points, in cells.
const STRIDE: f64 = 0.4;
/// No more points than this on a curve.
const MOST: usize = 2000;

impl CurveTrace {
    /// From a point of a curve that goes on on both sides of it for some `part` of a cell.
    pub fn new(floor: Floor, at: Vector2<f64>, tangent: Vector2<f64>, cell: Vector2<f64>, part: f64) -> Self {
        let start = (at, tangent / tangent.component_div(&cell).amax());
        Self {
            floor,
            start,
            part,
            ways: [Vec::new(), Vec::new()],
            back: false,
            head: start,
            stride: STRIDE * part,
            is_closed: false,
            fades: false,
        }
    }

    /// Goes a step on. Returns whether both ends are found.
    pub fn advance(&mut self, f: &CurvatureAt<'_>, view: View, cell: Vector2<f64>) -> bool {
        let size = |step: Vector2<f64>| step.component_div(&cell).amax();
        let inside =
            |p: Vector2<f64>| (view.x.0..=view.x.1).contains(&p.x) && (view.y.0..=view.y.1).contains(&p.y);
        let (at, tangent) = self.head;
        let ahead = at + tangent * self.stride;
        let next = on_floor(f, self.floor, ahead, tangent, 0.5 * self.stride.max(1e-3), cell);
        // Where the curve bends too much for the stride, a shorter one does.
        let unit = |v: Vector2<f64>| v.component_div(&cell).normalize();
        let next = next.filter(|(at, onward)| inside(*at) && unit(*onward).dot(&unit(tangent)) > 0.9);
        let way = &mut self.ways[usize::from(self.back)];
        if let Some((at, onward)) = next {
            way.push(at);
            self.is_closed = way.len() > 4 && size(at - self.start.0) < 0.75 * self.stride;
            self.head = (at, onward);
            self.stride = (2.0 * self.stride).min(STRIDE);
        } else {
            self.stride /= 2.0;
        }
        let at_end = self.stride < 1e-9;
        if at_end {
            let slope = f(at + tangent * 1e-6).gradient.dot(&tangent).abs();
            self.fades |= inside(at + tangent * 1e-6) && slope > 0.0 && slope < FADED;
        }
        let is_over = at_end || self.is_closed || self.ways[usize::from(self.back)].len() >= MOST;
        if is_over && !self.back && !self.is_closed {
            self.back = true;
            self.head = (self.start.0, -self.start.1);
            self.stride = STRIDE * self.part;
            return false;
        }
        is_over
    }

    /// Whether the curve is none: it is too short, or f only fades out along it until rounding makes it level.
    pub fn fades(&self) -> bool {
        self.fades
    }

    /// What the curve is at its start and at places all along it: a line may be minima on one side of a crossing, maxima on the
    /// other, and is neither then.
    fn kind(&self, f: &CurvatureAt<'_>, points: &[Vector2<f64>], cell: Vector2<f64>) -> PointKind {
        const PLACES: usize = 16;
        let along = points.windows(3).step_by((points.len() / PLACES).max(1));
        let places = along.map(|places| (places[1], places[2] - places[0]));
        let kinds = [self.start].into_iter().chain(places).filter(|(_, tangent)| tangent.norm() > 0.0);
        let kinds = kinds.map(|(p, tangent)| kind_by_sides(f, p, tangent, cell, self.part));
        // Where another line crosses it, f may be level beside it.
        let mut told = kinds.filter(|kind| *kind != PointKind::Inconclusive);
        let first = told.next().unwrap_or(PointKind::Inconclusive);
        if told.all(|kind| kind == first) { first } else { PointKind::Inconclusive }
    }

    /// The curve, if it is longer than the part of a cell in which it was seen.
    pub fn curve(&self, f: &CurvatureAt<'_>, cell: Vector2<f64>) -> Option<StationaryCurve> {
        let [ahead, back] = &self.ways;
        let mut points: Vec<Vector2<f64>> = back.iter().rev().copied().collect();
        points.push(self.start.0);
        points.extend(ahead);
        // Towards its ends the steps became ever shorter.
        let last = points.len() - 1;
        let mut kept = points[0];
        let mut place = 0;
        points.retain(|point| {
            let is_far = (point - kept).component_div(&cell).amax() >= 0.2 * self.part;
            let is_kept = place == 0 || place == last || is_far;
            place += 1;
            kept = if is_kept { *point } else { kept };
            is_kept
        });
        if self.is_closed {
            points.push(self.start.0);
        }
        let length: f64 = points.windows(2).map(|pair| (pair[1] - pair[0]).component_div(&cell).norm()).sum();
        let kind = self.kind(f, &points, cell);
        (length >= self.part).then_some(StationaryCurve {
            points,
            is_closed: self.is_closed,
            kind,
            is_kink: self.floor == Floor::Kink,
        })
    }
}
