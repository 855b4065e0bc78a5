//! What is open now: the scenario, its race, and where the cursor stands. Changed by commands and
//! by the passing of time, which the caller measures: there is no window and no clock in here.

use nalgebra::Vector2;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thalweg_analysis::spectral::rate::nearest_minimum;
use thalweg_core::objective::critical_point::CriticalPoint;
use thalweg_core::run::multi_start::MultiStart;
use thalweg_core::run::race::Race;
use thalweg_core::run::run::Run;
use thalweg_scenario::{LookAt, MAX_STEPS, Runner, Scenario};

mod carry_out;
mod command;
mod fresh;
mod history;
mod parts;
mod pinned_runs;
mod room;
mod runners;
mod sides;

pub use command::{Command, RunnerCommand};
pub use pinned_runs::PinnedRace;
pub use sides::{along, sides};

/// The slowest and the fastest playback, in steps per second.
pub const SPEEDS: (f64, f64) = (1.0, 5000.0);

/// What was opened or saved last.
#[derive(Clone, Debug)]
struct Opened {
    scenario: Scenario,
    /// The file that it is in, if it is in one.
    file: Option<PathBuf>,
    /// New with every scenario that is opened; to save one is not to open it.
    opening: u64,
}

/// What is open now.
#[derive(Debug)]
pub struct Session {
    scenario: Scenario,
    opened: Arc<Opened>,
    history: history::History,
    /// The races of the pinned paths.
    pinned_runs: Vec<PinnedRace>,
    race: Race,
    /// One for each run: changes when the run runs anew.
    versions: Vec<u64>,
    surface_version: u64,
    /// The focused runner's method from the scenario's cloud of starts.
    multi_start: Option<MultiStart>,
    multi_start_version: u64,
    last_version: u64,
    cursor: u32,
    /// The part of a step that has passed while playing, from 0 to 1.
    phase: f64,
    playing: bool,
    speed: f64,
    focus: usize,
    /// The line of the focused runner's next step that is looked at.
    part: usize,
}

impl Session {
    /// Opens a scenario, with the cursor at the start.
    pub fn new(scenario: Scenario) -> Self {
        let mut session = Self {
            race: scenario.race(),
            versions: (1..=scenario.runners.len() as u64).collect(),
            last_version: scenario.runners.len() as u64,
            opened: Arc::new(Opened { scenario: scenario.clone(), file: None, opening: 0 }),
            history: history::History::default(),
            pinned_runs: Vec::new(),
            scenario,
            surface_version: 0,
            multi_start: None,
            multi_start_version: 0,
            cursor: 0,
            phase: 0.0,
            playing: false,
            speed: 30.0,
            focus: 0,
            part: 0,
        };
        session.rerun_multi_start();
        session.rerun_pinned();
        session
    }

    /// The document.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The race, as far as it is computed.
    pub fn race(&self) -> &Race {
        &self.race
    }

    /// A number that is new whenever the surface is another one: older pictures of it are stale.
    pub fn surface_version(&self) -> u64 {
        self.surface_version
    }

    /// A number that is new whenever runner `index` runs anew: older pictures of its path are
    /// stale. While it stays, the path only grows.
    pub fn version(&self, index: usize) -> u64 {
        self.versions.get(index).copied().unwrap_or(0)
    }

    /// The focused runner's method from many starts, where the scenario asks for it, with a number
    /// that is new whenever the runs begin anew.
    pub fn multi_start(&self) -> Option<(&MultiStart, u64)> {
        self.multi_start.as_ref().map(|multi_start| (multi_start, self.multi_start_version))
    }

    /// The step at which all runners stand.
    pub fn cursor(&self) -> u32 {
        self.cursor
    }

    /// Whether time moves the cursor.
    pub fn is_playing(&self) -> bool {
        self.playing
    }

    /// Playback speed in steps per second.
    pub fn speed(&self) -> f64 {
        self.speed
    }

    /// The index of the runner that the panels look at.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// The runner that the panels look at, with its run; none if there is no runner.
    pub fn focused(&self) -> Option<(&Runner, &Run)> {
        self.scenario.runners.get(self.focus).zip(self.race.runs().get(self.focus))
    }

    /// Its run, with the number that tells it from all others.
    pub fn focused_run(&self) -> Option<(u64, &Run)> {
        self.focused().map(|(_, run)| (self.version(self.focus), run))
    }

    /// Each runner with its run.
    pub fn runners(&self) -> impl Iterator<Item = (&Runner, &Run)> {
        self.scenario.runners.iter().zip(self.race.runs())
    }

    /// Which point the panels look at.
    pub fn look_at(&self) -> LookAt {
        self.scenario.show.look_at
    }

    /// Whether anything differs from the scenario as it was opened.
    pub fn is_changed(&self) -> bool {
        self.scenario != self.opened.scenario
    }

    /// The scenario as it was opened or saved last: what [`Command::Reset`] goes back to.
    pub fn opened(&self) -> &Scenario {
        &self.opened.scenario
    }

    /// The file that it is in, if it is in one.
    pub fn file(&self) -> Option<&Path> {
        self.opened.file.as_deref()
    }

