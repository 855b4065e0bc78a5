//! What the tests of files share.

use std::fs;
use std::path::Path;
use thalweg_scenario::{Scenario, open_preset};
use thalweg_session::StoredSession;

/// A session with this title.
pub fn session(title: &str) -> StoredSession {
    let scenario = open_preset("saddle").expect("a lesson");
    StoredSession::new(Scenario { title: title.to_owned(), ..scenario })
}

/// What is in a folder, in order.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}
