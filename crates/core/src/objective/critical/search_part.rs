//! A part of the plane that a search still has to look at.

use nalgebra::Vector2;

/// A cell, or a part of one, that is looked at once more.
#[derive(Clone, Copy, Debug)]
pub(super) struct SearchPart {
    pub corner: Vector2<f64>,
    pub size: Vector2<f64>,
    /// The gradients at its corners, counterclockwise from the south-west.
    pub corners: [Vector2<f64>; 4],
    pub depth: u32,
}