    /// Takes up a session of an earlier time, which had opened this scenario from this file and
    /// changed it since.
    pub fn resume_from(&mut self, opened: Scenario, file: Option<PathBuf>) {
        self.opened = Arc::new(Opened { scenario: opened, file, opening: self.opened.opening });
    }

    /// Declares the present scenario the one that [`Command::Reset`] goes back to: it is saved in
    /// this file.
    pub fn mark_saved(&mut self, file: PathBuf) {
        self.resume_from(self.scenario.clone(), Some(file));
    }

    /// Where the focused runner stands at the cursor; the start if there is no runner.
    pub fn position(&self) -> Vector2<f64> {
        self.focused()
            .and_then(|(_, run)| run.trajectory().at(self.cursor))
            .map_or_else(|| Vector2::from(self.scenario.start.point()), |sample| sample.position)
    }

    /// The known minimum nearest to `p`, if there is one.
    pub fn nearest_minimum(&self, p: Vector2<f64>) -> Option<CriticalPoint> {
        nearest_minimum(self.race.problem(), p)
    }

    /// The point that the spectral panel looks at; none if that is a minimum and none is known.
    pub fn point(&self) -> Option<Vector2<f64>> {
        match self.scenario.show.look_at {
            LookAt::Point(point) => Some(Vector2::from(point)),
            LookAt::Current => Some(self.position()),
            LookAt::Start => Some(Vector2::from(self.scenario.start.point())),
            LookAt::NearestMinimum => self.nearest_minimum(self.position()).map(|minimum| minimum.at),
        }
    }

    /// The last step that every runner has reached or ended before: the cursor can go so far.
    pub fn horizon(&self) -> u32 {
        let reached =
            |run: &Run| if run.is_done() { self.scenario.steps } else { run.trajectory().last_step() };
        self.race.runs().iter().map(reached).min().unwrap_or(self.scenario.steps)
    }

    /// The step at which the last run ends, the cloud's with them: there is nothing to play behind it.
    pub fn finish_line(&self) -> u32 {
        let end = |run: &Run| run.trajectory().ending().map_or(self.scenario.steps, |ending| ending.step);
        let cloud = self.multi_start.iter().flat_map(MultiStart::runs);
        self.race.runs().iter().chain(cloud).map(end).max().unwrap_or(0)
    }

    /// Lets `dt` seconds pass. While playing, the cursor moves by whole steps, never past what
    /// is computed, and stops where the last run ends.
    pub fn tick(&mut self, dt: f64) {
        if !self.playing || !dt.is_finite() {
            return;
        }
        self.phase += dt.max(0.0) * self.speed;
        let whole = self.phase.floor().min(f64::from(MAX_STEPS));
        self.phase -= self.phase.floor();
        self.cursor = self.cursor.saturating_add(whole as u32).min(self.horizon());
        if self.cursor >= self.finish_line() {
            self.cursor = self.finish_line();
            self.playing = false;
        }
    }

    /// Computes on until everything is computed or `stop` says so. True when all is computed.
    pub fn compute(&mut self, mut stop: impl FnMut() -> bool) -> bool {
        self.race.advance(&mut stop)
            && self.multi_start.as_mut().is_none_or(|multi_start| multi_start.advance(&mut stop))
            && self.pinned_runs.iter_mut().all(|pin| pin.advance(&mut stop))
    }

    /// Carries out a command. One that makes no sense (a runner that is not there, a value that
    /// its parameter does not accept) changes nothing. What it changes of the scenario can be taken
    /// back, together with what was changed before since the last [`Session::settle`].
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            command => {
                let before = (self.scenario.clone(), Arc::clone(&self.opened));
                self.carry_out(command);
                self.remember(before.0, &before.1);
            }
        }
    }

    fn seek(&mut self, step: u32) {
        self.phase = 0.0;
        self.cursor = step.min(self.scenario.steps).min(self.horizon());
    }

    fn next_version(&mut self) -> u64 {
        self.last_version += 1;
        self.last_version
    }

    fn rerun(&mut self) {
        self.surface_version = self.next_version();
        self.rerun_all();
    }

    fn rerun_all(&mut self) {
        self.race.restart(self.scenario.problem(), self.scenario.entries());
        self.cursor = self.cursor.min(self.scenario.steps);
        // One for each: what is kept for a run must not pass for that of another, when runners are
        // taken out and their places move.
        self.versions = (0..self.scenario.runners.len()).map(|_| self.next_version()).collect();
        self.rerun_multi_start();
    }

    fn rerun_one(&mut self, index: usize) {
        self.race.replace(index, self.scenario.entry(&self.scenario.runners[index]));
        self.versions[index] = self.next_version();
        if index == self.focus {
            self.rerun_multi_start();
        }
    }

    fn rerun_multi_start(&mut self) {
        let runner = self.scenario.runners.get(self.focus);
        self.multi_start = self.scenario.cloud.zip(runner).map(|(cloud, runner)| {
            MultiStart::new(self.race.problem().clone(), self.scenario.entry(runner), cloud.points())
        });
        self.multi_start_version = self.next_version();
    }
}
