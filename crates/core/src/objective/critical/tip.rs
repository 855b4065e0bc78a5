//! Critical points without a gradient: the tip of a cone, the corner of a roof.

use crate::objective::critical_point::PointKind;
use crate::objective::derivatives::ValueGradientHessian;
use nalgebra::Vector2;

/// How often the field (gx, gy) turns around, counterclockwise, along a closed walk through points
/// where it has these values: +1 around a minimum or maximum, -1 around a saddle, 0 around nothing. None
/// where it is not defined. Right if it turns by less than half a turn between neighbours.
pub(super) fn winding(field: &[Vector2<f64>]) -> Option<i32> {
    let mut total = 0.0;
    for (index, from) in field.iter().enumerate() {
        let to = field[(index + 1) % field.len()];
        let turn = libm::atan2(from.x * to.y - from.y * to.x, from.dot(&to));
        if !turn.is_finite() || *from == Vector2::zeros() {
            return None;
        }
        total += turn;
    }
    Some(libm::rint(total / std::f64::consts::TAU) as i32)
}

/// Which kind of tip f has at `p`, if f is continuous there: a minimum or a maximum where it is higher
/// or lower all around, a saddle where it is both. `cell` is the size of what lies around.
pub(super) fn kind_of_tip(
    f: &impl Fn(Vector2<f64>) -> ValueGradientHessian,
    p: Vector2<f64>,
    cell: Vector2<f64>,
) -> Option<PointKind> {
    let here = f(p).value;
    // (least, greatest) change of f to the points of a ring.
    let ring = |radius: f64| {
        // The axes and diagonals among them, so that a ridge or a valley along them is none.
        let directions = (0..8).map(|k| libm::sincos(f64::from(k) * std::f64::consts::FRAC_PI_4));
        let changes = directions.map(|(s, c)| {
            let [c, s] = [c, s].map(|part| if part.abs() < 1e-9 { 0.0 } else { part });
            f(p + Vector2::new(c * cell.x, s * cell.y) * radius).value - here
        });
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for change in changes {
            if !change.is_finite() {
                return None;
            }
            (least, most) = (least.min(change), most.max(change));
        }
        Some((least, most))
    };
    let (far, near) = (ring(1e-2)?, ring(1e-6)?);
    let size = |(least, most): (f64, f64)| most.abs().max(least.abs());
    // A jump is as high nearby.
    if size(near) > 0.1 * size(far) || size(far) == 0.0 {
        return None;
    }
    match far {
        (least, _) if least > 0.0 => Some(PointKind::Minimum),
        (_, most) if most < 0.0 => Some(PointKind::Maximum),
        (least, most) if least < 0.0 && most > 0.0 => Some(PointKind::Saddle),
        _ => None,
    }
}
