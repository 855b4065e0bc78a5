//! The scenario that a command is about.

use super::failure::Failure;
use thalweg_scenario::Scenario;

/// The scenario in a file, or the built-in preset of that name.
///
/// # Errors
/// There is neither, or the file is not a scenario; the message has a line for each diagnostic.
pub fn open(preset: &str) -> Result<Scenario, Failure> {
    Ok(crate::files::disk::open(preset)?)
}
