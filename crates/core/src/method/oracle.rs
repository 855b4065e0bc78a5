//! What a step may ask of the surface, and how often it did.

use crate::formula::code::SurfaceQuery;
use crate::math::number::Number;
use crate::objective::derivatives::{ValueGradient, ValueGradientHessian};
use crate::objective::objective::Objective;
use nalgebra::{Matrix2, Vector2};

/// What a step may ask of the surface, besides the gradient that it is given.
pub trait Oracle<T: Number> {
    /// f at `p`.
    fn value(&self, p: Vector2<T>) -> T;
    /// The gradient at `p`.
    fn gradient(&self, p: Vector2<T>) -> Vector2<T>;
    /// The Hessian at `p`, symmetric.
    fn hessian(&self, p: Vector2<T>) -> Matrix2<T>;
}

/// What the surface answers to the question of a formula: as many numbers as that has.
#[inline]
pub fn answer<T: Number>(oracle: &impl Oracle<T>, question: SurfaceQuery, [x, y]: [T; 2]) -> [T; 3] {
    let (p, nothing) = (Vector2::new(x, y), T::of(0.0));
    match question {
        SurfaceQuery::Value => [oracle.value(p), nothing, nothing],
        SurfaceQuery::Gradient => {
            let gradient = oracle.gradient(p);
            [gradient.x, gradient.y, nothing]
        }
        SurfaceQuery::Hessian => {
            let hessian = oracle.hessian(p);
            [hessian.m11, hessian.m12, hessian.m22]
        }
    }
}

impl Oracle<f64> for Objective {
    #[inline]
    fn value(&self, p: Vector2<f64>) -> f64 {
        Objective::value(self, p)
    }

    #[inline]
    fn gradient(&self, p: Vector2<f64>) -> Vector2<f64> {
        let ValueGradient { gradient, .. } = self.value_gradient(p);
        gradient
    }

    #[inline]
    fn hessian(&self, p: Vector2<f64>) -> Matrix2<f64> {
        let ValueGradientHessian { hessian, .. } = self.value_gradient_hessian(p);
        hessian
    }
}

/// How often the surface was asked, for each of the three questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evaluations {
    /// For f.
    pub values: u32,
    /// For the gradient of f.
    pub gradients: u32,
    /// For the Hessian of f.
    pub hessians: u32,
}

impl Evaluations {
    /// Those that came after `before`.
    pub fn since(&self, before: &Self) -> Self {
        Self {
            values: self.values - before.values,
            gradients: self.gradients - before.gradients,
            hessians: self.hessians - before.hessians,
        }
    }

    /// All three together: each counts as one.
    pub fn total(&self) -> u64 {
        u64::from(self.values) + u64::from(self.gradients) + u64::from(self.hessians)
    }
}
