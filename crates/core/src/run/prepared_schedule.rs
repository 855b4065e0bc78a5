//! A schedule made ready for the steps of a run.

use crate::formula::parsed_rate::ParsedRate;
use crate::method::schedule::{LossWatch, Schedule};
use crate::method::schedule_sequence::part_settings;
use crate::spec::chosen::Chosen;
use crate::spec::handle::Handle;
use crate::spec::param::{Kind, Param};
use crate::spec::settings::Settings;
use std::sync::Arc;

/// What the learning rate is, step by step, and the momentum, where the schedule moves that too.
#[derive(Clone, Debug)]
pub(crate) struct PreparedSchedule {
    of: Handle<Schedule>,
    settings: Settings<f64>,
    /// The formulas that were typed: of each schedule of a sequence, or of the schedule itself.
    typed: Vec<Option<Arc<ParsedRate>>>,
    /// The schedules of a sequence, with the steps at which their turns begin; else the schedule itself.
    parts: Vec<ScheduleTurn>,
    /// The place of the momentum among the numbers of the method, if it has one.
    momentum: Option<usize>,
}

/// A schedule whose turn begins at a step.
#[derive(Clone, Debug)]
struct ScheduleTurn {
    from: u32,
    factor: fn(&Settings<f64>, u32) -> f64,
    watch: Option<fn(&Settings<f64>, &mut LossWatch, f64)>,
    momentum: fn(&Settings<f64>, u32) -> Option<f64>,
    /// The formula of a typed one.
    typed: Option<Arc<ParsedRate>>,
    settings: Settings<f64>,
}

impl ScheduleTurn {
    fn of(schedule: &Schedule, typed: Option<&Arc<ParsedRate>>, from: u32, settings: Settings<f64>) -> Self {
        let Schedule { factor, watch, momentum, .. } = *schedule;
        Self { from, factor, watch, momentum, typed: typed.cloned(), settings }
    }
}

/// A typed learning rate at a step.
#[derive(Clone, Debug)]
pub struct TypedRate {
    /// The formula.
    pub formula: Arc<ParsedRate>,
    /// The names of its settings, as they are printed, and their values.
    pub settings: Vec<(String, f64)>,
    /// What its t is.
    pub step: u32,
}

impl PreparedSchedule {
    /// A schedule with its settings for a method of these parameters; none for the constant one.
    pub(crate) fn of(chosen: &Chosen<Schedule>, method: &[Param]) -> Option<Self> {
        if chosen.of.is_constant() {
            return None;
        }
        let settings = chosen.prepare();
        let prepared = Self {
            of: chosen.of.clone(),
            settings,
            typed: if chosen.of.parts.is_empty() {
                vec![chosen.rate().cloned()]
            } else {
                chosen.parts().iter().map(|part| part.rate().cloned()).collect()
            },
            parts: Vec::new(),
            momentum: momentum_place(method),
        };
        Some(prepared.with(settings))
    }

    /// The schedule's settings.
    pub(crate) fn settings(&self) -> Settings<f64> {
        self.settings
    }

    /// The schedule with other settings.
    pub(crate) fn with(mut self, settings: Settings<f64>) -> Self {
        self.settings = settings;
        self.parts.clear();
        let typed = |index: usize| self.typed.get(index).and_then(Option::as_ref);
        if self.of.parts.is_empty() {
            self.parts.push(ScheduleTurn::of(&self.of, typed(0), 0, settings));
        } else {
            let starts = std::iter::once(&0).chain(settings.steps.as_slice());
            let parts = self.of.parts.iter().zip(part_settings(&self.of, &settings)).zip(starts).enumerate();
            self.parts.extend(
                parts.map(|(index, ((part, own), from))| ScheduleTurn::of(part, typed(index), *from, own)),
            );
        }
        self
    }

    /// Whose turn it is at a step.
    #[inline]
    fn turn(&self, step: u32) -> Option<&ScheduleTurn> {
        match &self.parts[..] {
            [only] => Some(only),
            parts => parts.iter().rev().find(|part| part.from <= step),
        }
    }

