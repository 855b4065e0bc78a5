//! Runs of which only the end is kept: what sweeps over settings and over starts are made of.

use super::arrival::{arrived_at, square_bound};
use super::group::{GroupTask, ROOM, RunGroup};
use super::prepared_schedule::PreparedSchedule;
use super::problem::Problem;
use super::run::{PreparedRun, Run};
use super::run_config::RunConfig;
use super::run_result::RunResult;
use super::run_spec::RunSpec;
use super::stochastic_oracle::StochasticOracle;
use super::trajectory::{Cause, Ending, Trajectory};
use crate::math::number::Number;
use crate::math::wide::LANES;
use crate::method::gradient::Gradient;

/// A problem and an entry to it, for runs with other settings and from other starts.
#[derive(Clone, Debug)]
pub struct BatchRunner {
    problem: Problem,
    prepared: PreparedRun,
    /// How long the gradient is at most where a run has arrived; 0 where nobody asks.
    arrival: f64,
    /// The memory of the last run that went alone.
    room: Trajectory,
    /// The runs that go side by side, or the memory of the last that did.
    group: RunGroup,
    /// What is to be run.
    cells: Vec<RunConfig>,
    /// How many of the cells have ended.
    done: usize,
    results: Vec<RunResult>,
    /// The run that goes alone and has not ended.
    alone: Option<Run>,
}

