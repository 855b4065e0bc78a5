//! Pictures made of cells of colour.

use crate::color::Rgba;

/// A picture made of cells of colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Raster {
    /// How many cells lie side by side.
    pub columns: usize,
    /// How many lie one above the other.
    pub rows: usize,
    /// Their colours, row by row from the top left.
    pub cells: Vec<Rgba>,
    /// Whether colours go over into each other. Then the centres of the outermost cells lie on the border of
    /// the picture's place; else their outer edges do.
    pub is_smooth: bool,
}
