//! What the spectrum at a point says of a runner: the contents of the spectral panel.

use super::spectrum::Spectrum;
use super::stability::{Mode, factor_at, forgets};
use crate::descent::optimizer::{Recurrence, Theory};
use crate::descent::param::Settings;
use crate::descent::race::{Course, Lane};
use crate::descent::surface::{Curvature, PointKind};
use nalgebra::Vector2;

/// The linear theory's statement about one eigenvector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Law {
    /// Recurrence, rate and regime; under a schedule those that the present learning rate has.
    pub mode: Mode,
    /// e_t / e_0 at the report's step; (1 - alpha lambda)^t for gradient descent. None where the
    /// rate changes and the method has memory: no power of a recurrence describes that.
    pub factor: Option<f64>,
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
    scheduled: bool,
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
            let settings = lane.settings_at(step);
            if lane.optimizer().has_learning_rate() {
                direction.step = Some(settings.numbers[0] * lambda);
            }
            match lane.optimizer().theory {
                Theory::Linear(law) if finite => {
                    let recurrence = law(&settings, lambda);
                    plain = recurrence == Recurrence::plain(recurrence.first);
                    let factor = if lane.is_scheduled() {
                        plain = forgets(lane.optimizer(), lane.settings(), lambda);
                        plain.then(|| product(lane, law, lambda, step))
                    } else {
                        Some(factor_at(&recurrence, step))
                    };
                    direction.law = Some(Law { mode: Mode::of(recurrence), factor });
                }
                Theory::Linear(_) => {
                    silence = Some("The second derivatives are not finite here: there is no spectrum.");
                }
                Theory::None(reason) => silence = Some(reason),
            }
            direction
        });
        let shape = finite.then(|| spectrum.kind());
        let scheduled = lane.is_some_and(Lane::is_scheduled);
        Self { point, curvature, spectrum, directions, step, silence, plain, scheduled, shape }
    }

    /// The length of the gradient.
    pub fn gradient_norm(&self) -> f64 {
        libm::hypot(self.curvature.gradient.x, self.curvature.gradient.y)
    }

    /// Whether every step multiplies the error by a factor: then it is (1 - alpha lambda)^t, or
    /// under a schedule the product of such factors.
    pub fn is_plain(&self) -> bool {
        self.plain
    }

    /// Whether the learning rate changes from step to step.
    pub fn is_scheduled(&self) -> bool {
        self.scheduled
    }

    /// The local shape by the signs of the eigenvalues; none where they are not finite.
    pub fn shape(&self) -> Option<PointKind> {
        self.shape
    }

    /// What of this applies to the runner, in words.
    pub fn applies(&self) -> &'static str {
        match (self.silence, self.plain, self.scheduled) {
            (Some(reason), ..) => reason,
            (None, true, true) => {
                "α is the rate of this step. The factor is the product of (1 - αλ) over the steps made: exact \
                 on a quadratic, elsewhere near a minimum."
            }
            (None, false, true) => {
                "The rate changes and steps depend on the one before: regime and rate per step are those that \
                 this step's α would have if it stayed. No factor e_t / e_0 follows from them."
            }
            (None, true, false) => {
                "Exact on a quadratic. Elsewhere it holds for the local quadratic model: near a minimum, \
                 for errors small enough."
            }
            (None, false, false) => {
                "Steps depend on the one before: the error follows a two-step recurrence, not (1 - αλ)^t. \
                 Exact on a quadratic, elsewhere near a minimum."
            }
        }
    }
}

/// e_t / e_0 of a method that forgets: the product of its factors at the rates of the steps made.
fn product(lane: &Lane, law: fn(&Settings<f64>, f64) -> Recurrence, lambda: f64, step: u32) -> f64 {
    let mut settings = *lane.settings();
    let samples = lane.trajectory().samples();
    // What is recorded need not be computed again.
    let recorded = samples.iter().map(|sample| sample.lr);
    let beyond = (samples.len()..).map(|step| lane.learning_rate(u32::try_from(step).unwrap_or(u32::MAX)));
    let mut factor = 1.0;
    for lr in recorded.chain(beyond).take(step as usize) {
        settings.numbers[0] = lr;
        factor *= law(&settings, lambda).first;
        if factor == 0.0 || !factor.is_finite() {
            break;
        }
    }
    factor
}

/// The Hessian's eigenvalues at a point, ascending; none where they are not finite.
pub fn eigenvalues(course: &Course, point: Vector2<f64>) -> Option<[f64; 2]> {
    let values = Spectrum::of(&course.terrain.curvature(point).hessian).values;
    values.iter().all(|value| value.is_finite()).then_some(values)
}
