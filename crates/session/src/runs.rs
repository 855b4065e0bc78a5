//! What is computed of a document: its race, the cloud of starts, and the races of its pinned runs.

use crate::document::{Counter, Document};
use crate::pinned_race::{PinnedRace, PinnedRaces};
use thalweg_core::run::multi_start::MultiStart;
use thalweg_core::run::race::Race;
use thalweg_scenario::{FieldChange, Invalidates, StartCloud, changes, runner_changes};

/// Everything that is computed of a document, as far as it is.
#[derive(Debug)]
pub struct Runs {
    race: Race,
    /// One for each run of the race: new when the run begins anew.
    versions: Vec<u64>,
    surface_version: u64,
    multi_start: Option<CloudRuns>,
    pinned: PinnedRaces,
    counter: Counter,
}

/// The focused runner's method from the document's cloud of starts.
#[derive(Debug)]
struct CloudRuns {
    runs: MultiStart,
    version: u64,
    /// What the runs follow from: the version of the focused runner's run, which is that of its settings and of
    /// the problem, and the cloud.
    of: (u64, StartCloud),
}

impl Runs {
    /// The runs of a document, at their start. `focus` is the index of the runner that the cloud follows.
    pub fn new(document: &Document, focus: usize) -> Self {
        let scenario = &document.scenario;
        let mut counter = Counter::default();
        let mut runs = Self {
            race: scenario.race(),
            versions: scenario.runners.iter().map(|_| counter.next()).collect(),
            surface_version: counter.next(),
            multi_start: None,
            pinned: PinnedRaces::default(),
            counter,
        };
        runs.pinned.adopt(&scenario.pinned_runs, None, &mut runs.counter);
        runs.follow(document, focus);
        runs
    }

    /// Goes over from one document to another: what is the same in both is kept as far as it is computed, and
    /// what is not begins anew. The only place that decides what is computed anew, whatever led from one
    /// document to the other.
    pub fn adopt(&mut self, old: &Document, new: &Document, focus: usize) {
        // Before the race: a new pin's paths are there already.
        self.pinned.adopt(&new.scenario.pinned_runs, Some((&old.scenario, &self.race)), &mut self.counter);
        let stale = |what| move |change: &FieldChange| change.invalidates == what;
        let changes = changes(&old.scenario, &new.scenario);
        let surface = changes.iter().any(stale(Invalidates::Surface));
        if surface {
            self.surface_version = self.counter.next();
        }
        if !surface && !changes.iter().any(stale(Invalidates::Runs)) {
            self.adopt_runners(old, new);
        } else {
            self.race.restart(new.scenario.problem(), new.scenario.entries());
            self.versions = new.ids.iter().map(|_| self.counter.next()).collect();
        }
        self.follow(new, focus);
    }

    /// Keeps the runs of the runners that are the same, wherever they stand now.
    fn adopt_runners(&mut self, old: &Document, new: &Document) {
        let kept: Vec<_> = new
            .ids
            .iter()
            .zip(&new.scenario.runners)
            .map(|(id, runner)| {
                let index = old.index(*id)?;
                let before = old.scenario.runners.get(index)?;
                let is_stale = |change: FieldChange| change.invalidates == Invalidates::Run;
                (!runner_changes(index, before, runner).any(is_stale)).then_some(index)
            })
            .collect();
        let version = |index: &Option<usize>| match index {
            Some(index) => self.versions[*index],
            None => self.counter.next(),
        };
        self.versions = kept.iter().map(version).collect();
        self.race.rearrange(kept.into_iter().zip(new.scenario.entries()));
    }

    /// Takes the runner at `focus` for the one whose method runs from the cloud's starts.
    pub fn follow(&mut self, document: &Document, focus: usize) {
        let scenario = &document.scenario;
        let wanted = scenario.cloud.zip(scenario.runners.get(focus));
        let Some((cloud, runner)) = wanted else {
            self.multi_start = None;
            return;
        };
        let of = (self.version(focus), cloud);
        if !self.multi_start.as_ref().is_some_and(|kept| kept.of == of) {
            let problem = self.race.problem().clone();
            let runs = MultiStart::new(problem, scenario.entry(runner), cloud.points());
            self.multi_start = Some(CloudRuns { runs, version: self.counter.next(), of });
        }
    }

    /// Lets go of the pinned races, so that those of the same pins begin anew.
    pub fn forget_pinned(&mut self) {
        self.pinned = PinnedRaces::default();
    }

    /// The race.
    pub fn race(&self) -> &Race {
        &self.race
    }

    /// The number of the run at an index; 0 where there is none.
    pub fn version(&self, index: usize) -> u64 {
        self.versions.get(index).copied().unwrap_or(0)
    }

    /// The number of the surface.
    pub fn surface_version(&self) -> u64 {
        self.surface_version
    }

    /// The cloud's runs, with their number.
    pub fn multi_start(&self) -> Option<(&MultiStart, u64)> {
        self.multi_start.as_ref().map(|cloud| (&cloud.runs, cloud.version))
    }

    /// The pinned races, in the document's order.
    pub fn pinned(&self) -> &[PinnedRace] {
        self.pinned.races()
    }

    /// Computes on until everything is computed or `stop` says so. True when all is computed.
    pub fn advance(&mut self, mut stop: impl FnMut() -> bool) -> bool {
        self.race.advance(&mut stop)
            && self.multi_start.as_mut().is_none_or(|cloud| cloud.runs.advance(&mut stop))
            && self.pinned.advance(&mut stop)
    }
}
