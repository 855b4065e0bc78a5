//! What can be taken back: the document as it was before each change.

use crate::document::{Document, Opened};
use std::sync::Arc;
use thalweg_scenario::{Scenario, undo_words};

/// How many changes are kept.
const MOST: usize = 200;

/// The document at some time, and what was opened or saved last then.
#[derive(Clone, Debug)]
pub struct Moment {
    /// The document.
    pub document: Document,
    /// What was opened or saved last.
    pub opened: Arc<Opened>,
}

/// A moment on the other side of a change, and the change in words.
#[derive(Debug)]
struct Change {
    moment: Moment,
    words: String,
}

/// The changes that were made, and those that were taken back.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Change>,
    future: Vec<Change>,
    /// Whether what comes next belongs to the last change.
    going_on: bool,
}

impl History {
    /// Ends a change: what is done from now on is taken back by itself.
    pub fn settle(&mut self) {
        self.going_on = false;
    }

    /// What can be taken back, in words.
    pub fn undoable(&self) -> Option<&str> {
        self.past.last().map(|change| change.words.as_str())
    }

    /// What can be done again, in words.
    pub fn redoable(&self) -> Option<&str> {
        self.future.last().map(|change| change.words.as_str())
    }

    /// Notes that the document is not any more as it was `before`.
    pub fn record(&mut self, before: Moment, now: &Scenario) {
        self.future.clear();
        if std::mem::replace(&mut self.going_on, true)
            && let Some(last) = self.past.last_mut()
        {
            // Of a change that goes on the latest name is the best: it may have grown.
            last.words = undo_words(&last.moment.document.scenario, now);
            return;
        }
        let words = undo_words(&before.document.scenario, now);
        self.past.push(Change { moment: before, words });
        if self.past.len() > MOST {
            self.past.remove(0);
        }
    }

    /// The moment before the last change, from `now`.
    pub fn undo(&mut self, now: Moment) -> Option<Moment> {
        self.settle();
        let Change { moment, words } = self.past.pop()?;
        self.future.push(Change { moment: now, words });
        Some(moment)
    }

    /// The moment after the change that was taken back last, from `now`.
    pub fn redo(&mut self, now: Moment) -> Option<Moment> {
        self.settle();
        let Change { moment, words } = self.future.pop()?;
        self.past.push(Change { moment: now, words });
        Some(moment)
    }
}
