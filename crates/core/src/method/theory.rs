//! What a description says of its method's behaviour on a quadratic: the law of the error.

use super::found_law::FoundLaw;
use super::found_scales::FoundScales;
pub use super::frozen_preconditioner::FrozenPreconditioner;
use super::recurrence::Recurrence;
use super::step_record::StepRecord;
use crate::spec::settings::Settings;
use std::fmt;
use std::sync::Arc;

/// A function from settings and eigenvalue to a law, which knows what else it is made of.
type LawOf = dyn Fn(&Settings<f64>, f64) -> Recurrence + Send + Sync;

/// A law that is made of another one.
#[derive(Clone)]
pub struct MadeLaw {
    /// From settings and eigenvalue.
    pub at: Arc<LawOf>,
    /// See [`Law::is_affine`].
    pub is_affine: bool,
}

impl fmt::Debug for MadeLaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MadeLaw").field("is_affine", &self.is_affine).finish_non_exhaustive()
    }
}

/// The law of a method along an eigenvector: stated by its description, or found from a rule.
#[derive(Clone, Debug)]
pub enum Law {
    /// Made of the law of another method.
    Made(MadeLaw),
    /// From settings and eigenvalue; its weights are affine in the learning rate.
    Stated(fn(&Settings<f64>, f64) -> Recurrence),
    /// From the steps of a rule.
    Found(Arc<FoundLaw>),
}

impl Law {
    /// The recurrence at these settings along an eigenvector of this eigenvalue.
    pub fn at(&self, settings: &Settings<f64>, lambda: f64) -> Recurrence {
        match self {
            Self::Made(law) => (law.at)(settings, lambda),
            Self::Stated(law) => law(settings, lambda),
            Self::Found(law) => law.at(settings, lambda),
        }
    }

    /// Whether its weights are affine in the learning rate, and in the eigenvalue but for methods that divide by it.
    pub fn is_affine(&self) -> bool {
        match self {
            Self::Made(law) => law.is_affine,
            Self::Stated(_) => true,
            Self::Found(law) => law.is_affine(),
        }
    }
}

/// Why no law stays with methods that rescale each coordinate.
pub const ADAPTIVE_THEORY: &str = "Each coordinate has a step size of its own, which changes with the gradients: \
     (1 - αλ)^t does not apply. For as long as the step sizes stay about what they are, the eigenvalues of the \
     preconditioned Hessian take λ's place.";

/// Whether and how the linear theory applies to a method.
#[derive(Clone, Debug)]
pub enum Theory {
    /// On a quadratic the error along an eigenvector of eigenvalue lambda obeys a recurrence.
    Linear(fn(&Settings<f64>, f64) -> Recurrence),
    /// So for a typed rule, whose recurrence is found from its steps.
    Found(Arc<FoundLaw>),
    /// So for a method under modifiers that keep it linear.
    Made(MadeLaw),
    /// Only with the scales of its coordinates held as they are does it obey one.
    Preconditioned {
        /// Those scales, and the step that they are in; `None` where the step has none.
        frozen: fn(&StepRecord) -> Option<FrozenPreconditioner>,
        /// Why no law holds for more than a while, and what to look at.
        why: &'static str,
    },
    /// So for a typed rule, whose scales are found from its lines.
    Scaled(Arc<FoundScales>),
    /// It does not apply; the sentence says why and what to look at instead.
    None(&'static str),
}

impl Theory {
    /// The law along an eigenvector of the Hessian: from settings and eigenvalue; `None` where there
    /// is none that stays.
    pub fn law(&self) -> Option<Law> {
        match self {
            Self::Linear(law) => Some(Law::Stated(*law)),
            Self::Found(law) => Some(Law::Found(Arc::clone(law))),
            Self::Made(law) => Some(Law::Made(law.clone())),
            Self::Preconditioned { .. } | Self::Scaled(_) | Self::None(_) => None,
        }
    }

    /// Whether the method gives each coordinate a scale of its own.
    pub fn scales_coordinates(&self) -> bool {
        matches!(self, Self::Preconditioned { .. } | Self::Scaled(_))
    }

    /// The scales of the coordinates in a step, and the step that they are in; `None` where it has none.
    pub fn frozen(&self, step: &StepRecord) -> Option<FrozenPreconditioner> {
        match self {
            Self::Preconditioned { frozen, .. } => frozen(step),
            Self::Scaled(found) => found.at(step),
            Self::Linear(_) | Self::Found(_) | Self::Made(_) | Self::None(_) => None,
        }
    }

    /// Why there is no law that stays; `None` where there is one.
    pub fn silence(&self) -> Option<&'static str> {
        match *self {
            Self::Linear(_) | Self::Found(_) | Self::Made(_) => None,
            Self::Preconditioned { why, .. } | Self::None(why) => Some(why),
            Self::Scaled(_) => Some(ADAPTIVE_THEORY),
        }
    }
}
