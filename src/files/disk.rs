//! Scenarios and tables in files: read, and written whole or not at all.

use super::atomic_file::Output;
use super::regular_file::{fingerprint, read_regular};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thalweg_core::data::rows::Table;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{
    BroughtFile, DataFile, FileSource, FileValue, LoadError, MAX_BYTES, Scenario, TableColumns, find_preset,
    is_scenario, named, open_preset, parse_bytes, presets, printable, read_brought, read_columns, read_data,
    read_grid, read_path, read_table, text, to_ron_in,
};

/// The files that a document names, from a folder of the disk.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    /// The folder from where they are named; empty for the present one.
    pub folder: PathBuf,
    /// Whether pipes and devices are refused, which the window would wait for.
    pub is_regular: bool,
}

impl Disk {
    /// The files beside the one at `path`.
    pub fn beside(path: &Path) -> Self {
        Self { folder: path.parent().map(Path::to_owned).unwrap_or_default(), is_regular: false }
    }
}

impl FileSource for Disk {
    fn read(&mut self, name: &str) -> Result<DataFile, String> {
        let path = self.folder.join(name);
        // Where the program is started from next time must not matter.
        let path = std::path::absolute(&path).unwrap_or(path);
        let read = if self.is_regular { read_regular(&path, MAX_BYTES) } else { read_some(&path) };
        let bytes = read.map_err(|error| unreadable(&path, &error).to_string())?;
        Ok(DataFile { name: path.display().to_string(), bytes })
    }
}

/// The scenario in the file at `path`.
///
/// # Errors
/// The file cannot be read, or it does not hold a scenario.
pub fn load(path: impl AsRef<Path>) -> Result<Scenario, LoadError> {
    let path = path.as_ref();
    let bytes = read_some(path).map_err(|error| unreadable(path, &error))?;
    parse_bytes(&bytes, &mut Disk::beside(path))
        .map_err(|diagnostics| LoadError::Refused { file: named(path), diagnostics })
}

/// The scenario in the file at `path`, and the fingerprint of the file's content. The file and those that it names
/// are files whose reading comes to an end; see [`open_regular`](super::regular_file::open_regular).
///
/// # Errors
/// As of [`load`]; also what is something else than a file.
pub fn load_regular(path: &Path) -> Result<(Scenario, u64), LoadError> {
    let bytes = read_regular(path, MAX_BYTES).map_err(|error| unreadable(path, &error))?;
    let scenario = parse_bytes(&bytes, &mut Disk { is_regular: true, ..Disk::beside(path) });
    let scenario = scenario.map_err(|diagnostics| LoadError::Refused { file: named(path), diagnostics })?;
    Ok((scenario, fingerprint(&bytes)))
}

/// What standard input is called where a file's name is taken.
pub fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// The scenario in the file at `name_or_path`, or the preset of that name if there is no such file; that of standard
/// input where it is `-`.
///
/// # Errors
/// There is none, or the file is not a scenario.
pub fn open(name_or_path: impl AsRef<Path>) -> Result<Scenario, LoadError> {
    let path = name_or_path.as_ref();
    if is_standard_input(path) {
        return read_standard_input();
    }
    if fs::metadata(path).is_ok_and(|found| !found.is_dir()) {
        return load(path);
    }
    let name = path.to_str();
    if let Some(name) = name.filter(|name| find_preset(name).is_some()) {
        return open_preset(name);
    }
    // What looks like a path is one, and so is a link that leads nowhere: say why the file cannot be opened.
    let is_there = fs::symlink_metadata(path).is_ok();
    match name {
        Some(name) if path.components().count() <= 1 && path.extension().is_none() && !is_there => {
            Err(LoadError::Unknown { message: no_such_preset(name) })
        }
        _ => load(path),
    }
}

/// That there is neither a file nor a preset of this name, and the names that are near it.
fn no_such_preset(name: &str) -> String {
    let near = text::unknown::near_names(name, presets::names());
    let advice = if near.is_empty() {
        "`thalweg list presets` shows those that come with the program".to_owned()
    } else {
        format!("did you mean {}?", text::unknown::one_of(&near))
    };
    format!("there is neither a file nor a built-in preset `{}`; {advice}", printable(name))
}

fn read_standard_input() -> Result<Scenario, LoadError> {
    let file = "standard input".to_owned();
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| {
        LoadError::Unreadable { file: file.clone(), message: format!("cannot be read: {error}") }
    })?;
    parse_bytes(&bytes, &mut Disk::default()).map_err(|diagnostics| LoadError::Refused { file, diagnostics })
}

/// Whether the file at `path` holds a preset, though perhaps one with mistakes: a struct with a surface or runners.
/// What is no preset is not to be replaced by one without a question.
pub fn holds_preset(path: &Path) -> bool {
    let Ok(bytes) = read_regular(path, MAX_BYTES) else { return false };
    str::from_utf8(&bytes).is_ok_and(is_scenario)
}

/// The data in the file at `path`; see [`read_table`].
///
/// # Errors
/// The file cannot be read, or it does not hold such a table.
pub fn load_table(path: impl AsRef<Path>) -> Result<Table, LoadError> {
    let path = path.as_ref();
    let file = named(path);
    let bytes = read_some(path).map_err(|error| unreadable(path, &error))?;
    read_table(&file, &bytes).map_err(|diagnostics| LoadError::Refused { file, diagnostics })
}

