//! The description of one setting of a surface, an optimizer or a schedule.

use super::range::Range;
use super::steps::Steps;
use super::value::Value;
use crate::data;
use crate::data::data_set::DataSet;
use crate::formula::parsed_formula::ParsedFormula;
use crate::formula::parsed_rate::ParsedRate;
use crate::formula::parsed_rule::ParsedRule;
use std::borrow::Cow;
use std::mem;
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
    /// An update rule that is typed.
    Rule,
    /// A learning rate that is typed as a formula of the step.
    Rate,
    /// A table of two features and a target.
    Data {
        /// The table where a preset gives none.
        default: &'static DataSet,
        /// Whether the target must lie from 0 to 1: it is a class, or the probability of one.
        classes: bool,
    },
    /// A path that was made elsewhere; there is none by default.
    Path,
    /// A loss that was sampled elsewhere; there is none by default.
    Grid,
}

/// The description of one setting. Reader, writer, sliders, `thalweg list` and tests come from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// The key in a preset.
    pub key: Cow<'static, str>,
    /// The name that people read, where the key in words is not it; else empty.
    pub name: Cow<'static, str>,
    /// The symbol that papers use, empty if there is none.
    pub symbol: Cow<'static, str>,
    /// The meaning, in one sentence.
    pub doc: Cow<'static, str>,
    /// The unit, empty for a plain number.
    pub unit: Cow<'static, str>,
    /// What values it takes.
    pub kind: Kind,
}

/// Puts a text in the place of one that stands in the program: nothing is to be dropped, which a constant
/// could not do.
const fn put(place: &mut Cow<'static, str>, text: &'static str) {
    mem::forget(mem::replace(place, Cow::Borrowed(text)));
}

impl Param {
    const fn of(key: &'static str, symbol: &'static str, doc: &'static str, kind: Kind) -> Self {
        let none = Cow::Borrowed("");
        let (key, symbol, doc) = (Cow::Borrowed(key), Cow::Borrowed(symbol), Cow::Borrowed(doc));
        Self { key, name: Cow::Borrowed(""), symbol, doc, unit: none, kind }
    }

    /// A typed update rule.
    pub const fn rule(key: &'static str, doc: &'static str) -> Self {
        Self::of(key, "", doc, Kind::Rule)
    }

