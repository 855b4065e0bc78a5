//! The end of a run.

use super::trajectory::Ending;
use nalgebra::Vector2;

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunResult {
    /// The last step, and why there.
    pub ending: Ending,
    /// The step from which on the gradient's length is at most the tolerance that arriving asks for, to the last
    /// step; see [`arrived_at`](super::arrival::arrived_at).
    pub arrived: Option<u32>,
    /// Where it stands then.
    pub position: Vector2<f64>,
    /// f there.
    pub loss: f64,
    /// The lowest f until half of the problem's steps, and behind them; infinite where there is none.
    pub lowest: [f64; 2],
}
