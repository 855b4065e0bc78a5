//! An entry of a table together with a value for each of its parameters.

use super::described::Described;
use super::handle::Handle;
use super::param::Param;
use super::settings::Settings;
use super::value::Value;
use crate::formula::parsed_formula::ParsedFormula;
use crate::formula::parsed_rate::ParsedRate;
use crate::formula::parsed_rule::ParsedRule;
use std::sync::Arc;

/// An entry of a table together with a value for each of its parameters.
#[derive(Debug)]
pub struct Chosen<D: 'static> {
    /// The entry.
    pub of: Handle<D>,
    /// One value for each parameter, in its order.
    pub values: Vec<Value>,
}

impl<D> Clone for Chosen<D> {
    fn clone(&self) -> Self {
        Self { of: self.of.clone(), values: self.values.clone() }
    }
}

impl<D: Described> PartialEq for Chosen<D> {
    fn eq(&self, other: &Self) -> bool {
        *self.of == *other.of && self.values == other.values
    }
}

impl<D: Described> Chosen<D> {
    /// `of` with all its defaults.
    pub fn with_defaults(of: impl Into<Handle<D>>) -> Self {
        let of = of.into();
        let values = of.params().iter().map(Param::default_value).collect();
        Self { of, values }
    }

    /// Each parameter beside its value.
    pub fn settings(&self) -> impl Iterator<Item = (&Param, &Value)> + '_ {
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
    #[must_use = "where it is false, nothing was set"]
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

    /// The typed update rule, if it is one.
    pub fn rule(&self) -> Option<&Arc<ParsedRule>> {
        self.values.iter().find_map(|value| match value {
            Value::Rule(rule) => Some(rule),
            _ => None,
        })
    }

    /// The typed learning rate, of a schedule that is one.
    pub fn rate(&self) -> Option<&Arc<ParsedRate>> {
        self.values.iter().find_map(|value| match value {
            Value::Rate(rate) => Some(rate),
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
    pub fn turned_into(&self, of: impl Into<Handle<D>>) -> Self {
        let mut chosen = Self::with_defaults(of);
        for (param, value) in self.settings() {
            let _ = chosen.set(&param.key, value.clone());
        }
        chosen
    }

    /// The values in the form that formulas and steps read.
    pub fn prepare(&self) -> Settings<f64> {
        Settings::of(&self.values)
    }
}
