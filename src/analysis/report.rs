//! What the spectrum at a point says of a runner: the contents of the spectral panel.

use super::spectrum::Spectrum;
use super::stability::{Mode, factor_at};
use crate::descent::optimizer::{Recurrence, Theory};
use crate::descent::race::{Course, Lane};
use crate::descent::surface::{Curvature, PointKind};
use nalgebra::Vector2;

/// The linear theory's statement about one eigenvector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law {
    /// Recurrence, rate and regime.
    pub mode: Mode,
    /// e_t / e_0 at the report's step; (1 - alpha lambda)^t for gradient descent.
    pub factor: f64,
}

/// One eigenvector of the Hessian, and what happens along it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Direction {
    /// The eigenvalue: the curvature along the direction.
    pub lambda: f64,
    /// The eigenvector, of unit length.
    pub vector: Vector2<f64>,
    /// Learning rate times eigenvalue, for a method that has a learning rate.
    pub step: Option<f64>,
    /// What the linear theory says, where it applies.
    pub law: Option<Law>,
}

/// Everything that the panel shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// Where.
    pub point: Vector2<f64>,
    /// f, gradient and Hessian there.
    pub curvature: Curvature,
    /// The Hessian's eigenvalues and eigenvectors.
    pub spectrum: Spectrum,
    /// The two directions, by ascending eigenvalue.
    pub directions: [Direction; 2],
    /// The step t to which the factors belong.
    pub step: u32,
    /// Why the linear theory does not apply, if it does not.
    silence: Option<&'static str>,
    plain: bool,
    shape: Option<PointKind>,
}

impl Report {
    /// The report on `point`, for `lane` after `step` steps; without a lane, on the surface alone.
    pub fn at(course: &Course, point: Vector2<f64>, lane: Option<&Lane>, step: u32) -> Self {
        let curvature = course.terrain.curvature(point);
        let spectrum = Spectrum::of(&curvature.hessian);
        let finite = spectrum.values.iter().all(|value| value.is_finite());
        let (mut silence, mut plain) = (None, false);
        let directions = [0, 1].map(|i| {
            let lambda = spectrum.values[i];
            let mut direction = Direction { lambda, vector: spectrum.vectors[i], step: None, law: None };
            let Some(lane) = lane else { return direction };
            if lane.optimizer().has_learning_rate() {
                direction.step = Some(lane.settings().numbers[0] * lambda);
            }
            match lane.optimizer().theory {
                Theory::Linear(law) if finite => {
                    let recurrence = law(lane.settings(), lambda);
                    plain = recurrence == Recurrence::plain(recurrence.first);
                    direction.law =
                        Some(Law { mode: Mode::of(recurrence), factor: factor_at(&recurrence, step) });
                }
                Theory::Linear(_) => {
                    silence = Some("The second derivatives are not finite here: there is no spectrum.");
                }
                Theory::None(reason) => silence = Some(reason),
            }
            direction
        });
        let shape = finite.then(|| spectrum.kind());
        Self { point, curvature, spectrum, directions, step, silence, plain, shape }
    }

    /// The length of the gradient.
    pub fn gradient_norm(&self) -> f64 {
        libm::hypot(self.curvature.gradient.x, self.curvature.gradient.y)
    }

    /// Whether every step multiplies the error by one factor: then it is (1 - alpha lambda)^t.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// The local shape by the signs of the eigenvalues; none where they are not finite.
    pub fn shape(&self) -> Option<PointKind> {
        self.shape
    }

    /// What of this applies to the runner, in words.
    pub fn applies(&self) -> &'static str {
        match (self.silence, self.plain) {
            (Some(reason), _) => reason,
            (None, true) => {
                "Exact on a quadratic. Elsewhere it holds for the local quadratic model: near a minimum, \
                 for errors small enough."
            }
            (None, false) => {
                "Steps depend on the one before: the error follows a two-step recurrence, not (1 - αλ)^t. \
                 Exact on a quadratic, elsewhere near a minimum."
            }
        }
    }
}

/// The Hessian's eigenvalues at a point, ascending; none where they are not finite.
pub fn eigenvalues(course: &Course, point: Vector2<f64>) -> Option<[f64; 2]> {
    let values = Spectrum::of(&course.terrain.curvature(point).hessian).values;
    values.iter().all(|value| value.is_finite()).then_some(values)
}
