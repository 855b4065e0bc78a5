//! One field of a struct of the document: everything that is said of it, once. ValueReader, writer, checks, the page
//! about the format, undo and what is computed anew walk the tables of fields.

use super::invalidates::Invalidates;
use super::text_rule::TextRule;
use super::value_reader::ValueReader;
use super::value_writer::{ValueWriter, number, quoted, verbatim, whole};
use crate::text::syntax::SyntaxNode;
use std::borrow::Cow;
use thalweg_core::spec::param::{Alternative, Kind, Param};
use thalweg_core::spec::range::Range;
use thalweg_core::spec::value::Value;

/// A field of the struct `T`.
#[derive(Debug)]
pub struct Field<T: 'static> {
    /// The key in a document.
    pub key: &'static str,
    /// The meaning, in one sentence.
    pub doc: &'static str,
    /// What to call it in messages; empty for the key.
    pub what: &'static str,
    /// What it is where it is left out, for the page about the format; empty for what its kind says.
    pub left_out: &'static str,
    /// What was changed when it was, for undo.
    pub undo: UndoWords<T>,
    /// What has to be computed anew when it changes.
    pub invalidates: Invalidates,
    /// Whether it is written even where it is what it would be anyway.
    pub is_always_written: bool,
    /// Whether a document without it is refused.
    pub is_required: bool,
    /// Whether it is read before the others, because their defaults hang on it.
    pub is_read_first: bool,
    /// What values it takes, and how they are got and set.
    pub kind: FieldKind<T>,
}

/// What undo says of a changed field.
#[derive(Debug)]
pub enum UndoWords<T: 'static> {
    /// Always the same: "the number of steps".
    Same(&'static str),
    /// By what it was and what it is.
    By(fn(&T, &T) -> Cow<'static, str>),
}

/// The kinds of field.
#[derive(Debug)]
pub enum FieldKind<T: 'static> {
    /// A number.
    Number {
        /// What is said of it, with range and slider.
        param: Param,
        /// The number.
        get: fn(&T) -> f64,
        /// Takes a number, which is within the range.
        set: fn(&mut T, f64),
    },
    /// Yes or no.
    Switch {
        /// What is said of it.
        param: Param,
        /// Whether it is on.
        get: fn(&T) -> bool,
        /// Takes whether it is on.
        set: fn(&mut T, bool),
    },
    /// One of a few names.
    Choice {
        /// What is said of it, with the alternatives.
        param: Param,
        /// The index of the alternative.
        get: fn(&T) -> usize,
        /// Takes the index of an alternative.
        set: fn(&mut T, usize),
    },
    /// A text.
    Text {
        /// What it may hold.
        rule: TextRule,
        /// The text.
        get: fn(&T) -> &str,
        /// Takes a text, which is no longer than allowed.
        set: fn(&mut T, String),
    },
    /// What has a form of its own: a point, a struct, a list.
    Form(Form<T>),
}

/// How a field with a form of its own is read, written, compared and checked.
#[derive(Debug)]
pub struct Form<T: 'static> {
    /// What it takes, for the page about the format.
    pub takes: &'static str,
    /// What it is where it is left out, for the same page.
    pub default: &'static str,
    /// Reads it. False if it was refused, which has been reported.
    pub read: fn(&mut ValueReader<'_>, &SyntaxNode<'_>, &mut T) -> bool,
    /// Writes it; none where there is nothing to write.
    pub write: fn(&T, &ValueWriter<'_>) -> Option<String>,
    /// Whether two have the same value.
    pub is_same: fn(&T, &T) -> bool,
    /// Why no document may hold its value, if none may.
    pub refused: fn(&T) -> Option<String>,
}

