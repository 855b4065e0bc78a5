//! A runner's model of the data.

use thalweg_scenario::Runner;

/// Where a runner's model stands.
pub struct DataModel<'a> {
    /// The runner.
    pub runner: &'a Runner,
    /// How many runners before it have its colour.
    pub round: usize,
    /// Its weights.
    pub weights: [f64; 2],
    /// Whether it is the runner that the panels speak of.
    pub is_focused: bool,
    /// Its error; none where that is no number.
    pub error: Option<f64>,
}
