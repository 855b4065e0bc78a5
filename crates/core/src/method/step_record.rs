//! A step that was made.

use super::state::State;
use crate::spec::settings::Settings;
use nalgebra::Vector2;

/// One step of a run, with the states that it leaves from and arrives at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepRecord {
    /// The optimizer's parameters, the learning rate being that of this step.
    pub settings: Settings<f64>,
    /// The gradient that the step was given, with its noise if it has any.
    pub gradient: Vector2<f64>,
    /// The state that the step left from.
    pub before: State<f64>,
    /// The state after it.
    pub after: State<f64>,
}
