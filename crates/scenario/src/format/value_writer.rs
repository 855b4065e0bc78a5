//! Writes single values of a document, in the shortest form that reads back to the same bits.

use ron::ser::PrettyConfig;
use std::path::Path;
use thalweg_core::data;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::value::Value;

/// How the values of a document are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct ValueWriter<'w> {
    /// The folder from which the files that the document names are named; none for full names.
    pub folder: Option<&'w Path>,
    /// Whether the scenario is a part of a document that has its version: that of a pinned run.
    pub is_part: bool,
    /// By how many blanks the lines are indented.
    pub indent: usize,
}

impl ValueWriter<'_> {
    /// `Name(key: value, ...)`: an entry of a table with its settings.
    pub fn call<D: Described>(&self, chosen: &Chosen<D>) -> String {
        call(chosen, self.folder)
    }
}

/// A number in the shortest form that reads back to the same bits.
pub fn number(number: f64) -> String {
    let size = number.abs();
    if size >= 1e6 || (size > 0.0 && size < 1e-4) { format!("{number:e}") } else { format!("{number}") }
}

/// A whole number, all its digits.
pub fn whole(number: f64) -> String {
    format!("{number}")
}

/// Two numbers, `(-2.5, 1)`.
pub fn pair(pair: impl Into<(f64, f64)>) -> String {
    let (first, second) = pair.into();
    format!("({}, {})", number(first), number(second))
}

/// A text in quotes, with escapes for what cannot stand there.
pub fn quoted(text: &str) -> String {
    // The one error that there could be is one of formatting.
    ron::to_string(text).unwrap_or_default()
}

/// A text in quotes as it is, over several lines too; within `r#"` and `"#` if there are quotes in it.
pub fn verbatim(text: &str) -> String {
    ron::ser::to_string_pretty(text, PrettyConfig::new().escape_strings(false)).unwrap_or_default()
}

/// An entry of a table with its settings as a preset has them, `Name(key: value, ...)`. Files within
/// `folder` are named from there.
pub fn call<D: Described>(chosen: &Chosen<D>, folder: Option<&Path>) -> String {
    let mut fields = Vec::new();
    for (param, value) in chosen.settings() {
        fields.push(format!("{}: {}", param.key, written(param, value, folder)));
        if let Value::Formula(typed) = value {
            fields.extend(typed.constants().map(|(name, value)| format!("{name}: {}", number(value))));
        }
    }
    format!("{}({})", chosen.of.name(), fields.join(", "))
}

/// One value. An index that no alternative has becomes what cannot be read.
pub fn written(param: &Param, value: &Value, folder: Option<&Path>) -> String {
    match (param.kind, value) {
        (_, Value::Number(value)) => number(*value),
        (_, Value::Switch(on)) => on.to_string(),
        (Kind::Choice { alternatives }, Value::Choice(index)) => {
            alternatives.get(*index).map_or_else(String::new, |alternative| alternative.name.to_owned())
        }
        (_, Value::Choice(_)) => String::new(),
        (_, Value::Steps(steps)) => format!("[{steps}]"),
        (_, Value::Formula(typed)) => quoted(typed.text()),
        (_, Value::Data(table)) if data::find(&table.name).is_some() => table.name.clone(),
        (_, Value::Data(table)) => {
            let path = Path::new(&table.name);
            // A table's name is text, where the folder's need not be: it is compared as it is shown.
            let folder = folder.map(|folder| folder.display().to_string());
            let within = folder.and_then(|folder| path.strip_prefix(folder).ok());
            quoted(&within.unwrap_or(path).display().to_string())
        }
    }
}
