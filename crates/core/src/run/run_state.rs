//! A run under way: everything about it but its optimizer.

use super::prepared_schedule::PreparedSchedule;
use super::stochastic_oracle::EvaluationCounter;
use super::trajectory::Trajectory;
use crate::method::gradient::Gradient;
use crate::method::modifier_stack::ModifierStack;
use crate::method::oracle::Evaluations;
use crate::method::schedule::LossWatch;
use crate::method::state::State;
use crate::objective::derivatives::ValueGradient;
use crate::spec::settings::Settings;
use std::sync::Arc;

/// Where a run stands, and its record so far. The loops of [`Executor`](super::executor::Executor) take it on.
#[derive(Clone, Debug)]
pub struct RunState {
    pub(super) settings: Settings<f64>,
    /// Whether the first of the settings is a learning rate.
    pub(super) has_rate: bool,
    /// None for a constant learning rate, which costs no call, and for a method without one.
    pub(super) schedule: Option<PreparedSchedule>,
    /// What the schedule remembers of the losses, where it watches them.
    pub(super) watch: LossWatch,
    pub(super) gradient: Gradient,
    /// What acts on the method, if anything does.
    pub(super) modifiers: Option<Arc<ModifierStack>>,
    /// Of how many examples the surface is a mean; none if it is no mean over data.
    pub(super) examples: Option<usize>,
    /// What was asked by the steps so far, and where last.
    pub(super) counter: EvaluationCounter,
    pub(super) state: State<f64>,
    /// f and its exact gradient at `state.position`, as recorded.
    pub(super) slope: ValueGradient,
    pub(super) trajectory: Trajectory,
}

impl RunState {
    /// The learning rate of the step that leaves from the state after `step` steps: what is set,
    /// times the schedule's factor. Of no meaning for a method that has none.
    #[inline]
    pub(super) fn learning_rate(&self, step: u32) -> f64 {
        let lr = self.settings.numbers[0];
        let watched = || self.trajectory.watched_factor(step);
        self.schedule.as_ref().map_or(lr, |schedule| schedule.rate(lr, step, watched()))
    }

    /// The settings with the learning rate of the step that leaves after `step` steps, and with its momentum where the
    /// schedule moves that.
    pub(super) fn settings_at(&self, step: u32) -> Settings<f64> {
        let mut settings = self.settings;
        settings.numbers[0] = self.learning_rate(step);
        if let Some(schedule) = &self.schedule {
            schedule.put_momentum(&mut settings, step);
        }
        settings
    }

    /// What is asked of the surface where the method asks this of its modifiers.
    pub(super) fn modified_cost(&self, cost: Evaluations) -> Evaluations {
        let each = self.modifiers.as_ref().map_or(1, |modifiers| modifiers.gradients());
        Evaluations { gradients: cost.gradients.saturating_mul(each), ..cost }
    }

    /// What the first `step` steps have asked, where it was counted.
    pub(super) fn counted(&self, step: u32) -> Evaluations {
        let last = step.checked_sub(1);
        last.and_then(|last| self.trajectory.asked.get(last as usize).copied()).unwrap_or_default()
    }
}
