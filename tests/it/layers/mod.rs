//! The rules that keep the source in layers, read off the source itself: imports run downward
//! only, the window's libraries stay in `app`, what is pure asks nothing of the system, and no
//! file grows beyond one subject.
//!
//! That an f64 is given to no transcendental function of the system is clippy's to say
//! (`disallowed-methods` in `clippy.toml`): it knows the types.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

mod words;

use std::fs;
use std::path::{Path, PathBuf};
use words::{Word, words};

/// Each layer, and the layers below it that it may use.
const LAYERS: [(&str, &[&str]); 8] = [
    ("descent", &[]),
    ("analysis", &["descent"]),
    ("file", &[]),
    ("scenario", &["descent", "file"]),
    ("export", &["descent", "analysis", "scenario", "file"]),
    ("session", &["descent", "analysis", "scenario", "export", "file"]),
    ("app", &["descent", "analysis", "scenario", "export", "session", "file"]),
    ("cli", &["descent", "analysis", "scenario", "export", "session", "file"]),
];

/// The libraries that only the window knows.
const WINDOW: [&str; 7] = ["egui", "eframe", "egui_plot", "egui_commonmark", "egui_kittest", "epaint", "rfd"];

/// The layers that are pure, and what of the standard library they are not to touch.
const PURE: [&str; 2] = ["descent", "analysis"];
const SYSTEM: [&str; 7] = ["fs", "env", "net", "process", "thread", "time", "io"];

/// The most lines of a file: some 400, and room for a last test.
const MOST_LINES: usize = 450;

