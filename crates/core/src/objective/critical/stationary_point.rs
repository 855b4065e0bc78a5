//! What a search for critical points has found.

use crate::objective::critical_point::PointKind;
use crate::objective::derivatives::ValueGradientHessian;
use nalgebra::Vector2;

/// What f is like at a critical point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StationaryForm {
    /// The Hessian is not singular.
    Regular,
    /// The Hessian is singular, and no other critical point is beside it.
    Degenerate,
    /// There is a gradient, which vanishes, and no Hessian: f bends in more than one way there, as max(x², y²) does.
    OnceDifferentiable,
    /// There is no gradient: a cone's tip, a roof's corner, a place on a kink.
    Kink,
}

/// A place where the gradient vanishes, or f has a tip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StationaryPoint {
    /// Where.
    pub at: Vector2<f64>,
    /// Value, gradient and Hessian there; the last two may not be finite at a tip.
    pub curvature: ValueGradientHessian,
    /// What kind it is of, as far as that is certain.
    pub kind: PointKind,
    /// What f is like there.
    pub form: StationaryForm,
    /// By how much the place may be off, where rounding hides it by more than its last digits; else 0.
    pub apart: f64,
    /// How often the gradient turns around it; none where that is not known.
    pub(super) index: Option<i32>,
}

/// What a part of the plane is like in which the gradient is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LevelGround {
    /// A plain: f is constant there.
    Plain,
    /// f fades out, as exp(-x²) does, until its gradient is rounded to zero.
    Faded,
}
