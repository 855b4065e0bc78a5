//! Where a search finds zeros of a gradient that rounding hides near by.

use super::StationarySearch;
use super::stationary_point::StationaryForm;
use crate::objective::derivatives::CurvatureAt;
use crate::objective::mollified::zero_from_afar;
use crate::objective::point_nature::is_noisy;
use crate::objective::view::View;
use nalgebra::Vector2;

impl StationarySearch {
    /// Whether rounding does not let a point be told from one that is known.
    pub(super) fn is_hidden_beside_known(&self, f: &CurvatureAt<'_>, at: Vector2<f64>) -> bool {
        /// In cells.
        const BESIDE: f64 = 0.01;
        let smooth = self.spots.iter().filter(|spot| spot.form != StationaryForm::Kink);
        let off = |known: Vector2<f64>| (known - at).component_div(&self.cell).amax();
        smooth.clone().any(|spot| (spot.at - at).norm() <= 2.0 * spot.apart)
            || smooth.clone().any(|spot| off(spot.at) <= BESIDE) && is_noisy(f, at)
    }

    /// Where a zero of the gradient is that was found at `at`, from farther off where rounding hides it there; and by how much
    /// it may be off.
    pub(super) fn without_noise(&self, f: &CurvatureAt<'_>, at: Vector2<f64>) -> (Vector2<f64>, f64) {
        let seen = if is_noisy(f, at) { self.seen_from_afar(f, at) } else { None };
        seen.filter(|(seen, _)| self.is_level_amid_slopes(f, *seen)).unwrap_or((at, 0.0))
    }

    /// Whether the gradient is longer all around a point, and longer still farther off: it is beside its zeros, and not beside
    /// kinks and cusps.
    fn is_level_amid_slopes(&self, f: &CurvatureAt<'_>, at: Vector2<f64>) -> bool {
        const AROUND: [[f64; 2]; 4] = [[0.8, 0.6], [-0.6, 0.8], [-0.8, -0.6], [0.6, -0.8]];
        /// In parts of the view.
        const CIRCLES: [f64; 3] = [0.002, 0.005, 0.012];
        let View { x, y } = self.view;
        let size = Vector2::new(x.1 - x.0, y.1 - y.0);
        let longest = |part: f64| {
            let places = AROUND.map(|aside| at + Vector2::from(aside).component_mul(&size) * part);
            places.map(|place| f(place).gradient.amax()).into_iter().fold(0.0, f64::max)
        };
        let here = f(at).gradient.amax();
        CIRCLES.into_iter().any(|part| {
            let [near, far] = [part, 2.0 * part].map(longest);
            here <= near && far >= 1.5 * near
        })
    }

    /// The zero of the gradient near a point as it is seen from farther off, with few digits where it is exact with these; and
    /// by how much it may be off.
    pub(super) fn seen_from_afar(
        &self,
        f: &CurvatureAt<'_>,
        at: Vector2<f64>,
    ) -> Option<(Vector2<f64>, f64)> {
        /// In parts of the view.
        const SIZE: f64 = 0.1;
        let View { x, y } = self.view;
        let size = Vector2::new(x.1 - x.0, y.1 - y.0) * SIZE;
        let (middle, apart) = zero_from_afar(f, at, size, self.cell)?;
        let seen = if (middle - at).norm() <= 4.0 * apart { at } else { middle };
        let least = f(seen).gradient.amax();
        // What is as good but for rounding is not better.
        let is_exact = |short: &Vector2<f64>| f(*short).gradient.amax() <= 1e-3 * least;
        Some((self.shorter(middle, 64.0 * apart).find(is_exact).unwrap_or(seen), apart))
    }

    /// The zero of the gradient that is seen near a point from farther off, and is one when it is looked at: beside a place
    /// where a quotient is 0/0 rounding may look like kinks.
    pub(super) fn smooth_zero(&self, f: &CurvatureAt<'_>, at: Vector2<f64>) -> Option<Vector2<f64>> {
        const AROUND: [[f64; 2]; 4] = [[0.008, 0.006], [-0.006, 0.008], [-0.008, -0.006], [0.006, -0.008]];
        if !is_noisy(f, at) {
            return None;
        }
        let (zero, _) = self.seen_from_afar(f, at)?;
        let here = f(zero);
        let around =
            AROUND.map(|aside| f(zero + Vector2::from(aside).component_mul(&self.cell)).gradient.amax());
        let is_zero = here.gradient.amax() <= 1e-6 * around.into_iter().fold(0.0, f64::max);
        (here.smoothness.has_hessian() && is_zero).then_some(zero)
    }
}
