//! Whether there is a critical point where Newton's method has come to rest, by what is true there.

use super::curve::{FADED, Floor, PARTS, across_smooth, goes_on};
use super::settle::{Settled, is_nearly_singular, level_direction};
use crate::math::spectrum::Spectrum;
use crate::math::sym2::solve_near_singular;
use crate::objective::critical_point::PointKind;
use crate::objective::derivatives::{CurvatureAt, ValueGradientHessian};
use crate::objective::lyapunov_schmidt::{FloorPoint, LyapunovSchmidt};
use crate::objective::point_nature::{Rounding, kind_by_rings};
use nalgebra::Vector2;

/// What there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// One critical point, at which the Hessian is not singular.
    Regular(PointKind),
    /// One critical point, and how often the gradient turns around it. The Hessian is singular there.
    Degenerate(PointKind, i32),
    /// One critical point on the floor of a valley or the top of a ridge, along which f is level there to some order.
    OnFloor(FloorPoint),
    /// There is a curve of critical points, through this point in this direction; it goes on at least so far, as a part of
    /// a cell.
    OnCurve(Vector2<f64>, Vector2<f64>, f64),
}

/// Judges a place where Newton's method has come to rest. None where no critical point is certain.
pub(super) fn judge(f: &CurvatureAt<'_>, settled: &Settled, cell: Vector2<f64>) -> Option<Verdict> {
    let Settled { at, curvature: here, step } = *settled;
    let rounding = Rounding::around(f, at, &here);
    if let Some(kind) = rounding.kind
        && encloses_zero(f, at, &here, cell)
    {
        return Some(Verdict::Regular(kind));
    }
    let is_hidden = rounding.hides(here.gradient);
    // A step that is not small has not arrived: on the tail of exp(-x²) all are as long as the last.
    if step > 1e-3 && !is_hidden {
        return None;
    }
    let apart = if step.is_finite() { step * cell.amax() } else { 0.0 };
    if let Some(found) =
        LyapunovSchmidt::around(f, at, &here).and_then(|floor| floor.point(apart, 16.0 * cell.amax()))
        && (found.at - at).component_div(&cell).amax() <= 1.0
        && found.apart <= cell.min()
    {
        // What curves along the floor after all is found more exactly from elsewhere.
        let there = f(found.at);
        let is_regular = Rounding::around(f, found.at, &there).kind == Some(found.kind)
            && encloses_zero(f, found.at, &there, cell);
        return if is_regular { None } else { Some(Verdict::OnFloor(found)) };
    }
    if rounding.kind.is_none() || is_nearly_singular(&here.hessian) {
        for part in PARTS {
            if let Some((on, Some(tangent))) = across_smooth(f, at, 0.1 * part, cell)
                && Rounding::around(f, on, &f(on)).kind.is_none()
                && goes_on(f, Floor::Smooth, on, tangent, cell * part)
            {
                return Some(Verdict::OnCurve(on, tangent, part));
            }
        }
    }
    let vanishes = vanishes(f, settled, &rounding, level_direction(&here.hessian), cell);
    match kind_by_rings(f, at, &here, apart) {
        Some((kind, index)) if index != 0 => Some(Verdict::Degenerate(kind, index)),
        Some(_) if vanishes => Some(Verdict::Degenerate(PointKind::Inconclusive, 0)),
        _ => None,
    }
}

/// Whether a zero of the gradient is certain beside `p`: on some ellipse around it, a level line of |H|, the gradient
/// is so nearly that of the quadratic model that it turns around as often. (Rouché's theorem, as far as samples can
/// tell.)
fn encloses_zero(
    f: &CurvatureAt<'_>,
    p: Vector2<f64>,
    here: &ValueGradientHessian,
    cell: Vector2<f64>,
) -> bool {
    const ELLIPSES: i32 = 10;
    const PLACES: u32 = 8;
    let Spectrum { values, vectors: [v, w] } = Spectrum::of(&here.hessian);
    let [low, high] = values.map(|value| value.abs().sqrt());
    // In these coordinates the ellipses are circles. Newton's step, so that nothing cancels.
    let round = |step: Vector2<f64>| Vector2::new(v.dot(&step) * low, w.dot(&step) * high);
    let newton = |gradient: Vector2<f64>| round(solve_near_singular(&here.hessian, gradient));
    let places = (0..PLACES).map(|k| {
        let angle = 0.2 + std::f64::consts::TAU * f64::from(k) / f64::from(PLACES);
        Vector2::new(libm::cos(angle), libm::sin(angle))
    });
    let places: Vec<Vector2<f64>> = places.collect();
    let offset = |place: &Vector2<f64>| v * (place.x / low) + w * (place.y / high);
    let size = places.iter().map(|place| offset(place).component_div(&cell).amax()).fold(0.0, f64::max);
    let apart = newton(here.gradient).norm();
    let radii = (0..ELLIPSES).map(|k| 0.05 * libm::pow(0.125, f64::from(k)) / size);
    radii.take_while(|radius| apart <= radius / 8.0).any(|radius| {
        places.iter().all(|place| {
            let there = newton(f(p + offset(place) * radius).gradient);
            (there - place * radius).norm() <= 0.5 * radius
        })
    })
}

/// Whether the slope along the direction in which f hardly curves (along every one, where it curves along none) is
/// zero, and not only small as all around: no more than rounding makes of a zero, or a millionth of what it is on
/// both sides.
fn vanishes(
    f: &CurvatureAt<'_>,
    settled: &Settled,
    rounding: &Rounding,
    level: Option<Vector2<f64>>,
    cell: Vector2<f64>,
) -> bool {
    let here = settled.curvature.gradient;
    let directions = level.map_or_else(|| vec![Vector2::x(), Vector2::y()], |level| vec![level]);
    let slope =
        |gradient: Vector2<f64>| directions.iter().map(|along| gradient.dot(along).abs()).fold(0.0, f64::max);
    let is_hidden = directions.iter().all(|along| rounding.hides_along(here, *along));
    if level.is_some() && is_hidden && (slope(here) == 0.0 || slope(here) > FADED) {
        return true;
    }
    directions.iter().flat_map(|along| [*along, -along]).all(|along| {
        let aside = along * (0.01 / along.component_div(&cell).amax());
        slope(here) < 1e-6 * slope(f(settled.at + aside).gradient)
    })
}
