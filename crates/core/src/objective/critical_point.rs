//! Critical points and their kinds.

use crate::math::spectrum::Spectrum;
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
    /// The second derivative test calls a Hessian singular when the smaller eigenvalue (in
    /// absolute value) is at most this part of the larger: below it, the rounding of the
    /// Hessian's entries alone may have decided the sign.
    pub const TOLERANCE: f64 = 1e-13;

    /// The second derivative test for a point whose Hessian has this spectrum, if the gradient vanishes there;
    /// "inconclusive" within [`PointKind::TOLERANCE`] of singular and where the Hessian is not finite.
    pub fn of(spectrum: &Spectrum) -> Self {
        let [low, high] = spectrum.values;
        let [small, large] = if low.abs() <= high.abs() { [low, high] } else { [high, low] };
        if small.abs() <= Self::TOLERANCE * large.abs() || small.is_nan() {
            Self::Inconclusive
        } else if low > 0.0 {
            Self::Minimum
        } else if high < 0.0 {
            Self::Maximum
        } else {
            Self::Saddle
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Matrix2;

    #[test]
    fn kinds_follow_the_signs_and_the_tolerance() {
        for ([xx, xy, yy], kind) in [
            ([2.0, 0.0, 1.0], PointKind::Minimum),
            ([-2.0, 0.0, -1.0], PointKind::Maximum),
            ([2.0, 0.0, -2.0], PointKind::Saddle),
            ([0.0, 3.0, 0.0], PointKind::Saddle),
            ([1.0, 1.0, 1.0], PointKind::Inconclusive),
            ([0.0, 0.0, 0.0], PointKind::Inconclusive),
            ([1.0, 0.0, 1e-12], PointKind::Minimum),
            ([1.0, 0.0, -1e-12], PointKind::Saddle),
            ([1.0, 0.0, 1e-14], PointKind::Inconclusive),
            ([1e300, 1e300, -1e300], PointKind::Saddle),
            ([5e-324, 5e-324, -5e-324], PointKind::Saddle),
            ([f64::NAN, 1.0, 1.0], PointKind::Inconclusive),
            ([1.0, f64::INFINITY, 1.0], PointKind::Inconclusive),
        ] {
            let spectrum = Spectrum::of(&Matrix2::new(xx, xy, xy, yy));
            assert_eq!(PointKind::of(&spectrum), kind, "{xx} {xy} {yy}");
        }
    }
}
