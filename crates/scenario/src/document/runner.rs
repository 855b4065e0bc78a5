//! One who races.

use super::color::Color;
use super::label::{quoting, value_of};
use super::limits::MAX_LABEL;
use crate::format::field::{Field, Form};
use crate::format::invalidates::Invalidates;
use crate::format::record::Record;
use crate::format::value_reader::ValueReader;
use crate::format::value_writer::ValueWriter;
use crate::text::syntax::SyntaxNode;
use std::borrow::Cow;
use thalweg_core::catalogue::schedules;
use thalweg_core::method::gradient;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;

/// One who races.
#[derive(Clone, Debug, PartialEq)]
pub struct Runner {
    /// The name on the card; empty for the optimizer's own.
    pub label: String,
    /// The optimizer with its settings.
    pub optimizer: Chosen<Optimizer>,
    /// How its learning rate changes; `Constant` for a method that has none.
    pub schedule: Chosen<Schedule>,
    /// Which gradient it is given, if not the scenario's.
    pub gradient: Option<Chosen<GradientMode>>,
    /// The colour of its path.
    pub color: Color,
    /// Whether it is left out of the pictures.
    pub hidden: bool,
}

impl Runner {
    /// A runner with an optimizer and nothing else said, at this index.
    pub fn new(optimizer: Chosen<Optimizer>, index: usize) -> Self {
        Self {
            label: String::new(),
            optimizer,
            schedule: Chosen::default(),
            gradient: None,
            color: Color::of_runner(index),
            hidden: false,
        }
    }

    /// What to call it: its label, with the present values of the settings that it quotes, or the name of its
    /// optimizer.
    pub fn name(&self) -> Cow<'_, str> {
        if self.label.is_empty() {
            return Cow::Borrowed(self.optimizer.of.name());
        }
        quoting(&self.label, |part, key| match part {
            None => value_of(&self.optimizer, key),
            Some("schedule") => value_of(&self.schedule, key),
            Some("gradient") => value_of(self.gradient.as_ref()?, key),
            Some(_) => None,
        })
    }
}

static FIELDS: [Field<Runner>; 6] = [
    Field::<Runner>::line(
        "label",
        "the name on the card, empty for the optimizer's own; `{lr}` in it stands for the present value of a setting, as do `{schedule.total}` and `{gradient.sigma}`",
        MAX_LABEL,
        |runner| &runner.label,
        |runner, label| runner.label = label,
    )
    .called("a label")
    .invalidates(Invalidates::Picture, "the look"),
    Field::<Runner>::form(
        "optimizer",
        "the optimizer with its settings",
        Form {
            takes: "an optimizer, `Adam(lr: 0.05)`; `thalweg list optimizers` has them; or a rule of your own, `Rule(step: \"m = beta*m + grad(x); x = x - lr*m\", lr: 0.1, beta: 0.9)`",
            default: "",
            read: |reader, node, runner| {
                reader.optimizer(node).map(|optimizer| runner.optimizer = optimizer).is_some()
            },
            write: |runner, writer| Some(writer.call(&runner.optimizer)),
            is_same: |one, other| one.optimizer == other.optimizer,
            refused: |runner| refused_settings(&runner.optimizer),
        },
    )
    .invalidates_by(Invalidates::Run, |old, new| {
        if old.optimizer.of == new.optimizer.of {
            changed_setting(&old.optimizer, &new.optimizer)
        } else {
            Cow::Borrowed("the method")
        }
    })
    .required(),
    Field::<Runner>::form(
        "schedule",
        "how the learning rate changes",
        Form {
            takes: "a schedule, `Cosine(total: 300)`; `thalweg list schedules` has them",
            default: "`Constant`",
            read: |reader, node, runner| {
                reader.chosen(node, schedules::ALL).map(|schedule| runner.schedule = schedule).is_some()
            },
            write: |runner, writer| Some(writer.call(&runner.schedule)),
            is_same: |one, other| one.schedule == other.schedule,
            refused: |runner| refused_settings(&runner.schedule),
        },
    )
    .invalidates(Invalidates::Run, "the schedule"),
    Field::<Runner>::form(
        "gradient",
        "which gradient it is given",
        Form {
            takes: "`Exact`, `Noise(...)` or `Minibatch(...)`",
            default: "the scenario's",
            read: |reader, node, runner| {
                reader.chosen(node, gradient::ALL).map(|gradient| runner.gradient = Some(gradient)).is_some()
            },
            write: |runner, writer| runner.gradient.as_ref().map(|gradient| write_gradient(gradient, writer)),
            is_same: |one, other| one.gradient == other.gradient,
            refused: |runner| runner.gradient.as_ref().and_then(refused_settings),
        },
    )
    .invalidates(Invalidates::Run, "the gradients"),
    Field::<Runner>::choice(
        "color",
        "the colour of its path",
        Color::NAMES,
        |runner| runner.color as usize,
        |runner, index| runner.color = Color::ALL[index],
    )
    .left_out("the first for the first runner, and so on in this order")
    .invalidates(Invalidates::Picture, "the look"),
    Field::<Runner>::switch(
        "hidden",
        "whether it is left out of the pictures",
        |runner| runner.hidden,
        |runner, hidden| runner.hidden = hidden,
    )
    .invalidates(Invalidates::Picture, "hiding or showing"),
];

impl Runner {
    fn schedule_fault(&self) -> Option<String> {
        let is_possible = self.schedule.of.is_constant() || self.optimizer.of.has_learning_rate();
        let name = &self.optimizer.of.name;
        (!is_possible).then(|| format!("`{name}` has no learning rate that a schedule could change"))
    }
}

impl Record for Runner {
    const WHAT: &'static str = "a runner";
    const FORM: &'static str = "`(optimizer: Adam(lr: 0.05))`";

    fn fields() -> &'static [Field<Self>] {
        &FIELDS
    }

    fn check(&self, reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, read: &[&str]) -> bool {
        // Of an unknown optimizer nobody can say what it has.
        if read.contains(&"optimizer")
            && let Some(schedule) = node.field("schedule")
            && let Some(fault) = self.schedule_fault()
        {
            reader.report.add(&schedule.span, fault);
            return false;
        }
        true
    }

    fn refused_together(&self) -> Option<String> {
        self.schedule_fault()
    }
}

/// Writes a source of gradients; the exact one has no settings and no parentheses.
pub(crate) fn write_gradient(gradient: &Chosen<GradientMode>, writer: &ValueWriter<'_>) -> String {
    if gradient.values.is_empty() { gradient.of.name().to_owned() } else { writer.call(gradient) }
}

/// Why no document may hold the settings of `chosen`, for the first that is refused.
pub(crate) fn refused_settings<D: Described>(chosen: &Chosen<D>) -> Option<String> {
    let fault = chosen.settings().find(|(param, value)| !param.accepts(value));
    fault.map(|(param, _)| format!("`{}` takes {}", param.key, param.allowed()))
}

/// What the first setting means that two choices of the same entry differ in.
fn changed_setting<D: Described>(old: &Chosen<D>, new: &Chosen<D>) -> Cow<'static, str> {
    let mut settings = old.settings().zip(new.settings());
    let first = settings.find(|((_, old), (_, new))| old != new);
    first.map_or(Cow::Borrowed("a setting"), |((param, _), _)| param.doc.clone())
}
