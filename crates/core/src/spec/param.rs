//! What a surface, an optimizer or a schedule can be told: the descriptions of its settings, and their values.

use super::parsed::ParsedFormula;
pub use super::range::Range;
pub use super::steps::Steps;
use crate::data;
use crate::data::{DataSet, Table};
use std::sync::Arc;

/// How a slider spreads its range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Equal distances are equal differences.
    Linear,
    /// Equal distances are equal ratios.
    Log,
}

/// One alternative of a setting that is a choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The name in a preset.
    pub name: &'static str,
    /// What it means, in one sentence.
    pub doc: &'static str,
}

/// The kinds of value that a setting can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A finite number.
    Number {
        /// The value where a preset gives none.
        default: f64,
        /// What is accepted.
        range: Range,
        /// The ends of the slider; typed values may lie outside, within `range`.
        slider: (f64, f64),
        /// How the slider spreads.
        scale: Scale,
    },
    /// Yes or no.
    Switch {
        /// The value where a preset gives none.
        default: bool,
    },
    /// One of a few names.
    Choice {
        /// What there is to choose from; the first is the default.
        alternatives: &'static [Alternative],
    },
    /// A few steps of the run, in their order.
    Steps {
        /// The value where a preset gives none.
        default: Steps,
    },
    /// A function of x and y that is typed, with the values of the constants that it names.
    Formula {
        /// The text where a preset gives none.
        default: &'static str,
    },
    /// A table of two features and a target.
    Data {
        /// The table where a preset gives none.
        default: &'static DataSet,
        /// Whether the target must lie from 0 to 1: it is a class, or the probability of one.
        classes: bool,
    },
}

/// The description of one setting. Reader, writer, sliders, `thalweg list` and tests come from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// The key in a preset.
    pub key: &'static str,
    /// The name that people read, where the key in words is not it; else empty.
    pub name: &'static str,
    /// The symbol that papers use, empty if there is none.
    pub symbol: &'static str,
    /// The meaning, in one sentence.
    pub doc: &'static str,
    /// The unit, empty for a plain number.
    pub unit: &'static str,
    /// What values it takes.
    pub kind: Kind,
}

impl Param {
    /// A number, with its default, what is accepted, and the ends of a linear slider.
    pub const fn number(
        key: &'static str,
        symbol: &'static str,
        default: f64,
        range: Range,
        slider: (f64, f64),
        doc: &'static str,
    ) -> Self {
        let kind = Kind::Number { default, range, slider, scale: Scale::Linear };
        Self { key, name: "", symbol, doc, unit: "", kind }
    }

    /// A switch.
    pub const fn switch(key: &'static str, default: bool, doc: &'static str) -> Self {
        Self { key, name: "", symbol: "", doc, unit: "", kind: Kind::Switch { default } }
    }

    /// A choice; the first alternative is the default.
    pub const fn choice(key: &'static str, alternatives: &'static [Alternative], doc: &'static str) -> Self {
        Self { key, name: "", symbol: "", doc, unit: "", kind: Kind::Choice { alternatives } }
    }

    /// A list of steps.
    pub const fn steps(key: &'static str, default: Steps, doc: &'static str) -> Self {
        Self { key, name: "", symbol: "", doc, unit: "", kind: Kind::Steps { default } }
    }

    /// A typed function.
    pub const fn formula(key: &'static str, default: &'static str, doc: &'static str) -> Self {
        Self { key, name: "", symbol: "", doc, unit: "", kind: Kind::Formula { default } }
    }

    /// A table of data.
    pub const fn table(
        key: &'static str,
        default: &'static DataSet,
        classes: bool,
        doc: &'static str,
    ) -> Self {
        Self { key, name: "", symbol: "", doc, unit: "", kind: Kind::Data { default, classes } }
    }

    /// The learning rate of a first-order method: above zero, logarithmic.
    pub const fn learning_rate(default: f64) -> Self {
        Self::number(
            "lr",
            "α",
            default,
            Range::POSITIVE,
            (1e-5, 10.0),
            "the length of a step per unit of gradient",
        )
        .named("learning rate")
        .log()
    }

    /// The same with a logarithmic slider (whose lower end must be above zero).
    pub const fn log(mut self) -> Self {
        if let Kind::Number { default, range, slider, .. } = self.kind {
            self.kind = Kind::Number { default, range, slider, scale: Scale::Log };
        }
        self
    }

    /// The same with another default.
    pub const fn with_default(mut self, default: f64) -> Self {
        if let Kind::Number { range, slider, scale, .. } = self.kind {
            self.kind = Kind::Number { default, range, slider, scale };
        }
        self
    }

