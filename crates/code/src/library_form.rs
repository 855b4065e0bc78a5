//! What is said of a library's optimizer: how it is called, and with which settings it is the one that Thalweg runs.

use super::expression_writer::float;
use thalweg_core::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;

/// What the libraries have of an optimizer.
#[derive(Clone, Copy, Debug)]
pub struct LibraryRow {
    /// The name of the optimizer.
    pub optimizer: &'static str,
    /// What PyTorch has of it.
    pub pytorch: LibrarySupport,
    /// What optax has of it.
    pub optax: LibrarySupport,
}

/// What a library has of an optimizer.
#[derive(Clone, Copy, Debug)]
pub struct LibrarySupport {
    /// How it is called; the first of these that the settings allow.
    pub forms: &'static [LibraryForm],
    /// Why the library does not make the same steps where no form fits.
    pub otherwise: &'static str,
}

/// One way to call it.
#[derive(Clone, Copy, Debug)]
pub struct LibraryForm {
    /// With which settings it makes the same steps: all of these hold.
    pub when: &'static [Condition],
    /// The call: `{key}` stands for the setting of that key, and what is between `<` and `>` is there only where
    /// the setting in it is not 0 or false. `{lr}` is the learning rate; for optax under a schedule, a function.
    pub call: &'static str,
    /// What an update of optax is given.
    pub update: &'static str,
    /// What the run's position is, of optax's parameters `p` and its `state`.
    pub position: &'static str,
}

/// What holds of the settings.
#[derive(Clone, Copy, Debug)]
pub enum Condition {
    /// The choice of this key is the alternative of this name.
    Is(&'static str, &'static str),
    /// The switch is on.
    On(&'static str),
    /// The switch is off.
    Off(&'static str),
    /// The number is 0.
    Zero(&'static str),
    /// The number is not 0.
    NotZero(&'static str),
    /// The number of this key is this one.
    Equals(&'static str, f64),
    /// The learning rate is the same at every step.
    ConstantRate,
}

impl LibraryForm {
    /// One without conditions, for those that say little.
    pub const PLAIN: Self = Self { when: &[], call: "", update: "g, state, p", position: "p" };
}

/// A call that makes the same steps with all settings.
pub const fn always(call: &'static str) -> LibraryForm {
    LibraryForm { call, ..LibraryForm::PLAIN }
}

/// A call that makes the same steps with some settings.
pub const fn when(when: &'static [Condition], call: &'static str) -> LibraryForm {
    LibraryForm { when, call, ..LibraryForm::PLAIN }
}

/// What a library has; `otherwise` is empty where it always has it.
pub const fn has(forms: &'static [LibraryForm], otherwise: &'static str) -> LibrarySupport {
    LibrarySupport { forms, otherwise }
}

/// That a library has no such optimizer.
pub const fn none(why: &'static str) -> LibrarySupport {
    LibrarySupport { forms: &[], otherwise: why }
}

impl Condition {
    /// Whether it holds of these settings.
    pub fn holds<D: Described>(self, chosen: &Chosen<D>, is_scheduled: bool) -> bool {
        let number = |key: &str| chosen.number(key).unwrap_or(f64::NAN);
        let value = |key: &str| chosen.settings().find(|(param, _)| param.key == key);
        match self {
            Self::Is(key, name) => value(key).is_some_and(|(param, value)| match (param.kind, value) {
                (Kind::Choice { alternatives }, Value::Choice(index)) => {
                    alternatives.get(*index).is_some_and(|alternative| alternative.name == name)
                }
                _ => false,
            }),
            Self::On(key) => value(key).is_some_and(|(_, value)| *value == Value::Switch(true)),
            Self::Off(key) => value(key).is_some_and(|(_, value)| *value == Value::Switch(false)),
            Self::Zero(key) => number(key) == 0.0,
            Self::NotZero(key) => number(key) != 0.0,
            Self::Equals(key, value) => number(key) == value,
            Self::ConstantRate => !is_scheduled,
        }
    }
}

impl LibraryForm {
    /// The call with the settings put in; `rate` stands for the learning rate.
    pub fn written(&self, chosen: &Chosen<Optimizer>, rate: &str) -> String {
        let mut text = String::new();
        let mut rest = self.call;
        while let Some(open) = rest.find('<') {
            text.push_str(&filled(&rest[..open], chosen, rate));
            let close = rest[open..].find('>').map_or(rest.len(), |close| open + close);
            let optional = rest.get(open + 1..close).unwrap_or_default();
            if !is_zero(optional, chosen) {
                text.push_str(&filled(optional, chosen, rate));
            }
            rest = rest.get(close + 1..).unwrap_or_default();
        }
        text.push_str(&filled(rest, chosen, rate));
        // A chain of one is that one.
        let inner = text.strip_prefix("optax.chain(").and_then(|inner| inner.strip_suffix(')'));
        match inner {
            Some(inner) if !inner.contains("), optax.") => inner.to_owned(),
            _ => text,
        }
    }
}

/// Whether the first setting that a text names is 0 or false.
fn is_zero(text: &str, chosen: &Chosen<Optimizer>) -> bool {
    let key = text.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map_or("", |(key, _)| key);
    let value = chosen.settings().find(|(param, _)| param.key == key).map(|(_, value)| value);
    matches!(value, None | Some(Value::Switch(false))) || value == Some(&Value::Number(0.0))
}

/// A text with its settings put in.
fn filled(text: &str, chosen: &Chosen<Optimizer>, rate: &str) -> String {
    chosen.settings().fold(text.replace("{lr}", rate), |text, (param, value)| {
        let value = match value {
            Value::Number(number) => float(*number),
            Value::Switch(true) => "True".to_owned(),
            Value::Switch(false) => "False".to_owned(),
            _ => return text,
        };
        text.replace(&format!("{{{}}}", param.key), &value)
    })
}
