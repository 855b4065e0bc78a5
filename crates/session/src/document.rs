//! The scenario that is open, with the identity of each of its runners.

use crate::command::{Edit, RunnerEdit};
use std::path::PathBuf;
use std::sync::Arc;
use thalweg_scenario::Scenario;

/// What tells a runner from all others of a session, wherever it stands among them and whatever is changed of
/// it. No part of the document: it is not written to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RunnerId(u64);

/// Gives numbers that were not given before.
#[derive(Debug, Default)]
pub struct Counter(u64);

impl Counter {
    /// The next number, from 1.
    pub fn next(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// A scenario with the identities of its runners. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Document {
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// One for each runner, in their order.
    pub ids: Arc<[RunnerId]>,
}

impl Document {
    /// `scenario`, with runners that nobody has met.
    pub fn new(scenario: Scenario, ids: &mut Counter) -> Self {
        let ids = scenario.runners.iter().map(|_| RunnerId(ids.next())).collect();
        Self { scenario: Arc::new(scenario), ids }
    }

    /// The document that an edit made of this one. Whoever was there keeps its identity.
    pub fn edited(&self, scenario: Scenario, edit: &Edit, ids: &mut Counter) -> Self {
        let (before, after) = (self.ids.len(), scenario.runners.len());
        let origin = |index: usize| match edit {
            Edit::MoveRunner(from, to) if *from.max(to) < before => Some(moved_from(*from, *to, index)),
            _ if before == after => Some(index),
            Edit::Runner(removed, RunnerEdit::Remove) if index >= *removed => Some(index + 1),
            Edit::Runner(original, RunnerEdit::Duplicate) if index > *original => {
                (index > original + 1).then(|| index - 1)
            }
            _ => Some(index),
        };
        let known = |index: usize| self.ids.get(origin(index)?).copied();
        let ids = (0..after).map(|index| known(index).unwrap_or_else(|| RunnerId(ids.next()))).collect();
        Self { scenario: Arc::new(scenario), ids }
    }

    /// The index of a runner.
    pub fn index(&self, id: RunnerId) -> Option<usize> {
        self.ids.iter().position(|other| *other == id)
    }

    /// The index of the first runner that another document does not have.
    pub fn newcomer(&self, before: &Self) -> Option<usize> {
        self.ids.iter().position(|id| before.index(*id).is_none())
    }
}

/// Where the runner that is at an index now was before one went from `from` to `to`.
fn moved_from(from: usize, to: usize, index: usize) -> usize {
    match index {
        _ if index == to => from,
        _ if from <= index && index < to => index + 1,
        _ if to < index && index <= from => index - 1,
        _ => index,
    }
}

/// What was opened or saved last.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The document.
    pub document: Document,
    /// The file that it is in, if it is in one.
    pub file: Option<PathBuf>,
    /// New with every scenario that is opened; to save one is not to open it.
    pub opening: u64,
}