    /// A learning rate that is typed as a formula of the step.
    pub const fn rate(key: &'static str, doc: &'static str) -> Self {
        Self::of(key, "", doc, Kind::Rate)
    }

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
        Self::of(key, symbol, doc, kind)
    }

    /// A switch.
    pub const fn switch(key: &'static str, default: bool, doc: &'static str) -> Self {
        Self::of(key, "", doc, Kind::Switch { default })
    }

    /// A choice; the first alternative is the default.
    pub const fn choice(key: &'static str, alternatives: &'static [Alternative], doc: &'static str) -> Self {
        Self::of(key, "", doc, Kind::Choice { alternatives })
    }

    /// A list of steps.
    pub const fn steps(key: &'static str, default: Steps, doc: &'static str) -> Self {
        Self::of(key, "", doc, Kind::Steps { default })
    }

    /// A typed function.
    pub const fn formula(key: &'static str, default: &'static str, doc: &'static str) -> Self {
        Self::of(key, "", doc, Kind::Formula { default })
    }

    /// A table of data.
    pub const fn table(
        key: &'static str,
        default: &'static DataSet,
        classes: bool,
        doc: &'static str,
    ) -> Self {
        Self::of(key, "", doc, Kind::Data { default, classes })
    }

    /// A path that was made elsewhere.
    pub const fn path(key: &'static str, doc: &'static str) -> Self {
        Self::of(key, "", doc, Kind::Path)
    }

    /// A loss that was sampled elsewhere.
    pub const fn grid(key: &'static str, doc: &'static str) -> Self {
        Self::of(key, "", doc, Kind::Grid)
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

    /// The parameter with a logarithmic slider (whose lower end must be above zero).
    pub const fn log(mut self) -> Self {
        if let Kind::Number { default, range, slider, .. } = self.kind {
            self.kind = Kind::Number { default, range, slider, scale: Scale::Log };
        }
        self
    }

    /// The parameter with another default.
    pub const fn with_default(mut self, default: f64) -> Self {
        if let Kind::Number { range, slider, scale, .. } = self.kind {
            self.kind = Kind::Number { default, range, slider, scale };
        }
        self
    }

    /// The parameter with another range, and a slider between these ends.
    pub const fn within(mut self, range: Range, slider: (f64, f64)) -> Self {
        if let Kind::Number { default, scale, .. } = self.kind {
            self.kind = Kind::Number { default, range, slider, scale };
        }
        self
    }

    /// The parameter with another meaning.
    pub const fn with_doc(mut self, doc: &'static str) -> Self {
        put(&mut self.doc, doc);
        self
    }

    /// The parameter under another key and symbol.
    pub const fn keyed(mut self, key: &'static str, symbol: &'static str) -> Self {
        put(&mut self.key, key);
        put(&mut self.symbol, symbol);
        self
    }

    /// The parameter with a name that reads better than the key.
    pub const fn named(mut self, name: &'static str) -> Self {
        put(&mut self.name, name);
        self
    }

    /// Whether it is a weight decay: of a method, or of a modifier of one.
    pub fn is_weight_decay(&self) -> bool {
        self.key.rsplit('.').next() == Some("weight_decay")
    }

    /// What people read: "learning rate α", in plain English with the symbol beside it.
    pub fn title(&self) -> String {
        let name =
            if self.name.is_empty() { self.key.replace('_', " ") } else { self.name.clone().into_owned() };
        if self.symbol.is_empty() || self.symbol == name.as_str() {
            name
        } else {
            format!("{name} {}", self.symbol)
        }
    }

    /// The parameter with a unit.
    pub const fn unit(mut self, unit: &'static str) -> Self {
        put(&mut self.unit, unit);
        self
    }

    /// The value where a preset gives none; of what comes from a file an empty one, which is not accepted.
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
            #[allow(clippy::expect_used, reason = "the text stands in the program")]
            Kind::Rule => Value::Rule(Arc::new(ParsedRule::read(ParsedRule::DEFAULT).expect("a rule"))),
            #[allow(clippy::expect_used, reason = "the text stands in the program")]
            Kind::Rate => Value::Rate(Arc::new(ParsedRate::read(ParsedRate::DEFAULT).expect("a rate"))),
            Kind::Data { default, .. } => Value::Data(Arc::new(default.table())),
            Kind::Path => Value::Path(Arc::default()),
            Kind::Grid => Value::Grid(Arc::default()),
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
            Kind::Rule => format!("an update rule in quotes, as \"{}\"", ParsedRule::DEFAULT),
            Kind::Rate => format!("a formula of the step t in quotes, as \"{}\"", ParsedRate::DEFAULT),
            Kind::Path => {
                "a file in quotes with a path (CSV with the columns x and y, perhaps step and loss; points as Python prints them; \
                 .npy), or two of its columns, `Table(file: \"w.csv\", columns: [\"w1\", \"w7\"])`, or its rows in the document, \
                 `Table(name: \"mine.csv\", csv: \"x,y\\n...\")`"
                    .to_owned()
            }
            Kind::Grid => {
                "a file in quotes with samples of a loss (CSV with the columns x, y and loss, or a matrix with its axes; .npy; \
                 .npz), or its rows in the document, `Table(name: \"loss.csv\", csv: \"x,y,loss\\n...\")`"
                    .to_owned()
            }
            Kind::Data { classes, .. } => {
                let sets = data::ALL.iter().map(|set| set.name);
                let sets: Vec<_> = sets.filter(|name| !classes || has_classes(name)).collect();
                let target = if classes { " (from 0 to 1, or -1 and 1, or two words)" } else { "" };
                format!(
                    "one of {}, or a CSV file in quotes with one or two features and a target{target}, or some of its columns, \
                     `Table(file: \"points.csv\", columns: [\"x\", \"y\"])`, or such rows in the document, \
                     `Table(name: \"points.csv\", csv: \"...\")`",
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
            | (Kind::Formula { .. }, Value::Formula(_))
            | (Kind::Rule, Value::Rule(_))
            | (Kind::Rate, Value::Rate(_)) => true,
            (Kind::Data { classes, .. }, Value::Data(table)) => {
                !table.is_empty() && (!classes || table.first_without_class().is_none())
            }
            (Kind::Path, Value::Path(path)) => path.has_steps(),
            (Kind::Grid, Value::Grid(grid)) => grid.fault().is_none(),
            (Kind::Choice { alternatives }, Value::Choice(index)) => *index < alternatives.len(),
            _ => false,
        }
    }
}

/// Whether the targets of the built-in set called `name` are classes.
fn has_classes(name: &str) -> bool {
    data::find(name).is_some_and(|set| set.table().first_without_class().is_none())
}
