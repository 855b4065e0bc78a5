//! Where f is lowest or highest though it has infinite slopes around: found by values alone.

use crate::objective::critical_point::PointKind;
use crate::objective::derivatives::CurvatureAt;
use crate::objective::heights::kind_by_heights;
use nalgebra::Vector2;

/// The ways that are tried, in cells.
const WAYS: [[f64; 2]; 8] =
    [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0], [1.0, 1.0], [-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0]];
/// How often a way is taken at most.
const MOST: u32 = 400;
/// The shortest way, in cells.
const SHORTEST: f64 = 1e-17;
/// How near to an axis, in cells, a cusp is tried on it.
const NEAR: f64 = 1e-6;

/// The cusp at which f is lowest (highest, if `sign` is -1) near `seed`, if there is one: a pattern search (Hooke and
/// Jeeves, Journal of the ACM 8 (1961), 212-229), and what it has found is looked at from all around.
pub(super) fn cusp(
    f: &CurvatureAt<'_>,
    seed: Vector2<f64>,
    cell: Vector2<f64>,
    sign: f64,
) -> Option<(Vector2<f64>, PointKind)> {
    let (mut at, mut value) = (seed, sign * f(seed).value);
    let (mut stride, mut taken) = (0.5, 0);
    while stride > SHORTEST && taken < MOST {
        let lower = WAYS.iter().find_map(|way| {
            let there = at + cell.component_mul(&Vector2::from(*way)) * stride;
            let lower = sign * f(there).value;
            (lower < value).then_some((there, lower))
        });
        if let Some(lower) = lower {
            (at, value) = lower;
            taken += 1;
        } else {
            stride /= 2.0;
        }
    }
    for axis in 0..2 {
        let mut on_axis = at;
        on_axis[axis] = 0.0;
        if at[axis].abs() <= NEAR * cell[axis] && sign * f(on_axis).value <= value {
            at = on_axis;
        }
    }
    let wanted = if sign > 0.0 { PointKind::Minimum } else { PointKind::Maximum };
    kind_by_heights(f, at).filter(|kind| *kind == wanted).map(|kind| (at, kind))
}
