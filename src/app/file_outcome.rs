//! Files as the window sees them: what they are called, and what came of reading and writing them.

use std::path::PathBuf;
use thalweg_scenario::{BroughtFile, Scenario};

/// What came of reading or writing a file.
pub enum FileOutcome {
    /// This scenario was read from this file.
    Opened(Box<Scenario>, PathBuf),
    /// This scenario was saved in this file.
    Saved(Box<Scenario>, PathBuf),
    /// This was read: data, a path, or a loss.
    Brought(BroughtFile),
    /// This link is to be opened.
    #[cfg(not(target_arch = "wasm32"))]
    Link(String),
}

/// What a file of a scenario with this title is called, without an ending.
pub fn file_stem(title: &str) -> String {
    let stem: String =
        title.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let stem = stem.trim_matches('-');
    if stem.is_empty() { "thalweg".to_owned() } else { stem.to_owned() }
}
