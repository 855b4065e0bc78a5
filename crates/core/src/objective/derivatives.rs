//! A loss with its derivatives at a point.

use crate::math::wide::Lanes;
use nalgebra::{Matrix2, Vector2};

/// Value and exact gradient at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueGradient {
    /// f(x, y).
    pub value: f64,
    /// The gradient of f there.
    pub gradient: Vector2<f64>,
}

/// The same at as many points as runs of a sweep go side by side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ValueGradientLanes {
    pub value: Lanes,
    pub gradient: Vector2<Lanes>,
}

/// Value, exact gradient and exact Hessian at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueGradientHessian {
    /// f(x, y).
    pub value: f64,
    /// The gradient of f there.
    pub gradient: Vector2<f64>,
    /// The Hessian of f there, symmetric.
    pub hessian: Matrix2<f64>,
}
