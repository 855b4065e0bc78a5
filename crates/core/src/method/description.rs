//! What an optimizer is said to be: its description, without the functions that run it.

use super::state::State;
use super::theory::Theory;
use super::update_equation::UpdateEquation;
use crate::formula::shape::Tensor;
use crate::spec::keys::{ChoiceKey, NumberKey, is_same};
use crate::spec::param::{Kind, Param};
use crate::spec::settings::Settings;
use nalgebra::{Matrix2, Vector2};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// The families under which a chooser shows the optimizers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// One rate for all coordinates.
    FirstOrder,
    /// A rate for each coordinate, learnt from past gradients.
    Adaptive,
    /// Only the gradient's signs count, or mostly.
    SignBased,
    /// The Hessian is used.
    SecondOrder,
    /// The length of each step is searched for along a direction.
    LineSearch,
    /// Built for quadratics, where they need the fewest steps.
    Quadratic,
}

impl Group {
    /// All groups, in the order of the chooser.
    pub const ALL: [Self; 6] = [
        Self::FirstOrder,
        Self::Adaptive,
        Self::SignBased,
        Self::SecondOrder,
        Self::LineSearch,
        Self::Quadratic,
    ];

    /// The heading in the chooser.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstOrder => "First order",
            Self::Adaptive => "Adaptive",
            Self::SignBased => "Sign based",
            Self::SecondOrder => "Second order",
            Self::LineSearch => "Line search",
            Self::Quadratic => "Optimal for quadratics",
        }
    }
}

/// The settings that make the slowest error on a quadratic decay fastest, as keys and values:
/// from the present settings (which tell the form) and the smallest and largest eigenvalue, both
/// above zero. `None` where there is no such setting.
pub type Best = fn(&Settings<f64>, f64, f64) -> Option<Vec<(&'static str, f64)>>;

/// What a method in this state takes the inverse of the Hessian to be; `None` before it has learnt
/// anything.
pub type Estimate = fn(&State<f64>, &Settings<f64>) -> Option<Matrix2<f64>>;

/// With which settings a slot is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotPresence {
    /// With all.
    Always,
    /// Where this switch is on.
    IfOn(ChoiceKey),
    /// Where this number is not 0.
    IfNotZero(NumberKey),
}

/// What a slot's two numbers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotForm {
    /// A vector.
    Vector,
    /// One number, the first of the two.
    Number,
    /// The first row of a matrix, whose second is the next slot.
    FirstRow,
    /// The second row of a matrix.
    SecondRow,
}

/// One named 2-vector of inner state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The name: the CSV columns are this with `_x` and `_y`.
    pub name: Cow<'static, str>,
    /// The symbol in formulas.
    pub symbol: Cow<'static, str>,
    /// The meaning, in a few words.
    pub doc: Cow<'static, str>,
    /// With which settings the method keeps it.
    pub presence: SlotPresence,
    /// What its two numbers are.
    pub form: SlotForm,
    /// Its place in the state, where that is not its place in the list.
    pub at: Option<usize>,
}

impl Slot {
    /// The slot of this name, symbol and meaning.
    pub const fn new(name: &'static str, symbol: &'static str, doc: &'static str) -> Self {
        Self {
            name: Cow::Borrowed(name),
            symbol: Cow::Borrowed(symbol),
            doc: Cow::Borrowed(doc),
            presence: SlotPresence::Always,
            form: SlotForm::Vector,
            at: None,
        }
    }

    /// What is kept in this slot of a state, and in the next one where it is the first row of a matrix; none of the
    /// second.
    pub fn value(&self, slots: &[Vector2<f64>]) -> Option<Tensor> {
        let [first, rest @ ..] = slots else { return None };
        match self.form {
            SlotForm::Vector => Some(Tensor::Vector(*first)),
            SlotForm::Number => Some(Tensor::Number(first.x)),
            SlotForm::FirstRow => {
                let second = rest.first()?;
                Some(Tensor::Matrix(Matrix2::new(first.x, first.y, second.x, second.y)))
            }
            SlotForm::SecondRow => None,
        }
    }

    /// The names of its columns in a table: none for what the first of its numbers stands for alone.
    pub fn columns(&self) -> [Option<String>; 2] {
        let of = |what: &str| Some(format!("{}{what}", self.name));
        match self.form {
            SlotForm::Vector => [of("_x"), of("_y")],
            SlotForm::Number => [of(""), None],
            SlotForm::FirstRow => [of("_xx"), of("_xy")],
            SlotForm::SecondRow => [of("_yx"), of("_yy")],
        }
    }

    /// The slot, kept only with some settings.
    pub const fn present(mut self, presence: SlotPresence) -> Self {
        self.presence = presence;
        self
    }

    /// Whether the method keeps it with these settings.
    pub fn exists(&self, settings: &Settings<f64>) -> bool {
        match self.presence {
            SlotPresence::Always => true,
            SlotPresence::IfOn(switch) => settings[switch] == 1,
            SlotPresence::IfNotZero(number) => settings[number] != 0.0,
        }
    }

