//! What a point of a surface is: whether it is critical, and of which kind. One rule for everybody who says so.

use super::critical_point::PointKind;
use super::derivatives::{CurvatureAt, ValueGradientHessian};
use super::heights::kind_by_heights;
use super::lyapunov_schmidt::{FloorPoint, LyapunovSchmidt};
use super::smoothness::Smoothness;
use super::winding::Ring;
use crate::math::spectrum::Spectrum;
use crate::math::sym2::solve_near_singular;
use nalgebra::Vector2;

/// What a point is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PointNature {
    /// The kind of a critical point; of another point, what the Hessian says of how f curves there.
    pub kind: PointKind,
    /// Whether the point is critical, as far as rounding lets anybody know: the gradient vanishes there, or at a
    /// kink zero lies among the slopes around.
    pub is_critical: bool,
    /// How smooth f is there.
    pub smoothness: Smoothness,
    /// How often the gradient turns around on a small circle about a critical point: 1 for a minimum or maximum, -1
    /// for a saddle. Of a function of x alone, whose gradient has no room to turn, whether it changes its sign: 1 for a
    /// minimum, -1 for a maximum, 0 for neither. None where the point is not alone, or that is not known.
    pub index: Option<i32>,
}

impl PointNature {
    /// What a point (x, 0) of a function of x alone is, which `f` gives with f''·I for its Hessian: what the same point of
    /// f(x) + y²/2 is, where a saddle stands for a maximum.
    pub fn univariate(f: &CurvatureAt<'_>, p: Vector2<f64>) -> Self {
        let nature = Self::of(&|p| f(p).lifted(p), p);
        if nature.is_critical && nature.kind == PointKind::Inconclusive {
            let (kind, index) = kind_by_sides(f, p).unzip();
            return Self { kind: kind.unwrap_or(PointKind::Inconclusive), index, ..nature };
        }
        Self { kind: nature.kind.univariate(), ..nature }
    }

    /// What `p` is.
    ///
    /// Where the Hessian exists and is not singular, as far as its rounding lets anybody know, its signs decide (the
    /// second derivative test). Else the gradient is followed around the point, see `winding::Ring`: one turn, with f
    /// higher all around, is a minimum; a turn the other way a saddle.
    pub fn of(f: &CurvatureAt<'_>, p: Vector2<f64>) -> Self {
        let here = f(p);
        let ValueGradientHessian { value, gradient, hessian, smoothness } = here;
        let unknown = Self { kind: PointKind::Inconclusive, is_critical: false, smoothness, index: None };
        if !value.is_finite() {
            return unknown;
        }
        // A pole that no number meets: of tan(x) at π/2.
        if smoothness.has_gradient() && gradient.amax() > 1.0 && is_beside_pole(f, p) {
            return unknown;
        }
        let rounding = Rounding::around(f, p, &here);
        let is_kink = !smoothness.has_gradient() || rounding.is_kink;
        let smoothness = if rounding.is_kink { Smoothness::Kink } else { smoothness };
        let unknown = Self { smoothness, ..unknown };
        if is_kink {
            // A regular point of a kink is turned around not once.
            let around = kind_by_turns(f, p, &here, 0.0).filter(|(_, index)| *index != 0);
            let by_heights = || {
                let kind = kind_by_heights(f, p).filter(|_| smoothness == Smoothness::Kink)?;
                Some((kind, if kind == PointKind::Saddle { -1 } else { 1 }))
            };
            // Across a cusp the slopes turn back, which a circle may count one way or the other.
            let around = match around {
                None | Some((PointKind::Inconclusive, _)) => by_heights().or(around),
                told => told,
            };
            return around.map_or(unknown, |(kind, index)| Self {
                kind,
                is_critical: true,
                smoothness,
                index: Some(index),
            });
        }
        if let Some(kind) = rounding.kind {
            let step = solve_near_singular(&hessian, gradient);
            let ulps = 4.0 * f64::EPSILON * p.amax();
            let is_hidden = rounding.hides(gradient) || step.amax() <= ulps;
            let is_critical = is_hidden && turns_beside(f, p, gradient, step);
            let index = is_critical.then_some(if kind == PointKind::Saddle { -1 } else { 1 });
            return Self { kind, is_critical, smoothness, index };
        }
        if !rounding.hides(gradient) {
            return unknown;
        }
        let around = kind_by_turns(f, p, &here, 0.0);
        // Beside the edge of f's domain the slope may change as much as it is large.
        if around.is_none() && rounding.is_edge && gradient != Vector2::zeros() {
            return unknown;
        }
        let (kind, index) = around.unzip();
        Self { kind: kind.unwrap_or(PointKind::Inconclusive), is_critical: true, smoothness, index }
    }
}

