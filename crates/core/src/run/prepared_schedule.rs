//! A schedule made ready for the steps of a run.

use crate::method::schedule::Schedule;
use crate::spec::chosen::Chosen;
use crate::spec::settings::Settings;

/// What multiplies the learning rate, step by step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PreparedSchedule {
    factor: fn(&Settings<f64>, u32) -> f64,
    settings: Settings<f64>,
}

impl PreparedSchedule {
    /// A schedule of the table with its settings; none for the constant one.
    pub(crate) fn of(chosen: &Chosen<Schedule>) -> Option<Self> {
        (!chosen.of.is_constant()).then(|| Self { factor: chosen.of.factor, settings: chosen.prepare() })
    }

    /// The schedule's settings.
    pub(crate) fn settings(&self) -> Settings<f64> {
        self.settings
    }

    /// The schedule with other settings.
    pub(crate) fn with(self, settings: Settings<f64>) -> Self {
        Self { settings, ..self }
    }

    /// What the learning rate is multiplied by at that step.
    #[inline]
    pub(crate) fn factor(&self, step: u32) -> f64 {
        (self.factor)(&self.settings, step)
    }
}
