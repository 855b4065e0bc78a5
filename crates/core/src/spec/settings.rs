//! The values of all settings in the form that formulas and steps read.

use super::steps::Steps;
use super::value::Value;

/// Room for the numbers of one surface, optimizer (with its modifiers) or schedule, in the order of its parameters.
pub const MAX_NUMBERS: usize = 16;
/// Room for its switches (0 or 1) and choices (the index), in the order of its parameters.
pub const MAX_CHOICES: usize = 8;

/// The values of all parameters in the form that formulas and steps read: the numbers in one
/// array and the switches and choices in another, each in the order of the description, and the
/// one list that there is room for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings<T> {
    /// The numbers, then zeros.
    pub numbers: [T; MAX_NUMBERS],
    /// The switches and choices, then zeros.
    pub choices: [usize; MAX_CHOICES],
    /// The list of steps; empty if there is none.
    pub steps: Steps,
}

impl Settings<f64> {
    /// These values, which are in the order of the description.
    pub fn of<'a>(values: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut settings =
            Self { numbers: [0.0; MAX_NUMBERS], choices: [0; MAX_CHOICES], steps: Steps::NONE };
        let (mut numbers, mut choices) = (settings.numbers.iter_mut(), settings.choices.iter_mut());
        // A test sweeps the tables: no entry has more parameters than there is room for.
        let mut choose = |choice: usize| {
            if let Some(place) = choices.next() {
                *place = choice;
            }
        };
        for value in values {
            match value {
                Value::Number(number) => {
                    if let Some(place) = numbers.next() {
                        *place = *number;
                    }
                }
                Value::Switch(on) => choose(usize::from(*on)),
                Value::Choice(index) => choose(*index),
                Value::Steps(steps) => settings.steps = *steps,
                // These are no numbers: a surface or a runner is made of them.
                Value::Formula(_)
                | Value::Rule(_)
                | Value::Rate(_)
                | Value::Data(_)
                | Value::Path(_)
                | Value::Grid(_) => {}
            }
        }
        settings
    }
}
