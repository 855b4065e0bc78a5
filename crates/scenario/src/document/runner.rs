//! One who races.

use super::color::Color;
use super::label::{quoting, value_of};
use super::limits::MAX_LABEL;
use crate::format::field::{Field, Form};
use crate::format::invalidates::Invalidates;
use crate::format::record::Record;
use crate::format::value_reader::ValueReader;
use crate::format::value_writer::{ValueWriter, call};
use crate::text::syntax::SyntaxNode;
use std::borrow::Cow;
use thalweg_core::catalogue::modifiers;
use thalweg_core::method::gradient;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::method::modifier::Modifier;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::run::modified_method::{WITH, title_with_modifiers};
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;

/// The key of a modifier's setting, of which the modifier may be named instead of counted: `with.ClipNorm.max` is
/// `with.1.max` where that is the first one.
pub(crate) fn modifier_key<'k>(optimizer: &Chosen<Optimizer>, key: &'k str) -> Cow<'k, str> {
    let parts = key.strip_prefix(WITH).and_then(|rest| rest.split_once('.'));
    let places = optimizer.of.modifiers().map(|stack| stack.places()).unwrap_or_default();
    let named = parts.and_then(|(name, rest)| {
        let index = places.iter().position(|place| place.of.name == name)?;
        Some(format!("{WITH}{}.{rest}", index + 1))
    });
    named.map_or(Cow::Borrowed(key), Cow::Owned)
}

/// What stands in a label for the title of its runner's method.
pub const METHOD_QUOTED: &str = "{method}";
const METHOD: &str = "method";

/// One who races.
#[derive(Clone, Debug, PartialEq)]
pub struct Runner {
    /// The name on the card; empty for the optimizer's own.
    pub label: String,
    /// The optimizer with its settings, and the modifiers that act on it with theirs.
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

    /// What to call it: its label, with the present values of the settings that it quotes, or the title of its
    /// optimizer.
    pub fn name(&self) -> Cow<'_, str> {
        if self.label.is_empty() {
            return title_with_modifiers(&self.optimizer.of);
        }
        quoting(&self.label, |part, key| match part {
            None if key == METHOD => Some(title_with_modifiers(&self.optimizer.of).into_owned()),
            None => value_of(&self.optimizer, key),
            Some("with") => {
                value_of(&self.optimizer, &modifier_key(&self.optimizer, &format!("{WITH}{key}")))
            }
            Some("schedule") => value_of(&self.schedule, key),
            Some("gradient") => value_of(self.gradient.as_ref()?, key),
            Some(_) => None,
        })
    }
}

static FIELDS: [Field<Runner>; 7] = [
    Field::<Runner>::line(
        "label",
        "the name on the card, empty for the optimizer's own; `{lr}` in it stands for the present value of a setting, as do `{schedule.total}` and `{gradient.sigma}`, and `{method}` for the method's title",
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
                let read = reader.optimizer(node);
                let modifiers = runner.optimizer.modifiers();
                read.map(|optimizer| runner.optimizer = optimizer.under(&modifiers)).is_some()
            },
            write: |runner, writer| Some(writer.call(&runner.optimizer.method())),
            is_same: |one, other| one.optimizer.method() == other.optimizer.method(),
            refused: |runner| refused_settings(&runner.optimizer),
        },
    )
    .invalidates_by(Invalidates::Run, |old, new| {
        let [old, new] = [old, new].map(|runner| runner.optimizer.method());
        if old.of == new.of { changed_setting(&old, &new) } else { Cow::Borrowed("the method") }
    })
    .required(),
    Field::<Runner>::form(
        "with",
        "what acts on the optimizer: on the gradients that it sees, or on the points that it goes to",
        Form {
            takes: "modifiers in the order in which they act, `[ClipNorm(max: 1), WeightDecay(weight_decay: 0.01)]`; `thalweg list modifiers` has them",
            default: "`[]`",
            read: read_modifiers,
            write: |runner, writer| {
                let modifiers = runner.optimizer.modifiers();
                (!modifiers.is_empty()).then(|| write_modifiers(&modifiers, writer))
            },
            is_same: |one, other| one.optimizer.modifiers() == other.optimizer.modifiers(),
            refused: |runner| runner.optimizer.modifiers_fault(&runner.optimizer.modifiers()).map(|(_, why)| why),
        },
    )
    .invalidates_by(Invalidates::Run, |old, new| {
        let (old, new) = (old.optimizer.modifiers(), new.optimizer.modifiers());
        let is_same = old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| old.of == new.of);
        let changed = old.iter().zip(&new).find(|(old, new)| is_same && old != new);
        changed.map_or(Cow::Borrowed("the modifiers"), |(old, new)| changed_setting(old, new))
    }),
    Field::<Runner>::form(
        "schedule",
        "how the learning rate changes",
        Form {
            takes: "a schedule, `Cosine(total: 300)`; `thalweg list schedules` has them; or a formula of the step, `Formula(rate: \"lr*gamma^(t/T)\", gamma: 0.1, total: 300)`; or several one after another, `Sequence(milestones: [20], parts: [LinearWarmup(steps: 20), Cosine(total: 280)])`",
            default: "`Constant`",
            read: |reader, node, runner| {
                reader.schedule(node).map(|schedule| runner.schedule = schedule).is_some()
            },
            write: |runner, writer| Some(writer.call(&runner.schedule)),
            is_same: |one, other| one.schedule == other.schedule,
            refused: |runner| refused_settings(&runner.schedule).or_else(|| runner.schedule.sequence_fault()),
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

/// Reads the modifiers of a runner whose optimizer has been read.
fn read_modifiers(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, runner: &mut Runner) -> bool {
    let Some(elements) = node.list() else {
        let allowed = "takes modifiers in the order in which they act, as `[ClipNorm(max: 1)]`";
        return reader.wrong::<()>(node, "`with`", allowed).is_some();
    };
    let read = elements.iter().map(|element| reader.chosen(element, modifiers::ALL));
    // All are read, so that every fault is reported.
    let read: Vec<_> = read.collect();
    let Some(read) = read.into_iter().collect::<Option<Vec<_>>>() else { return false };
    if let Some((index, why)) = runner.optimizer.modifiers_fault(&read) {
        let span = elements.get(index).map_or(&node.span, |element| &element.span);
        reader.report.add(span, why);
        return false;
    }
    runner.optimizer = runner.optimizer.under(&read);
    true
}

/// Writes modifiers on one line.
fn write_modifiers(modifiers: &[Chosen<Modifier>], writer: &ValueWriter<'_>) -> String {
    let calls: Vec<_> = modifiers.iter().map(|modifier| writer.call(modifier)).collect();
    format!("[{}]", calls.join(", "))
}

/// An optimizer with its settings as a document has it, and behind it the modifiers that act on it, if any do:
/// `Adam(lr: 0.1, ...) with [ClipNorm(max: 1, ...)]`.
pub fn call_with_modifiers(optimizer: &Chosen<Optimizer>) -> String {
    let (method, modifiers) = (call(&optimizer.method()), optimizer.modifiers());
    if modifiers.is_empty() {
        method
    } else {
        format!("{method} with {}", write_modifiers(&modifiers, &ValueWriter::default()))
    }
}

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
