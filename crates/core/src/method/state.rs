//! What an optimizer remembers between steps.

use crate::math::number::Number;
use nalgebra::Vector2;

/// Room for the 2-vectors of one optimizer's inner state: the ten pairs of L-BFGS, their count, and
/// one more.
/// A step changes its state in place, so that nobody pays for room that is not used; copies are
/// made only at checkpoints and replays.
pub const METHOD_SLOTS: usize = 22;
/// Room for what all modifiers of a runner keep.
pub const MODIFIER_SLOTS: usize = 6;
/// All room: behind what an optimizer keeps its modifiers keep theirs.
pub const MAX_SLOTS: usize = METHOD_SLOTS + MODIFIER_SLOTS;

/// Everything that an optimizer remembers between steps: plain data, so that a checkpoint is a
/// copy and every step can be replayed from one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State<T: Number> {
    /// Where it stands.
    pub position: Vector2<T>,
    /// Its inner state: the slots that the description names first, then what it keeps unnamed; from [`METHOD_SLOTS`]
    /// on what its modifiers keep.
    pub slots: [Vector2<T>; MAX_SLOTS],
    /// How many steps it has made.
    pub step: u32,
}

impl State<f64> {
    /// At `position`, with nothing remembered.
    pub fn at(position: Vector2<f64>) -> Self {
        Self { position, slots: [Vector2::zeros(); MAX_SLOTS], step: 0 }
    }
}
