//! The presets that come with the program.

use super::Scenario;
use super::names::nearest;
use super::problem::LoadError;
use super::read::{load, parse};
use std::path::Path;

/// A lesson that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// The name under which it is opened.
    pub name: &'static str,
    /// The document.
    pub text: &'static str,
}

/// The presets, in the order of the lessons.
pub static ALL: &[Preset] = &[];

/// The preset called `name`.
pub fn find(name: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.name == name)
}

/// The scenario in the file at `name_or_path`, or the preset of that name if there is no such file.
///
/// # Errors
/// There is neither, or the file is not a scenario.
pub fn open(name_or_path: &str) -> Result<Scenario, LoadError> {
    let path = Path::new(name_or_path);
    if path.is_file() {
        return load(path);
    }
    if let Some(preset) = find(name_or_path) {
        return parse(preset.text)
            .map_err(|problems| LoadError::Refused { file: preset.name.to_owned(), problems });
    }
    // What looks like a path is one: say why the file cannot be opened.
    let is_path = path.components().count() > 1 || path.extension().is_some() || path.exists();
    if is_path {
        return load(path);
    }
    let names: Vec<_> = ALL.iter().map(|preset| preset.name).collect();
    let hint = nearest(name_or_path, names.iter().copied())
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    let message = format!(
        "there is neither a file nor a built-in preset `{name_or_path}`{hint} (built in: {})",
        names.join(", ")
    );
    Err(LoadError::Unknown { message })
}
