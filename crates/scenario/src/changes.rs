//! What differs between two documents: which fields, what has to be computed anew, and the words for undo.

use crate::document::runner::Runner;
use crate::document::scenario::Scenario;
use crate::format::invalidates::Invalidates;
use crate::format::record::Record;
use std::borrow::Cow;

/// The part of a document that has a changed field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The scenario itself.
    Scenario,
    /// The runner at this index, the same in both documents.
    Runner(usize),
}

/// A field that two documents have different values of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// The part that has the field.
    pub subject: Subject,
    /// The field's key in a document.
    pub key: &'static str,
    /// What was changed, in a few words: "the number of steps", "the method".
    pub undo: Cow<'static, str>,
    /// What has to be computed anew.
    pub invalidates: Invalidates,
}

/// The fields that differ, in the order of the document. Runners are compared by index, and only if there are
/// as many in both: else the list of runners is what differs.
pub fn changes(old: &Scenario, new: &Scenario) -> Vec<FieldChange> {
    let mut found: Vec<_> = changed(Subject::Scenario, old, new).collect();
    if old.runners.len() == new.runners.len() {
        let pairs = old.runners.iter().zip(&new.runners).enumerate();
        found.extend(pairs.flat_map(|(index, (old, new))| runner_changes(index, old, new)));
    }
    found
}

/// The fields that differ of the runner at `index`, in the order of the document.
pub fn runner_changes(index: usize, old: &Runner, new: &Runner) -> impl Iterator<Item = FieldChange> {
    changed(Subject::Runner(index), old, new)
}

fn changed<R: Record>(subject: Subject, old: &R, new: &R) -> impl Iterator<Item = FieldChange> {
    let fields = R::fields().iter().filter(|field| !field.is_same(old, new));
    fields.map(move |field| FieldChange {
        subject,
        key: field.key,
        undo: field.undo(old, new),
        invalidates: field.invalidates,
    })
}

/// What differs between two documents, in the few words of a menu: "the number of steps", "the method of
/// Adam". Of several changes the one that weighs most is named.
pub fn undo_words(old: &Scenario, new: &Scenario) -> String {
    let found = changes(old, new);
    let has = |key: &str| found.iter().any(|change| change.key == key);
    if has("surface") && (has("title") || has("notes")) {
        return "opening another scenario".to_owned();
    }
    // The first of those that weigh most.
    let Some(heaviest) = found.iter().rev().max_by_key(|change| change.invalidates) else {
        return "a change".to_owned();
    };
    let Subject::Runner(index) = heaviest.subject else { return heaviest.undo.to_string() };
    let runner = |change: &FieldChange| match change.subject {
        Subject::Runner(index) => Some(index),
        Subject::Scenario => None,
    };
    let mut runners: Vec<_> = found.iter().filter_map(runner).collect();
    runners.dedup();
    match (runners.len(), new.runners.get(index)) {
        (1, Some(runner)) => format!("{} of {}", heaviest.undo, runner.name()),
        (several, _) => format!("{several} runners"),
    }
}
