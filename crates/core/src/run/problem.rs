//! What all runs of a race share.

use crate::math::number::Number;
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

    /// f at a quarter, at half and at the whole of the way to a point beyond the bound. Only coordinates that are beyond
    /// it go along: what the others make of f is no part of that. A point that is much farther off counts as one about
    /// there, where f may still be told from what it tends to.
    pub fn on_the_way(&self, far: Vector2<f64>) -> [f64; 3] {
        let scale = Number::minimum(4.0 * self.bound / far.amax(), 1.0);
        [0.25, 0.5, 1.0].map(|part| {
            let place =
                far.map(
                    |coordinate| {
                        if coordinate.abs() > self.bound { coordinate * scale * part } else { coordinate }
                    },
                );
            self.objective.value(place)
        })
    }
}