/// What is wrong with the file at `path` (from `src/`), whose text is `text`.
fn problems(path: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let lines = text.lines().count();
    if lines > MOST_LINES {
        found.push(format!("{path}: {lines} lines; at most {MOST_LINES}: it has two subjects"));
    }
    // The modules that lead here: those of the path, then those opened within the file.
    let mut module: Vec<&str> = path.trim_end_matches(".rs").split('/').collect();
    if module.last() == Some(&"mod") {
        module.pop();
    }
    let layer = module[0];
    let is_root = ["lib", "main"].contains(&layer);
    let Some(allowed) = LAYERS.iter().find_map(|(name, below)| (*name == layer).then_some(*below)) else {
        if !is_root {
            found.push(format!("{path}: the layer `{layer}` is not in the table"));
        }
        return found;
    };
    let words = words(text);
    let word = |index: usize| words.get(index).map_or("", |word| word.text);
    let mut braces = 0;
    let mut opened = Vec::new();
    for (index, Word { text, line }) in words.iter().enumerate() {
        let mut complain = |what: String| found.push(format!("{path}:{line}: {what}"));
        match *text {
            "{" => {
                braces += 1;
                if index >= 2 && word(index - 2) == "mod" {
                    opened.push(braces);
                    module.push(word(index - 1));
                }
            }
            "}" => {
                if opened.last() == Some(&braces) {
                    opened.pop();
                    module.pop();
                }
                braces -= 1;
            }
            "crate" | "super" if word(index.wrapping_sub(1)) != "::" => {
                let mut next = index;
                let mut climbed = if *text == "super" { 0 } else { module.len() };
                while word(next) == "super" || word(next) == "crate" {
                    climbed += usize::from(word(next) == "super");
                    next += 2;
                }
                // `pub(super)` and the like are no paths.
                if climbed < module.len() || word(next - 1) != "::" {
                    continue;
                }
                for used in first_names(&words, next) {
                    if used != layer && !allowed.contains(&used) {
                        complain(format!("`{layer}` must not use `{used}`"));
                    }
                }
            }
            name if WINDOW.contains(&name) && layer != "app" => {
                complain(format!("`{name}` belongs to the window: only `app` knows it"));
            }
            "std" if PURE.contains(&layer) && word(index + 1) == "::" => {
                for used in first_names(&words, index + 2) {
                    if SYSTEM.contains(&used) {
                        complain(format!("`{layer}` is pure and must not use `std::{used}`"));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// The name at `index`, or where a group `{a::b, c}` begins there, the first name of each member.
fn first_names<'a>(words: &[Word<'a>], index: usize) -> Vec<&'a str> {
    let Some(first) = words.get(index) else { return Vec::new() };
    if first.text != "{" {
        return vec![first.text];
    }
    let (mut names, mut depth) = (Vec::new(), 0);
    for pair in words[index..].windows(2) {
        match pair[0].text {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && (pair[0].text == "{" || pair[0].text == ",") && pair[1].text != "}" {
            names.push(pair[1].text);
        }
    }
    names
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

#[test]
fn the_source_keeps_the_rules() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&source);
    assert!(files.len() > 20, "the source was not found");
    let mut found = Vec::new();
    for file in files {
        let path = file.strip_prefix(&source).expect("within src").to_string_lossy().replace('\\', "/");
        found.extend(problems(&path, &fs::read_to_string(&file).expect("text")));
    }
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn every_breach_is_found_with_its_place() {
    for (path, text, wanted) in [
        ("descent/race.rs", "//!\nuse crate::scenario::Scenario;", ":2: `descent` must not use `scenario`"),
        ("descent/race.rs", "fn f() { crate::app::run() }", ":1: `descent` must not use `app`"),
        ("descent/mod.rs", "use super::analysis;", ":1: `descent` must not use `analysis`"),
        ("descent/a/b.rs", "use super::super::super::cli::x;", ":1: `descent` must not use `cli`"),
        ("descent/mod.rs", "mod t { mod u {} use super::super::cli; }", "must not use `cli`"),
        ("scenario/read.rs", "use crate::{descent::x, analysis::{y, z}};", "must not use `analysis`"),
        (
            "scenario/read.rs",
            "use crate::{\n    descent::{a, b},\n    session,\n};",
            "must not use `session`",
        ),
        ("scenario/mod.rs", "use crate::unheard_of;", "must not use `unheard_of`"),
        ("cli.rs", "use crate::app;", "`cli` must not use `app`"),
        ("app/mod.rs", "use crate::cli;", "`app` must not use `cli`"),
        ("cli/run.rs", "use super::super::app;", "`cli` must not use `app`"),
        ("session.rs", "fn f(c: egui::Color32) {}", ":1: `egui` belongs to the window"),
        ("export/csv.rs", "use eframe;", "`eframe` belongs to the window"),
        ("analysis/a.rs", "use std::{fmt, time::Instant};", "`analysis` is pure"),
        ("descent/a.rs", "static A: u8 = std::env::args();", "`descent` is pure"),
        ("other.rs", "", "not in the table"),
        ("cli.rs", &"\n".repeat(MOST_LINES + 1), "451 lines"),
    ] {
        let found = problems(path, text);
        assert!(found.len() == 1 && found[0].contains(wanted), "{path}: {text}\n{found:?}");
        assert!(found[0].starts_with(path));
    }
}

#[test]
fn what_is_allowed_is_not_called_a_breach() {
    for (path, text) in [
        (
            "descent/race.rs",
            "use super::param; use crate::descent::x; mod tests { use super::super::surface; }",
        ),
        ("descent/race.rs", "pub(crate) fn f() {} pub(super) fn g(a: &'static str) {} // crate::app"),
        (
            "descent/race.rs",
            "/* crate::app /* egui */ */ const A: &str = \"crate::cli \\\" egui\"; struct egui_like;",
        ),
        (
            "descent/race.rs",
            "const A: &str = r#\"crate::cli \" egui\"#; const Q: char = '\"'; const E: char = '\\'';",
        ),
        ("descent/race.rs", "/// See `crate::app`.\nuse std::ops::Add; use std::{fmt, iter};"),
        ("scenario/mod.rs", "use crate::{descent::{analysis, app}, scenario::cli};"),
        ("export/csv.rs", "use crate::{analysis, descent, scenario};"),
        ("app/mod.rs", "use egui::Ui; use crate::session::Session;"),
        ("main.rs", "use thalweg::{app, cli};"),
        ("lib.rs", "pub mod app;"),
    ] {
        assert_eq!(problems(path, text), Vec::<String>::new(), "{text}");
    }
}