    /// Whether slots have these names, in this order, and there are no others: what a step that takes them
    /// apart by their places states beside it, for the compiler to check.
    pub const fn are(slots: &[Self], names: &[&str]) -> bool {
        let mut index = 0;
        while index < slots.len() && index < names.len() {
            match &slots[index].name {
                Cow::Borrowed(name) if is_same(name, names[index]) => index += 1,
                _ => return false,
            }
        }
        index == slots.len() && index == names.len()
    }
}

/// A function that makes lines from settings, and knows what else with.
type LinesOf = dyn Fn(&Settings<f64>) -> Vec<UpdateEquation> + Send + Sync;

/// Lines that are made from others.
#[derive(Clone)]
pub struct MadeLines(pub Arc<LinesOf>);

impl fmt::Debug for MadeLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MadeLines")
    }
}

/// Where the lines of a step come from.
#[derive(Clone, Debug)]
pub enum Lines {
    /// They are made of those of another description.
    Made(MadeLines),
    /// The settings say which there are.
    Chosen(fn(&Settings<f64>) -> Vec<UpdateEquation>),
    /// They are always the same.
    Fixed(Cow<'static, [UpdateEquation]>),
}

/// The description of an optimizer. One that stands in the program and one that is made at run time, say
/// from a rule that was typed, differ in nothing.
#[derive(Clone, Debug)]
pub struct Description {
    /// The name, as presets write it.
    pub name: Cow<'static, str>,
    /// The name for people, as it is written in the middle of a sentence; empty where it is the name.
    pub title: Cow<'static, str>,
    /// What it does, in one sentence.
    pub summary: Cow<'static, str>,
    /// A step line by line; the last line called `x` is the new position. The text of the formulas is what
    /// `analysis::runs::step_trace` evaluates.
    pub lines: Lines,
    /// Where it comes from: paper or book section.
    pub source: Cow<'static, str>,
    /// The family it is shown under.
    pub group: Group,
    /// Its parameters; one of key `lr`, if there is one, comes first of its numbers.
    pub params: Cow<'static, [Param]>,
    /// The names of the first of its state's slots.
    pub slots: Cow<'static, [Slot]>,
    /// What the linear theory says of it.
    pub theory: Theory,
    /// The best settings on a quadratic, where a formula for them is known.
    pub best: Option<Best>,
    /// What it has learnt of the curvature, for a method that learns it.
    pub estimate: Option<Estimate>,
}

impl Description {
    /// One that says nothing, for those that say little: `Description { name, ..Description::PLAIN }`.
    pub const PLAIN: Self = Self {
        name: Cow::Borrowed(""),
        title: Cow::Borrowed(""),
        summary: Cow::Borrowed(""),
        lines: Lines::Fixed(Cow::Borrowed(&[])),
        source: Cow::Borrowed(""),
        group: Group::FirstOrder,
        params: Cow::Borrowed(&[]),
        slots: Cow::Borrowed(&[]),
        theory: Theory::None("Nothing is known of it."),
        best: None,
        estimate: None,
    };

    /// Whether it has a learning rate, the first of its numbers.
    pub fn has_learning_rate(&self) -> bool {
        let mut numbers = self.params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
        numbers.next().is_some_and(|param| param.key == "lr")
    }

    /// What it keeps with these settings, each slot with its place in the state.
    pub fn kept(&self, settings: &Settings<f64>) -> impl Iterator<Item = (usize, &Slot)> {
        let placed = self.slots.iter().enumerate().map(|(index, slot)| (slot.at.unwrap_or(index), slot));
        placed.filter(|(_, slot)| slot.exists(settings))
    }

    /// The weight of all L2 penalties that it adds to f, with these settings.
    pub fn penalty(&self, settings: &Settings<f64>) -> f64 {
        let numbers = self.params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
        let weights = numbers.zip(settings.numbers).filter(|(param, _)| param.is_weight_decay());
        weights.map(|(_, weight)| weight).sum()
    }

    /// The symbols of its numbers, in their order: those of [`Settings::numbers`].
    pub fn symbols(&self) -> impl Iterator<Item = &str> {
        let numbers = self.params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
        numbers.map(|param| param.symbol.as_ref())
    }

    /// A step line by line with these settings.
    pub fn lines(&self, settings: &Settings<f64>) -> Vec<UpdateEquation> {
        match &self.lines {
            Lines::Made(made) => (made.0)(settings),
            Lines::Chosen(lines) => lines(settings),
            Lines::Fixed(lines) => lines.to_vec(),
        }
    }

    /// A step in symbols, one line after the other, with all its defaults.
    pub fn update(&self) -> Vec<String> {
        let slots = self.slots.iter().map(|slot| slot.symbol.as_ref());
        let defaults: Vec<_> = self.params.iter().map(Param::default_value).collect();
        let lines = self.lines(&Settings::of(&defaults));
        let mut there: Vec<&str> = slots.chain(self.symbols()).chain(["x"]).collect();
        let texts = lines.iter().map(|line| {
            let is_there = there.contains(&line.name.as_ref());
            there.push(&line.name);
            line.text(is_there)
        });
        texts.collect()
    }
}
