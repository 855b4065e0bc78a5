//! Pinned paths: races that go on being shown, whatever is changed.

use super::Session;
use std::sync::Arc;
use thalweg_core::run::race::Race;
use thalweg_core::run::run::Run;
use thalweg_scenario::{Layer, MAX_PINNED, PinnedRun, Runner, Scenario};

/// The race of one pinned run.
#[derive(Debug)]
pub struct PinnedRace {
    of: Arc<Scenario>,
    race: Race,
    /// One for each run.
    versions: Vec<u64>,
    mark: usize,
}

impl PinnedRace {
    /// What determines the race.
    pub fn of(&self) -> &Scenario {
        &self.of
    }

    /// The race, as far as it is computed.
    pub fn race(&self) -> &Race {
        &self.race
    }

    /// Each runner with its run, and a number that no other run has had: what is kept of another is
    /// stale.
    pub fn runners(&self) -> impl Iterator<Item = (&Runner, &Run, u64)> {
        let runs = self.of.runners.iter().zip(self.race.runs());
        runs.zip(&self.versions).map(|((runner, run), version)| (runner, run, *version))
    }

    /// Which of [`MAX_PINNED`] ways of being drawn is its own, from 0: it keeps it while others come and
    /// go.
    pub fn mark(&self) -> usize {
        self.mark
    }

    /// The pinned runner that stands for one of the race: that of the same name and colour, or else of
    /// the same name, or else of the same colour (a card keeps it when its method changes), or else the
    /// one at the same place. With its run and its number, as [`PinnedRace::runners`] has them.
    pub fn counterpart(&self, runner: &Runner, place: usize) -> Option<(&Runner, &Run, u64)> {
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
    pub fn pinned_runs(&self) -> impl Iterator<Item = (&PinnedRun, &PinnedRace)> {
        self.scenario.pinned_runs.iter().zip(&self.pinned_runs)
    }

    /// Whether there is something to pin, and room for it.
    pub fn can_pin(&self) -> bool {
        let shown = self.scenario.runners.iter().filter(|runner| !runner.hidden).count();
        let steps = u64::from(self.scenario.steps) * shown as u64;
        shown > 0 && self.scenario.pinned_runs.len() < MAX_PINNED && self.has_room_for(steps)
    }

    pub(super) fn pin(&mut self, name: String) {
        if !self.can_pin() {
            return;
        }
        let pin = PinnedRun::pin(name, &self.scenario);
        // Who pins wants to see it.
        self.scenario.show.layers = self.scenario.show.layers.with(Layer::PinnedRuns, true);
        // The paths are there already.
        let runs = self.runners().filter(|(runner, _)| !runner.hidden).map(|(_, run)| run.clone());
        let race = Race::of_runs(self.race.problem().clone(), runs.collect());
        let of = Arc::clone(&pin.of);
        let mark = free_mark(&self.pinned_runs.iter().map(PinnedRace::mark).collect::<Vec<_>>());
        let pinned = self.pinned(of, race, mark);
        self.pinned_runs.push(pinned);
        self.scenario.pinned_runs.push(pin);
    }

    pub(super) fn rename_pinned(&mut self, index: usize, name: String) {
        if let Some(pin) = self.scenario.pinned_runs.get_mut(index) {
            pin.name = name;
        }
    }

    pub(super) fn remove_pinned(&mut self, index: usize) {
        if index < self.scenario.pinned_runs.len() {
            self.scenario.pinned_runs.remove(index);
            self.pinned_runs.remove(index);
        }
    }

    fn pinned(&mut self, of: Arc<Scenario>, race: Race, mark: usize) -> PinnedRace {
        let versions = race.runs().iter().map(|_| self.next_version()).collect();
        PinnedRace { of, race, versions, mark }
    }

    /// Makes the races of the scenario's pinned runs; those that are there stay.
    pub(super) fn rerun_pinned(&mut self) {
        let mut old = std::mem::take(&mut self.pinned_runs);
        let is_wanted = |pinned: &PinnedRace| {
            self.scenario.pinned_runs.iter().any(|pin| Arc::ptr_eq(&pin.of, &pinned.of))
        };
        let mut marks: Vec<_> = old.iter().filter(|pinned| is_wanted(pinned)).map(PinnedRace::mark).collect();
        for index in 0..self.scenario.pinned_runs.len() {
            let of = Arc::clone(&self.scenario.pinned_runs[index].of);
            let kept = old.iter().position(|pinned| Arc::ptr_eq(&pinned.of, &of));
            let pinned = if let Some(place) = kept {
                old.swap_remove(place)
            } else {
                let (race, mark) = (of.race(), free_mark(&marks));
                marks.push(mark);
                self.pinned(of, race, mark)
            };
            self.pinned_runs.push(pinned);
        }
    }
}

/// The first mark that is not among `taken`.
fn free_mark(taken: &[usize]) -> usize {
    (0..MAX_PINNED).find(|mark| !taken.contains(mark)).unwrap_or(0)
}
