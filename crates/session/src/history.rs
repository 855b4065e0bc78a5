//! What can be taken back: the scenario as it was before each change.

use super::{Opened, Session};
use std::sync::Arc;
use thalweg_scenario::{Runner, Scenario, undo_words};

/// How many changes are kept.
const MOST: usize = 200;

/// The scenario at some time.
#[derive(Clone, Debug)]
struct Moment {
    scenario: Scenario,
    opened: Arc<Opened>,
    /// What was changed from here, in words.
    change: String,
}

/// The changes that were made, and those that were taken back.
#[derive(Debug, Default)]
pub(super) struct History {
    past: Vec<Moment>,
    future: Vec<Moment>,
    /// Whether what comes next belongs to the last change.
    going_on: bool,
}

impl Session {
    /// Ends a change: what is done from now on is taken back by itself. A drag of a slider is many
    /// commands, and one change; whoever knows when the hand lets go says so.
    pub fn settle(&mut self) {
        self.history.going_on = false;
    }

    /// What [`Command::Undo`](super::Command::Undo) would take back, in words.
    pub fn undoable(&self) -> Option<&str> {
        self.history.past.last().map(|moment| moment.change.as_str())
    }

    /// What [`Command::Redo`](super::Command::Redo) would do again, in words.
    pub fn redoable(&self) -> Option<&str> {
        self.history.future.last().map(|moment| moment.change.as_str())
    }

    /// Notes that the scenario is not any more as it was `before`.
    pub(super) fn remember(&mut self, before: Scenario, opened: &Arc<Opened>) {
        let is_same = before == self.scenario && Arc::ptr_eq(opened, &self.opened);
        if is_same || std::mem::replace(&mut self.history.going_on, true) {
            // Of a change that goes on the latest name is the best: it may have grown.
            if !is_same && let Some(last) = self.history.past.last_mut() {
                last.change = undo_words(&last.scenario, &self.scenario);
                self.history.future.clear();
            }
            return;
        }
        let change = undo_words(&before, &self.scenario);
        self.history.past.push(Moment { scenario: before, opened: Arc::clone(opened), change });
        self.history.future.clear();
        if self.history.past.len() > MOST {
            self.history.past.remove(0);
        }
    }

    pub(super) fn undo(&mut self) {
        let Some(moment) = self.history.past.pop() else { return };
        let moment = self.return_to(moment);
        self.history.future.push(moment);
    }

    pub(super) fn redo(&mut self) {
        let Some(moment) = self.history.future.pop() else { return };
        let moment = self.return_to(moment);
        self.history.past.push(moment);
    }

    /// Gives the way back.
    fn return_to(&mut self, moment: Moment) -> Moment {
        self.settle();
        let Moment { scenario, opened, change } = moment;
        let back = Moment { scenario: self.scenario.clone(), opened: Arc::clone(&self.opened), change };
        // What was saved since stays what is saved.
        if opened.opening != self.opened.opening {
            self.opened = opened;
        }
        self.adopt(scenario);
        back
    }

    /// Takes another scenario, and runs anew what it changes, nothing else.
    fn adopt(&mut self, scenario: Scenario) {
        let old = std::mem::replace(&mut self.scenario, scenario);
        let new = &self.scenario;
        let shared = |scenario: &Scenario| (scenario.start, scenario.steps, scenario.stop);
        self.focus = self.focus.min(new.runners.len().saturating_sub(1));
        let differs = |(index, (one, other)): (usize, (&Runner, &Runner))| {
            let entry = |runner: &Runner| {
                (runner.optimizer.clone(), runner.schedule.clone(), runner.gradient.clone())
            };
            (entry(one) != entry(other)).then_some(index)
        };
        let changed: Vec<_> = old.runners.iter().zip(&new.runners).enumerate().filter_map(differs).collect();
        let multi_start = new.cloud != old.cloud;
        if new.surface != old.surface {
            self.rerun();
        } else if shared(new) != shared(&old)
            || new.gradient != old.gradient
            || new.runners.len() != old.runners.len()
        {
            self.rerun_all();
        } else {
            for index in changed {
                self.rerun_one(index);
            }
            if multi_start {
                self.rerun_multi_start();
            }
        }
        self.rerun_pinned();
        self.cursor = self.cursor.min(self.scenario.steps);
    }
}
