//! A method that scales its coordinates, with the scales held as they are.

use super::recurrence::Recurrence;
use nalgebra::Vector2;

/// A step of a method that gives each coordinate a scale of its own, with the scales as they are
/// in that step: where they change slowly, the method is for a while the linear one
///
/// m ← memory·m + g, x ← keep·x - α·D·(average·m + fresh·g), D the diagonal matrix of the scales
///
/// and obeys, along the eigenvectors of D^½ (H + decay·I) D^½, a law in that matrix's eigenvalues.
/// Source: Cohen et al., *Adaptive Gradient Methods at the Edge of Stability*, arXiv:2207.14484
/// (2022), section 3, who derive it for Adam.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FrozenPreconditioner {
    /// What multiplies the direction in each coordinate, the learning rate apart.
    pub scales: Vector2<f64>,
    /// An L2 penalty's addition to the curvature.
    pub decay: f64,
    /// What a step leaves of the position before it is moved: below 1 for decoupled weight decay.
    pub keep: f64,
    /// What a step leaves of the sum m of gradients.
    pub memory: f64,
    /// The weight of that sum in the step.
    pub average: f64,
    /// The weight of the present gradient besides.
    pub fresh: f64,
}

impl FrozenPreconditioner {
    /// A step along the scaled gradient itself.
    pub fn plain(scales: Vector2<f64>) -> Self {
        Self { scales, decay: 0.0, keep: 1.0, memory: 0.0, average: 0.0, fresh: 1.0 }
    }

    /// A step along a moving average of gradients, m ← βm + (1-β)g, scaled.
    pub fn averaged(scales: Vector2<f64>, beta: f64) -> Self {
        Self { memory: beta, average: 1.0 - beta, fresh: 0.0, ..Self::plain(scales) }
    }

    /// The law along an eigenvector of the preconditioned Hessian, of eigenvalue `lambda`, at the
    /// learning rate `lr`: put the sum that the last step implies into the next.
    pub fn law(&self, lr: f64, lambda: f64) -> Recurrence {
        let push = lr * lambda;
        let step = push * (self.average + self.fresh);
        Recurrence {
            first: self.keep - step,
            now: self.keep + self.memory - step,
            // 0, and not -0, for a method without memory.
            before: 0.0 - self.memory * (self.keep - push * self.fresh),
        }
    }
}