    /// Whether the rate hangs on the losses.
    pub(crate) fn watches_loss(&self) -> bool {
        self.parts.iter().any(|part| part.watch.is_some())
    }

    /// The rate of the step that leaves after so many steps, where `lr` is set; `watched` is the factor of what watches the
    /// loss.
    #[inline]
    pub(crate) fn rate(&self, lr: f64, step: u32, watched: f64) -> f64 {
        match self.turn(step) {
            Some(turn) if turn.watch.is_some() => lr * watched,
            Some(ScheduleTurn { typed: Some(typed), settings, from, .. }) => {
                typed.at(&settings.numbers, lr, step - from)
            }
            Some(turn) => lr * (turn.factor)(&turn.settings, step - turn.from),
            None => lr,
        }
    }

    /// What the rate that is set is multiplied by at a step, whatever it is; none of a typed formula, and 1 for what
    /// watches the loss.
    #[inline]
    pub(crate) fn factor(&self, step: u32) -> Option<f64> {
        self.turn(step).is_none_or(|turn| turn.typed.is_none()).then(|| self.rate(1.0, step, 1.0))
    }

    /// The typed formula whose turn it is at a step, if it is the turn of one.
    pub(crate) fn typed_rate(&self, step: u32) -> Option<TypedRate> {
        let turn = self.turn(step)?;
        let formula = turn.typed.clone()?;
        let names = formula.settings().map(str::to_owned);
        let settings = names.zip(turn.settings.numbers).collect();
        Some(TypedRate { formula, settings, step: step - turn.from })
    }

    /// Takes in the loss that the step began with that leaves after so many steps.
    pub(crate) fn observe(&self, watch: &mut LossWatch, step: u32, loss: f64) {
        if let Some(turn) = self.turn(step)
            && let Some(take_in) = turn.watch
        {
            take_in(&turn.settings, watch, loss);
        }
        if self.turn(step + 1).is_some_and(|next| next.from == step + 1) {
            *watch = LossWatch::BEGIN;
        }
    }

    /// Gives the method the momentum of the step that leaves after so many steps, where the schedule moves it.
    #[inline]
    pub(crate) fn put_momentum(&self, settings: &mut Settings<f64>, step: u32) {
        if let Some((place, momentum)) = self.momentum(step)
            && let Some(number) = settings.numbers.get_mut(place)
        {
            *number = momentum;
        }
    }

    /// The place of the momentum among the numbers of the method and its value at a step, where the schedule moves it.
    #[inline]
    pub(crate) fn momentum(&self, step: u32) -> Option<(usize, f64)> {
        let turn = self.turn(step)?;
        Some((self.momentum?, (turn.momentum)(&turn.settings, step - turn.from)?))
    }

    /// The place of the momentum among the numbers of the method, if it has one.
    pub(crate) fn momentum_place(&self) -> Option<usize> {
        self.momentum
    }

    /// Whether it moves more than the rate.
    pub(crate) fn moves_momentum(&self) -> bool {
        self.momentum.is_some() && self.parts.iter().any(|part| (part.momentum)(&part.settings, 0).is_some())
    }
}

/// The place of what is called momentum among the numbers of a method of these parameters. A first β is none: what
/// corrects an average for its start at zero is the power of one that stays.
fn momentum_place(method: &[Param]) -> Option<usize> {
    let mut numbers = method.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
    numbers.position(|param| param.key == MOMENTUM)
}

/// The key of the setting that a schedule may move besides the learning rate.
const MOMENTUM: &str = "momentum";

/// The setting of a method of these parameters that this schedule moves besides its learning rate, if it does.
pub fn moved_momentum<'m>(schedule: &Chosen<Schedule>, method: &'m [Param]) -> Option<&'m Param> {
    let prepared = PreparedSchedule::of(schedule, method).filter(PreparedSchedule::moves_momentum)?;
    let place = prepared.momentum?;
    method.iter().filter(|param| matches!(param.kind, Kind::Number { .. })).nth(place)
}
