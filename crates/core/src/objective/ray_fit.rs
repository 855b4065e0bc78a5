//! Gradient and Hessian from the derivatives along rays, where these fit together.

use crate::math::germ::Germ;
use crate::math::scaled::Scaled;
use nalgebra::{Matrix2, Matrix3, Vector2, Vector3};
use std::cmp::Ordering;

/// By how much, as a part of the largest, derivatives along rays may miss those of one gradient or Hessian.
const ROUNDING: f64 = 1e-8;

/// Powers of t nearer to each other than this are the same.
const SAME_POWER: f64 = 1e-9;

/// A loss along a ray: value + slope·t + bend·t² + ...
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RayDerivatives {
    pub direction: [f64; 2],
    pub value: f64,
    /// Infinite where the loss leaves its value faster than t; NaN where it is not known.
    pub slope: f64,
    /// NaN where there is none.
    pub bend: f64,
    /// Whether one of them exists and is too large for a number.
    pub overflows: bool,
}

impl RayDerivatives {
    /// Of a loss that is defined along a ray, and of which no more is known.
    pub fn unknown(direction: [f64; 2]) -> Self {
        Self { direction, value: f64::NAN, slope: f64::NAN, bend: f64::NAN, overflows: false }
    }

    /// Of a germ that is a series.
    pub fn of(germ: &Germ, direction: [f64; 2]) -> Self {
        let value = germ.limit().map_or(f64::NAN, Scaled::rounded);
        // The coefficient of a power, if what comes before is of one of the powers below.
        let coefficient = |power: f64, below: &[f64]| {
            for term in germ.terms() {
                let is = |power: f64| (term.power - power).abs() <= SAME_POWER;
                if is(power) && term.logs == 0 {
                    return term.factor.rounded();
                }
                if term.power > power + SAME_POWER || (is(power) && term.logs < 0) {
                    return 0.0;
                }
                if term.logs != 0 || !below.iter().any(|power| is(*power)) {
                    return match term.side() {
                        _ if term.power < SAME_POWER => f64::NAN,
                        Some(Ordering::Less) => f64::NEG_INFINITY,
                        _ => f64::INFINITY,
                    };
                }
            }
            if germ.known() > power { 0.0 } else { f64::NAN }
        };
        let overflows =
            germ.terms().iter().any(|term| term.power <= 2.0 && term.factor.rounded().is_infinite());
        let bend = coefficient(2.0, &[0.0, 1.0]);
        let bend = if bend.is_finite() { bend } else { f64::NAN };
        Self { direction, value, slope: coefficient(1.0, &[0.0]), bend, overflows }
    }

    /// The slope along the ray of this gradient.
    fn slope_of(&self, gradient: &Vector2<f64>) -> f64 {
        self.direction[0] * gradient.x + self.direction[1] * gradient.y
    }

    /// The bend along the ray of a Hessian's entries xx, xy and yy, as factors of these.
    fn bends(&self) -> [f64; 3] {
        let [x, y] = self.direction;
        [x * x / 2.0, x * y, y * y / 2.0]
    }
}

/// The largest of these in size; none if one is not finite.
fn largest(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let largest = numbers.fold(0.0, |largest: f64, number| {
        // NaN would be lost in a maximum.
        if number.is_finite() { largest.max(number.abs()) } else { f64::INFINITY }
    });
    largest.is_finite().then_some(largest)
}

/// The numbers along these directions, if all are there.
fn along<const N: usize>(
    rays: &[RayDerivatives],
    directions: [[f64; 2]; N],
    number: impl Fn(&RayDerivatives) -> f64,
) -> Option<[f64; N]> {
    let mut found = [0.0; N];
    for (found, direction) in found.iter_mut().zip(directions) {
        *found = rays.iter().find(|ray| ray.direction == direction).map(&number)?;
    }
    Some(found)
}

/// The gradient of which these have the slopes; none if there is none.
pub(super) fn gradient_of(rays: &[RayDerivatives]) -> Option<Vector2<f64>> {
    let size = largest(rays.iter().map(|ray| ray.slope))?;
    let axes = along(rays, [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]], |ray| ray.slope);
    let gradient = if let Some([right, left, up, down]) = axes {
        Vector2::new((right - left) / 2.0, (up - down) / 2.0)
    } else {
        let (mut matrix, mut sums) = (Matrix2::zeros(), Vector2::zeros());
        for ray in rays {
            let direction = Vector2::from(ray.direction);
            matrix += direction * direction.transpose();
            sums += direction * ray.slope;
        }
        matrix.try_inverse()? * sums
    };
    let fits = |ray: &RayDerivatives| (ray.slope - ray.slope_of(&gradient)).abs() <= ROUNDING * size;
    rays.iter().all(fits).then_some(gradient)
}

/// The Hessian of which these have the bends; none if there is none.
pub(super) fn curvature_of(rays: &[RayDerivatives]) -> Option<Matrix2<f64>> {
    let size = largest(rays.iter().map(|ray| ray.bend))?;
    let axes = along(rays, [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]], |ray| ray.bend);
    let diagonals = along(rays, [[1.0, 1.0], [-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0]], |ray| ray.bend);
    let entries = if let (Some([right, left, up, down]), Some([a, b, c, d])) = (axes, diagonals) {
        Vector3::new(right + left, ((a + b) - (c + d)) / 4.0, up + down)
    } else {
        let (mut matrix, mut sums) = (Matrix3::zeros(), Vector3::zeros());
        for ray in rays {
            let row = Vector3::from(ray.bends());
            matrix += row * row.transpose();
            sums += row * ray.bend;
        }
        matrix.try_inverse()? * sums
    };
    let fits = |ray: &RayDerivatives| {
        let bend = Vector3::from(ray.bends()).dot(&entries);
        (ray.bend - bend).abs() <= ROUNDING * size
    };
    // What is rounding beside the others is 0.
    let [xx, xy, yy] =
        <[f64; 3]>::from(entries).map(|entry| if entry.abs() <= 1e-14 * size { 0.0 } else { entry });
    rays.iter().all(fits).then(|| Matrix2::new(xx, xy, xy, yy))
}
