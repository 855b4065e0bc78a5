//! What all runs of a race share.

use crate::objective::objective::Objective;
use nalgebra::Vector2;

/// What all runners share.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The surface.
    pub objective: Objective,
    /// Where every runner starts.
    pub start: Vector2<f64>,
    /// How many steps are made.
    pub steps: u32,
    /// A run has converged when the gradient's length is at most this; 0 switches the test off.
    pub tolerance: f64,
    /// A run has diverged when |x| or |y| is larger than this.
    pub bound: f64,
    /// A run has stalled when f has not fallen below its lowest for so many steps; 0 switches the
    /// test off.
    pub patience: u32,
}

impl Problem {
    /// `steps` steps from `start`, with no test but that of divergence, at 1e12.
    pub fn new(objective: Objective, start: Vector2<f64>, steps: u32) -> Self {
        Self { objective, start, steps, tolerance: 0.0, bound: 1e12, patience: 0 }
    }
}
