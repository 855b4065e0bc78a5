//! The files of the workspace, and what the rules ask of each.

use crate::words::{Word, words};
use std::fs;
use std::path::Path;

/// One file of Rust.
#[derive(Debug)]
pub struct SourceFile {
    /// The path from the workspace's folder, with `/` between its parts.
    pub path: String,
    pub text: String,
    /// The package that the file is a part of: "thalweg" for the program.
    pub package: String,
    /// The modules that lead here from the crate's root; none for a root.
    pub module: Vec<String>,
    /// Whether it holds nothing but tests or benchmarks.
    pub is_test: bool,
}

impl SourceFile {
    /// A file at a path from the workspace's folder.
    pub fn new(path: &str, text: &str) -> Self {
        let (package, within) = match path.strip_prefix("crates/").and_then(|rest| rest.split_once('/')) {
            Some((package, within)) => (package, within),
            None => ("thalweg", path),
        };
        let mut module: Vec<String> =
            within.trim_end_matches(".rs").split('/').skip(1).map(str::to_owned).collect();
        if module.last().is_some_and(|last| ["mod", "lib"].contains(&last.as_str())) {
            module.pop();
        }
        let is_test = !within.starts_with("src/")
            || module.iter().any(|part| part == "tests" || part.ends_with("_tests"));
        Self { path: path.to_owned(), text: text.to_owned(), package: package.to_owned(), module, is_test }
    }

    /// The folder below `src`, for a file in one.
    pub fn folder(&self) -> Option<&str> {
        let within = self.path.split_once("src/")?.1;
        within.split_once('/').map(|(folder, _)| folder)
    }

    /// The words of the file, without those of its tests.
    pub fn words(&self) -> Vec<Word<'_>> {
        if self.is_test { Vec::new() } else { without_tests(&words(&self.text)) }
    }
}

/// All files of the workspace.
pub fn workspace() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for folder in ["src", "crates", "tests", "benches", "examples"] {
        collect(&root, folder, &mut files);
    }
    assert!(files.len() > 200, "the source was not found");
    files
}

fn collect(root: &Path, folder: &str, files: &mut Vec<SourceFile>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries {
        let entry = entry.expect("an entry");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(root, &path, files);
        } else if entry.path().extension().is_some_and(|ending| ending == "rs") {
            files.push(SourceFile::new(&path, &fs::read_to_string(entry.path()).expect("text")));
        }
    }
}

/// The words but for the items that are compiled for tests only.
fn without_tests<'a>(words: &[Word<'a>]) -> Vec<Word<'a>> {
    const FOR_TESTS: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];
    let mut kept = Vec::new();
    let mut index = 0;
    while index < words.len() {
        let is_for_tests =
            FOR_TESTS.iter().zip(&words[index..]).filter(|(a, b)| **a == b.text).count() == FOR_TESTS.len();
        if is_for_tests {
            index += FOR_TESTS.len();
            while words.get(index).is_some_and(|word| word.text == "#") {
                index = end_of(words, index + 1, ("[", "]"));
            }
            while index < words.len() && !["{", ";"].contains(&words[index].text) {
                index += 1;
            }
            index = if words.get(index).is_some_and(|word| word.text == "{") {
                end_of(words, index, ("{", "}"))
            } else {
                index + 1
            };
        } else {
            kept.push(words[index]);
            index += 1;
        }
    }
    kept
}

/// Behind the mark that closes the one at `index`.
fn end_of(words: &[Word<'_>], index: usize, (open, close): (&str, &str)) -> usize {
    let mut depth = 0;
    for (at, word) in words.iter().enumerate().skip(index) {
        if word.text == open {
            depth += 1;
        } else if word.text == close {
            depth -= 1;
            if depth == 0 {
                return at + 1;
            }
        }
    }
    words.len()
}

#[test]
fn a_file_knows_its_module_and_its_tests() {
    let file = |path| SourceFile::new(path, "");
    assert_eq!(file("crates/core/src/run/batch.rs").module, ["run", "batch"]);
    assert_eq!(file("crates/core/src/run/mod.rs").module, ["run"]);
    assert_eq!(file("crates/core/src/lib.rs").module, [""; 0]);
    assert_eq!(
        (file("src/app/mod.rs").package, file("crates/core/src/a.rs").package),
        ("thalweg".into(), "core".into())
    );
    assert_eq!(file("crates/core/src/run/batch.rs").folder(), Some("run"));
    assert_eq!(file("src/lib.rs").folder(), None);
    assert!(file("crates/core/src/a/tests.rs").is_test && file("crates/core/tests/it/a.rs").is_test);
    assert!(file("benches/a.rs").is_test && !file("src/app/a.rs").is_test);
    let text = "use a; #[cfg(test)] #[path = \"b.rs\"] mod tests; #[cfg(test)] mod t { fn f() {} } use z;";
    let file = SourceFile::new("src/a.rs", text);
    let kept: Vec<&str> = file.words().iter().map(|word| word.text).collect();
    assert_eq!(kept, ["use", "a", ";", "use", "z", ";"]);
}