    /// The same with another meaning.
    pub const fn with_doc(mut self, doc: &'static str) -> Self {
        self.doc = doc;
        self
    }

    /// The same with a name that reads better than the key.
    pub const fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    /// What people read: "learning rate α", in plain English with the symbol beside it.
    pub fn title(&self) -> String {
        let name = if self.name.is_empty() { self.key.replace('_', " ") } else { self.name.to_owned() };
        if self.symbol.is_empty() || self.symbol == name { name } else { format!("{name} {}", self.symbol) }
    }

    /// The same with a unit.
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// The value where a preset gives none.
    ///
    /// # Panics
    /// The default of a typed function is a mistake; a test reads them all.
    pub fn default_value(&self) -> Value {
        match self.kind {
            Kind::Number { default, .. } => Value::Number(default),
            Kind::Switch { default } => Value::Switch(default),
            Kind::Choice { .. } => Value::Choice(0),
            Kind::Steps { default } => Value::Steps(default),
            #[allow(clippy::expect_used, reason = "the text stands in the table")]
            Kind::Formula { default } => Value::Formula(ParsedFormula::read(default).expect("a formula")),
            Kind::Data { default, .. } => Value::Data(Arc::new(default.table())),
        }
    }

    /// What is accepted, in words for an error message.
    pub fn allowed(&self) -> String {
        match self.kind {
            Kind::Number { range, .. } => range.to_string(),
            Kind::Switch { .. } => "true or false".to_owned(),
            Kind::Choice { alternatives } => {
                let names: Vec<_> = alternatives.iter().map(|alternative| alternative.name).collect();
                format!("one of {}", names.join(", "))
            }
            Kind::Steps { .. } => Steps::allowed(),
            Kind::Formula { .. } => "a function of x and y in quotes, as \"x^2 + a*y^2\"".to_owned(),
            Kind::Data { classes, .. } => {
                let sets = data::ALL.iter().map(|set| set.name);
                let sets: Vec<_> = sets.filter(|name| !classes || has_classes(name)).collect();
                let target = if classes { ", the target from 0 to 1" } else { "" };
                format!(
                    "one of {}, or a CSV file in quotes with two features and a target{target}",
                    sets.join(", ")
                )
            }
        }
    }

    /// Whether `value` is of the right kind and within range.
    pub fn accepts(&self, value: &Value) -> bool {
        match (self.kind, value) {
            (Kind::Number { range, .. }, Value::Number(number)) => range.contains(*number),
            // There is no value of these types that is not accepted.
            (Kind::Switch { .. }, Value::Switch(_))
            | (Kind::Steps { .. }, Value::Steps(_))
            | (Kind::Formula { .. }, Value::Formula(_)) => true,
            (Kind::Data { classes, .. }, Value::Data(table)) => {
                !table.is_empty() && (!classes || table.first_without_class().is_none())
            }
            (Kind::Choice { alternatives }, Value::Choice(index)) => *index < alternatives.len(),
            _ => false,
        }
    }
}

/// Whether the targets of the built-in set called `name` are classes.
fn has_classes(name: &str) -> bool {
    DataSet::find(name).is_some_and(|set| set.table().first_without_class().is_none())
}

/// The value of one setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// Yes or no.
    Switch(bool),
    /// The index of an alternative.
    Choice(usize),
    /// A few steps of the run.
    Steps(Steps),
    /// A typed function.
    Formula(ParsedFormula),
    /// A table of data.
    Data(Arc<Table>),
}

/// Room for the numbers of one surface, optimizer or schedule, in the order of its parameters.
pub const MAX_NUMBERS: usize = 8;
/// Room for its switches (0 or 1) and choices (the index), in the order of its parameters.
pub const MAX_CHOICES: usize = 4;

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

/// Something with a name and parameters: a surface, an optimizer or a schedule.
pub trait Described: PartialEq + 'static {
    /// What a table of them is called in messages: "surface", "optimizer", "schedule".
    const WHAT: &'static str;
    /// All of them, in the order in which they are shown.
    fn table() -> &'static [&'static Self];
    /// The name, as presets write it.
    fn name(&self) -> &'static str;
    /// What it is, in one sentence.
    fn summary(&self) -> &'static str;
    /// Its parameters, in the order of presets and sliders.
    fn params(&self) -> &'static [Param];

    /// The entry called `name`.
    fn find(name: &str) -> Option<&'static Self> {
        Self::table().iter().copied().find(|entry| entry.name() == name)
    }
}

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
