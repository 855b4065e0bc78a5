//! The end of a run.

use super::trajectory::Ending;
use nalgebra::Vector2;

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunResult {
    /// The last step, and why there.
    pub ending: Ending,
    /// Where it stands then.
    pub position: Vector2<f64>,
    /// f there.
    pub loss: f64,
    /// The lowest f until half of the problem's steps, and behind them; infinite where there is none.
    pub lowest: [f64; 2],
}
