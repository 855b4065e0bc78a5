//! The adaptive edge of stability: the Hessian as a method that scales each coordinate sees it.
//!
//! Source: Cohen et al., *Adaptive Gradient Methods at the Edge of Stability*, arXiv:2207.14484
//! (2022), sections 2 and 3.

use super::mode::Mode;
use super::stability::sharpest_of;
use nalgebra::{Matrix2, Vector2};
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::state::State;
use thalweg_core::method::step_record::StepRecord;
use thalweg_core::method::theory::FrozenPreconditioner;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;

/// The preconditioned Hessian where a step leaves from, and what it means for that step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Preconditioned {
    /// The step that leaves from the state after so many steps.
    pub step: u32,
    /// The effective learning rate of each coordinate: the step's rate times the coordinate's scale.
    pub rates: Vector2<f64>,
    /// Eigenvalues and eigenvectors of D^½ (H + wI) D^½: D the diagonal matrix of the scales, H the
    /// Hessian where the step leaves from, w an L2 weight decay. D(H + wI), which the method's
    /// iteration has in it, has the same eigenvalues.
    pub spectrum: Spectrum,
    /// What the method would do along the two eigenvectors if scales and curvature stayed.
    pub modes: [Mode; 2],
    /// The largest stable eigenvalue at the step's learning rate: (2 + 2β₁)/((1 - β₁)α) for Adam.
    /// `None` where no eigenvalue is stable.
    pub edge: Option<f64>,
}

impl Preconditioned {
    /// For the step that `run` makes after `step` steps. `None` for a method that does not scale
    /// its coordinates, and where numbers are not finite.
    pub fn at(run: &Run, problem: &Problem, step: u32) -> Option<Self> {
        Self::from(run, problem, &run.state_at(problem, step))
    }

    /// The preconditioned Hessian for the step that leaves from a state of the run.
    pub fn from(run: &Run, problem: &Problem, state: &State<f64>) -> Option<Self> {
        if !run.optimizer().theory.scales_coordinates() {
            return None;
        }
        Self::of(run, problem, &run.strides(problem, state).next()?)
    }

    /// The preconditioned Hessian for a step of the run.
    pub fn of(run: &Run, problem: &Problem, stride: &StepRecord) -> Option<Self> {
        let mut frozen = run.optimizer().theory.frozen(stride)?;
        if problem.objective.is_univariate() {
            // The second coordinate is none: its scale, of slopes that are all zero, would tell nothing.
            frozen.scales.y = frozen.scales.x;
        }
        let hessian = problem.objective.value_gradient_hessian(stride.before.position).hessian;
        let spectrum = Spectrum::of(&scaled(&hessian, &frozen));
        if !spectrum.values.iter().all(|value| value.is_finite()) {
            return None;
        }
        let lr = stride.settings.numbers[0];
        let modes = spectrum.values.map(|lambda| Mode::of(frozen.law(lr, lambda)));
        let edge = sharpest_of(|lambda| frozen.law(lr, lambda), lr);
        Some(Self { step: stride.before.step, rates: frozen.scales * lr, spectrum, modes, edge })
    }

    /// The preconditioned sharpness: the larger eigenvalue.
    pub fn sharpness(&self) -> f64 {
        let [_, largest] = self.spectrum.values;
        largest
    }

    /// By how much the learning rate could be multiplied until the step stands at the edge, to first
    /// order in what the scales depend on: the scales do not follow the rate at once. `None` where
    /// nothing curves up, or no eigenvalue is stable.
    pub fn room(&self) -> Option<f64> {
        self.edge.map(|edge| edge / self.sharpness()).filter(|room| *room > 0.0 && room.is_finite())
    }
}

/// D^½ (H + wI) D^½.
fn scaled(hessian: &Matrix2<f64>, frozen: &FrozenPreconditioner) -> Matrix2<f64> {
    let roots = frozen.scales.map(f64::sqrt);
    let [xx, xy, yy] = [hessian.m11 + frozen.decay, hessian.m12, hessian.m22 + frozen.decay];
    let mixed = roots.x * roots.y * xy;
    Matrix2::new(frozen.scales.x * xx, mixed, mixed, frozen.scales.y * yy)
}
