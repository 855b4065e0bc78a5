//! What a quasi-Newton method has learnt of the curvature, beside the truth.

use nalgebra::{Matrix2, Vector2};
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::state::State;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;

/// A method's estimate of the Hessian at a step, and how good it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HessianEstimate {
    /// The step.
    pub step: u32,
    /// Eigenvalues and eigenvectors of the estimated Hessian.
    pub spectrum: Spectrum,
    /// v·B·v along the two eigenvectors v of the true Hessian, B being the estimated one: beside the
    /// eigenvalues, as Bv = λv where the estimate is right.
    pub along: [f64; 2],
    /// By which factor it is wrong at most, over all directions: 1 where it is the Hessian itself,
    /// 2 where in some direction it takes the surface for twice or half as curved as it is. `None`
    /// where the Hessian is not positive definite: no estimate of such a method can be right there.
    pub off: Option<f64>,
}

impl HessianEstimate {
    /// The estimate of `run` after `step` steps, where it stands. `None` for methods that learn no
    /// curvature, before the first step, and where the numbers end.
    pub fn at(run: &Run, problem: &Problem, step: u32) -> Option<Self> {
        Self::in_state(run, problem, &run.state_at(problem, step))
    }

    /// The estimate of `run` in one of its states, where that state stands.
    pub fn in_state(run: &Run, problem: &Problem, state: &State<f64>) -> Option<Self> {
        let learnt = run.optimizer().estimate?;
        let inverse = learnt(state, run.settings())?;
        let hessian = problem.objective.value_gradient_hessian(state.position).hessian;
        // Of a function of x alone, what is believed of y is nothing that could be right or wrong.
        let inverse = if problem.objective.is_univariate() {
            Matrix2::from_diagonal_element(inverse.m11)
        } else {
            inverse
        };
        Self::of(&inverse, &hessian, state.step)
    }

    /// The estimate that an estimated inverse is, beside the true Hessian.
    fn of(inverse: &Matrix2<f64>, hessian: &Matrix2<f64>, step: u32) -> Option<Self> {
        let [m, v] = inverse_spectrum(inverse)?;
        let estimated = m.0 * (m.1 * m.1.transpose()) + v.0 * (v.1 * v.1.transpose());
        let spectrum = Spectrum { values: [m.0, v.0], vectors: [m.1, v.1] };
        let truth = Spectrum::of(hessian);
        let along = truth.vectors.map(|vector| vector.dot(&(estimated * vector)));
        Some(Self { step, spectrum, along, off: worst_factor(inverse, &truth) })
    }

    /// How good the estimate is, by the factor by which it is off.
    pub fn quality(&self) -> EstimateQuality {
        match self.off {
            None => EstimateQuality::NotPositiveDefinite,
            Some(off) if off < 1.01 => EstimateQuality::Right,
            Some(off) if off < 1.25 => EstimateQuality::NearlyRight,
            Some(off) if off < 3.0 => EstimateQuality::RoughlyRight,
            Some(_) => EstimateQuality::FarOff,
        }
    }
}

/// How good an estimate of the Hessian is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EstimateQuality {
    /// The Hessian is not positive definite: no positive definite estimate can be right.
    NotPositiveDefinite,
    /// Off by less than 1 % in every direction.
    Right,
    /// Off by a factor below 1.25.
    NearlyRight,
    /// Off by a factor below 3.
    RoughlyRight,
    /// Off by a factor of 3 or more.
    FarOff,
}

/// The eigenvalues of the inverse of a symmetric positive definite matrix, ascending, with their
/// eigenvectors.
fn inverse_spectrum(matrix: &Matrix2<f64>) -> Option<[(f64, Vector2<f64>); 2]> {
    let Spectrum { values: [low, high], vectors } = Spectrum::of(matrix);
    (low > 0.0 && high.is_finite()).then_some([(1.0 / high, vectors[1]), (1.0 / low, vectors[0])])
}

/// The eigenvalues of estimated inverse times Hessian are the true curvature in units of the
/// estimated one, over all directions between the least and the greatest ratio.
fn worst_factor(inverse: &Matrix2<f64>, truth: &Spectrum) -> Option<f64> {
    let [low, high] = truth.values;
    if !(low > 0.0 && high.is_finite()) {
        return None;
    }
    // Similar to the product, and symmetric: the root of the Hessian on both sides.
    let roots = truth.vectors.map(|vector| vector * vector.transpose());
    let root = roots[0] * low.sqrt() + roots[1] * high.sqrt();
    let Spectrum { values: [least, most], .. } = Spectrum::of(&(root * inverse * root));
    Some(most.max(1.0 / least)).filter(|off| off.is_finite() && least > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::objective::objective::Objective;

    use thalweg_core::spec::chosen::Chosen;
    use thalweg_core::spec::value::Value;

    #[test]
    fn the_factor_is_the_worst_over_all_directions() {
        let hessian = Matrix2::new(2.0, 1.0, 1.0, 5.0);
        let inverse = hessian.try_inverse().expect("regular");
        let of =
            |scale: f64| HessianEstimate::of(&(inverse * scale), &hessian, 3).expect("positive definite");
        let truth = Spectrum::of(&hessian);
        for (scale, off) in [(1.0, 1.0), (2.0, 2.0), (0.25, 4.0)] {
            let estimate = of(scale);
            assert!((estimate.off.expect("positive") - off).abs() < 1e-12);
            for i in [0, 1] {
                let wanted = truth.values[i] / scale;
                assert!((estimate.spectrum.values[i] - wanted).abs() < 1e-12 * wanted);
                assert!((estimate.along[i] - wanted).abs() < 1e-12 * wanted);
                assert!((estimate.spectrum.vectors[i] - truth.vectors[i]).norm() < 1e-12);
            }
        }
        let saddle =
            HessianEstimate::of(&inverse, &Matrix2::new(1.0, 0.0, 0.0, -1.0), 3).expect("an estimate");
        assert!(saddle.off.is_none() && saddle.quality() == EstimateQuality::NotPositiveDefinite);
        assert_eq!(HessianEstimate::of(&Matrix2::repeat(f64::NAN), &hessian, 0), None);
        assert_eq!(HessianEstimate::of(&Matrix2::zeros(), &hessian, 0), None);
    }

    #[test]
    fn bfgs_learns_a_quadratic_and_others_learn_nothing() {
        let mut bowl = Chosen::with_defaults(surfaces::find("Quadratic").expect("known"));
        assert!(bowl.set("angle", Value::Number(30.0)));
        let problem = Problem::new(Objective::new(&bowl), Vector2::new(-2.5, 1.0), 12);
        for of in optimizers::ALL {
            let mut run = Run::new(&Chosen::with_defaults(*of), &problem);
            run.advance(&problem, u32::MAX);
            assert_eq!(HessianEstimate::at(&run, &problem, 0), None, "{}", of.name);
            let found = HessianEstimate::at(&run, &problem, 12);
            assert_eq!(found.is_some(), of.estimate.is_some(), "{}", of.name);
            if of.name == "Bfgs" {
                assert_eq!(found.expect("an estimate").quality(), EstimateQuality::Right);
            }
        }
    }
}
