//! Points with as few digits as do.

use super::StationarySearch;
use super::stationary_point::StationaryForm;
use crate::objective::critical_point::PointKind;
use crate::objective::derivatives::{CurvatureAt, ValueGradientHessian};
use crate::objective::point_nature::Rounding;
use nalgebra::Vector2;

impl StationarySearch {
    /// The point with fewer digits, where that is as good: (1, 1) and not (0.99999999999999989, 1).
    pub(super) fn shortened(
        &self,
        f: &CurvatureAt<'_>,
        at: Vector2<f64>,
        apart: f64,
        (kind, form): (PointKind, StationaryForm),
    ) -> Vector2<f64> {
        let here = f(at);
        let as_good = |short: &Vector2<f64>| {
            let ValueGradientHessian { value, gradient, smoothness, .. } = f(*short);
            match (form, kind) {
                (StationaryForm::Kink, PointKind::Minimum) => value <= here.value,
                (StationaryForm::Kink, PointKind::Maximum) => value >= here.value,
                (StationaryForm::Kink, _) => value.is_finite() && !smoothness.has_hessian(),
                (StationaryForm::Degenerate, _) if gradient.amax() > here.gradient.amax() => {
                    Rounding::around(f, *short, &f(*short)).hides(gradient)
                }
                _ => gradient.amax() <= here.gradient.amax(),
            }
        };
        // What is lower is nearer to a minimum, and the other way round; on a cusp, though, the last digits say most.
        let is_told = form == StationaryForm::Kink && matches!(kind, PointKind::Minimum | PointKind::Maximum);
        let power = libm::rint(libm::pow(10.0, libm::floor(-libm::log10(1e-3 * self.cell.min()))));
        let round = at.map(|coordinate| libm::rint(coordinate * power) / power + 0.0);
        let is_near = (round - at).amax() <= 1e-7 * self.cell.min();
        let round = Some(round).filter(|round| is_told && is_near && as_good(round));
        round.or_else(|| self.shorter(at, apart).find(&as_good)).unwrap_or(at)
    }

    /// The point with fewer digits: the fewest first of those that are no farther than twice `apart` from it, and none beyond a
    /// hundred-billionth of a cell.
    pub(super) fn shorter(&self, at: Vector2<f64>, apart: f64) -> impl Iterator<Item = Vector2<f64>> + use<> {
        let finest = -libm::floor(libm::log10(1e-11 * self.cell.min())) as i32;
        let digits = if (1..=22).contains(&finest) { 0..finest + 1 } else { 0..0 };
        let near =
            move |short: &Vector2<f64>, digits: i32| digits == finest || (short - at).amax() <= 2.0 * apart;
        digits.flat_map(move |digits| {
            let power = (0..digits).fold(1.0, |power, _| power * 10.0);
            let [x, y] = [at.x, at.y].map(|coordinate| libm::rint(coordinate * power) / power + 0.0);
            let shorts = [Vector2::new(x, y), Vector2::new(x, at.y), Vector2::new(at.x, y)];
            shorts.into_iter().filter(move |short| near(short, digits))
        })
    }
}
