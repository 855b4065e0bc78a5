//! Pinned paths: races that go on being shown, whatever is changed.

use super::Session;
use std::sync::Arc;
use thalweg_core::run::race::Race;
use thalweg_core::run::run::Lane;
use thalweg_scenario::{Ghost, Layer, MAX_GHOSTS, Runner, Scenario};

/// The race of one ghost.
#[derive(Debug)]
pub struct Pinned {
    of: Arc<Scenario>,
    race: Race,
    /// One for each lane.
    versions: Vec<u64>,
    mark: usize,
}

impl Pinned {
    /// What determines the race.
    pub fn of(&self) -> &Scenario {
        &self.of
    }

    /// The race, as far as it is computed.
    pub fn race(&self) -> &Race {
        &self.race
    }

    /// Each runner with its lane, and a number that no other run has had: what is kept of another is
    /// stale.
    pub fn runners(&self) -> impl Iterator<Item = (&Runner, &Lane, u64)> {
        let lanes = self.of.runners.iter().zip(self.race.lanes());
        lanes.zip(&self.versions).map(|((runner, lane), version)| (runner, lane, *version))
    }

    /// Which of [`MAX_GHOSTS`] ways of being drawn is its own, from 0: it keeps it while others come and
    /// go.
    pub fn mark(&self) -> usize {
        self.mark
    }

    /// The pinned runner that stands for one of the race: that of the same name and colour, or else of
    /// the same name, or else of the same colour (a card keeps it when its method changes), or else the
    /// one at the same place. With its lane and its number, as [`Pinned::runners`] has them.
    pub fn counterpart(&self, runner: &Runner, place: usize) -> Option<(&Runner, &Lane, u64)> {
        let same_name = |other: &Runner| other.name() == runner.name();
        let same_color = |other: &Runner| other.color == runner.color;
        let find = |is: &dyn Fn(&Runner) -> bool| self.runners().find(|(other, ..)| is(other));
        find(&|other| same_name(other) && same_color(other))
            .or_else(|| find(&same_name))
            .or_else(|| find(&same_color))
            .or_else(|| self.runners().nth(place))
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
        // Who pins wants to see it.
        self.scenario.show.layers = self.scenario.show.layers.with(Layer::Ghosts, true);
        // The paths are there already.
        let lanes = self.runners().filter(|(runner, _)| !runner.hidden).map(|(_, lane)| lane.clone());
        let race = Race::of_lanes(self.race.course().clone(), lanes.collect());
        let of = Arc::clone(&ghost.of);
        let mark = free_mark(&self.ghosts.iter().map(Pinned::mark).collect::<Vec<_>>());
        let pinned = self.pinned(of, race, mark);
        self.ghosts.push(pinned);
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

    fn pinned(&mut self, of: Arc<Scenario>, race: Race, mark: usize) -> Pinned {
        let versions = race.lanes().iter().map(|_| self.next_version()).collect();
        Pinned { of, race, versions, mark }
    }

    /// Makes the races of the scenario's ghosts; those that are there stay.
    pub(super) fn rerun_ghosts(&mut self) {
        let mut old = std::mem::take(&mut self.ghosts);
        let is_wanted =
            |pinned: &Pinned| self.scenario.ghosts.iter().any(|ghost| Arc::ptr_eq(&ghost.of, &pinned.of));
        let mut marks: Vec<_> = old.iter().filter(|pinned| is_wanted(pinned)).map(Pinned::mark).collect();
        for index in 0..self.scenario.ghosts.len() {
            let of = Arc::clone(&self.scenario.ghosts[index].of);
            let kept = old.iter().position(|pinned| Arc::ptr_eq(&pinned.of, &of));
            let pinned = if let Some(place) = kept {
                old.swap_remove(place)
            } else {
                let (race, mark) = (of.race(), free_mark(&marks));
                marks.push(mark);
                self.pinned(of, race, mark)
            };
            self.ghosts.push(pinned);
        }
    }
}

/// The first mark that is not among `taken`.
fn free_mark(taken: &[usize]) -> usize {
    (0..MAX_GHOSTS).find(|mark| !taken.contains(mark)).unwrap_or(0)
}
