//! The eigenvalues and eigenvectors of a symmetric 2x2 matrix.

use super::compensated::{difference_of_products, moderating_scale};
use nalgebra::{Matrix2, Vector2};

/// Eigenvalues and eigenvectors of a symmetric matrix: how a surface curves at a point, and along
/// which directions.
///
/// ```
/// use nalgebra::Vector2;
/// use thalweg_core::catalogue::surfaces;
/// use thalweg_core::math::spectrum::Spectrum;
/// use thalweg_core::objective::critical_point::PointKind;
/// use thalweg_core::objective::objective::Objective;
/// use thalweg_core::spec::chosen::Chosen;
///
/// // f = x² - y², a saddle everywhere.
/// let saddle = surfaces::find("Saddle").ok_or("unknown")?;
/// let objective = Objective::new(&Chosen::with_defaults(saddle));
/// let here = objective.value_gradient_hessian(Vector2::new(0.5, 0.25));
/// let spectrum = Spectrum::of(&here.hessian);
/// assert_eq!(spectrum.values, [-2.0, 2.0]);
/// assert_eq!(PointKind::of(&spectrum), PointKind::Saddle);
/// # Ok::<(), &str>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spectrum {
    /// The eigenvalues, ascending.
    pub values: [f64; 2],
    /// An eigenvector of unit length for each: the first component is above zero, or if it is
    /// zero, the second. A multiple of the identity has (1, 0) and (0, 1).
    pub vectors: [Vector2<f64>; 2],
}

/// What the rounding of the entries may do to a determinant, in parts of the products that it is the difference of:
/// two units in the last place of each entry.
const ENTRY_ROUNDING: f64 = 4.0 * f64::EPSILON;

impl Spectrum {
    /// The spectrum of a symmetric matrix (the element below the diagonal is not read). NaN
    /// throughout where the matrix is not finite.
    ///
    /// The larger eigenvalue is a sum without cancellation; the smaller is the determinant divided
    /// by it, and the determinant a difference of products taken without cancellation. So each
    /// is correct to a few roundings of the given entries, however ill-conditioned the matrix. A determinant that is no
    /// more than what the rounding of the entries makes of zero is zero: the matrix is singular then, for everybody
    /// who reads its eigenvalues. Source: Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed.,
    /// section 1.8.
    pub fn of(matrix: &Matrix2<f64>) -> Self {
        let entries = [matrix[(0, 0)], matrix[(0, 1)], matrix[(1, 1)]];
        if !entries.iter().all(|entry| entry.is_finite()) {
            return Self { values: [f64::NAN; 2], vectors: [Vector2::repeat(f64::NAN); 2] };
        }
        let [xx, xy, yy] = entries;
        if xy == 0.0 {
            let (along_x, along_y) = (Vector2::new(1.0, 0.0), Vector2::new(0.0, 1.0));
            return if xx <= yy {
                Self { values: [xx, yy], vectors: [along_x, along_y] }
            } else {
                Self { values: [yy, xx], vectors: [along_y, along_x] }
            };
        }
        // Scaled by a power of two (exactly), so that no square overflows.
        let scale = moderating_scale(xx.abs().max(xy.abs()).max(yy.abs()));
        let [a, b, d] = entries.map(|entry| entry * scale);
        let (mean, half) = (f64::midpoint(a, d), (a - d) / 2.0);
        let radius = libm::hypot(half, b);
        let large = if mean < 0.0 { mean - radius } else { mean + radius };
        let determinant = difference_of_products(a, d, b, b);
        let rounding = ENTRY_ROUNDING * ((a * d).abs() + b * b);
        let small = if determinant.abs() <= rounding { 0.0 } else { determinant / large };
        let values = [large.min(small) / scale, large.max(small) / scale];
        // The eigenvector of mean + radius, from the row in which nothing cancels.
        let upper = if half < 0.0 { Vector2::new(b, radius - half) } else { Vector2::new(half + radius, b) };
        Self { values, vectors: [Vector2::new(-upper.y, upper.x), upper].map(unit) }
    }

    /// The condition number: the larger absolute eigenvalue over the smaller, infinite where the
    /// matrix is singular.
    pub fn condition(&self) -> f64 {
        let [low, high] = self.values.map(f64::abs);
        if low == 0.0 || high == 0.0 { f64::INFINITY } else { low.max(high) / low.min(high) }
    }
}

