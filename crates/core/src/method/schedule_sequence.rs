//! Several schedules one after another, as one.

use super::schedule::{Schedule, Sums};
use crate::spec::chosen::Chosen;
use crate::spec::handle::Handle;
use crate::spec::param::{Kind, Param};
use crate::spec::settings::{MAX_CHOICES, MAX_NUMBERS, Settings};
use crate::spec::steps::Steps;
use crate::spec::value::Value;
use std::borrow::Cow;
use std::sync::Arc;

/// The name of a sequence, as presets write it.
pub const SEQUENCE_NAME: &str = "Sequence";
/// The key of the steps at which the parts of a sequence take turns.
pub const MILESTONES: &str = "milestones";
/// The key of the parts of a sequence, as presets write them.
pub const PARTS: &str = "parts";

/// The milestones where none are given: for two schedules.
const FIRST_TURN: Steps = Steps::one(20);

/// A sequence without its parameters and its parts.
pub(crate) const BARE: Schedule = Schedule {
    name: SEQUENCE_NAME,
    title: "sequence",
    summary: "Several schedules one after another: each counts its steps from when its turn begins.",
    formula: "α₀·σᵢ(t - tᵢ) from step tᵢ on, t₁ = 0",
    source: "PyTorch's SequentialLR; optax's join_schedules",
    sums: |_| Sums::Unknown,
    ..Schedule::CONSTANT
};

/// The parameter that says when the parts of a sequence take turns.
pub(crate) const fn milestones() -> Param {
    Param::steps(
        MILESTONES,
        FIRST_TURN,
        "the steps at which the second schedule's turn begins, the third one's, ...",
    )
}

/// Why these schedules cannot follow one another at these steps, if they cannot.
pub fn sequence_fault(parts: &[Chosen<Schedule>], at: Steps) -> Option<String> {
    if parts.len() < 2 {
        return Some(format!("`{SEQUENCE_NAME}` takes at least two schedules"));
    }
    if at.as_slice().len() + 1 != parts.len() {
        return Some(format!(
            "`{SEQUENCE_NAME}` takes a step in `{MILESTONES}` for each schedule but the first: {} of them here",
            parts.len() - 1
        ));
    }
    let refused = parts.iter().find(|part| part.of.name == SEQUENCE_NAME || has_list(part));
    if let Some(part) = refused {
        return Some(format!("`{}` cannot be a part of `{SEQUENCE_NAME}`", part.of.name));
    }
    let values = || parts.iter().flat_map(|part| &part.values);
    let numbers = values().filter(|value| matches!(value, Value::Number(_))).count();
    let choices = values().count() - numbers;
    (numbers > MAX_NUMBERS || choices > MAX_CHOICES).then(|| {
        format!(
            "there is no room for so many: the parts have at most {MAX_NUMBERS} numbers and {MAX_CHOICES} switches and \
             choices together"
        )
    })
}

fn has_list(part: &Chosen<Schedule>) -> bool {
    part.values.iter().any(|value| matches!(value, Value::Steps(_)))
}

/// These schedules one after another.
pub fn sequence(parts: &[Chosen<Schedule>], at: Steps) -> Chosen<Schedule> {
    let mut params = vec![milestones()];
    let mut of = Vec::new();
    let mut values = vec![Value::Steps(at)];
    for part in parts {
        of.push(part.of.clone());
        let number = of.len();
        params.extend(part.of.params.iter().map(|param| part_param(param, &part.of, number)));
        values.extend(part.values.iter().cloned());
    }
    let description = Schedule { params: Cow::Owned(params), parts: Cow::Owned(of), ..BARE };
    Chosen { of: Handle::from(Arc::new(description)), values }
}

/// A parameter of a part, which has this number.
fn part_param(param: &Param, part: &Schedule, number: usize) -> Param {
    let named = if param.name.is_empty() { param.key.replace('_', " ") } else { param.name.to_string() };
    Param {
        key: Cow::Owned(format!("{number}.{}", param.key)),
        name: Cow::Owned(format!("{}: {named}", part.name)),
        ..param.clone()
    }
}

impl Chosen<Schedule> {
    /// The schedules that follow one another, with their settings; none of one that is no sequence.
    pub fn parts(&self) -> Vec<Self> {
        let own = self.of.params.len() - self.of.parts.iter().map(|part| part.params.len()).sum::<usize>();
        let mut values = self.values.iter().skip(own).cloned();
        let parts = self.of.parts.iter();
        parts
            .map(|part| Self { of: part.clone(), values: values.by_ref().take(part.params.len()).collect() })
            .collect()
    }

