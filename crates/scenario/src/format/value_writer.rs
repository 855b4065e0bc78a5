//! Writes single values of a document, in the shortest form that reads back to the same bits.

use crate::file_value::FileValue;
use crate::table_name::{name_within, stands_in_document};
use ron::ser::PrettyConfig;
use std::path::Path;
use thalweg_core::method::schedule_sequence::PARTS;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::value::Value;

/// How a table of data that is not built in is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TableForm<'w> {
    /// By its name, whatever that is: for a text that is only shown, or that has its tables beside it.
    #[default]
    Named,
    /// By its name without the folders that are in it.
    Short,
    /// By the name of its file, from this folder on if there is one; with its rows where it stands in the document.
    InFiles(Option<&'w Path>),
    /// With its rows, so that the document needs no files.
    Whole,
}

/// How the values of a document are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct ValueWriter<'w> {
    /// How tables of data are written.
    pub tables: TableForm<'w>,
    /// Whether the scenario is a part of a document that has its version: that of a pinned run.
    pub is_part: bool,
    /// By how many blanks the lines are indented.
    pub indent: usize,
}

impl ValueWriter<'_> {
    /// `Name(key: value, ...)`: an entry of a table with its settings.
    pub fn call<D: Described>(&self, chosen: &Chosen<D>) -> String {
        call_in(chosen, self.tables)
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

/// An entry of a table with its settings as a preset has them, `Name(key: value, ...)`, with the names of its data.
pub fn call<D: Described>(chosen: &Chosen<D>) -> String {
    call_in(chosen, TableForm::Named)
}

/// An entry of a table with its settings; files of data by their names without folders, which are nobody else's business.
pub fn call_without_folders<D: Described>(chosen: &Chosen<D>) -> String {
    call_in(chosen, TableForm::Short)
}

fn call_in<D: Described>(chosen: &Chosen<D>, tables: TableForm<'_>) -> String {
    let mut fields = Vec::new();
    let parts = chosen.of.parts();
    let own = chosen.of.params().len() - parts.iter().map(|(_, count)| count).sum::<usize>();
    for (param, value) in chosen.settings().take(own) {
        fields.push(format!("{}: {}", param.key, written_in(param, value, tables)));
        if let Value::Formula(typed) = value {
            fields.extend(typed.constants().map(|(name, value)| format!("{name}: {}", number(value))));
        }
    }
    if !parts.is_empty() {
        let mut settings = chosen.settings().skip(own);
        let part = |(name, count): &(&str, usize)| {
            let fields = settings.by_ref().take(*count).map(|(param, value)| {
                let key = param.key.split_once('.').map_or(&*param.key, |(_, key)| key);
                format!("{key}: {}", written_in(param, value, tables))
            });
            format!("{name}({})", fields.collect::<Vec<_>>().join(", "))
        };
        let parts: Vec<_> = parts.iter().map(part).collect();
        fields.push(format!("{PARTS}: [{}]", parts.join(", ")));
    }
    format!("{}({})", chosen.of.name(), fields.join(", "))
}

/// One value, data by their name. An index that no alternative has becomes what cannot be read.
pub fn written(param: &Param, value: &Value) -> String {
    written_in(param, value, TableForm::Named)
}

fn written_in(param: &Param, value: &Value, tables: TableForm<'_>) -> String {
    match (param.kind, value) {
        (_, Value::Number(value)) => number(*value),
        (_, Value::Switch(on)) => on.to_string(),
        (Kind::Choice { alternatives }, Value::Choice(index)) => {
            alternatives.get(*index).map_or_else(String::new, |alternative| alternative.name.to_owned())
        }
        (_, Value::Choice(_)) => String::new(),
        (_, Value::Steps(steps)) => format!("[{steps}]"),
        (_, Value::Formula(typed)) => quoted(typed.text()),
        (_, Value::Rule(rule)) => quoted(rule.text()),
        (_, Value::Rate(rate)) => quoted(rate.text()),
        (_, Value::Data(_) | Value::Path(_) | Value::Grid(_)) => {
            FileValue::of(value).map_or_else(|| built_in(value), |file| file_in(&file, tables))
        }
    }
}

/// The name of a built-in set.
fn built_in(value: &Value) -> String {
    if let Value::Data(table) = value { table.name.clone() } else { String::new() }
}

fn file_in(file: &FileValue<'_>, tables: TableForm<'_>) -> String {
    match tables {
        TableForm::Whole => whole_table(file),
        TableForm::InFiles(_) if stands_in_document(file.name) => whole_table(file),
        TableForm::InFiles(folder) => of_file(&file_name(file.name, folder), file.chosen),
        TableForm::Named => quoted(file.name),
        TableForm::Short => quoted(&name_within(file.name)),
    }
}

/// The name of a file as a document in `folder` has it.
fn file_name(name: &str, folder: Option<&Path>) -> String {
    let path = Path::new(name);
    // A file's name is text here, where the folder's need not be: it is compared as it is shown.
    let within = folder.and_then(|folder| path.strip_prefix(folder.display().to_string()).ok());
    within.map_or_else(|| name.to_owned(), |within| within.display().to_string())
}

/// A file, all of it or some of its columns.
fn of_file(name: &str, chosen: &[String]) -> String {
    if chosen.is_empty() {
        return quoted(name);
    }
    let columns: Vec<_> = chosen.iter().map(|name| quoted(name)).collect();
    format!("Table(file: {}, columns: [{}])", quoted(name), columns.join(", "))
}

/// A table with its rows, as it stands in a document.
fn whole_table(file: &FileValue<'_>) -> String {
    format!("Table(name: {}, csv: {})", quoted(&name_within(file.name)), verbatim(&file.rows()))
}
