//! Each rule over the whole workspace, and over made-up files that break it.

use crate::circles::Imports;
use crate::source::{SourceFile, workspace};
use crate::words::{Word, words};
use std::collections::BTreeMap;

/// The crates, the program last.
const PACKAGES: [&str; 8] =
    ["core", "analysis", "scenario", "code", "figure", "session", "testing", "thalweg"];

/// The folders of a crate, each of which may import from those before it only.
const FOLDERS: [(&str, &[&str]); 2] = [
    ("core", &["math", "formula", "data", "spec", "objective", "method", "run", "catalogue"]),
    ("analysis", &["field", "spectral", "local", "sweep", "runs", "data", "compare"]),
];

/// The crates that ask nothing of the system, and what they are not to touch of the standard library. The
/// session has its jobs, and takes threads and clocks nowhere else.
const PURE: [&str; 5] = ["core", "analysis", "code", "figure", "session"];
const SYSTEM: [&str; 5] = ["fs", "env", "net", "process", "thread"];
const CLOCKS_AND_LOCKS: [&str; 6] = ["Instant", "SystemTime", "Mutex", "RwLock", "OnceLock", "LazyLock"];

/// Files that may all the same, or still do.
const SYSTEM_HERE: [&str; 2] = ["crates/session/src/jobs", "crates/core/src/objective/objective.rs"];

/// The libraries that only the window knows.
const WINDOW: [&str; 6] = ["egui", "eframe", "egui_extras", "egui_plot", "epaint", "rfd"];

/// The most lines of code in a file: some 400. Comments, blank lines and tests are not counted.
const MOST_LINES: usize = 400;

fn check(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let files = workspace();
    let mut problems = Vec::new();
    for package in PACKAGES {
        for circle in Imports::of(&files, package).circles() {
            problems.push(format!("{package}: a circle of {} files: {}", circle.len(), circle.join(" ")));
        }
    }
    check(&problems);
}

/// The imports of a crate that run from a folder to one after it.
fn upward(files: &[SourceFile], package: &str, order: &[&str]) -> Vec<String> {
    let place = |file: &SourceFile| {
        Some((file.folder()?.to_owned(), order.iter().position(|name| Some(*name) == file.folder())))
    };
    let mut problems = Vec::new();
    for (from, line, to) in Imports::of(files, package).all() {
        match (place(from), place(to)) {
            (Some((_, Some(low))), Some((_, Some(high)))) if high > low => {
                problems.push(format!("{}:{line}: imports {}, which stands above it", from.path, to.path));
            }
            (Some((folder, None)), _) => {
                problems.push(format!("{}: the folder {folder} is in no order", from.path));
            }
            _ => {}
        }
    }
    problems
}

#[test]
fn folders_are_layers() {
    let files = workspace();
    let mut problems = Vec::new();
    for (package, order) in FOLDERS {
        problems.extend(upward(&files, package, order));
    }
    // The window and the command line know what is below them, and nothing of each other.
    for (from, line, to) in Imports::of(&files, "thalweg").all() {
        let side = |file: &SourceFile| file.folder().unwrap_or_default().to_owned();
        let allowed = match (side(from).as_str(), side(to).as_str()) {
            (a, b) if a == b => true,
            ("app" | "cli", "words" | "export" | "files" | "") | ("", _) => true,
            _ => false,
        };
        if !allowed {
            problems.push(format!("{}:{line}: must not import {}", from.path, to.path));
        }
    }
    check(&problems);
}

/// What a file asks of the system, or of the window's libraries, though it is not to.
fn borrowed(file: &SourceFile) -> Vec<String> {
    let is_pure =
        PURE.contains(&file.package.as_str()) && !SYSTEM_HERE.iter().any(|path| file.path.starts_with(path));
    let is_window = file.package == "thalweg" && file.folder().is_none_or(|folder| folder == "app");
    let words = file.words();
    let within_std = |index: usize| {
        // The path or the group that the word is a part of begins with `std`.
        let mut start = index;
        while start > 0 && ![";", "}"].contains(&words[start - 1].text) && words[start].text != "std" {
            start -= 1;
        }
        words[start].text == "std"
            && words[start..index].iter().all(|word| !["(", "<", "="].contains(&word.text))
    };
    let mut problems = Vec::new();
    for (index, Word { text, line }) in words.iter().enumerate() {
        let is_system = SYSTEM.contains(text) && within_std(index) || CLOCKS_AND_LOCKS.contains(text);
        if is_pure && is_system {
            problems
                .push(format!("{}:{line}: `{}` is pure and must not use {text}", file.path, file.package));
        }
        if !is_window && WINDOW.contains(text) {
            problems.push(format!("{}:{line}: only src/app knows {text}", file.path));
        }
    }
    problems
}

