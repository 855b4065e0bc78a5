//! What the program is given to open: a file, the name of a built-in preset, standard input, or a link.

use super::disk::{is_standard_input, open};
use std::path::Path;
use thalweg_scenario::text::unknown::shortened;
use thalweg_scenario::{Link, LinkFault, LinkOptions, LoadError, Scenario, is_link, named};

/// A scenario that was given, and how a link that it came in wants it shown.
#[derive(Clone, Debug)]
pub struct GivenPreset {
    /// The scenario.
    pub scenario: Scenario,
    /// How it is shown.
    pub options: LinkOptions,
    /// What of a link was passed over, a sentence each.
    pub remarks: Vec<String>,
}

/// Opens what is given. What is called as a link is one, unless there is such a file.
///
/// # Errors
/// There is no such file, preset or lesson, or it holds no scenario.
pub fn open_given(given: &Path) -> Result<GivenPreset, LoadError> {
    let Some(text) = given_link(given) else {
        let scenario = open(given)?;
        return Ok(GivenPreset { scenario, options: LinkOptions::default(), remarks: Vec::new() });
    };
    let Link { document, options, remarks } = Link::read(text);
    let file = given_name(given);
    match document {
        Ok(document) => Ok(GivenPreset { scenario: document.scenario, options, remarks }),
        Err(LinkFault::Refused(diagnostics)) => Err(LoadError::Refused { file, diagnostics }),
        Err(fault) => Err(LoadError::Unreadable { file, message: fault.to_string() }),
    }
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
