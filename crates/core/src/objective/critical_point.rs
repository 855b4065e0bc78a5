//! Critical points and their kinds.

use crate::math::spectrum::Spectrum;
use nalgebra::Vector2;

/// The kind of a critical point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointKind {
    /// f is higher all around, but perhaps along a line of such points.
    Minimum,
    /// f is lower all around, but perhaps along a line of such points.
    Maximum,
    /// f is lower on two sides and higher between them.
    Saddle,
    /// None of these, or not known: the Hessian is singular, and nothing else tells.
    Inconclusive,
}

impl PointKind {
    /// The second derivative test for a point whose Hessian has this spectrum, if the gradient vanishes there;
    /// "inconclusive" where the Hessian is singular, or not finite. A Hessian is singular where one of its eigenvalues
    /// is 0: what rounding leaves of a zero counts as zero, see [`Spectrum::of`].
    pub fn of(spectrum: &Spectrum) -> Self {
        let [low, high] = spectrum.values;
        if low == 0.0 || high == 0.0 || low.is_nan() || high.is_nan() {
            Self::Inconclusive
        } else if low > 0.0 {
            Self::Minimum
        } else if high < 0.0 {
            Self::Maximum
        } else {
            Self::Saddle
        }
    }

    /// The kind of a point of f(x) that is of this kind for f(x) + y²/2.
    #[must_use]
    pub(super) fn univariate(self) -> Self {
        if self == Self::Saddle { Self::Maximum } else { self }
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

    /// Both lists in one, each point once, minima first.
    pub fn joined(known: &[Self], more: &[Self]) -> Vec<Self> {
        let mut all = known.to_vec();
        for point in more {
            let near = 1e-6 * (1.0 + point.at.amax());
            if known.iter().all(|known| (known.at - point.at).amax() > near) {
                all.push(*point);
            }
        }
        all.sort_by_key(|point| point.kind != PointKind::Minimum);
        all
    }

    /// The one of these that is nearest to `p`, if there is any.
    pub fn nearest<'a>(points: impl IntoIterator<Item = &'a Self>, p: Vector2<f64>) -> Option<Self> {
        let distance = |point: &&Self| (point.at - p).norm_squared();
        points.into_iter().min_by(|a, b| distance(a).total_cmp(&distance(b))).copied()
    }

    /// The minimum among these that is nearest to `p`, if there is any.
    pub fn nearest_minimum<'a>(points: impl IntoIterator<Item = &'a Self>, p: Vector2<f64>) -> Option<Self> {
        Self::nearest(points.into_iter().filter(|point| point.kind == PointKind::Minimum), p)
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
            ([1.0, 0.0, 1e-14], PointKind::Minimum),
            ([1.0, 0.0, 0.0], PointKind::Inconclusive),
            ([0.1, 0.3, 0.9], PointKind::Inconclusive),
            ([0.1, 0.3, 0.9 + 1e-14], PointKind::Minimum),
            ([0.7, 0.1, 0.1 / 7.0], PointKind::Inconclusive),
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