/// Whether the gradient points the other way on the other side of a zero that Newton's step leads to, and is larger on
/// both sides than between. Beside the edge of f's domain, or beside a pole, steps are as short, and it does not.
fn turns_beside(f: &CurvatureAt<'_>, p: Vector2<f64>, gradient: Vector2<f64>, step: Vector2<f64>) -> bool {
    let (slope, length) = (gradient.amax(), step.amax());
    if slope == 0.0 || length == 0.0 {
        return true;
    }
    let (along, way) = (gradient / slope, step / length);
    let least = 4.0 * slope * along.norm_squared();
    // So small that f is as there, and so large that rounding does not hide which way the gradient points.
    let reaches = (6..=42).step_by(4).map(|power| libm::ldexp(f64::EPSILON * p.amax(), power));
    reaches.filter(|reach| *reach > 8.0 * length).any(|reach| {
        let [beyond, before] = [-reach, reach].map(|reach| f(p + way * reach).gradient.dot(&along));
        beyond <= -least && before >= least
    })
}

/// The kind of a critical point of a function of x alone by the signs of f' on both sides, which two distances tell
/// alike; and whether the sign changes there. None where no two do.
fn kind_by_sides(f: &CurvatureAt<'_>, p: Vector2<f64>) -> Option<(PointKind, i32)> {
    const GROWTH: f64 = 8.0;
    let scale = p.x.abs().max(1.0);
    let falls = |reach: f64| f(Vector2::new(p.x + reach, 0.0)).gradient.x;
    let mut reach = 1e-7 * scale;
    let mut last = None;
    while reach <= 0.05 * scale {
        let sides = [-reach, reach].map(falls);
        if sides.iter().any(|slope| slope.is_nan() || *slope == 0.0) {
            last = None;
        } else {
            let signs = sides.map(|slope| slope > 0.0);
            if last == Some(signs) {
                return Some(match signs {
                    [false, true] => (PointKind::Minimum, 1),
                    [true, false] => (PointKind::Maximum, -1),
                    _ => (PointKind::Inconclusive, 0),
                });
            }
            last = Some(signs);
        }
        reach *= GROWTH;
    }
    None
}

/// What rounding may do to the derivatives at a point: how they change within a few units in the last place of
/// its coordinates.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rounding {
    /// Of each component of the gradient.
    pub gradient: Vector2<f64>,
    /// What the signs of the Hessian's eigenvalues say, where rounding cannot change them; else none.
    pub kind: Option<PointKind>,
    /// Whether the gradient jumps so near that rounding hides on which side of the jump the point lies.
    pub is_kink: bool,
    /// Whether f is not defined so near.
    pub is_edge: bool,
}

impl Rounding {
    /// Looks at a few neighbours of `p`, where derivatives are as they are `here`.
    pub fn around(f: &CurvatureAt<'_>, p: Vector2<f64>, here: &ValueGradientHessian) -> Self {
        const NEIGHBOURS: [[f64; 2]; 8] = [
            [3.0, 2.0],
            [-2.0, 3.0],
            [-3.0, -2.0],
            [2.0, -3.0],
            [1.0, 4.0],
            [-4.0, 1.0],
            [-1.0, -4.0],
            [4.0, -1.0],
        ];
        const CORNERS: [[f64; 2]; 4] = [[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]];
        let spectrum = Spectrum::of(&here.hessian);
        let kind = PointKind::of(&spectrum);
        let smallest = |spectrum: &Spectrum| {
            let [low, high] = spectrum.values;
            if low.abs() <= high.abs() { low } else { high }
        };
        let mut is_certain = kind != PointKind::Inconclusive;
        let mut gradient = Vector2::zeros();
        for offset in NEIGHBOURS {
            let there = f(p + Vector2::from(offset).component_mul(&p) * f64::EPSILON);
            gradient = (there.gradient - here.gradient).abs().sup(&gradient);
            let around = Spectrum::of(&there.hessian);
            let change = (smallest(&around) - smallest(&spectrum)).abs();
            is_certain &= PointKind::of(&around) == kind && change <= 0.5 * smallest(&spectrum).abs();
        }
        let is_edge = CORNERS.into_iter().any(|offset| {
            !f(p + Vector2::from(offset).component_mul(&p) * (64.0 * f64::EPSILON)).value.is_finite()
        });
        // How the gradient changes within this part of the coordinates.
        let change = |part: f64| {
            CORNERS.into_iter().fold(Vector2::zeros(), |change, offset| {
                let there = f(p + Vector2::from(offset).component_mul(&p) * part);
                (there.gradient - here.gradient).abs().sup(&change)
            })
        };
        // Where two pieces meet is known to some units in the last place of their values only.
        let jump = change(64.0 * f64::EPSILON).amax().max(gradient.amax());
        let smooth = f64::EPSILON * here.hessian.amax() * p.amax();
        // What rounding makes of a quotient that is nearly 0/0 is the smaller the farther off it is looked at: there the
        // gradient is known better than a few units in the last place of the point let it seem.
        let farther = change(1e-7);
        gradient = gradient.inf(&(farther * 2.0));
        // A jump is as high from nearby as from farther off; a slope that rises by a power is far higher there.
        let stays = (0.1 * jump..=100.0 * jump).contains(&farther.amax());
        let is_kink = jump > 1e7 * smooth && jump > 1e-6 * here.gradient.amax() && stays;
        // What rounding makes changes from place to place; on each side of a jump the gradient is the same.
        let changes_beside = || {
            CORNERS.into_iter().any(|offset| {
                let way = Vector2::from(offset).component_mul(&p);
                let [near, far] = [1e-9, 1.5e-9].map(|part| f(p + way * part).gradient);
                (far - near).amax() > 0.2 * jump
            })
        };
        let is_kink = is_kink && !changes_beside();
        let is_kink = is_kink || is_beside_cusp(f, p);
        Self { gradient, kind: is_certain.then_some(kind), is_kink, is_edge }
    }

