//! The races of pinned runs: they go on being shown, whatever is changed.

use crate::document::Counter;
use std::sync::Arc;
use thalweg_core::run::race::Race;
use thalweg_core::run::run::Run;
use thalweg_scenario::{Invalidates, MAX_PINNED, PinnedRun, Runner, Scenario, changes};

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
}

/// The races of all pinned runs, in the document's order.
#[derive(Debug, Default)]
pub struct PinnedRaces(Vec<PinnedRace>);

impl PinnedRaces {
    /// The races.
    pub fn races(&self) -> &[PinnedRace] {
        &self.0
    }

    /// Goes over to other pins; the races of those that were there stay. A new one takes what is computed of a
    /// document and its race, where that is the same.
    pub fn adopt(&mut self, pins: &[PinnedRun], computed: Option<(&Scenario, &Race)>, counter: &mut Counter) {
        let mut old = std::mem::take(&mut self.0);
        let is_wanted = |race: &PinnedRace| pins.iter().any(|pin| Arc::ptr_eq(&pin.of, &race.of));
        let mut marks: Vec<_> = old.iter().filter(|race| is_wanted(race)).map(PinnedRace::mark).collect();
        for pin in pins {
            let kept = old.iter().position(|race| Arc::ptr_eq(&pin.of, &race.of));
            let pinned = if let Some(place) = kept {
                old.swap_remove(place)
            } else {
                let mark = free_mark(&marks);
                marks.push(mark);
                let race = race(&pin.of, computed);
                let versions = race.runs().iter().map(|_| counter.next()).collect();
                PinnedRace { of: Arc::clone(&pin.of), race, versions, mark }
            };
            self.0.push(pinned);
        }
    }

    /// Computes on until everything is computed or `stop` says so. True when all is computed.
    pub fn advance(&mut self, mut stop: impl FnMut() -> bool) -> bool {
        self.0.iter_mut().all(|pinned| pinned.race.advance(&mut stop))
    }
}

/// The race of a pin, with the runs that are computed already.
fn race(of: &Scenario, computed: Option<(&Scenario, &Race)>) -> Race {
    let Some((scenario, live)) = computed.filter(|(scenario, _)| has_same_problem(scenario, of)) else {
        return of.race();
    };
    let problem = live.problem().clone();
    let run = |runner: &Runner| {
        let entry = of.entry(runner);
        let same = scenario.entries().zip(live.runs()).find(|(other, _)| *other == entry);
        same.map_or_else(|| Run::new(entry, &problem), |(_, run)| run.clone())
    };
    let runs = of.runners.iter().map(run).collect();
    Race::of_runs(problem, runs)
}

/// Whether runs of the same settings are the same on both.
fn has_same_problem(one: &Scenario, other: &Scenario) -> bool {
    let stale = |invalidates| matches!(invalidates, Invalidates::Runs | Invalidates::Surface);
    !changes(one, other).iter().any(|change| stale(change.invalidates))
}

/// The first mark that is not among `taken`.
fn free_mark(taken: &[usize]) -> usize {
    (0..MAX_PINNED).find(|mark| !taken.contains(mark)).unwrap_or(0)
}
