//! The tables of data of a stored session: each once, under a key that stands for its file in the documents.

use std::sync::Arc;
use thalweg_core::data;
use thalweg_core::spec::value::Value;
use thalweg_scenario::FileValue;
use thalweg_scenario::file_values::values_mut;
use thalweg_scenario::table_name::name_within;
use thalweg_scenario::{DataFile, FileSource, PinnedRun, Scenario, base_name};

/// The tables that are not built in, each with the key that the documents have for it: the name of its file, or
/// where another table has that already, the name and a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoredTables(Vec<(String, Value)>);

impl StoredTables {
    /// The document with the keys of its tables in place of their names.
    pub fn keep(&mut self, scenario: &Scenario) -> Scenario {
        let mut kept = scenario.clone();
        self.keep_in(&mut kept);
        for pin in &mut kept.pinned_runs {
            let mut of = Scenario::clone(&pin.of);
            self.keep_in(&mut of);
            *pin = PinnedRun { name: std::mem::take(&mut pin.name), of: Arc::new(of) };
        }
        kept
    }

    fn keep_in(&mut self, scenario: &mut Scenario) {
        for value in values_mut(scenario) {
            let Some(file) = FileValue::of(value) else { continue };
            let key = self.key(value, file.name);
            if key != file.name {
                *value = file.renamed(key);
            }
        }
    }

    fn key(&mut self, value: &Value, name: &str) -> String {
        if let Some((key, _)) = self.0.iter().find(|(_, other)| other == value) {
            return key.clone();
        }
        let is_free =
            |key: &String| self.0.iter().all(|(other, _)| other != key) && data::find(key).is_none();
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let key = std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default();
        self.0.push((key.clone(), value.clone()));
        key
    }

    /// The values themselves.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.iter().map(|(_, value)| value)
    }

    /// All of them: their names, and their content as CSV files.
    pub fn files(&self) -> impl Iterator<Item = (String, String)> {
        let files = self.0.iter().filter_map(|(_, value)| FileValue::of(value));
        files.map(|file| (file.name.to_owned(), file.rows()))
    }

    /// Each table as a text: its key and its name in quotes, a line each, and then the rows.
    pub fn write(&self) -> impl Iterator<Item = String> {
        let line = |name: &str| quoted(name) + "\n";
        // A choice of columns is no whole file: it stands in the document from now on.
        let name = |file: &FileValue<'_>| {
            if file.chosen.is_empty() { file.name.to_owned() } else { name_within(file.name) }
        };
        let files = self.0.iter().filter_map(|(key, value)| Some((key, FileValue::of(value)?)));
        files.map(move |(key, file)| line(key) + &line(&name(&file)) + &file.rows())
    }
}

/// A name in quotes, on one line whatever it has in it.
fn quoted(name: &str) -> String {
    // The one error that there could be is one of formatting.
    ron::to_string(name).unwrap_or_default()
}

/// The files of a stored session.
#[derive(Clone, Debug, Default)]
pub struct StoredFiles(Vec<(String, DataFile)>);

impl StoredFiles {
    /// Takes in a table as [`StoredTables::write`] gives it. False if it is none.
    pub fn add(&mut self, text: &str) -> bool {
        let mut parts = text.splitn(3, '\n');
        let mut name = || ron::from_str::<String>(parts.next()?).ok();
        let (Some(key), Some(name), Some(rows)) = (name(), name(), parts.next()) else { return false };
        self.0.push((key, DataFile { name, bytes: rows.as_bytes().to_vec() }));
        true
    }

    /// Takes in a table as version 0.1.0 stored it: the name in a line, and then the rows. False if it is none.
    pub fn add_old(&mut self, text: &str) -> bool {
        let Some((name, rows)) = text.split_once('\n') else { return false };
        let file = DataFile { name: name.to_owned(), bytes: rows.as_bytes().to_vec() };
        self.0.push((name.to_owned(), file));
        true
    }
}

impl FileSource for StoredFiles {
    fn read(&mut self, name: &str) -> Result<DataFile, String> {
        let file = self.0.iter().find(|(key, _)| key == name).map(|(_, file)| file.clone());
        file.ok_or_else(|| format!("the data of {} are not in the stored session", base_name(name)))
    }
}
