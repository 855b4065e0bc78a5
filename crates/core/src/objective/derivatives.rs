//! A loss with its derivatives at a point.

use super::smoothness::Smoothness;
use crate::math::number::Number;
use crate::math::wide::Lanes;
use nalgebra::{Matrix2, Vector2};

/// What answers value, gradient and Hessian at any point. What searches by it is compiled once, whoever answers.
pub type CurvatureAt<'a> = dyn Fn(Vector2<f64>) -> ValueGradientHessian + 'a;

/// Value and exact gradient at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueGradient {
    /// f(x, y).
    pub value: f64,
    /// The gradient of f there.
    pub gradient: Vector2<f64>,
}

/// Points of a few runs side by side, with value and exact gradient at each.
#[derive(Clone, Copy, Debug)]
pub struct ValueGradientLanes {
    /// The points.
    pub at: Vector2<Lanes>,
    /// f there.
    pub value: Lanes,
    /// The gradient of f there.
    pub gradient: Vector2<Lanes>,
    /// The lowest f of each run at the points before.
    pub lowest: Lanes,
    /// The last step of each run at which its gradient was longer than arriving allows; -1 before the first.
    pub last_above: Lanes,
}

impl ValueGradientLanes {
    /// These points, with nothing known of them yet.
    pub fn unknown(at: Vector2<Lanes>) -> Self {
        let none = Lanes::of(f64::NAN);
        let (lowest, last_above) = (Lanes::of(f64::INFINITY), Lanes::of(-1.0));
        Self { at, value: none, gradient: Vector2::new(none, none), lowest, last_above }
    }

    /// The lowest f of each run, the present points included. NaN is not lower than anything.
    #[inline(always)]
    pub(crate) fn lowest(&self) -> Lanes {
        self.value.select_less(self.lowest, self.value, self.lowest)
    }

    /// All of its numbers.
    pub(crate) fn numbers(&mut self) -> impl Iterator<Item = &mut Lanes> {
        let Self { at, value, gradient, lowest, last_above } = self;
        at.iter_mut().chain(gradient.iter_mut()).chain([value, lowest, last_above])
    }
}

/// Value, exact gradient and exact Hessian at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueGradientHessian {
    /// f(x, y).
    pub value: f64,
    /// The gradient of f there; at a kink the mean of the slopes on both sides, along each axis.
    pub gradient: Vector2<f64>,
    /// The Hessian of f there, symmetric; NaN throughout where it does not exist. Of a univariate function f''·I, see
    /// `ValueGradientHessian::univariate`.
    pub hessian: Matrix2<f64>,
    /// Which of these exist.
    pub smoothness: Smoothness,
}

impl ValueGradientHessian {
    /// These derivatives as those of a function of x alone: with f''·I for its Hessian.
    ///
    /// The second coordinate is none of such a function's, and the row and the column of zeros that belong to it say
    /// nothing of how f curves. With f'' in their place f'' is the only eigenvalue there is: the Hessian is singular
    /// where f'' is zero, positive definite where f is convex, and its inverse, applied to the gradient (f', 0), is the
    /// step f'/f''. Whoever reads a Hessian is right without having to ask.
    #[must_use]
    pub(super) fn univariate(self) -> Self {
        let second = self.hessian.m11;
        let hessian = if second.is_nan() { self.hessian } else { Matrix2::from_diagonal_element(second) };
        Self { hessian, ..self }
    }

    /// The derivatives of f(x) + y²/2, where these are those of f(x) at `p`: a function of the plane that has, on the line y = 0,
    /// a minimum where f has one and a saddle where f has a maximum.
    #[must_use]
    pub(super) fn lifted(self, p: Vector2<f64>) -> Self {
        let Self { value, mut gradient, mut hessian, smoothness } = self;
        gradient.y = p.y;
        if !hessian.m11.is_nan() {
            hessian = Matrix2::from_diagonal(&Vector2::new(hessian.m11, 1.0));
        }
        Self { value: value + p.y * p.y / 2.0, gradient, hessian, smoothness }
    }
}
