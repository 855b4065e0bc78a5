//! What is kept between two starts: the session, with the data that it was computed on.

use crate::files::disk::{Disk, load_table};
use eframe::Storage;
use std::collections::HashSet;
use std::path::PathBuf;
use thalweg_core::data;
use thalweg_core::data::rows::Table;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{DataFile, FileSource, MAX_PINNED, Scenario, parse_with, to_ron, write_table};
use thalweg_session::Session;

/// The keys in the storage: the session, what was opened or saved last, and the file that it came from.
const SCENARIO: &str = "scenario";
const OPENED: &str = "opened";
const FILE: &str = "file";
/// The data of the first two, and behind them those of their pinned races: the file's name in one line, and
/// then its content as it was read.
const DATA: &str = "data";
const OPENED_DATA: &str = "opened data";

/// What was kept.
pub struct Stored {
    /// The session.
    pub scenario: Scenario,
    /// What was opened or saved last, if that can be read.
    pub opened: Option<Scenario>,
    /// The file that it came from.
    pub file: Option<PathBuf>,
    /// What is not as it was, in words; empty where all is.
    pub missed: String,
}

/// Reads the last session; none where there was none.
///
/// # Errors
/// Why it cannot be opened, in words.
pub fn read(storage: &dyn Storage) -> Option<Result<Stored, String>> {
    let text = storage.get_string(SCENARIO)?;
    let kept = |data| {
        let texts = (0..=MAX_PINNED).filter_map(|index| storage.get_string(&place(data, index)));
        Persisted { files: texts.filter_map(|text| kept_file(&text)).collect(), missed: Vec::new() }
    };
    let mut files = kept(DATA);
    let scenario = match parse_with(&text, &mut files) {
        Ok(scenario) => scenario,
        Err(diagnostics) => {
            return Some(Err(diagnostics
                .first()
                .map_or_else(String::new, |diagnostic| diagnostic.message.clone())));
        }
    };
    let opened = storage.get_string(OPENED);
    let opened = opened.and_then(|text| parse_with(&text, &mut kept(OPENED_DATA)).ok());
    let missed = files.missed.first().map_or_else(String::new, |why| {
        format!("{why}. The data are those of the last session, so nothing is lost; the preset can be saved once the file is back.")
    });
    Some(Ok(Stored {
        scenario,
        opened,
        file: storage.get_string(FILE).filter(|path| !path.is_empty()).map(PathBuf::from),
        missed,
    }))
}

/// Keeps the session.
pub fn write(storage: &mut dyn Storage, session: &Session) {
    let file = session.file().map(|path| std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    storage.set_string(FILE, file.map_or_else(String::new, |path| path.display().to_string()));
    let of = [(SCENARIO, DATA, session.scenario()), (OPENED, OPENED_DATA, session.opened())];
    for (key, data, scenario) in of {
        storage.set_string(key, to_ron(scenario));
        let mut tables: Vec<&Table> = Vec::new();
        for surface in std::iter::once(scenario).chain(scenario.pinned_runs.iter().map(|pin| &*pin.of)) {
            tables.extend(surface.surface.values.iter().find_map(|value| match value {
                Value::Data(table) if data::find(&table.name).is_none() => Some(&**table),
                _ => None,
            }));
        }
        // Each file once: in a document one name stands for one table.
        let mut names = HashSet::new();
        tables.retain(|table| names.insert(&table.name));
        for index in 0..=MAX_PINNED {
            let text = tables.get(index).map(|table| format!("{}\n{}", table.name, write_table(table)));
            storage.set_string(&place(data, index), text.unwrap_or_default());
        }
    }
}

/// The key of one of several tables.
fn place(data: &str, index: usize) -> String {
    if index == 0 { data.to_owned() } else { format!("{data} {index}") }
}

/// The files of the disk, and those of the last session where they are not there any more.
struct Persisted {
    files: Vec<DataFile>,
    /// Why a file of the last session stands in, for each that does.
    missed: Vec<String>,
}

impl FileSource for Persisted {
    fn read(&mut self, name: &str) -> Result<DataFile, String> {
        let Err(error) = load_table(name) else { return Disk::default().read(name) };
        let error = error.to_string();
        let error = error.lines().next().unwrap_or_default().to_owned();
        match self.files.iter().find(|file| file.name == name) {
            Some(file) => {
                self.missed.push(error);
                Ok(file.clone())
            }
            None => Err(error),
        }
    }
}

/// A file as it was kept.
fn kept_file(text: &str) -> Option<DataFile> {
    let (name, content) = text.split_once('\n')?;
    Some(DataFile { name: name.to_owned(), bytes: content.as_bytes().to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use thalweg_session::Edit;

    #[derive(Default)]
    struct Shelf(HashMap<String, String>);

    impl Storage for Shelf {
        fn get_string(&self, key: &str) -> Option<String> {
            self.0.get(key).cloned()
        }
        fn set_string(&mut self, key: &str, value: String) {
            self.0.insert(key.to_owned(), value);
        }
        fn remove_string(&mut self, key: &str) {
            self.0.remove(key);
        }
        fn flush(&mut self) {}
    }

    /// The file of the data goes away between two starts: the session comes back as it was, and says so.
    #[test]
    fn a_session_outlives_its_data() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("points.csv");
        std::fs::write(&file, "a \"b\", c;d;yes\n0.1;1e-300;1\n-2.5;3.3333333333333335;0\n").unwrap();
        let text = format!(
            "(surface: LogisticRegression(data: {:?}), runners: [(optimizer: GradientDescent(lr: 0.3))])",
            file.display().to_string()
        );
        let session = Session::new(parse_with(&text, &mut Disk::default()).unwrap());
        let mut shelf = Shelf::default();
        write(&mut shelf, &session);
        let back = |shelf: &Shelf| read(shelf).unwrap().unwrap();
        assert_eq!(back(&shelf).missed, "");
        std::fs::remove_file(&file).unwrap();
        let stored = back(&shelf);
        assert_eq!(&stored.scenario, session.scenario());
        assert_eq!(stored.opened.as_ref(), Some(session.opened()));
        assert!(stored.missed.contains("points.csv"), "{}", stored.missed);
        // Kept once more without the file, it is still there.
        write(&mut shelf, &Session::new(stored.scenario));
        assert_eq!(&back(&shelf).scenario, session.scenario());
        // A race that was pinned on other data, which go away, too.
        let other = folder.path().join("other.csv");
        std::fs::write(&other, "a;b;y\n1;2;1\n2;1;0\n").unwrap();
        let text = text.replace("points.csv", "other.csv");
        let mut session = Session::new(parse_with(&text, &mut Disk::default()).unwrap());
        session.apply(Edit::Pin("other".to_owned()));
        let pinned_runs = session.scenario().pinned_runs.clone();
        let both = Scenario { pinned_runs, ..back(&shelf).scenario };
        write(&mut shelf, &Session::new(both.clone()));
        std::fs::remove_file(&other).unwrap();
        assert_eq!(back(&shelf).scenario, both);
        shelf.set_string(DATA, String::new());
        assert!(read(&shelf).unwrap().is_err());
        assert!(read(&Shelf::default()).is_none());
    }
}