/// The data in the columns that are `chosen` of a file whose reading comes to an end; see [`read_columns`] and
/// [`open_regular`](super::regular_file::open_regular).
///
/// # Errors
/// As of [`load_table`]; also what is something else than a file.
pub fn load_regular_table(path: impl AsRef<Path>, chosen: &[String]) -> Result<Table, LoadError> {
    let path = path.as_ref();
    let file = named(path);
    let bytes = read_regular(path, MAX_BYTES).map_err(|error| unreadable(path, &error))?;
    read_columns(&file, &bytes, chosen).map_err(|diagnostics| LoadError::Refused { file, diagnostics })
}

/// What the file of a value holds now, read as the value was: data, a path, or a sampled loss. It is a file whose reading comes to
/// an end; see [`open_regular`](super::regular_file::open_regular).
///
/// # Errors
/// The file cannot be read, is something else than a file, or no longer holds what it did.
pub fn load_again(value: &Value) -> Result<Value, LoadError> {
    let Some(FileValue { name, chosen, .. }) = FileValue::of(value) else { return Ok(value.clone()) };
    let path = Path::new(name);
    let bytes = || read_regular(path, MAX_BYTES).map_err(|error| unreadable(path, &error));
    let refused = |diagnostics| LoadError::Refused { file: named(path), diagnostics };
    match value {
        Value::Path(_) => {
            read_path(name, &bytes()?, chosen).map(|path| Value::Path(Arc::new(path))).map_err(refused)
        }
        Value::Grid(_) => {
            read_grid(name, &bytes()?, chosen).map(|grid| Value::Grid(Arc::new(grid))).map_err(refused)
        }
        _ => load_regular_table(path, chosen).map(|table| Value::Data(Arc::new(table))),
    }
}

/// The columns of a file of data, of which some are to be chosen; see [`read_data`]. It is a file whose reading comes to an end;
/// see [`open_regular`](super::regular_file::open_regular).
///
/// # Errors
/// The file cannot be read, is something else than a file, or has no data in it.
pub fn load_columns(path: &Path) -> Result<TableColumns, LoadError> {
    let bytes = read_regular(path, MAX_BYTES).map_err(|error| unreadable(path, &error))?;
    read_data(&named(path), &bytes)
        .map_err(|diagnostics| LoadError::Refused { file: named(path), diagnostics })
}

/// What a file holds that is no preset: data, a path, or a loss; see [`read_brought`]. It is a file whose reading comes to an
/// end; see [`open_regular`](super::regular_file::open_regular).
///
/// # Errors
/// The file cannot be read, is something else than a file, or holds nothing of the kind.
pub fn load_brought(path: &Path) -> Result<BroughtFile, LoadError> {
    let bytes = read_regular(path, MAX_BYTES).map_err(|error| unreadable(path, &error))?;
    // By its full name: a document that names it may be opened from anywhere.
    let full = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let read = read_brought(&full.display().to_string(), &bytes);
    read.map_err(|diagnostics| LoadError::Refused { file: named(path), diagnostics })
}

/// Writes `scenario` to the file at `path`: wholly, or not at all. A file that is there keeps
/// its permissions, and if anything fails, its content. Gives the fingerprint of the content.
///
/// # Errors
/// The file cannot be written; the message names it.
pub fn save(path: impl AsRef<Path>, scenario: &Scenario) -> io::Result<u64> {
    let path = path.as_ref();
    // A preset and the data beside it can be moved together.
    let folder = std::path::absolute(path).ok().and_then(|path| path.parent().map(Path::to_owned));
    let folder = folder.unwrap_or_default();
    let text = to_ron_in(&folder, scenario);
    readable(&text, &folder).and_then(|()| replace(path, text.as_bytes())).map_err(|error| {
        io::Error::new(error.kind(), format!("{}: cannot be saved: {error}", named(path)))
    })?;
    Ok(fingerprint(text.as_bytes()))
}

/// Nothing is overwritten by what could not be opened again.
fn readable(text: &str, folder: &Path) -> io::Result<()> {
    let reason = match parse_bytes(text.as_bytes(), &mut Disk { folder: folder.to_owned(), is_regular: true })
    {
        // Equal as documents: a table is the file's business, which may have changed meanwhile.
        Ok(same) if to_ron_in(folder, &same) == text => return Ok(()),
        Ok(_) => "it would be opened with other values".to_owned(),
        Err(diagnostics) => {
            diagnostics.first().map(|diagnostic| diagnostic.message.clone()).unwrap_or_default()
        }
    };
    Err(io::Error::new(ErrorKind::InvalidData, reason))
}

fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = Output::create(path)?;
    file.write_all(content)?;
    file.finish()
}

/// The file's bytes, or one more than are allowed: a file without end is not read to its end.
fn read_some(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why the file at `path` could not be read, and what to do.
fn unreadable(path: &Path, error: &io::Error) -> LoadError {
    let advice = match error.kind() {
        ErrorKind::NotFound => "check the name and the folder",
        ErrorKind::PermissionDenied => "ask its owner for the permission to read it",
        ErrorKind::IsADirectory => "name a file inside it",
        _ => "check the disk and try again",
    };
    let message = format!("cannot be read: {error}; {advice}");
    LoadError::Unreadable { file: named(path), message }
}