    /// Whether a gradient is no more than what rounding makes of a zero.
    pub fn hides(&self, gradient: Vector2<f64>) -> bool {
        (0..2).all(|axis| gradient[axis].abs() <= 4.0 * self.gradient[axis])
    }

    /// Whether the slope along a direction is no more than what rounding makes of a zero.
    pub fn hides_along(&self, gradient: Vector2<f64>, direction: Vector2<f64>) -> bool {
        gradient.dot(&direction).abs() <= 4.0 * self.gradient.dot(&direction.abs())
    }
}

/// Whether rounding hides where a zero of the gradient at `p` or beside it is, by more than the coordinates themselves do: terms
/// cancel there, or a quotient is nearly 0/0. What is smooth changes evenly over short ways, what is rounded does not.
pub(super) fn is_noisy(f: &CurvatureAt<'_>, p: Vector2<f64>) -> bool {
    const BESIDE: [[f64; 2]; 5] = [[0.0, 0.0], [8e-7, 6e-7], [-6e-7, 8e-7], [3e-7, -9e-7], [-9e-7, -2e-7]];
    const WAY: [f64; 2] = [1e-9, 7e-10];
    const PARTS: [f64; 3] = [0.1, 0.23, 0.37];
    const APART: f64 = 1e-13;
    let scale = p.amax().max(1.0);
    BESIDE.into_iter().any(|beside| {
        let q = p + Vector2::from(beside) * scale;
        let here = f(q);
        let uneven = |part: f64| {
            let way = Vector2::from(WAY) * (scale * part);
            (f(q + way).gradient - here.gradient) + (f(q - way).gradient - here.gradient)
        };
        let whole = uneven(1.0).abs();
        let parts = PARTS.map(|part| (part, uneven(part).abs()));
        (0..2).any(|axis| {
            let is_large = whole[axis] > APART * scale * here.hessian.row(axis).amax();
            // What the third derivatives make shrinks with the square of the way.
            is_large && parts.iter().any(|(part, uneven)| uneven[axis] > 4.0 * part * part * whole[axis])
        })
    })
}

/// Whether f grows without bound towards `p`, by how much it does from circle to circle.
fn is_beside_pole(f: &CurvatureAt<'_>, p: Vector2<f64>) -> bool {
    const PLACES: [[f64; 2]; 4] = [[0.8, 0.6], [-0.6, 0.8], [-0.8, -0.6], [0.6, -0.8]];
    const CIRCLES: [f64; 4] = [1e-2, 1e-3, 1e-4, 1e-5];
    let scale = p.amax().max(1.0);
    let values = |part: f64| PLACES.map(|place| f(p + Vector2::from(place) * (part * scale)).value);
    let far = values(0.05).into_iter().sum::<f64>() / 4.0;
    let heights =
        CIRCLES.map(|part| values(part).into_iter().map(|value| (value - far).abs()).fold(0.0, f64::max));
    heights.windows(2).all(|pair| pair[1] >= 2.0 * pair[0])
}

