//! Pinned paths: races that go on being shown, whatever is changed.

use super::Session;
use crate::descent::race::Race;
use crate::scenario::{Ghost, MAX_GHOSTS, Scenario};
use std::sync::Arc;

/// The race of one ghost.
#[derive(Debug)]
pub struct Pinned {
    of: Arc<Scenario>,
    race: Race,
    version: u64,
}

impl Pinned {
    /// The race, as far as it is computed.
    pub fn race(&self) -> &Race {
        &self.race
    }

    /// A number that no other race has had: what is kept of another is stale.
    pub fn version(&self) -> u64 {
        self.version
    }

    pub(super) fn advance(&mut self, stop: impl FnMut() -> bool) -> bool {
        self.race.advance(stop)
    }
}

impl Session {
    /// The pinned paths, each with its race.
    pub fn ghosts(&self) -> impl Iterator<Item = (&Ghost, &Pinned)> {
        self.scenario.ghosts.iter().zip(&self.ghosts)
    }

    /// Whether there is something to pin, and room for it.
    pub fn can_pin(&self) -> bool {
        let shown = self.scenario.runners.iter().filter(|runner| !runner.hidden).count();
        let steps = u64::from(self.scenario.steps) * shown as u64;
        shown > 0 && self.scenario.ghosts.len() < MAX_GHOSTS && self.has_room_for(steps)
    }

    pub(super) fn pin(&mut self, name: String) {
        if !self.can_pin() {
            return;
        }
        let ghost = Ghost::pin(name, &self.scenario);
        // The paths are there already.
        let lanes = self.runners().filter(|(runner, _)| !runner.hidden).map(|(_, lane)| lane.clone());
        let race = Race::of_lanes(self.race.course().clone(), lanes.collect());
        let version = self.next_version();
        self.ghosts.push(Pinned { of: Arc::clone(&ghost.of), race, version });
        self.scenario.ghosts.push(ghost);
    }

    pub(super) fn rename_ghost(&mut self, index: usize, name: String) {
        if let Some(ghost) = self.scenario.ghosts.get_mut(index) {
            ghost.name = name;
        }
    }

    pub(super) fn remove_ghost(&mut self, index: usize) {
        if index < self.scenario.ghosts.len() {
            self.scenario.ghosts.remove(index);
            self.ghosts.remove(index);
        }
    }

    /// Makes the races of the scenario's ghosts; those that are there stay.
    pub(super) fn rerun_ghosts(&mut self) {
        let mut old = std::mem::take(&mut self.ghosts);
        for index in 0..self.scenario.ghosts.len() {
            let of = Arc::clone(&self.scenario.ghosts[index].of);
            let kept = old.iter().position(|pinned| Arc::ptr_eq(&pinned.of, &of));
            let pinned = match kept {
                Some(place) => old.swap_remove(place),
                None => Pinned { race: of.race(), version: self.next_version(), of },
            };
            self.ghosts.push(pinned);
        }
    }
}
