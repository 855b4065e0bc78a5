//! What a description says of its method's behaviour on a quadratic: the law of the error.

use super::step_record::StepRecord;
use crate::spec::settings::Settings;
use nalgebra::{Matrix2, Vector2};

/// The law of a method along one eigenvector of a quadratic, where it is linear:
/// e_1 = `first` e_0, then e_{t+1} = `now` e_t + `before` e_{t-1}.
///
/// The error e is the distance from where the method comes to rest. That is the critical point
/// of f, but with an L2 `weight_decay` w it is the critical point of f + w|x|²/2, which lies
/// nearer to the origin: `analysis::stability::fixed_point`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recurrence {
    /// The factor of the first step.
    pub first: f64,
    /// The weight of the present error.
    pub now: f64,
    /// The weight of the error one step ago; 0 for a method without memory.
    pub before: f64,
}

impl Recurrence {
    /// A method without memory: every step multiplies the error by `factor`.
    pub fn plain(factor: f64) -> Self {
        Self { first: factor, now: factor, before: 0.0 }
    }

    /// The iteration matrix: it takes (e_t, e_{t-1}) to (e_{t+1}, e_t). The companion matrix of
    /// z² - now·z - before.
    pub fn matrix(&self) -> Matrix2<f64> {
        Matrix2::new(self.now, self.before, 1.0, 0.0)
    }
}

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

/// Whether and how the linear theory applies to a method.
#[derive(Clone, Copy, Debug)]
pub enum Theory {
    /// On a quadratic the error along an eigenvector of eigenvalue lambda obeys a recurrence.
    Linear(fn(&Settings<f64>, f64) -> Recurrence),
    /// Only with the scales of its coordinates held as they are does it obey one.
    Preconditioned {
        /// Those scales, and the step that they are in; `None` where the step has none.
        frozen: fn(&StepRecord) -> Option<FrozenPreconditioner>,
        /// Why no law holds for more than a while, and what to look at.
        why: &'static str,
    },
    /// It does not apply; the sentence says why and what to look at instead.
    None(&'static str),
}

impl Theory {
    /// The law along an eigenvector of the Hessian: from settings and eigenvalue; `None` where there
    /// is none that stays.
    pub fn law(&self) -> Option<fn(&Settings<f64>, f64) -> Recurrence> {
        match *self {
            Self::Linear(law) => Some(law),
            Self::Preconditioned { .. } | Self::None(_) => None,
        }
    }

    /// Why there is no law that stays; `None` where there is one.
    pub fn silence(&self) -> Option<&'static str> {
        match *self {
            Self::Linear(_) => None,
            Self::Preconditioned { why, .. } | Self::None(why) => Some(why),
        }
    }
}