impl BatchRunner {
    /// On this problem, with all that the entry says but the numbers of its settings.
    pub fn new<'a>(entry: impl Into<RunSpec<'a>>, problem: &Problem) -> Self {
        let prepared = PreparedRun::from(&entry.into());
        Self {
            problem: problem.clone(),
            prepared,
            arrival: 0.0,
            room: Trajectory::default(),
            group: RunGroup::default(),
            cells: Vec::new(),
            done: 0,
            results: Vec::new(),
            alone: None,
        }
    }

    /// The runner that finds out when runs arrive: from when on the gradient's length is at most `tolerance`, to the
    /// end.
    pub fn arriving(self, tolerance: f64) -> Self {
        Self { arrival: tolerance, ..self }
    }

    /// The run that is no variation.
    #[inline]
    pub fn cell(&self) -> RunConfig {
        let schedule = self.prepared.schedule.as_ref().map(PreparedSchedule::settings);
        RunConfig { settings: self.prepared.settings, schedule, start: self.problem.start }
    }

    /// The problem.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Whether the runs go side by side, or one after the other: a method that
    /// searches, gradients that are not exact, a schedule that watches the loss, or a problem that watches for stalling.
    pub fn is_wide(&self) -> bool {
        let scene = StochasticOracle::new(
            &self.problem.objective,
            self.prepared.gradient,
            super::stochastic_oracle::EvaluationCounter::default(),
        );
        let exact = scene.gradient_source() == Gradient::Exact;
        let is_watched = self.arrival == 0.0 || square_bound(self.arrival).is_some();
        let schedule = self.prepared.schedule.as_ref();
        let follows_loss = schedule.is_some_and(PreparedSchedule::watches_loss);
        exact
            && is_watched
            && !follows_loss
            && self.problem.patience == 0
            && self.prepared.optimizer.executor().is_wide()
    }

    /// The ends of these runs, in their order: each is that of the [`Run`] with these settings from
    /// this start, to the bit.
    pub fn run(&mut self, cells: &[RunConfig]) -> Vec<RunResult> {
        self.begin(cells.to_vec());
        self.advance(|| false).unwrap_or_default()
    }

    /// Begins these runs; whatever was under way is given up.
    pub fn begin(&mut self, cells: Vec<RunConfig>) {
        self.cells = cells;
        self.done = 0;
        self.results.clear();
        self.alone = None;
        self.group.give_up();
    }

    /// Goes on with the runs that were begun, until all have ended or `pause` says so: it is asked whenever less than
    /// a millisecond's work is done, however much data each step looks at. The ends, as [`BatchRunner::run`] gives
    /// them; `None` where it paused.
    pub fn advance(&mut self, mut pause: impl FnMut() -> bool) -> Option<Vec<RunResult>> {
        let cells = std::mem::take(&mut self.cells);
        let is_wide = self.is_wide();
        while self.done < cells.len() {
            let goes_on = if is_wide {
                self.advance_wide(&cells, &mut pause)
            } else {
                self.advance_alone(&cells[self.done]);
                self.done == cells.len() || !pause()
            };
            if !goes_on {
                self.cells = cells;
                return None;
            }
        }
        Some(std::mem::take(&mut self.results))
    }

    /// The schedule of a run; none for a constant learning rate.
    fn schedule(&self, cell: &RunConfig) -> Option<PreparedSchedule> {
        let schedule = self.prepared.schedule.clone()?;
        Some(match cell.schedule {
            Some(settings) => schedule.with(settings),
            None => schedule,
        })
    }

    /// Goes on with a group of runs. Whether they have ended.
    fn advance_wide(&mut self, cells: &[RunConfig], pause: &mut impl FnMut() -> bool) -> bool {
        // Groups of about the same size: a small one costs as many calls as a large one.
        let size = cells.len().div_ceil(cells.len().div_ceil(ROOM).max(1)).next_multiple_of(LANES);
        let cells = &cells[self.done..cells.len().min(self.done + size)];
        let mut schedules: Vec<_> = cells.iter().filter_map(|cell| self.schedule(cell)).collect();
        if cells.iter().all(|cell| cell.schedule == cells[0].schedule) {
            schedules.truncate(1);
        }
        let task = GroupTask {
            problem: &self.problem,
            executor: self.prepared.optimizer.executor(),
            modifiers: self.prepared.optimizer.modifiers().map(|modifiers| &**modifiers),
            settings: &self.prepared.settings,
            schedules: &schedules,
            arrival: square_bound(self.arrival).unwrap_or(0.0),
        };
        let Some(ends) = self.group.advance(&task, cells, pause) else { return false };
        self.results.extend(ends.into_iter().flatten());
        self.done += cells.len();
        true
    }

    /// Makes some steps of a run, some hundred microseconds' worth, and takes in its end if it is reached.
    fn advance_alone(&mut self, cell: &RunConfig) {
        self.problem.start = cell.start;
        let mut run = self.alone.take().unwrap_or_else(|| {
            let schedule = self.schedule(cell);
            let prepared = PreparedRun { settings: cell.settings, schedule, ..self.prepared.clone() };
            Run::begin(&prepared, &self.problem, std::mem::take(&mut self.room))
        });
        run.advance(&self.problem, run.turn(&self.problem));
        if run.is_done() {
            self.results.push(self.end_of(cell, &run));
            self.room = run.into_room();
            self.done += 1;
        } else {
            self.alone = Some(run);
        }
    }

    /// What is kept of a run that has ended.
    fn end_of(&self, cell: &RunConfig, run: &Run) -> RunResult {
        let trajectory = run.trajectory();
        let half = (self.problem.steps / 2) as usize;
        let mut lowest = [f64::INFINITY; 2];
        for (step, sample) in trajectory.samples().iter().enumerate() {
            let lowest = &mut lowest[usize::from(step > half)];
            *lowest = sample.loss.select_less(*lowest, sample.loss, *lowest);
        }
        let (position, loss) =
            trajectory.samples().last().map_or((cell.start, f64::NAN), |last| (last.position, last.loss));
        // It has ended: there is no longer race.
        let all = Ending { step: trajectory.last_step(), cause: Cause::StepLimit };
        let ending = trajectory.ending().unwrap_or(all);
        let arrived = if self.arrival > 0.0 { arrived_at(trajectory.samples(), self.arrival) } else { None };
        RunResult { ending, arrived, position, loss, lowest }
    }
}

#[cfg(test)]
mod tests;
