//! What is open now: the scenario, its race, and where the cursor stands. Changed by commands and
//! by the passing of time, which the caller measures: there is no window and no clock in here.

use crate::analysis::rate::nearest_minimum;
use crate::descent::param::{Chosen, Value};
use crate::descent::race::{Lane, Race};
use crate::descent::surface::{Critical, Terrain, View};
use crate::descent::swarm::Swarm;
use crate::scenario::{Cloud, MAX_STEPS, Runner, Scenario, Start};
use nalgebra::Vector2;

mod command;
mod fresh;
mod room;
mod runners;

pub use command::{Command, LookAt, RunnerCommand};

/// The slowest and the fastest playback, in steps per second.
pub const SPEEDS: (f64, f64) = (1.0, 5000.0);

/// What is open now.
#[derive(Debug)]
pub struct Session {
    scenario: Scenario,
    opened: Scenario,
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
    look_at: LookAt,
}

impl Session {
    /// Opens a scenario, with the cursor at the start.
    pub fn new(scenario: Scenario) -> Self {
        let mut session = Self {
            race: scenario.race(),
            versions: (1..=scenario.runners.len() as u64).collect(),
            last_version: scenario.runners.len() as u64,
            opened: scenario.clone(),
            scenario,
            surface_version: 0,
            swarm: None,
            swarm_version: 0,
            cursor: 0,
            phase: 0.0,
            playing: false,
            speed: 30.0,
            focus: 0,
            look_at: LookAt::Current,
        };
        session.rerun_swarm();
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

    /// Each runner with its lane.
    pub fn runners(&self) -> impl Iterator<Item = (&Runner, &Lane)> {
        self.scenario.runners.iter().zip(self.race.lanes())
    }

    /// Which point the spectral panel looks at.
    pub fn look_at(&self) -> LookAt {
        self.look_at
    }

    /// Whether anything differs from the scenario as it was opened.
    pub fn is_changed(&self) -> bool {
        self.scenario != self.opened
    }

    /// The scenario as it was opened or saved last: what [`Command::Reset`] goes back to.
    pub fn opened(&self) -> &Scenario {
        &self.opened
    }

    /// Takes up a session of an earlier time, which had opened this scenario and changed it since.
    pub fn resume_from(&mut self, opened: Scenario) {
        self.opened = opened;
    }

    /// Declares the present scenario the one that [`Command::Reset`] goes back to: it is saved.
    pub fn mark_saved(&mut self) {
        self.opened = self.scenario.clone();
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
        match self.look_at {
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
        self.race.advance(&mut stop) && self.swarm.as_mut().is_none_or(|swarm| swarm.advance(stop))
    }

    /// Carries out a command. One that makes no sense (a runner that is not there, a value that
    /// its parameter does not accept) changes nothing.
    pub fn apply(&mut self, command: Command) {
        match command {
            Command::Open(scenario) => self.open(*scenario),
            Command::Reset => self.open(self.opened.clone()),
            Command::ChooseSurface(surface) => {
                self.scenario.surface = Chosen::with_defaults(surface);
                self.go_home();
                self.scenario.cloud = None;
                self.keep_possible_gradients();
                self.rerun();
            }
            Command::SetSurface(key, value) => {
                let is_data = matches!(value, Value::Data(_) | Value::Switch(_));
                if self.scenario.surface.set(key, value) {
                    // Other data, or the same on other scales, lie elsewhere.
                    if is_data && self.scenario.surface.of.is_mean() {
                        self.go_home();
                    }
                    self.rerun();
                }
            }
            Command::SetConstant(name, value) => {
                if self.scenario.surface.set_constant(&name, value) {
                    self.rerun();
                }
            }
            Command::SetStart(start) => {
                if start.point().iter().all(|coordinate| coordinate.is_finite()) {
                    self.scenario.start = start;
                    self.rerun_lanes();
                }
            }
            Command::SetCloud(cloud) => {
                self.scenario.cloud = None;
                let room = Self::most_lanes(self.scenario.steps).saturating_sub(self.lanes());
                let fitted = |cloud: Cloud| Cloud { count: cloud.count.min(Cloud::MOST).min(room), ..cloud };
                self.scenario.cloud = cloud.map(fitted).filter(|cloud| cloud.count > 0);
                self.rerun_swarm();
            }
            Command::ChooseGradient(source) => {
                if self.can_give(source) {
                    self.scenario.gradient = self.scenario.gradient.turned_into(source);
                    self.rerun_lanes();
                }
            }
            Command::SetGradient(key, value) => {
                if self.scenario.gradient.set(key, value) {
                    self.rerun_lanes();
                }
            }
            Command::SetView(view) => self.scenario.view = view,
            Command::FitView => self.scenario.view = self.home(),
            Command::SetSteps(steps) => {
                self.scenario.steps = steps.clamp(1, Self::most_steps(self.lanes()));
                self.rerun_lanes();
            }
            Command::SetStop(stop) => {
                let sane = stop.gradient >= 0.0 && stop.gradient.is_finite();
                if sane && stop.divergence > 0.0 && stop.divergence.is_finite() {
                    self.scenario.stop = stop;
                    self.rerun_lanes();
                }
            }
            Command::SetTitle(title) => self.scenario.title = title,
            Command::AddRunner(optimizer) => {
                let optimizer = fresh::suited(optimizer, self.race.course(), self.scenario.view);
                let index = self.scenario.runners.len();
                self.insert(
                    index,
                    Runner {
                        label: String::new(),
                        optimizer,
                        schedule: Chosen::default(),
                        gradient: None,
                        color: self.free_color(),
                        hidden: false,
                    },
                );
            }
            Command::Runner(index, command) => self.apply_to_runner(index, command),
            Command::LookAt(look_at) => self.look_at = look_at,
            Command::TogglePlay => {
                self.playing = !self.playing && !self.scenario.runners.is_empty();
                if self.playing && self.cursor >= self.finish_line() {
                    self.seek(0);
                }
            }
            Command::StepBy(steps) => {
                self.playing = false;
                let target = i64::from(self.cursor).saturating_add(steps);
                self.seek(u32::try_from(target.max(0)).unwrap_or(u32::MAX));
            }
            Command::Seek(step) => self.seek(step),
            Command::Rewind => {
                self.playing = false;
                self.seek(0);
            }
            Command::Restart => {
                self.seek(0);
                self.playing = !self.scenario.runners.is_empty();
            }
            Command::SetSpeed(speed) => {
                if speed.is_finite() {
                    self.speed = speed.clamp(SPEEDS.0, SPEEDS.1);
                }
            }
        }
    }

    fn open(&mut self, scenario: Scenario) {
        *self = Self {
            speed: self.speed,
            look_at: self.look_at,
            last_version: self.last_version,
            ..Self::new(scenario)
        };
        self.rerun();
    }

    /// Shows the part of the plane where the surface is worth a look, and starts there.
    fn go_home(&mut self) {
        let (view, start) = Terrain::new(&self.scenario.surface).home();
        (self.scenario.view, self.scenario.start) = (view, Start::At(start));
        if let Some(cloud) = &mut self.scenario.cloud {
            cloud.draw.within = view;
        }
    }

    fn home(&self) -> View {
        let of_data = |scenario: &Scenario| {
            let values = scenario.surface.values.iter();
            values
                .filter(|value| matches!(value, Value::Data(_) | Value::Switch(_)))
                .cloned()
                .collect::<Vec<_>>()
        };
        let same = self.scenario.surface.of == self.opened.surface.of;
        if same && of_data(&self.scenario) == of_data(&self.opened) {
            self.opened.view
        } else {
            self.race.course().terrain.home().0
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
