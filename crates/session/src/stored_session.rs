//! A session as it is stored between two starts: a text that holds everything, the data too, and that is read
//! leniently, since there is no other copy.

use crate::stored_tables::{StoredFiles, StoredTables};
use crate::story::Story;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Scenario, parse_leniently, to_ron_beside_tables};

/// The keys of the text: the document, what was opened or saved last, the file that it is in, and the
/// fingerprint of the file's content as it was then.
const SCENARIO: &str = "scenario";
const OPENED: &str = "opened";
const FILE: &str = "file";
const FINGERPRINT: &str = "fingerprint";
/// The keys of the tables, with a number behind each but the first. Version 0.1.0 had two lists of them.
const TABLE: &str = "table";
const OLD_DATA: &str = "data";
const OLD_OPENED_DATA: &str = "opened data";

/// What is kept of a session. Cheap to clone.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredSession {
    /// The document.
    pub scenario: Arc<Scenario>,
    /// What was opened or saved last.
    pub opened: Arc<Scenario>,
    /// The file that it is in, if it is in one.
    pub file: Option<PathBuf>,
    /// The fingerprint of that file's content when it was read or written last, if that is known.
    pub fingerprint: Option<u64>,
}

impl StoredSession {
    /// A scenario as it is opened, in no file: a story at its first scene.
    pub fn new(scenario: Scenario) -> Self {
        let opened = Arc::new(scenario);
        let scenario = Arc::clone(Story::of(&opened).as_ref().map_or(&opened, Story::goal));
        Self { scenario, opened, file: None, fingerprint: None }
    }

    /// Whether it is another than `other`, told from where they lie in memory: equal ones may count as others.
    pub fn is_newer_than(&self, other: &Self) -> bool {
        !Arc::ptr_eq(&self.scenario, &other.scenario)
            || !Arc::ptr_eq(&self.opened, &other.opened)
            || self.file != other.file
            || self.fingerprint != other.fingerprint
    }

    /// All that came from files: tables of data, paths and sampled losses.
    pub fn file_values(&self) -> Vec<Value> {
        let mut tables = StoredTables::default();
        tables.keep(&self.scenario);
        tables.values().cloned().collect()
    }

    /// All that came from files: the names, and the content as CSV files.
    pub fn files(&self) -> Vec<(String, String)> {
        let mut tables = StoredTables::default();
        tables.keep(&self.scenario);
        tables.files().collect()
    }

    /// The text of it.
    pub fn to_text(&self) -> String {
        let mut entries = BTreeMap::new();
        let mut tables = StoredTables::default();
        for (key, scenario) in [(SCENARIO, &self.scenario), (OPENED, &self.opened)] {
            entries.insert(key.to_owned(), to_ron_beside_tables(&tables.keep(scenario)));
        }
        // A name that is no text could not be read back.
        if let Some(file) = self.file.as_ref().and_then(|file| file.to_str()) {
            entries.insert(FILE.to_owned(), file.to_owned());
            let fingerprint = self.fingerprint.map(|fingerprint| format!("{fingerprint:016x}"));
            entries.extend(fingerprint.map(|fingerprint| (FINGERPRINT.to_owned(), fingerprint)));
        }
        entries.extend(tables.write().enumerate().map(|(index, table)| (numbered(TABLE, index), table)));
        let pretty = ron::ser::PrettyConfig::new().escape_strings(false);
        // A map of texts can always be written.
        ron::ser::to_string_pretty(&entries, pretty).unwrap_or_default() + "\n"
    }

    /// The session that `text` holds, and what of it could not be read, in words.
    ///
    /// # Errors
    /// Why nothing of it could be read, in words.
    pub fn from_text(text: &str) -> Result<(Self, Vec<String>), String> {
        let entries: BTreeMap<String, String> = ron::from_str(text)
            .map_err(|error| format!("it is damaged at line {}", error.span.start.line))?;
        let mut missed = Vec::new();
        let mut files = StoredFiles::default();
        for text in numbers(&entries, TABLE) {
            if !files.add(text) {
                missed.push("a table of data could not be read".to_owned());
            }
        }
        let read = |key, old_data| {
            let text = entries.get(key).ok_or_else(|| "it holds no session".to_owned())?;
            let mut files = files.clone();
            for text in numbers(&entries, old_data) {
                files.add_old(text);
            }
            let read = parse_leniently(text, &mut files);
            let said = |diagnostics: &[thalweg_scenario::Diagnostic]| {
                let lines = diagnostics.iter().map(|diagnostic| diagnostic.message.clone());
                lines.collect::<Vec<_>>()
            };
            match read {
                Ok((scenario, diagnostics)) => Ok((Arc::new(scenario), said(&diagnostics))),
                Err(diagnostics) => Err(said(&diagnostics).into_iter().next().unwrap_or_default()),
            }
        };
        let (scenario, opened) = (read(SCENARIO, OLD_DATA), read(OPENED, OLD_OPENED_DATA));
        let (scenario, opened) = match (scenario, opened) {
            (Ok((scenario, faults)), opened) => {
                missed.extend(faults);
                // What cannot be gone back to is not missed: nothing of the document is lost.
                let opened = opened.map_or_else(|_| Arc::clone(&scenario), |(opened, _)| opened);
                (scenario, opened)
            }
            (Err(why), Ok((opened, _))) => {
                missed.push(format!("the changes since it was opened could not be read: {why}"));
                (Arc::clone(&opened), opened)
            }
            (Err(why), Err(_)) => return Err(why),
        };
        let file = entries.get(FILE).filter(|file| !file.is_empty()).map(PathBuf::from);
        let fingerprint = entries.get(FINGERPRINT).and_then(|text| u64::from_str_radix(text, 16).ok());
        Ok((Self { scenario, opened, file, fingerprint }, missed))
    }
}

/// The key of one of several texts.
fn numbered(key: &str, index: usize) -> String {
    if index == 0 { key.to_owned() } else { format!("{key} {index}") }
}

/// The texts of a numbered key, in their order, without those that are empty.
fn numbers<'e>(entries: &'e BTreeMap<String, String>, key: &str) -> Vec<&'e str> {
    // Version 0.1.0 had gaps, and no more than this.
    let texts = (0..64).filter_map(|index| entries.get(&numbered(key, index)));
    texts.map(String::as_str).filter(|text| !text.is_empty()).collect()
}
