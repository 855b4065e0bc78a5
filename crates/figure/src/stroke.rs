//! How lines are drawn.

use crate::color::Rgba;
use crate::dash::DashPattern;

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its width in points.
    pub width: f64,
    /// Its colour.
    pub color: Rgba,
    /// Its dashes; none where it is solid.
    pub dash: Option<DashPattern>,
}

impl Stroke {
    /// A solid line.
    pub const fn new(width: f64, color: Rgba) -> Self {
        Self { width, color, dash: None }
    }

    /// The line in dashes.
    pub const fn dashed(self, pattern: DashPattern) -> Self {
        Self { dash: Some(pattern), ..self }
    }
}
