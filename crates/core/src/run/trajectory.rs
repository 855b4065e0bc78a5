//! The record of one run.

use crate::method::oracle::Evaluations;
use crate::method::state::State;
use nalgebra::Vector2;
use std::fmt;

/// What is kept of every step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Where the runner stands.
    pub position: Vector2<f64>,
    /// f there.
    pub loss: f64,
    /// The length of the exact gradient there.
    pub grad_norm: f64,
    /// The learning rate of the step that leaves from there, also where the method finds it itself;
    /// NaN for a method that has none.
    pub lr: f64,
}

/// A quantity that stopped being a finite number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// x or y.
    Position,
    /// f.
    Loss,
    /// The gradient of f.
    Gradient,
}

/// Why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The gradient's length fell to the tolerance.
    Converged,
    /// f has not fallen below its lowest for as many steps as were allowed.
    Stalled,
    /// The method's search found no step from here: it would find none at any step to come.
    NoStep,
    /// All steps were made.
    StepLimit,
    /// f is finite here but has no gradient, so that no step is defined.
    NoGradient,
    /// f falls for ever: it is minus infinity here, or |x| or |y| went past the stated bound while f kept falling.
    FallsForEver,
    /// |x| or |y| went past the stated bound.
    OutOfBounds,
    /// A quantity became infinite or NaN.
    NotFinite(Quantity),
}

impl Cause {
    /// Whether the run is called diverged.
    pub fn is_divergence(self) -> bool {
        matches!(self, Self::OutOfBounds | Self::NotFinite(_))
    }

    /// Whether the run has no end in the plane: it diverged, or f falls for ever.
    pub fn is_escape(self) -> bool {
        self.is_divergence() || self == Self::FallsForEver
    }
}

impl fmt::Display for Cause {
    /// "converged: ...", "diverged: ...", "all steps made".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Converged => "converged: the gradient fell to the tolerance",
            Self::Stalled => "stalled: the loss no longer falls",
            Self::NoStep => "the search found no step",
            Self::StepLimit => "all steps made",
            Self::NoGradient => "the loss has no gradient here",
            Self::FallsForEver => "the loss falls for ever",
            Self::OutOfBounds => "diverged: |x| or |y| went past the bound",
            Self::NotFinite(Quantity::Position) => "diverged: the position is not finite",
            Self::NotFinite(Quantity::Loss) => "diverged: the loss is not finite",
            Self::NotFinite(Quantity::Gradient) => "diverged: the gradient is not finite",
        })
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The last step of the record.
    pub step: u32,
    /// Why there.
    pub cause: Cause,
}

/// How many steps lie between two checkpoints: replaying half as many takes some microseconds, and no more
/// than some frames where each step looks at thousands of examples. They take a tenth of the memory of the
/// samples.
pub(crate) const CHECKPOINT_EVERY: u32 = 128;

/// The record of one run: every step's sample, and the whole state every 128 steps.
#[derive(Clone, Debug)]
pub struct Trajectory {
    pub(crate) samples: Vec<Sample>,
    pub(crate) checkpoints: Vec<State<f64>>,
    /// What the steps so far have asked of the surface, for methods of which no formula tells it.
    pub(crate) asked: Vec<Evaluations>,
    /// The cost of all three kinds of evaluation together, each counted once for every example that it was
    /// asked of, for minibatches.
    pub(crate) examples_asked: Vec<u64>,
    /// The step with the lowest loss so far and that loss, where the problem asks for it.
    pub(crate) lowest: (u32, f64),
    /// From which step on a schedule that watches the loss has which factor, where it changes.
    pub(crate) factors: Vec<(u32, f64)>,
    pub(crate) ending: Option<Ending>,
}

impl Default for Trajectory {
    fn default() -> Self {
        Self {
            samples: Vec::new(),
            checkpoints: Vec::new(),
            asked: Vec::new(),
            examples_asked: Vec::new(),
            lowest: (0, f64::INFINITY),
            factors: Vec::new(),
            ending: None,
        }
    }
}

/// See [`Trajectory::watched_factor`].
pub(crate) fn watched_factor(factors: &[(u32, f64)], step: u32) -> f64 {
    let behind = factors.partition_point(|(from, _)| *from <= step);
    let last = behind.checked_sub(1).and_then(|last| factors.get(last));
    last.map_or(1.0, |(_, factor)| *factor)
}

impl Trajectory {
    /// Forgets all, but keeps its memory.
    pub(crate) fn clear(&mut self) {
        self.samples.clear();
        self.checkpoints.clear();
        self.asked.clear();
        self.examples_asked.clear();
        self.factors.clear();
        (self.lowest, self.ending) = ((0, f64::INFINITY), None);
    }

    /// What a schedule that watches the loss multiplies the learning rate by at a step; behind the last one, what it does
    /// there.
    pub(crate) fn watched_factor(&self, step: u32) -> f64 {
        watched_factor(&self.factors, step)
    }

    /// Ends the run at a step that was not made, unless it ends there for the gradient's sake.
    pub(crate) fn end_without_step(&mut self, step: u32) {
        if self.ending.is_none_or(|ending| ending.cause != Cause::Converged) {
            self.ending = Some(Ending { step, cause: Cause::NoStep });
        }
    }

    /// The samples of steps 0, 1, 2, ... as far as they are computed.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// The sample at `step`, or the last one if the run ended before. `None` only before the
    /// first step is computed.
    pub fn at(&self, step: u32) -> Option<&Sample> {
        self.samples.get(step as usize).or(self.samples.last())
    }

    /// The last step computed so far.
    pub fn last_step(&self) -> u32 {
        u32::try_from(self.samples.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// The step with the lowest loss so far and that loss, if the problem stops runs that stall.
    pub fn lowest(&self) -> Option<(u32, f64)> {
        (self.lowest.1 < f64::INFINITY).then_some(self.lowest)
    }

    /// How the run ended, once it has.
    pub fn ending(&self) -> Option<Ending> {
        self.ending
    }
}
