//! Symmetric 2x2 matrices, as methods of second order need them.

use super::compensated::{difference_of_products, moderating_scale};
use super::number::Number;
use nalgebra::{Matrix2, Vector2};

/// (H + damping I)⁻¹ g for a symmetric H. Zero for a zero g, even where H is singular: who
/// stands on a critical point has arrived. Not finite where H is singular and g is not zero.
#[inline]
pub fn solve<T: Number>(hessian: &Matrix2<T>, damping: T, gradient: Vector2<T>) -> Vector2<T> {
    let (xx, xy, yy) = (hessian.m11 + damping, hessian.m12, hessian.m22 + damping);
    // In units of the largest entry the determinant cannot overflow.
    let unit = xx.abs().maximum(xy.abs()).maximum(yy.abs());
    let (xx, xy, yy) = (xx / unit, xy / unit, yy / unit);
    let determinant = xx * yy - xy * xy;
    let (x, y) = (gradient.x / unit, gradient.y / unit);
    let step = Vector2::new((yy * x - xy * y) / determinant, (xx * y - xy * x) / determinant);
    let size = gradient.x.abs().maximum(gradient.y.abs());
    step.map(|step| size.select_less(T::of(SMALLEST), T::of(0.0), step))
}

/// The smallest number above zero, 2^-1074: nothing but zero is less in size.
const SMALLEST: f64 = f64::from_bits(1);

/// H⁻¹ g for a symmetric H, each determinant to its last bits however near H is to singular: for looking for
/// zeros of a gradient, where [`solve`], which the methods' steps take, would lose its way. Not finite where H is
/// singular.
pub fn solve_near_singular(hessian: &Matrix2<f64>, gradient: Vector2<f64>) -> Vector2<f64> {
    let scale = moderating_scale(hessian.amax());
    let [xx, xy, yy] = [hessian.m11, hessian.m12, hessian.m22].map(|entry| entry * scale);
    let [gx, gy] = [gradient.x, gradient.y].map(|slope| slope * scale);
    let determinant = difference_of_products(xx, yy, xy, xy);
    Vector2::new(difference_of_products(yy, gx, xy, gy), difference_of_products(xx, gy, xy, gx)) / determinant
}

/// |H| = V|Λ|Vᵀ of a symmetric H, with no eigenvectors: |H| is the positive root of H², and the
/// root of a 2x2 matrix M is (M + √det M·I)/√(tr M + 2√det M) (Levinger, Mathematics Magazine 53
/// (1980), 222-224). For M = H² the divisor is |λ₁| + |λ₂|.
#[inline]
pub fn absolute<T: Number>(hessian: &Matrix2<T>) -> Matrix2<T> {
    let (xx, xy, yy) = (hessian.m11, hessian.m12, hessian.m22);
    // In units of the largest entry the squares cannot overflow; where all are 0, so is |H|.
    let unit = xx.abs().maximum(xy.abs()).maximum(yy.abs()).maximum(T::of(f64::MIN_POSITIVE));
    let (xx, xy, yy) = (xx / unit, xy / unit, yy / unit);
    let determinant = (xx * yy - xy * xy).abs();
    let trace = xx * xx + xy * xy * 2.0 + yy * yy;
    // Both are 0 only together; the smallest positive number then makes 0/0 a 0.
    let sum = (trace + determinant * 2.0).sqrt().maximum(T::of(f64::MIN_POSITIVE));
    let scale = unit / sum;
    let across = (xx + yy) * xy * scale;
    Matrix2::new(
        (xx * xx + xy * xy + determinant) * scale,
        across,
        across,
        (yy * yy + xy * xy + determinant) * scale,
    )
}

/// Whether every eigenvalue is above zero, without rounding's help.
pub fn is_positive_definite(hessian: &Matrix2<f64>) -> bool {
    let (xx, xy, yy) = (hessian.m11, hessian.m12, hessian.m22);
    xx > 0.0 && difference_of_products(xx, yy, xy, xy) > 0.0
}

#[cfg(test)]
mod tests {
    use super::absolute;
    use nalgebra::Matrix2;

    #[test]
    fn the_absolute_value_of_a_matrix() {
        for (xx, xy, yy) in
            [(2.0, 0.0, -2.0), (1.0, 2.0, 1.0), (-3.0, 0.5, -7.0), (4.0, 2.0, 1.0), (1e200, 2e200, -1e199)]
        {
            let hessian = Matrix2::new(xx, xy, xy, yy);
            let eigen = hessian.symmetric_eigen();
            let expected = eigen.eigenvectors
                * Matrix2::from_diagonal(&eigen.eigenvalues.abs())
                * eigen.eigenvectors.transpose();
            let size = expected.abs().max();
            assert!((absolute(&hessian) - expected).abs().max() <= 1e-14 * size, "{hessian}");
        }
        assert_eq!(absolute(&Matrix2::<f64>::zeros()), Matrix2::zeros());
    }
}