/// `v` at length 1, with the sign that [`Spectrum::vectors`] promises.
fn unit(v: Vector2<f64>) -> Vector2<f64> {
    let length = libm::hypot(v.x, v.y);
    let sign = if v.x < 0.0 || (v.x == 0.0 && v.y < 0.0) { -1.0 } else { 1.0 };
    v / (sign * length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symmetric(xx: f64, xy: f64, yy: f64) -> Spectrum {
        Spectrum::of(&Matrix2::new(xx, xy, xy, yy))
    }

    fn close(found: f64, wanted: f64, tolerance: f64) {
        assert!((found - wanted).abs() <= tolerance * wanted.abs(), "{found} is not {wanted}");
    }

    /// The even powers of [[1, 1], [1, 0]] hold Fibonacci numbers, have the determinant 1, the
    /// eigenvalues phi^(2k) and phi^(-2k), and one eigenvector (phi, 1) for all of them.
    #[test]
    fn small_eigenvalues_are_exact_at_every_condition_number() {
        let phi = f64::midpoint(1.0, 5.0_f64.sqrt());
        let (mut next, mut this) = (1.0, 0.0);
        let mut power = 1.0;
        for _ in 0..38 {
            (next, this) = (next + this, next);
            (next, this) = (next + this, next);
            power *= phi * phi;
            for scale in [1.0, 1e-300, 1e290] {
                let spectrum = symmetric(next * scale, this * scale, (next - this) * scale);
                if 2.0 * this * this * ENTRY_ROUNDING > 1.0 {
                    // Numbers that differ in their last digits only have the determinant 0.
                    assert_eq!(spectrum.values[0], 0.0);
                    assert_eq!(spectrum.condition(), f64::INFINITY);
                    continue;
                }
                let rounding = if scale == 1.0 { 1e-14 } else { 4e-16 * power * power + 1e-14 };
                close(spectrum.values[0], scale / power, rounding);
                close(spectrum.values[1], power * scale, 1e-14);
                close(spectrum.vectors[1].x / spectrum.vectors[1].y, phi, 1e-15);
                close(spectrum.vectors[0].y / spectrum.vectors[0].x, -phi, 1e-15);
            }
            if 2.0 * this * this * ENTRY_ROUNDING < 1.0 {
                close(symmetric(next, this, next - this).condition(), power * power, 1e-13);
            }
        }
        assert!(power > 1e15);
    }

    #[test]
    fn vectors_are_orthonormal_with_the_promised_sign() {
        for xx in [-3.0, -1e-9, 0.0, 2.0, 1e9] {
            for xy in [-5.0, -1e-12, -1e-170, 0.0, 1e-170, 1.0, 1e6] {
                for yy in [-3.0, 0.0, 1e-9, 2.0, 1e9] {
                    let Spectrum { values, vectors: [v, w] } = symmetric(xx, xy, yy);
                    assert!(values[0] <= values[1]);
                    assert!(v.dot(&w).abs() < 1e-15);
                    for (vector, value) in [(v, values[0]), (w, values[1])] {
                        close(vector.norm(), 1.0, 1e-15);
                        assert!(vector.x > 0.0 || (vector.x == 0.0 && vector.y > 0.0), "{vector}");
                        let residual = Matrix2::new(xx, xy, xy, yy) * vector - vector * value;
                        assert!(residual.norm() <= 1e-15 * (xx.abs() + xy.abs() + yy.abs()));
                    }
                }
            }
        }
        let [v, w] = symmetric(1.1, 0.0, 1.1).vectors;
        assert_eq!((v, w), (Vector2::new(1.0, 0.0), Vector2::new(0.0, 1.0)));
        assert_eq!(symmetric(1.1, 0.0, 1.1).values, [1.1, 1.1]);
    }

    #[test]
    fn the_condition_number_is_the_ratio_of_the_sizes() {
        for (entries, condition) in [
            ([2.0, 0.0, 1.0], 2.0),
            ([2.0, 0.0, -2.0], 1.0),
            ([0.0, 3.0, 0.0], 1.0),
            ([1.0, 0.0, -1e-12], 1e12),
            ([1.0, 0.0, 1e-14], 1e14),
        ] {
            close(symmetric(entries[0], entries[1], entries[2]).condition(), condition, 1e-15);
        }
        for singular in [symmetric(1.0, 1.0, 1.0), symmetric(0.0, 0.0, 0.0)] {
            assert_eq!(singular.condition(), f64::INFINITY);
        }
    }

    #[test]
    fn extreme_and_non_finite_matrices_have_an_answer() {
        for size in [1e300, 1e-300, 5e-324, f64::MAX / 4.0] {
            let spectrum = symmetric(size, size, -size);
            assert!(spectrum.values[0] < 0.0 && spectrum.values[1] > 0.0, "{spectrum:?}");
            assert!(spectrum.values.iter().all(|value| value.is_finite()));
        }
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for entries in [[bad, 1.0, 1.0], [1.0, bad, 1.0], [1.0, 1.0, bad]] {
                let spectrum = symmetric(entries[0], entries[1], entries[2]);
                assert!(spectrum.values.iter().all(|value| value.is_nan()));
                assert!(spectrum.vectors.iter().all(|vector| vector.x.is_nan() && vector.y.is_nan()));
                assert!(spectrum.condition().is_nan());
            }
        }
    }
}
