//! What the program is given to open: a file, the name of a built-in preset, standard input, or a link.

use super::disk::{is_standard_input, open};
use std::path::Path;
use thalweg_core::spec::value::Value;
use thalweg_scenario::text::unknown::shortened;
use thalweg_scenario::{Link, LinkFault, LinkOptions, LoadError, Scenario, is_link, named, printable};

/// A scenario that was given, and how a link that it came in wants it shown.
#[derive(Clone, Debug)]
pub struct GivenPreset {
    /// The scenario.
    pub scenario: Scenario,
    /// How it is shown.
    pub options: LinkOptions,
    /// What of a link or of the data was passed over, a sentence each.
    pub remarks: Vec<String>,
}

/// Opens what is given. What is called as a link is one, unless there is such a file.
///
/// # Errors
/// There is no such file, preset or lesson, or it holds no scenario.
pub fn open_given(given: &Path) -> Result<GivenPreset, LoadError> {
    let Some(text) = given_link(given) else {
        let scenario = open(given)?;
        let remarks = gaps(&scenario);
        return Ok(GivenPreset { scenario, options: LinkOptions::default(), remarks });
    };
    let Link { document, options, remarks } = Link::read(text);
    let file = given_name(given);
    match document {
        Ok(document) => Ok(GivenPreset { scenario: document.scenario, options, remarks }),
        Err(LinkFault::Refused(diagnostics)) => Err(LoadError::Refused { file, diagnostics }),
        Err(fault) => Err(LoadError::Unreadable { file, message: fault.to_string() }),
    }
}

/// What was passed over in the data of a scenario, a sentence each.
fn gaps(scenario: &Scenario) -> Vec<String> {
    let remark = |value: &Value| match value {
        Value::Data(table) if table.left_out > 0 => {
            let rows =
                if table.left_out == 1 { "1 row".to_owned() } else { format!("{} rows", table.left_out) };
            Some(format!(
                "{rows} of {} left out, for empty cells; {} remain",
                printable(&table.name),
                table.len()
            ))
        }
        _ => None,
    };
    scenario.surface.values.iter().filter_map(remark).collect()
}

/// The link that this is, if it is one.
pub fn given_link(given: &Path) -> Option<&str> {
    given.to_str().filter(|text| is_link(text) && !given.exists())
}

/// What messages call it: a link by its beginning.
pub fn given_name(given: &Path) -> String {
    match given_link(given) {
        Some(link) => shortened(link.find('#').and_then(|at| link.get(at..)).unwrap_or(link)),
        None if is_standard_input(given) => "standard input".to_owned(),
        None => named(given),
    }
}
