//! A schedule made ready for the steps of a run.

use super::run_spec::RunSpec;
use crate::spec::settings::Settings;

/// What multiplies the learning rate, step by step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreparedSchedule {
    factor: fn(&Settings<f64>, u32) -> f64,
    settings: Settings<f64>,
}

impl PreparedSchedule {
    /// That of an entry; none for a constant learning rate, and for a method without one.
    pub(crate) fn of(entry: &RunSpec<'_>) -> Option<Self> {
        let has_rate = entry.optimizer.of.has_learning_rate();
        let schedule = entry.schedule.filter(|chosen| !chosen.of.is_constant() && has_rate);
        schedule.map(|chosen| Self { factor: chosen.of.factor, settings: chosen.prepare() })
    }

    /// The schedule's settings.
    pub(crate) fn settings(&self) -> Settings<f64> {
        self.settings
    }

    /// The same schedule with other settings.
    pub(crate) fn with(self, settings: Settings<f64>) -> Self {
        Self { settings, ..self }
    }

    /// What the learning rate is multiplied by at that step.
    #[inline]
    pub(crate) fn factor(&self, step: u32) -> f64 {
        (self.factor)(&self.settings, step)
    }
}