/// A text of a description that stands in the program.
#[allow(clippy::ptr_arg, reason = "the text outlives the reference only if it is borrowed")]
const fn borrowed(text: &Cow<'static, str>) -> &'static str {
    match text {
        Cow::Borrowed(text) => text,
        Cow::Owned(_) => panic!("a field is described in the program"),
    }
}

impl<T: 'static> Field<T> {
    const fn plain(key: &'static str, doc: &'static str, kind: FieldKind<T>) -> Self {
        Self {
            key,
            doc,
            what: "",
            left_out: "",
            undo: UndoWords::Same("a change"),
            invalidates: Invalidates::Nothing,
            is_always_written: false,
            is_required: false,
            is_read_first: false,
            kind,
        }
    }

    /// A number that a parameter describes.
    pub const fn number(param: Param, get: fn(&T) -> f64, set: fn(&mut T, f64)) -> Self {
        Self::plain(borrowed(&param.key), borrowed(&param.doc), FieldKind::Number { param, get, set })
    }

    /// A switch, off unless a document says otherwise.
    pub const fn switch(
        key: &'static str,
        doc: &'static str,
        get: fn(&T) -> bool,
        set: fn(&mut T, bool),
    ) -> Self {
        Self::plain(key, doc, FieldKind::Switch { param: Param::switch(key, false, doc), get, set })
    }

    /// One of a few names, the first unless a document says otherwise.
    pub const fn choice(
        key: &'static str,
        doc: &'static str,
        alternatives: &'static [Alternative],
        get: fn(&T) -> usize,
        set: fn(&mut T, usize),
    ) -> Self {
        Self::plain(key, doc, FieldKind::Choice { param: Param::choice(key, alternatives, doc), get, set })
    }

    /// A text in Markdown, empty unless a document says otherwise.
    pub const fn markdown(
        key: &'static str,
        doc: &'static str,
        get: fn(&T) -> &str,
        set: fn(&mut T, String),
    ) -> Self {
        Self::plain(key, doc, FieldKind::Text { rule: TextRule::Markdown, get, set })
    }

    /// A text of one line with at most `most` characters, empty unless a document says otherwise.
    pub const fn line(
        key: &'static str,
        doc: &'static str,
        most: usize,
        get: fn(&T) -> &str,
        set: fn(&mut T, String),
    ) -> Self {
        Self::plain(key, doc, FieldKind::Text { rule: TextRule::Line(most), get, set })
    }

    /// A field with a form of its own.
    pub const fn form(key: &'static str, doc: &'static str, form: Form<T>) -> Self {
        Self::plain(key, doc, FieldKind::Form(form))
    }

    /// What messages call it.
    pub const fn called(mut self, what: &'static str) -> Self {
        self.what = what;
        self
    }

    /// Takes the words for the value that a document has where it leaves the field out, if that is not fixed.
    pub const fn left_out(mut self, default: &'static str) -> Self {
        self.left_out = default;
        self
    }

    /// What is computed anew when it changes, and what undo calls the change.
    pub const fn invalidates(mut self, invalidates: Invalidates, undo: &'static str) -> Self {
        self.invalidates = invalidates;
        self.undo = UndoWords::Same(undo);
        self
    }

    /// The field with words for undo that hang on what has changed.
    pub const fn invalidates_by(
        mut self,
        invalidates: Invalidates,
        undo: fn(&T, &T) -> Cow<'static, str>,
    ) -> Self {
        self.invalidates = invalidates;
        self.undo = UndoWords::By(undo);
        self
    }

    /// The field, written also where it has its default.
    pub const fn always_written(mut self) -> Self {
        self.is_always_written = true;
        self
    }

    /// The field, without which a document is refused.
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self.is_always_written = true;
        self
    }

    /// The field, read before the others.
    pub const fn read_first(mut self) -> Self {
        self.is_read_first = true;
        self
    }

    /// The description of a number, a switch or a choice: its name, its range, its slider.
    pub fn param(&self) -> Option<&Param> {
        match &self.kind {
            FieldKind::Number { param, .. }
            | FieldKind::Switch { param, .. }
            | FieldKind::Choice { param, .. } => Some(param),
            FieldKind::Text { .. } | FieldKind::Form(_) => None,
        }
    }

    /// The value of a number, a switch or a choice.
    pub fn value(&self, of: &T) -> Option<Value> {
        match &self.kind {
            FieldKind::Number { get, .. } => Some(Value::Number(get(of))),
            FieldKind::Switch { get, .. } => Some(Value::Switch(get(of))),
            FieldKind::Choice { get, .. } => Some(Value::Choice(get(of))),
            FieldKind::Text { .. } | FieldKind::Form(_) => None,
        }
    }

    /// Gives a number, a switch or a choice a value. False, and nothing changed, if it does not accept it.
    pub fn set(&self, of: &mut T, value: &Value) -> bool {
        let is_accepted = self.param().is_some_and(|param| param.accepts(value));
        match (&self.kind, value) {
            _ if !is_accepted => {}
            (FieldKind::Number { set, .. }, Value::Number(number)) => set(of, *number),
            (FieldKind::Switch { set, .. }, Value::Switch(on)) => set(of, *on),
            (FieldKind::Choice { set, .. }, Value::Choice(index)) => set(of, *index),
            _ => return false,
        }
        is_accepted
    }

    /// Whether two have the same value.
    pub fn is_same(&self, one: &T, other: &T) -> bool {
        match &self.kind {
            FieldKind::Number { get, .. } => get(one) == get(other),
            FieldKind::Switch { get, .. } => get(one) == get(other),
            FieldKind::Choice { get, .. } => get(one) == get(other),
            FieldKind::Text { get, .. } => get(one) == get(other),
            FieldKind::Form(form) => (form.is_same)(one, other),
        }
    }

    /// What was changed, for undo.
    pub fn undo(&self, old: &T, new: &T) -> Cow<'static, str> {
        match &self.undo {
            UndoWords::Same(words) => Cow::Borrowed(words),
            UndoWords::By(words) => words(old, new),
        }
    }

    /// Why no document may hold the value, if none may.
    pub fn refused(&self, of: &T) -> Option<String> {
        match &self.kind {
            FieldKind::Text { rule, get, .. } => {
                rule.fault(get(of)).map(|fault| format!("{} {fault}", self.what()))
            }
            FieldKind::Form(form) => (form.refused)(of),
            FieldKind::Number { param, .. }
            | FieldKind::Switch { param, .. }
            | FieldKind::Choice { param, .. } => {
                let is_accepted = self.value(of).is_some_and(|value| param.accepts(&value));
                (!is_accepted).then(|| format!("{} takes {}", self.what(), param.allowed()))
            }
        }
    }

    fn what(&self) -> String {
        if self.what.is_empty() { format!("`{}`", self.key) } else { self.what.to_owned() }
    }

    /// Reads the value. False if it was refused, which has been reported.
    pub(crate) fn read(&self, reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>, of: &mut T) -> bool {
        let what = self.what();
        match &self.kind {
            FieldKind::Number { param, set, .. } => {
                let range = range(param);
                reader.number(node, &what, range).map(|number| set(of, number)).is_some()
            }
            FieldKind::Switch { set, .. } => reader.switch(node, &what).map(|on| set(of, on)).is_some(),
            FieldKind::Choice { param, set, .. } => {
                let names: Vec<_> = alternatives(param).iter().map(|alternative| alternative.name).collect();
                reader.name(node, self.key, &names).map(|index| set(of, index)).is_some()
            }
            FieldKind::Text { rule, set, .. } => {
                reader.text(node, &what, *rule).map(|text| set(of, text)).is_some()
            }
            FieldKind::Form(form) => (form.read)(reader, node, of),
        }
    }

    /// Writes the value; none where there is nothing to write. A text stands verbatim where each field has lines
    /// of its own, else on one line.
    pub(crate) fn write(&self, of: &T, writer: &ValueWriter<'_>, is_verbatim: bool) -> Option<String> {
        Some(match &self.kind {
            FieldKind::Number { param, get, .. } if range(param).whole => whole(get(of)),
            FieldKind::Number { get, .. } => number(get(of)),
            FieldKind::Switch { get, .. } => get(of).to_string(),
            FieldKind::Choice { param, get, .. } => alternatives(param).get(get(of))?.name.to_owned(),
            FieldKind::Text { get, .. } if is_verbatim => verbatim(get(of)),
            FieldKind::Text { get, .. } => quoted(get(of)),
            FieldKind::Form(form) => return (form.write)(of, writer),
        })
    }
}

/// The range of a number.
fn range(param: &Param) -> Range {
    match param.kind {
        Kind::Number { range, .. } => range,
        _ => Range::ANY,
    }
}

/// What there is to choose from.
fn alternatives(param: &Param) -> &'static [Alternative] {
    match param.kind {
        Kind::Choice { alternatives } => alternatives,
        _ => &[],
    }
}
