//! Whole documents: read from a text, written as one that reads well and reads back to the same bits.
//!
//! Everything that determines the race is written out in full, defaults too: a reader sees what
//! there is to change, and the file means the same to a later version with other defaults. What
//! is only for the eye (labels, colours, hidden runners) is written where it is not the default.

use crate::document::scenario::{STEPS, Scenario};
use crate::document::scenario_fields::{read_scenario, write_scenario};
use crate::file_source::{FileSource, NoFiles};
use crate::format::record::refused;
use crate::format::value_reader::ValueReader;
use crate::format::value_writer::{TableForm, ValueWriter};
use crate::text::compact::compact;
use crate::text::diagnostic::{Diagnostic, Report};
use crate::text::place::{decoded, unmarked};
use crate::text::syntax;
use std::path::Path;
use thalweg_core::spec::chosen::Chosen;

/// The scenario that `text` holds, which names no files.
///
/// # Errors
/// All that is wrong with it, in the order of the text (past 200 diagnostics only their number); of
/// errors of syntax only the first.
///
/// ```
/// let scenario = thalweg_scenario::parse("(surface: Saddle, runners: [(optimizer: Adam(lr: 0.1))])").unwrap();
/// assert_eq!(scenario.steps, 300);
/// let wrong = thalweg_scenario::parse("(surface: Sadle, runners: [])").unwrap_err();
/// assert!(wrong[0].to_string().starts_with("1:11: unknown surface `Sadle`; did you mean `Saddle`?"));
/// ```
pub fn parse(text: &str) -> Result<Scenario, Vec<Diagnostic>> {
    parse_bytes(text.as_bytes(), &mut NoFiles)
}

/// The scenario that the content of a file holds; the files that it names come from `files`.
///
/// # Errors
/// As of [`parse`]; also what is no text, and what is wrong with the files.
pub fn parse_bytes(bytes: &[u8], files: &mut dyn FileSource) -> Result<Scenario, Vec<Diagnostic>> {
    let text = decoded(bytes, "a scenario").map_err(|diagnostic| vec![diagnostic])?;
    parse_with(text, files)
}

/// The scenario that `text` holds, however long it is; the files that it names come from `files`.
///
/// # Errors
/// As of [`parse`]; also what is wrong with the files.
pub fn parse_with(text: &str, files: &mut dyn FileSource) -> Result<Scenario, Vec<Diagnostic>> {
    let root = syntax::root(text).map_err(|diagnostic| vec![diagnostic])?;
    let mut reader = ValueReader { report: Report::new(text), files, is_lenient: false };
    let scenario = read_scenario(&mut reader, &root);
    reader.report.conclude(scenario)
}

/// What can be read of the scenario that `text` holds, and what is wrong with the rest: a field that is refused
/// is as if it were left out, and so is a runner or a pinned run. For what was kept and has no other copy.
///
/// # Errors
/// Nothing can be read of it: the text is no document, or there is no surface.
pub fn parse_leniently(
    text: &str,
    files: &mut dyn FileSource,
) -> Result<(Scenario, Vec<Diagnostic>), Vec<Diagnostic>> {
    let root = syntax::root(text).map_err(|diagnostic| vec![diagnostic])?;
    let mut reader = ValueReader { report: Report::new(text), files, is_lenient: true };
    let read = read_scenario(&mut reader, &root);
    let diagnostics = reader.report.into_diagnostics();
    let Some(mut scenario) = read else { return Err(diagnostics) };
    // What was read by itself may be too much together, which has been reported.
    for part in PARTS {
        if refused(&scenario).is_none() {
            return Ok((scenario, diagnostics));
        }
        part(&mut scenario);
    }
    if refused(&scenario).is_none() { Ok((scenario, diagnostics)) } else { Err(diagnostics) }
}

/// Takes away what a scenario can do without, one thing after the other.
const PARTS: [fn(&mut Scenario); 4] = [
    |scenario| scenario.cloud = None,
    |scenario| scenario.pinned_runs.clear(),
    |scenario| {
        scenario.gradient = Chosen::default();
        scenario.runners.iter_mut().for_each(|runner| runner.gradient = None);
    },
    |scenario| scenario.steps = STEPS,
];

/// Whether `text` is a scenario, though perhaps one with mistakes: a struct that has a surface or runners.
pub fn is_scenario(text: &str) -> bool {
    let Ok(root) = syntax::root(unmarked(text)) else { return false };
    ["surface", "runners"].iter().any(|key| root.field(key).is_some())
}

/// The document of `scenario`, with the full names of the files that it names, and with the rows of the tables that
/// are in no file.
///
/// Whatever [`parse`] gave reads back to the same scenario, bit for bit. One made
/// otherwise does if it keeps within what a document allows; see [`refused`].
pub fn to_ron(scenario: &Scenario) -> String {
    in_form(scenario, TableForm::InFiles(None))
}

/// The document of `scenario` with nothing but the names of its tables, which lie beside it, also of those that are
/// in no file.
pub fn to_ron_beside_tables(scenario: &Scenario) -> String {
    in_form(scenario, TableForm::Named)
}

/// The document of `scenario` in one line without blanks, with the rows of all tables that are not built in: it needs
/// no files.
pub fn to_compact_ron(scenario: &Scenario) -> String {
    let text = in_form(scenario, TableForm::Whole);
    syntax::root(&text).map_or_else(|_| text.clone(), |root| compact(&root))
}

fn in_form(scenario: &Scenario, tables: TableForm<'_>) -> String {
    write_scenario(scenario, &ValueWriter { tables, ..ValueWriter::default() }) + "\n"
}

/// The document of `scenario` for a file in `folder`: files within it are named from there.
pub fn to_ron_in(folder: &Path, scenario: &Scenario) -> String {
    in_form(scenario, TableForm::InFiles(Some(folder)))
}
