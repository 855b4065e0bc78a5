//! What varies along a side of a map.

use std::borrow::Cow;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::run_config::RunConfig;
use thalweg_core::spec::param::{Kind, Param, Scale};
use thalweg_core::spec::range::Range;

/// A quantity that a map varies.
#[derive(Clone, Debug, PartialEq)]
pub enum Varied {
    /// A number of the optimizer: its description, and its place among the numbers.
    Setting(Param, usize),
    /// A number of the schedule, likewise.
    Schedule(Param, usize),
    /// The first coordinate of the start.
    StartX,
    /// The second coordinate of the start.
    StartY,
}

impl Varied {
    /// What [`Varied::name`] calls so of the settings of an optimizer on a schedule, if there is such.
    pub fn setting(optimizer: &Optimizer, schedule: Option<&Schedule>, name: &str) -> Option<Self> {
        Self::settings(optimizer, schedule).find(|varied| varied.name() == name)
    }

    /// All numbers of an optimizer, in their order, then those of its schedule, if it has a learning rate
    /// to be scheduled.
    pub fn settings<'a>(
        optimizer: &'a Optimizer,
        schedule: Option<&'a Schedule>,
    ) -> impl Iterator<Item = Self> + use<'a> {
        let numbers = |params: &'a [Param]| {
            let numbers = params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
            numbers.cloned().enumerate()
        };
        let of_schedule = schedule.filter(|_| optimizer.has_learning_rate()).map_or(&[][..], |it| &it.params);
        let own = numbers(&optimizer.params).map(|(place, param)| Self::Setting(param, place));
        own.chain(numbers(of_schedule).map(|(place, param)| Self::Schedule(param, place)))
    }

    /// The description of the setting; none for a start.
    pub fn param(&self) -> Option<&Param> {
        match self {
            Self::Setting(param, _) | Self::Schedule(param, _) => Some(param),
            Self::StartX | Self::StartY => None,
        }
    }

    /// The key of the setting, or "x" or "y".
    pub fn key(&self) -> &str {
        match self {
            Self::Setting(param, _) | Self::Schedule(param, _) => &param.key,
            Self::StartX => "x",
            Self::StartY => "y",
        }
    }

    /// The name in documents: the key, for a number of the schedule behind "schedule.".
    pub fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Schedule(param, _) => Cow::Owned(format!("schedule.{}", param.key)),
            _ => Cow::Borrowed(self.key()),
        }
    }

    /// Whether each value has minima of its own, so that a run seldom arrives at the surface's: a penalty
    /// on the weights.
    pub fn moves_minima(&self) -> bool {
        self.param().is_some_and(Param::is_weight_decay)
    }

    /// Whether the setting can have this value.
    pub fn accepts(&self, value: f64) -> bool {
        self.range().contains(self.range().rounded(value))
    }

    /// How a slider would spread the values.
    pub fn scale(&self) -> Scale {
        match self.param() {
            Some(Param { kind: Kind::Number { scale, .. }, .. }) => *scale,
            _ => Scale::Linear,
        }
    }

    /// The ends of the setting's slider; none for a start, which has none.
    pub fn slider(&self) -> Option<(f64, f64)> {
        match self.param() {
            Some(Param { kind: Kind::Number { slider, .. }, .. }) => Some(*slider),
            _ => None,
        }
    }

    /// What values are accepted.
    pub fn range(&self) -> Range {
        match self.param() {
            Some(Param { kind: Kind::Number { range, .. }, .. }) => *range,
            _ => Range::ANY,
        }
    }

    /// Gives a run this value: where only whole numbers are accepted, the next one.
    pub fn put(&self, value: f64, cell: &mut RunConfig) {
        let value = self.range().rounded(value);
        match self {
            Self::Setting(_, place) => cell.settings.numbers[*place] = value,
            Self::Schedule(_, place) => {
                // A constant rate has no such number.
                if let Some(settings) = &mut cell.schedule {
                    settings.numbers[*place] = value;
                }
            }
            Self::StartX => cell.start.x = value,
            Self::StartY => cell.start.y = value,
        }
    }
}

/// A side of a map: what varies along it, between which ends, and in how many cells.
#[derive(Clone, Debug, PartialEq)]
pub struct SweepAxis {
    varied: Varied,
    from: f64,
    to: f64,
    scale: Scale,
    /// In the middle of each cell: a map has a thousand times as many runs.
    values: Vec<f64>,
}

impl SweepAxis {
    /// The most cells along a side.
    pub const MOST: usize = 4096;

    /// From `from` to a larger `to`, both of which the quantity accepts, in at most [`SweepAxis::MOST`]
    /// cells; else none. The cells are spread as a slider spreads its values.
    pub fn new(varied: Varied, (from, to): (f64, f64), count: usize) -> Option<Self> {
        let fits = varied.accepts(from) && varied.accepts(to) && from < to && (to - from).is_finite();
        let scale = if from > 0.0 { varied.scale() } else { Scale::Linear };
        if !fits || !(1..=Self::MOST).contains(&count) {
            return None;
        }
        let mut axis = Self { varied, from, to, scale, values: Vec::new() };
        axis.values = (0..count).map(|index| axis.at((index as f64 + 0.5) / count as f64)).collect();
        Some(axis)
    }

    /// What varies along it.
    pub fn varied(&self) -> &Varied {
        &self.varied
    }

    /// Its two ends.
    pub fn ends(&self) -> (f64, f64) {
        (self.from, self.to)
    }

    /// How many cells there are.
    pub fn count(&self) -> usize {
        self.values.len()
    }

    /// Whether equal distances are equal ratios.
    pub fn is_log(&self) -> bool {
        self.scale == Scale::Log
    }

    /// The value at a part of its length: 0 is the beginning, 1 the end.
    pub fn at(&self, part: f64) -> f64 {
        let Self { from, to, .. } = *self;
        match self.scale {
            Scale::Linear => from + (to - from) * part,
            Scale::Log => {
                let (from, to) = (libm::log(from), libm::log(to));
                libm::exp(from + (to - from) * part)
            }
        }
    }

    /// At which part of its length a value lies; outside of 0 to 1 for a value beyond the ends, NaN
    /// for one that has no place on a logarithmic axis.
    pub fn part(&self, value: f64) -> f64 {
        let Self { from, to, .. } = *self;
        match self.scale {
            Scale::Linear => (value - from) / (to - from),
            Scale::Log => {
                let (from, to) = (libm::log(from), libm::log(to));
                (libm::log(value) - from) / (to - from)
            }
        }
    }

    /// The value in the middle of a cell, before it is rounded to a whole number where only those are
    /// accepted.
    pub fn value(&self, index: usize) -> f64 {
        self.values[index]
    }

    /// Gives a run the value of a cell.
    pub fn put(&self, index: usize, cell: &mut RunConfig) {
        self.varied.put(self.value(index), cell);
    }
}
