//! What an optimizer is: one description, from which everything else is derived.

use super::executor::MethodFunctions;
use crate::catalogue::optimizers;
use crate::method::description::{Best, Estimate, Group, Slot};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::spec::chosen::Chosen;
use crate::spec::described::Described;
use crate::spec::param::{Kind, Param};
use crate::spec::settings::Settings;

/// The description of an optimizer.
#[derive(Debug)]
pub struct Optimizer {
    /// The name, as presets write it.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// A step line by line, as its parameters say; the last line called `x` is the new position. The
    /// text of the formulas is what `analysis::apart` evaluates.
    pub lines: fn(&Settings<f64>) -> Vec<UpdateEquation>,
    /// Where it comes from: paper or book section.
    pub source: &'static str,
    /// The family it is shown under.
    pub group: Group,
    /// Its parameters; one of key `lr`, if there is one, comes first.
    pub params: &'static [Param],
    /// The names of the first of its state's slots.
    pub slots: &'static [Slot],
    /// The functions that run it.
    pub program: MethodFunctions,
    /// What the linear theory says of it.
    pub theory: Theory,
    /// The best settings on a quadratic, where a formula for them is known.
    pub best: Option<Best>,
    /// What it has learnt of the curvature, for a method that learns it.
    pub estimate: Option<Estimate>,
}

impl PartialEq for Optimizer {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Described for Optimizer {
    const WHAT: &'static str = "optimizer";
    fn table() -> &'static [&'static Self] {
        optimizers::ALL
    }
    fn name(&self) -> &'static str {
        self.name
    }
    fn summary(&self) -> &'static str {
        self.summary
    }
    fn params(&self) -> &'static [Param] {
        self.params
    }
}

impl Optimizer {
    /// Whether it has a learning rate, the first of its numbers.
    pub fn has_learning_rate(&self) -> bool {
        self.params.first().is_some_and(|param| param.key == "lr")
    }

    /// The symbols of its numbers, in their order: those of [`Settings::numbers`].
    pub fn symbols(&self) -> impl Iterator<Item = &'static str> + use<> {
        let numbers = self.params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
        numbers.map(|param| param.symbol)
    }

    /// A step in symbols, one line after the other, with all its defaults.
    pub fn update(&'static self) -> Vec<String> {
        let slots = self.slots.iter().map(|slot| slot.symbol);
        let mut there: Vec<_> = slots.chain(self.symbols()).chain(["x"]).collect();
        let lines = (self.lines)(&Chosen::with_defaults(self).prepare());
        let texts = lines.iter().map(|line| {
            let is_there = there.contains(&line.name);
            there.push(line.name);
            line.text(is_there)
        });
        texts.collect()
    }
}
