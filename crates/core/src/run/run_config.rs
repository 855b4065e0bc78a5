//! What distinguishes a run from the others of a sweep.

use crate::spec::settings::Settings;
use nalgebra::Vector2;

/// What distinguishes a run from the others of a sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunConfig {
    /// The settings of its optimizer.
    pub settings: Settings<f64>,
    /// The settings of its schedule; none where the learning rate is constant.
    pub schedule: Option<Settings<f64>>,
    /// Where it starts.
    pub start: Vector2<f64>,
}