#[test]
fn what_is_pure_asks_nothing_of_the_system() {
    check(&workspace().iter().flat_map(borrowed).collect::<Vec<_>>());
    for (path, text, count) in [
        ("crates/core/src/a.rs", "use std::time::Instant;", 1),
        ("crates/core/src/a.rs", "use std::{fmt, thread, sync::{Arc, Mutex}};", 2),
        ("crates/analysis/src/a.rs", "fn f() { std::env::args(); }", 1),
        ("crates/session/src/a.rs", "use std::thread;", 1),
        ("crates/figure/src/a.rs", "fn f(c: egui::Color32) {}", 1),
        ("src/cli/a.rs", "use eframe;", 1),
        ("crates/core/src/a.rs", "use std::fmt; fn time(env: u8) -> u8 { env } // std::fs", 0),
        ("crates/session/src/jobs/a.rs", "use std::thread;", 0),
        ("src/app/a.rs", "use egui::Ui; use std::fs;", 0),
        ("crates/scenario/src/a.rs", "use std::fs;", 0),
    ] {
        let found = borrowed(&SourceFile::new(path, text));
        assert_eq!(found.len(), count, "{path}: {text}\n{found:?}");
    }
}

/// The types that a text defines, with their lines.
fn types(text: &str) -> Vec<(String, usize)> {
    let words = words(text);
    let (mut blocks, mut next) = (Vec::new(), "");
    let mut found = Vec::new();
    for pair in words.windows(2) {
        match pair[0].text {
            "{" => blocks.push(std::mem::take(&mut next)),
            "}" => {
                blocks.pop();
            }
            ";" => next = "",
            item @ ("impl" | "trait" | "fn" | "mod") if next != "impl" => next = item,
            _ => {}
        }
        let is_associated = blocks.last().is_some_and(|block| ["impl", "trait"].contains(block));
        let names_a_type = match pair[0].text {
            "struct" | "enum" | "trait" | "union" => true,
            "type" => !is_associated,
            _ => false,
        };
        if names_a_type && pair[1].text.starts_with(char::is_uppercase) {
            found.push((pair[1].text.to_owned(), pair[1].line));
        }
    }
    found
}

#[test]
fn no_two_types_have_the_same_name() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in workspace() {
        for (name, line) in types(&file.text) {
            places.entry(name).or_default().push(format!("{}:{line}", file.path));
        }
    }
    let mut problems = Vec::new();
    for (name, places) in &places {
        if places.len() > 1 {
            problems.push(format!("{name}: {}", places.join(" ")));
        }
    }
    check(&problems);
    let text = "struct A<T>; impl Iterator for B { type Item = u8; fn f() { enum C {} } } trait D { type E; } type F = u8;";
    assert_eq!(types(text).into_iter().map(|(name, _)| name).collect::<Vec<_>>(), ["A", "C", "D", "F"]);
}

#[test]
fn no_file_is_too_long() {
    let lines = |file: &SourceFile| {
        let mut lines: Vec<usize> = file.words().iter().map(|word| word.line).collect();
        lines.dedup();
        lines.len()
    };
    let files = workspace();
    let long = files.iter().filter(|file| lines(file) > MOST_LINES);
    check(
        &long
            .map(|file| format!("{}: {} lines of code: two subjects?", file.path, lines(file)))
            .collect::<Vec<_>>(),
    );
    let file = SourceFile::new("src/a.rs", "// a\n\nfn f() {\n}\n#[cfg(test)]\nmod t {\n}\n");
    assert_eq!(lines(&file), 2);
}

/// How a doc comment is not to begin: with a word whose noun stands elsewhere.
const PRONOUNS: [&str; 5] = ["The same", "That of", "Those of", "That at", "Both."];

fn pronouns(file: &SourceFile) -> Vec<String> {
    let mut problems = Vec::new();
    let mut in_comment = false;
    for (index, line) in file.text.lines().enumerate() {
        let comment = line.trim_start().strip_prefix("///");
        if let Some(text) = comment.filter(|_| !in_comment)
            && PRONOUNS.iter().any(|start| text.trim_start().starts_with(start))
        {
            problems.push(format!("{}:{}: say what it is:{text}", file.path, index + 1));
        }
        in_comment = comment.is_some();
    }
    problems
}

#[test]
fn every_file_and_every_item_says_what_it_is() {
    let files = workspace();
    let silent = files.iter().filter(|file| !file.text.starts_with("//!") && !file.path.ends_with("mod.rs"));
    let mut problems: Vec<String> =
        silent.map(|file| format!("{}: says nothing of itself", file.path)).collect();
    problems.extend(files.iter().flat_map(pronouns));
    check(&problems);
    let file =
        SourceFile::new("src/a.rs", "/// A cell.\n/// The same as\nstruct A;\n/// The same of B.\nstruct B;");
    assert_eq!(pronouns(&file), ["src/a.rs:4: say what it is: The same of B."]);
}
