//! Saddle-free Newton.

use super::newton::{FULL_STEP, solve};
use crate::descent::Number;
use crate::descent::optimizer::{
    Group, Input, Landscape, Method, Optimizer, Program, Recurrence, State, Theory,
};
use crate::descent::param::{Param, Settings};
use crate::descent::scene::Evaluations;
use nalgebra::Matrix2;

/// Newton's method with the absolute values of the curvatures: downhill along every direction, so
/// that saddles repel it.
pub static SADDLE_FREE_NEWTON: Optimizer = Optimizer {
    name: "SaddleFreeNewton",
    summary: "Newton's method that takes every curvature as positive, and so is repelled by saddles.",
    update: "x ← x - α·(|H| + μI)⁻¹g",
    source: "Dauphin et al., Identifying and attacking the saddle point problem, NIPS 2014, algorithm 1",
    group: Group::SecondOrder,
    params: &[Param::NEWTON_RATE, Param::DAMPING],
    slots: &[],
    program: Program::of::<SaddleFreeNewton>(),
    theory: Theory::Linear(|settings, lambda| {
        let [lr, damping, ..] = settings.numbers;
        Recurrence::plain(1.0 - lr * (lambda / (lambda.abs() + damping)))
    }),
    best: Some(FULL_STEP),
    estimate: None,
};

pub(super) struct SaddleFreeNewton;

impl Method for SaddleFreeNewton {
    fn cost(_settings: &Settings<f64>, steps: u32) -> Evaluations {
        Evaluations { gradients: steps, hessians: steps, values: 0 }
    }

    #[inline(always)]
    fn step<T: Number, L: Landscape<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        let [_, damping, ..] = input.settings.numbers;
        let hessian = absolute(&input.landscape.hessian(state.position));
        state.position -= solve(&hessian, damping, input.gradient) * input.lr;
    }
}

/// |H| = V|Λ|Vᵀ of a symmetric H, with no eigenvectors: |H| is the positive root of H², and the
/// root of a 2x2 matrix M is (M + √det M·I)/√(tr M + 2√det M) (Levinger, Mathematics Magazine 53
/// (1980), 222-224). For M = H² the divisor is |λ₁| + |λ₂|.
#[inline]
fn absolute<T: Number>(hessian: &Matrix2<T>) -> Matrix2<T> {
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