/// Whether f has a cusp so near that rounding hides on which side of it the point lies: it rises on both sides, or falls
/// on both, from nearby and from farther off, and nearby by the steeper slopes.
fn is_beside_cusp(f: &CurvatureAt<'_>, p: Vector2<f64>) -> bool {
    [[1.0, 1.0], [1.0, -1.0]].map(Vector2::from).into_iter().any(|way| {
        let slopes = |part: f64| {
            [1.0, -1.0].map(|side| {
                let way = way * (side * p.amax());
                f(p + way * part).gradient.dot(&way)
            })
        };
        let [nearest, near, far] = [64.0 * f64::EPSILON, 1e-5, 1e-3].map(slopes);
        let is_turned = |[ahead, back]: [f64; 2]| ahead * back > 0.0;
        let is_steeper = |side: usize| near[side].abs() >= 1.2 * far[side].abs();
        [nearest, near, far].into_iter().all(is_turned)
            && (nearest[0] > 0.0) == (near[0] > 0.0)
            && is_steeper(0)
            && is_steeper(1)
    })
}

/// The kind of a critical point, which may be off by `apart`: of one with a singular Hessian, where f is smooth, by what
/// f is like on the floor through it; else by how often the gradient turns around it, on circles that grow from a size at
/// which rounding hides nothing. None where two such circles do not agree.
pub(super) fn kind_by_turns(
    f: &CurvatureAt<'_>,
    p: Vector2<f64>,
    here: &ValueGradientHessian,
    apart: f64,
) -> Option<(PointKind, i32)> {
    let scale = p.amax().max(1.0);
    let on_floor = LyapunovSchmidt::around(f, p, here).and_then(|floor| floor.point(apart, f64::INFINITY));
    let near = |point: &FloorPoint| {
        let off = (point.at - p).norm();
        point.apart <= 0.05 * scale && off <= (64.0 * apart).max(0.1 * point.apart).max(1e-6 * scale)
    };
    if let Some(point) = on_floor.filter(near) {
        return Some((point.kind, point.index));
    }
    kind_by_rings(f, p, here, apart)
}

/// The kind of a critical point, which may be off by `apart`, by the rings around it. None where no two neighbours agree, or
/// where f is smooth and a gradient on them may be no more than rounding.
pub(super) fn kind_by_rings(
    f: &CurvatureAt<'_>,
    p: Vector2<f64>,
    here: &ValueGradientHessian,
    apart: f64,
) -> Option<(PointKind, i32)> {
    const GROWTH: f64 = 8.0;
    let (scale, value) = (p.amax().max(1.0), here.value);
    let is_smooth = here.smoothness.has_hessian();
    let (first, farthest) = ((1e-7 * scale).max(64.0 * apart), 0.05 * scale);
    let mut radius = first;
    let mut last: Option<Ring> = None;
    while radius <= farthest {
        let least = if is_smooth { 64.0 * rounding_on_ring(f, p, radius) } else { 0.0 };
        let ring = Ring::around(f, p, Vector2::repeat(radius), least);
        if let (Some(ring), Some(last)) = (ring, last)
            && ring.index == last.index
            // A pole is as high from nearby as from farther off.
            && last.height(value) <= 0.95 * ring.height(value)
        {
            let kind = match ring.index {
                // It is one of the two. Where exactly the point lies, and f with it, is known up to rounding.
                1 if ring.highest - value > value - ring.lowest => PointKind::Minimum,
                1 => PointKind::Maximum,
                -1 => PointKind::Saddle,
                _ => PointKind::Inconclusive,
            };
            return Some((kind, ring.index));
        }
        last = ring;
        radius *= GROWTH;
    }
    None
}

/// By how much the gradient changes within a few units in the last place of the coordinates, on a circle around a point.
fn rounding_on_ring(f: &CurvatureAt<'_>, p: Vector2<f64>, radius: f64) -> f64 {
    const PLACES: [[f64; 2]; 4] = [[0.8, 0.6], [-0.6, 0.8], [-0.8, -0.6], [0.6, -0.8]];
    const OFFSETS: [[f64; 2]; 3] = [[3.0, 2.0], [-2.0, 3.0], [-1.0, -4.0]];
    let places = PLACES.map(|place| p + Vector2::from(place) * radius);
    let changes = places.iter().flat_map(|at| {
        let here = f(*at).gradient;
        OFFSETS.map(|offset| {
            let there = f(at + Vector2::from(offset).component_mul(at) * f64::EPSILON);
            (there.gradient - here).amax()
        })
    });
    changes.fold(0.0, f64::max)
}