    /// The steps at which the parts of a sequence take turns.
    pub fn milestones(&self) -> Steps {
        let steps = self.values.iter().find_map(|value| match value {
            Value::Steps(steps) => Some(*steps),
            _ => None,
        });
        steps.unwrap_or(Steps::NONE)
    }

    /// What the learning rate is multiplied by at a step; 1 for what watches the loss, and of a typed formula its value where
    /// 1 is set.
    pub fn factor_at(&self, step: u32) -> f64 {
        let parts = self.parts();
        if parts.is_empty() {
            let settings = self.prepare();
            return match self.rate() {
                Some(rate) => rate.at(&settings.numbers, 1.0, step),
                None => (self.of.factor)(&settings, step),
            };
        }
        let at = self.milestones();
        let turns = parts.iter().zip(std::iter::once(&0).chain(at.as_slice()));
        let turn = turns.filter(|(_, from)| **from <= step).last();
        turn.map_or(1.0, |(part, from)| part.factor_at(step - from))
    }

    /// What is known of the sums of the rates: of a sequence, those of its last part.
    pub fn sums(&self) -> Sums {
        match self.parts().last() {
            Some(last) => last.sums(),
            None => (self.of.sums)(&self.prepare()),
        }
    }

    /// Why its values do not fit together, if they do not.
    pub fn sequence_fault(&self) -> Option<String> {
        let parts = self.parts();
        if parts.is_empty() { None } else { sequence_fault(&parts, self.milestones()) }
    }

    /// A sequence with one more part, whose turn begins some steps after that of the last; none where there is no room.
    pub fn with_part(&self, part: &Self) -> Option<Self> {
        let mut parts = self.parts();
        let at = self.milestones();
        let last = at.as_slice().last().copied().unwrap_or(0);
        let next = at.then(last.saturating_add(100))?;
        parts.push(part.clone());
        sequence_fault(&parts, next).is_none().then(|| sequence(&parts, next))
    }

    /// A sequence without a part, counted from 0; none where two would not be left.
    pub fn without_part(&self, index: usize) -> Option<Self> {
        let mut parts = self.parts();
        if parts.len() < 3 || index >= parts.len() {
            return None;
        }
        parts.remove(index);
        let steps = self.milestones();
        let gone = index.saturating_sub(1);
        let left = steps.as_slice().iter().enumerate().filter(|(place, _)| *place != gone);
        let at = left.map(|(_, step)| *step).try_fold(Steps::NONE, Steps::then)?;
        Some(sequence(&parts, at))
    }

    /// A sequence with another schedule in the place of a part, counted from 0; none where it cannot be one.
    pub fn with_part_replaced(&self, index: usize, part: &'static Schedule) -> Option<Self> {
        self.with_part_changed(index, |before| before.turned_into(part))
    }

    /// A sequence with a part, counted from 0, as `change` makes it; none where it cannot be one.
    pub fn with_part_changed(&self, index: usize, change: impl FnOnce(&Self) -> Self) -> Option<Self> {
        let mut parts = self.parts();
        let place = parts.get_mut(index)?;
        *place = change(place);
        let at = self.milestones();
        sequence_fault(&parts, at).is_none().then(|| sequence(&parts, at))
    }
}

/// The settings of each part, from those of a sequence.
pub(crate) fn part_settings(of: &Schedule, all: &Settings<f64>) -> Vec<Settings<f64>> {
    let (mut numbers, mut choices) = (all.numbers.iter(), all.choices.iter());
    let of_part = |part: &Handle<Schedule>| {
        let mut own = Settings::of([]);
        let count = |is: fn(&Kind) -> bool| part.params.iter().filter(|param| is(&param.kind)).count();
        let ours = count(|kind| matches!(kind, Kind::Number { .. }));
        own.numbers.iter_mut().take(ours).zip(numbers.by_ref()).for_each(|(own, number)| *own = *number);
        let ours = count(|kind| matches!(kind, Kind::Switch { .. } | Kind::Choice { .. }));
        own.choices.iter_mut().take(ours).zip(choices.by_ref()).for_each(|(own, choice)| *own = *choice);
        own
    };
    of.parts.iter().map(of_part).collect()
}
