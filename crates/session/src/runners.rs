//! Changes to single runners.

use super::{RunnerCommand, Session};
use crate::fresh;
use thalweg_core::spec::chosen::Chosen;
use thalweg_scenario::{Color, Runner};

impl Session {
    pub(super) fn apply_to_runner(&mut self, index: usize, command: RunnerCommand) {
        let Some(runner) = self.scenario.runners.get_mut(index) else {
            return;
        };
        match command {
            RunnerCommand::Focus => {
                if self.focus != index {
                    self.focus = index;
                    self.rerun_multi_start();
                }
            }
            RunnerCommand::Rename(label) => runner.label = label,
            RunnerCommand::Recolor(color) => runner.color = color,
            RunnerCommand::Hide(hidden) => runner.hidden = hidden,
            RunnerCommand::Set(key, value) => {
                if runner.optimizer.set(key, value) {
                    self.rerun_one(index);
                }
            }
            RunnerCommand::Choose(optimizer) => {
                // Within a family a setting means the same; across families not even the rate does.
                runner.optimizer = if runner.optimizer.of.group == optimizer.group {
                    runner.optimizer.turned_into(optimizer)
                } else {
                    fresh::suited(optimizer, self.race.problem(), self.scenario.view)
                };
                if !optimizer.has_learning_rate() {
                    runner.schedule = Chosen::default();
                }
                self.rerun_one(index);
            }
            RunnerCommand::ChooseSchedule(schedule) => {
                if schedule.is_constant() || runner.optimizer.of.has_learning_rate() {
                    runner.schedule = runner.schedule.turned_into(schedule);
                    self.rerun_one(index);
                }
            }
            RunnerCommand::SetSchedule(key, value) => {
                if runner.schedule.set(key, value) {
                    self.rerun_one(index);
                }
            }
            RunnerCommand::ChooseGradient(source) => {
                let given = runner.gradient.as_ref().unwrap_or(&self.scenario.gradient);
                let chosen = source.map(|source| given.turned_into(source));
                if source.is_none_or(|source| !source.needs_data() || self.scenario.surface.of.is_mean()) {
                    runner.gradient = chosen;
                    self.rerun_one(index);
                }
            }
            RunnerCommand::SetGradient(key, value) => {
                if runner.gradient.as_mut().is_some_and(|gradient| gradient.set(key, value)) {
                    self.rerun_one(index);
                }
            }
            RunnerCommand::Remove => {
                self.scenario.runners.remove(index);
                self.race.remove(index);
                self.versions.remove(index);
                if self.focus > index {
                    self.focus -= 1;
                }
                self.focus = self.focus.min(self.scenario.runners.len().saturating_sub(1));
                self.rerun_multi_start();
            }
            RunnerCommand::Duplicate => {
                let copy = Runner { color: self.free_color(), ..self.scenario.runners[index].clone() };
                self.insert(index + 1, copy);
            }
        }
    }

    pub(super) fn insert(&mut self, index: usize, runner: Runner) {
        if self.has_room() {
            self.race.insert(index, self.scenario.entry(&runner));
            self.scenario.runners.insert(index, runner);
            let version = self.next_version();
            self.versions.insert(index, version);
            self.focus = index;
            self.rerun_multi_start();
        }
    }

    /// The first colour that nobody has, or else the one that comes next.
    pub(super) fn free_color(&self) -> Color {
        let runners = &self.scenario.runners;
        let free = Color::ALL.into_iter().find(|color| runners.iter().all(|runner| runner.color != *color));
        free.unwrap_or(Color::of_runner(runners.len()))
    }
}
