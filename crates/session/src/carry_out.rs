//! What each command does.

use super::{Command, Opened, RunnerCommand, SPEEDS, Session};
use crate::fresh;
use std::path::PathBuf;
use std::sync::Arc;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{LookAt, Runner, Scenario, Start, StartCloud};

impl Session {
    pub(super) fn carry_out(&mut self, command: Command) {
        match command {
            Command::Open(scenario, file) => self.open(*scenario, file, self.opened.opening + 1),
            Command::Reset => {
                let Opened { scenario, file, opening } = Opened::clone(&self.opened);
                self.open(scenario, file, opening);
            }
            Command::Undo | Command::Redo => {}
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
                    self.rerun_all();
                }
            }
            Command::SetCloud(cloud) => {
                self.scenario.cloud = None;
                let room = self.most_runs(self.scenario.steps).saturating_sub(self.runs());
                let fitted = |cloud: StartCloud| StartCloud {
                    count: cloud.count.min(StartCloud::MOST).min(room),
                    ..cloud
                };
                self.scenario.cloud = cloud.map(fitted).filter(|cloud| cloud.count > 0);
                self.rerun_multi_start();
            }
            Command::ChooseGradient(source) => {
                if self.can_give(source) {
                    self.scenario.gradient = self.scenario.gradient.turned_into(source);
                    self.rerun_all();
                }
            }
            Command::SetGradient(key, value) => {
                if self.scenario.gradient.set(key, value) {
                    self.rerun_all();
                }
            }
            Command::SetView(view) => self.scenario.view = view,
            Command::FitView => self.scenario.view = self.home(),
            Command::SetSteps(steps) => {
                self.scenario.steps = steps.clamp(1, self.most_steps(self.runs()));
                self.rerun_all();
            }
            Command::SetStop(stop) => {
                let sane = stop.gradient >= 0.0 && stop.gradient.is_finite();
                if sane && stop.divergence > 0.0 && stop.divergence.is_finite() {
                    self.scenario.stop = stop;
                    self.rerun_all();
                }
            }
            Command::SetTitle(title) => self.scenario.title = title,
            Command::AddRunner(optimizer) => {
                let optimizer = fresh::suited(optimizer, self.race.problem(), self.scenario.view);
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
            Command::SetRates(rates) => {
                for (index, rate) in rates {
                    self.apply_to_runner(index, RunnerCommand::Set("lr", Value::Number(rate)));
                }
            }
            Command::LookAt(look_at) => {
                if !matches!(look_at, LookAt::Point(point) if point.iter().any(|part| !part.is_finite())) {
                    self.scenario.show.look_at = look_at;
                }
            }
            Command::Show(show) => self.scenario.show = *show,
            Command::Pin(name) => self.pin(name),
            Command::RenamePinned(index, name) => self.rename_pinned(index, name),
            Command::RemovePinned(index) => self.remove_pinned(index),
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
            Command::Part(part) => self.part = part,
            Command::NextPart => self.next_part(),
            Command::PreviousPart => self.previous_part(),
            Command::SetSpeed(speed) => {
                if speed.is_finite() {
                    self.speed = speed.clamp(SPEEDS.0, SPEEDS.1);
                }
            }
        }
    }

    fn open(&mut self, scenario: Scenario, file: Option<PathBuf>, opening: u64) {
        *self = Self {
            speed: self.speed,
            last_version: self.last_version,
            opened: Arc::new(Opened { scenario: scenario.clone(), file, opening }),
            history: std::mem::take(&mut self.history),
            ..Self::new(scenario)
        };
        // It can be taken back by itself.
        self.settle();
        // Their versions were counted from the beginning, like those of another session.
        self.pinned_runs.clear();
        self.rerun();
        self.rerun_pinned();
    }

    /// Shows the part of the plane where the surface is worth a look, and starts there.
    fn go_home(&mut self) {
        let (view, start) = Objective::new(&self.scenario.surface).home();
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
        let opened = &self.opened.scenario;
        let same = self.scenario.surface.of == opened.surface.of;
        if same && of_data(&self.scenario) == of_data(opened) {
            opened.view
        } else {
            self.race.problem().objective.home().0
        }
    }
}
