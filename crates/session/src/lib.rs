//! What is open now: the scenario, its race, and where the cursor stands. Changed by commands and
//! by the passing of time, which the caller measures: there is no window and no clock in here.

use nalgebra::Vector2;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thalweg_analysis::spectral::rate::nearest_minimum;
use thalweg_core::objective::surface::Critical;
use thalweg_core::run::multi_start::Swarm;
use thalweg_core::run::race::Race;
use thalweg_core::run::run::Lane;
use thalweg_scenario::{LookAt, MAX_STEPS, Runner, Scenario};

mod carry_out;
mod command;
mod fresh;
mod ghosts;
mod history;
mod parts;
mod room;
mod runners;
mod sides;

pub use command::{Command, RunnerCommand};
pub use ghosts::Pinned;
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
    ghosts: Vec<Pinned>,
    race: Race,
    /// One for each lane: changes when the lane runs anew.
    versions: Vec<u64>,
    surface_version: u64,
    /// The focused runner's method from the scenario's cloud of starts.
    swarm: Option<Swarm>,
    swarm_version: u64,
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
            ghosts: Vec::new(),
            scenario,
            surface_version: 0,
            swarm: None,
            swarm_version: 0,
            cursor: 0,
            phase: 0.0,
            playing: false,
            speed: 30.0,
            focus: 0,
            part: 0,
        };
        session.rerun_swarm();
        session.rerun_ghosts();
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
    pub fn swarm(&self) -> Option<(&Swarm, u64)> {
        self.swarm.as_ref().map(|swarm| (swarm, self.swarm_version))
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

    /// The runner that the panels look at, with its lane; none if there is no runner.
    pub fn focused(&self) -> Option<(&Runner, &Lane)> {
        self.scenario.runners.get(self.focus).zip(self.race.lanes().get(self.focus))
    }

    /// Its run, with the number that tells it from all others.
    pub fn focused_run(&self) -> Option<(u64, &Lane)> {
        self.focused().map(|(_, lane)| (self.version(self.focus), lane))
    }

    /// Each runner with its lane.
    pub fn runners(&self) -> impl Iterator<Item = (&Runner, &Lane)> {
        self.scenario.runners.iter().zip(self.race.lanes())
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
            .and_then(|(_, lane)| lane.trajectory().at(self.cursor))
            .map_or_else(|| Vector2::from(self.scenario.start.point()), |sample| sample.position)
    }

    /// The known minimum nearest to `p`, if there is one.
    pub fn nearest_minimum(&self, p: Vector2<f64>) -> Option<Critical> {
        nearest_minimum(self.race.course(), p)
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
            |lane: &Lane| if lane.is_done() { self.scenario.steps } else { lane.trajectory().last_step() };
        self.race.lanes().iter().map(reached).min().unwrap_or(self.scenario.steps)
    }

    /// The step at which the last run ends, the cloud's with them: there is nothing to play behind it.
    pub fn finish_line(&self) -> u32 {
        let end = |lane: &Lane| lane.trajectory().ending().map_or(self.scenario.steps, |ending| ending.step);
        let cloud = self.swarm.iter().flat_map(Swarm::lanes);
        self.race.lanes().iter().chain(cloud).map(end).max().unwrap_or(0)
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
            && self.swarm.as_mut().is_none_or(|swarm| swarm.advance(&mut stop))
            && self.ghosts.iter_mut().all(|ghost| ghost.advance(&mut stop))
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
        self.rerun_lanes();
    }

    fn rerun_lanes(&mut self) {
        self.race.restart(self.scenario.course(), self.scenario.entries());
        self.cursor = self.cursor.min(self.scenario.steps);
        // One for each: what is kept for a run must not pass for that of another, when runners are
        // taken out and their places move.
        self.versions = (0..self.scenario.runners.len()).map(|_| self.next_version()).collect();
        self.rerun_swarm();
    }

    fn rerun_lane(&mut self, index: usize) {
        self.race.replace(index, self.scenario.entry(&self.scenario.runners[index]));
        self.versions[index] = self.next_version();
        if index == self.focus {
            self.rerun_swarm();
        }
    }

    fn rerun_swarm(&mut self) {
        let runner = self.scenario.runners.get(self.focus);
        self.swarm = self.scenario.cloud.zip(runner).map(|(cloud, runner)| {
            Swarm::new(self.race.course().clone(), self.scenario.entry(runner), cloud.points())
        });
        self.swarm_version = self.next_version();
    }
}
