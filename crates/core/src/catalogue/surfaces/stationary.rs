//! Critical points that move with a surface's settings.

use crate::math::dual::Dual;
use crate::objective::critical::StationarySearch;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::derivatives::ValueGradientHessian;
use crate::objective::view::View;
use nalgebra::Vector2;

/// A number with its exact first and second derivative along one axis.
pub(super) type Along = Dual<Dual<f64>>;

/// The point near `seed` where the derivative of `f` vanishes, by Newton's method, and whether f
/// has a minimum or a maximum there. None where there is no such point within `reach`, or where
/// the second derivative vanishes too.
pub(super) fn settle(f: impl Fn(Along) -> Along, seed: f64, reach: f64) -> Option<(f64, PointKind)> {
    // Quadratic convergence takes half a dozen steps. Next to a place where a minimum and a maximum
    // merge, each step only halves the error: sixty-four of them exhaust a number's digits.
    const STEPS: usize = 64;
    let mut at = seed;
    let mut last = f64::INFINITY;
    for _ in 0..STEPS {
        let value = f(Dual::x(Dual::x(at)));
        let (slope, curvature) = (value.value.slope[0], value.slope[0].slope[0]);
        let step = if slope == 0.0 { 0.0 } else { slope / curvature };
        // Once the steps are of the size of the rounding, they stop shrinking.
        if step.abs() <= 1e-12 * at.abs().max(1.0) && (step == 0.0 || step.abs() >= last) {
            let kind = if curvature > 0.0 { PointKind::Minimum } else { PointKind::Maximum };
            return (curvature != 0.0).then_some((at, kind));
        }
        last = step.abs();
        at -= step;
        if (at - seed).abs() > reach || !at.is_finite() {
            return None;
        }
    }
    None
}

/// The critical points that a search of `cells` by `cells` cells over `view` finds, but for those of no certain kind:
/// minima first. There may be more.
pub(super) fn settled_in_plane(
    f: impl Fn(Vector2<f64>) -> ValueGradientHessian,
    view: View,
    cells: usize,
) -> Vec<CriticalPoint> {
    let mut search = StationarySearch::new(view, cells);
    search.advance(f, || false);
    search.certain()
}

/// What a critical point of f(x) + g(y) is, from what its coordinates are to f and to g.
pub(super) fn combined(along_x: PointKind, along_y: PointKind) -> PointKind {
    if along_x == along_y { along_x } else { PointKind::Saddle }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::number::Number;

    #[test]
    fn stationary_points_are_found_with_their_kind_or_not_at_all() {
        let cubic = |x: Along| x * (x.square() - 3.0);
        assert_eq!(settle(cubic, 1.3, 1.0), Some((1.0, PointKind::Minimum)));
        assert_eq!(settle(cubic, -0.7, 1.0), Some((-1.0, PointKind::Maximum)));
        assert_eq!(settle(cubic, 3.0, 1.0), None, "it is too far away");
        assert_eq!(settle(Number::exp, 0.0, 5.0), None, "there is none");
        assert_eq!(settle(|x| x.powi(3), 0.0, 1.0), None, "it is neither");
    }
}
