//! How smooth a loss is at a point.

/// How smooth a loss is at a point, and with it which of its derivatives exist there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Smoothness {
    /// Gradient and Hessian exist.
    Smooth,
    /// The gradient exists, the Hessian does not, as of `abs(x)^1.5` at x = 0.
    OnceDifferentiable,
    /// The loss is continuous and has no gradient, as `abs(x)` at x = 0; what stands for the gradient is the mean of
    /// the slopes on both sides, along each axis.
    Kink,
    /// The loss is not defined on every side, as `sqrt(x)` at x = 0: what is defined gives the derivatives.
    DomainEdge,
    /// The loss has no value, or jumps; or the value or the derivatives are too large for a number.
    Undefined,
}

impl Smoothness {
    /// Whether the Hessian exists.
    pub fn has_hessian(self) -> bool {
        self == Self::Smooth
    }

    /// Whether the gradient exists, and not only a mean of slopes.
    pub fn has_gradient(self) -> bool {
        matches!(self, Self::Smooth | Self::OnceDifferentiable)
    }

    /// The words for it: "smooth", "once differentiable", "kink", "edge of the domain" or "undefined".
    pub fn name(self) -> &'static str {
        match self {
            Self::Smooth => "smooth",
            Self::OnceDifferentiable => "once differentiable",
            Self::Kink => "kink",
            Self::DomainEdge => "edge of the domain",
            Self::Undefined => "undefined",
        }
    }
}
