//! Who imports whom within a crate, and the circles in that.

use crate::source::SourceFile;
use crate::words::Word;
use std::collections::{BTreeMap, BTreeSet};

/// Which of the files at hand each file imports from, with the line: edges within a crate.
pub struct Imports<'a> {
    files: Vec<&'a SourceFile>,
    edges: Vec<BTreeMap<usize, usize>>,
}

impl<'a> Imports<'a> {
    /// The imports among the files of one crate; tests are left out, and so is a `main.rs`, a crate of its own.
    pub fn of(files: &'a [SourceFile], package: &str) -> Self {
        let is_in = |file: &&SourceFile| {
            file.package == package && !file.is_test && !file.path.ends_with("src/main.rs")
        };
        let files: Vec<&SourceFile> = files.iter().filter(is_in).collect();
        let modules: BTreeMap<&[String], usize> =
            files.iter().enumerate().map(|(index, file)| (file.module.as_slice(), index)).collect();
        let resolve =
            |path: &[String]| (0..=path.len()).rev().find_map(|length| modules.get(&path[..length]).copied());
        let mut edges = vec![BTreeMap::new(); files.len()];
        for (from, file) in files.iter().enumerate() {
            for (path, line) in paths(&file.words(), &file.module, &|path| modules.contains_key(path)) {
                if let Some(to) = resolve(&path).filter(|to| *to != from) {
                    edges[from].entry(to).or_insert(line);
                }
            }
        }
        Self { files, edges }
    }

    /// Every import: who, at which line, and whom.
    pub fn all(&self) -> impl Iterator<Item = (&'a SourceFile, usize, &'a SourceFile)> + '_ {
        let each = self.edges.iter().enumerate();
        each.flat_map(move |(from, to)| {
            to.iter().map(move |(to, line)| (self.files[from], *line, self.files[*to]))
        })
    }

    /// The circles: sets of files each of which leads to all others of its set.
    pub fn circles(&self) -> Vec<Vec<&'a str>> {
        let reached: Vec<BTreeSet<usize>> = (0..self.files.len()).map(|from| self.reached(from)).collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut circles = Vec::new();
        for from in 0..self.files.len() {
            if reached[from].contains(&from) && !seen.contains(&from) {
                let members: Vec<usize> =
                    reached[from].iter().copied().filter(|to| reached[*to].contains(&from)).collect();
                seen.extend(&members);
                circles.push(members.iter().map(|index| self.files[*index].path.as_str()).collect());
            }
        }
        circles
    }

    fn reached(&self, from: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::new();
        let mut next = vec![from];
        while let Some(file) = next.pop() {
            next.extend(self.edges[file].keys().filter(|to| reached.insert(**to)));
        }
        reached
    }
}

/// The paths that a file in `module` writes, from the crate's root, each with its line: those that begin with
/// `crate`, `self` or `super`, and those that begin with a module within.
fn paths(
    words: &[Word<'_>],
    module: &[String],
    is_module: &dyn Fn(&[String]) -> bool,
) -> Vec<(Vec<String>, usize)> {
    let word = |index: usize| words.get(index).map_or("", |word| word.text);
    let mut found = Vec::new();
    let mut inner = module.to_vec();
    let (mut braces, mut opened) = (0, Vec::new());
    for index in 0..words.len() {
        let before = word(index.wrapping_sub(1));
        match word(index) {
            "{" => {
                braces += 1;
                if word(index.wrapping_sub(2)) == "mod" {
                    opened.push(braces);
                    inner.push(before.to_owned());
                }
            }
            "}" => {
                if opened.last() == Some(&braces) {
                    opened.pop();
                    inner.pop();
                }
                braces -= 1;
            }
            first if before != "::" && word(index + 1) == "::" => {
                let child = || [inner.as_slice(), &[first.to_owned()]].concat();
                let root = match first {
                    "crate" => Vec::new(),
                    "self" => inner.clone(),
                    "super" => inner[..inner.len().saturating_sub(1)].to_vec(),
                    _ if is_module(&child()) => child(),
                    _ => continue,
                };
                branches(words, index + 2, root, &mut found);
            }
            _ => {}
        }
    }
    found
}

/// Follows a path, or the tree of paths that a group makes of it, from the word at `index`; behind it.
fn branches(
    words: &[Word<'_>],
    mut index: usize,
    mut path: Vec<String>,
    found: &mut Vec<(Vec<String>, usize)>,
) -> usize {
    let word = |index: usize| words.get(index).map_or("", |word| word.text);
    let line = words.get(index).map_or(0, |word| word.line);
    loop {
        match word(index) {
            "{" => {
                index += 1;
                while !["}", ""].contains(&word(index)) {
                    index = branches(words, index, path.clone(), found);
                    while ![",", "}", ""].contains(&word(index)) {
                        index += 1;
                    }
                    index += usize::from(word(index) == ",");
                }
                return index + 1;
            }
            "super" => {
                path.pop();
            }
            "self" | "*" => {}
            name => path.push(name.to_owned()),
        }
        index += 1;
        if word(index) != "::" {
            found.push((path, line));
            return index;
        }
        index += 1;
    }
}

#[test]
fn circles_are_found_and_nothing_else() {
    let crate_of = |files: &[(&str, &str)]| -> Vec<SourceFile> {
        files.iter().map(|(path, text)| SourceFile::new(&format!("crates/core/src/{path}"), text)).collect()
    };
    let round = crate_of(&[
        ("lib.rs", "pub mod a; pub mod b; pub mod c;"),
        ("a.rs", "use crate::b::{self, B as X}; fn f() -> u8 { super::c::C }"),
        ("b.rs", "use crate::{c::d::{D, E}, c};"),
        ("c/mod.rs", "mod d; #[cfg(test)] mod t { use crate::a; }"),
        ("c/d.rs", "use super::super::a::A;"),
    ]);
    let imports = Imports::of(&round, "core");
    let all: Vec<String> = imports.all().map(|(from, _, to)| format!("{} {}", from.path, to.path)).collect();
    assert_eq!(all.len(), 5, "{all:?}");
    assert_eq!(imports.circles(), [["a.rs", "b.rs", "c/d.rs"].map(|path| format!("crates/core/src/{path}"))]);
    // A parent that hands on what its child defines, which the child's sibling asks the parent for.
    let facade = crate_of(&[
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod b; mod c; pub use c::C; pub use b::B;"),
        ("a/b.rs", "use super::C;"),
        ("a/c.rs", "pub struct C;"),
    ]);
    let found = Imports::of(&facade, "core").circles();
    assert_eq!(found, [["a/mod.rs", "a/b.rs"].map(|path| format!("crates/core/src/{path}"))]);
    let straight = crate_of(&[
        ("lib.rs", "mod a; mod b; pub use a::A;"),
        ("a.rs", "use self::inner::X; mod inner { use super::super::b::B; }"),
        ("b.rs", "// use crate::a;\nconst A: &str = \"crate::a\"; use std::a::A;"),
    ]);
    assert_eq!(Imports::of(&straight, "core").circles(), [[""; 0]; 0]);
}
