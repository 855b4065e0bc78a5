//! Critical points and their kinds.

use nalgebra::Vector2;

/// The kind of a critical point by the second derivative test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointKind {
    /// The Hessian is positive definite, or the point is a known minimum all the same.
    Minimum,
    /// The Hessian is negative definite.
    Maximum,
    /// The Hessian has eigenvalues of both signs.
    Saddle,
    /// The Hessian is singular: the test says nothing.
    Inconclusive,
}

impl PointKind {
    /// The word for it: "minimum", "maximum", "saddle" or "inconclusive".
    pub fn name(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Saddle => "saddle",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// A point where the gradient vanishes (or, at a cone's tip, does not exist).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CriticalPoint {
    /// Where.
    pub at: Vector2<f64>,
    /// What kind of point.
    pub kind: PointKind,
}

impl CriticalPoint {
    /// A critical point of the given kind at (x, y).
    pub const fn new(kind: PointKind, x: f64, y: f64) -> Self {
        Self { at: Vector2::new(x, y), kind }
    }
}
