//! An entry of a table together with a value for each of its parameters.

use super::described::Described;
use super::param::Param;
use super::parsed::ParsedFormula;
use super::settings::{MAX_CHOICES, MAX_NUMBERS, Settings};
use super::steps::Steps;
use super::value::Value;

/// An entry of a table together with a value for each of its parameters.
#[derive(Debug)]
pub struct Chosen<D: 'static> {
    /// The table's entry.
    pub of: &'static D,
    /// One value for each parameter, in its order.
    pub values: Vec<Value>,
}

impl<D> Clone for Chosen<D> {
    fn clone(&self) -> Self {
        Self { of: self.of, values: self.values.clone() }
    }
}

impl<D: Described> PartialEq for Chosen<D> {
    fn eq(&self, other: &Self) -> bool {
        self.of.name() == other.of.name() && self.values == other.values
    }
}

impl<D: Described> Chosen<D> {
    /// `of` with all its defaults.
    pub fn with_defaults(of: &'static D) -> Self {
        Self { of, values: of.params().iter().map(Param::default_value).collect() }
    }

    /// Each parameter beside its value.
    pub fn settings(&self) -> impl Iterator<Item = (&'static Param, &Value)> + '_ {
        self.of.params().iter().zip(&self.values)
    }

    /// The number at `key`, if there is a parameter of that name and it is a number.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.settings().find_map(|(param, value)| match value {
            Value::Number(number) if param.key == key => Some(*number),
            _ => None,
        })
    }

    /// Sets the value at `key`. False, and nothing changed, if there is no such parameter or it
    /// does not accept the value.
    pub fn set(&mut self, key: &str, value: Value) -> bool {
        let Some(index) = self.of.params().iter().position(|param| param.key == key) else {
            return false;
        };
        let accepted = self.of.params()[index].accepts(&value);
        if accepted {
            self.values[index] = value;
        }
        accepted
    }

    /// The typed function, if it is made of one.
    pub fn typed(&self) -> Option<&ParsedFormula> {
        self.values.iter().find_map(|value| match value {
            Value::Formula(typed) => Some(typed),
            _ => None,
        })
    }

    /// Gives a constant of the typed function its value; see [`ParsedFormula::set`].
    pub fn set_constant(&mut self, name: &str, value: f64) -> bool {
        let typed = self.values.iter_mut().find_map(|value| match value {
            Value::Formula(typed) => Some(typed),
            _ => None,
        });
        typed.is_some_and(|typed| typed.set(name, value))
    }

    /// `of` with the values that it shares with this, by key, and its defaults for the others.
    pub fn turned_into(&self, of: &'static D) -> Self {
        let mut chosen = Self::with_defaults(of);
        for (param, value) in self.settings() {
            chosen.set(param.key, value.clone());
        }
        chosen
    }

    /// The values in the form that formulas and steps read.
    pub fn prepare(&self) -> Settings<f64> {
        let mut settings =
            Settings { numbers: [0.0; MAX_NUMBERS], choices: [0; MAX_CHOICES], steps: Steps::NONE };
        let (mut numbers, mut choices) = (settings.numbers.iter_mut(), settings.choices.iter_mut());
        for value in &self.values {
            // A test sweeps the tables: no entry has more parameters than there is room for.
            match value {
                Value::Number(number) => {
                    if let Some(place) = numbers.next() {
                        *place = *number;
                    }
                }
                Value::Switch(on) => {
                    if let Some(place) = choices.next() {
                        *place = usize::from(*on);
                    }
                }
                Value::Choice(index) => {
                    if let Some(place) = choices.next() {
                        *place = *index;
                    }
                }
                Value::Steps(steps) => settings.steps = *steps,
                // These are no numbers: a surface is made of them.
                Value::Formula(_) | Value::Data(_) => {}
            }
        }
        settings
    }
}
