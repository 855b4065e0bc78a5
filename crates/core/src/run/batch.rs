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
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A problem and an entry to it, for runs with other settings and from other starts.
#[derive(Clone, Debug)]
pub struct BatchRunner {
    problem: Problem,
    prepared: PreparedRun,
    /// How long the gradient is at most where a run has arrived; 0 where nobody asks.
    arrival: f64,
    /// The memory of the last run that went alone.
    room: Trajectory,
    /// The memory of the last runs that went side by side.
    group: RunGroup,
    /// Set by somebody else when nobody needs the ends any more.
    stop: Option<Arc<AtomicBool>>,
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
            stop: None,
        }
    }

    /// The runner that finds out when runs arrive: from when on the gradient's length is at most `tolerance`, to the
    /// end.
    pub fn arriving(self, tolerance: f64) -> Self {
        Self { arrival: tolerance, ..self }
    }

    /// The runner with runs that are given up soon after `stop` is set: what they then give is of no use.
    pub fn until(self, stop: Arc<AtomicBool>) -> Self {
        Self { stop: Some(stop), ..self }
    }

    #[inline]
    fn is_stopped(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
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
    /// searches, gradients that are not exact, or a problem that watches for stalling.
    pub fn is_wide(&self) -> bool {
        let scene = StochasticOracle::new(
            &self.problem.objective,
            self.prepared.gradient,
            super::stochastic_oracle::EvaluationCounter::default(),
        );
        let exact = scene.gradient_source() == Gradient::Exact;
        let is_watched = self.arrival == 0.0 || square_bound(self.arrival).is_some();
        exact && is_watched && self.problem.patience == 0 && self.prepared.optimizer.executor().is_wide()
    }

    /// The ends of these runs, in their order: each is that of the [`Run`] with these settings from
    /// this start, to the bit.
    pub fn run(&mut self, cells: &[RunConfig]) -> Vec<RunResult> {
        if self.is_wide() {
            self.run_wide(cells)
        } else {
            cells.iter().map(|cell| self.run_alone(cell)).collect()
        }
    }

    /// The schedule of a run; none for a constant learning rate.
    fn schedule(&self, cell: &RunConfig) -> Option<PreparedSchedule> {
        let schedule = self.prepared.schedule?;
        Some(cell.schedule.map_or(schedule, |settings| schedule.with(settings)))
    }

    fn run_wide(&mut self, cells: &[RunConfig]) -> Vec<RunResult> {
        let mut group = std::mem::take(&mut self.group);
        // Groups of about the same size: a small one costs as many calls as a large one.
        let size = cells.len().div_ceil(cells.len().div_ceil(ROOM).max(1)).next_multiple_of(LANES);
        let groups = cells.chunks(size.max(LANES)).flat_map(|cells| {
            let mut schedules: Vec<_> = cells.iter().filter_map(|cell| self.schedule(cell)).collect();
            if cells.iter().all(|cell| cell.schedule == cells[0].schedule) {
                schedules.truncate(1);
            }
            let task = GroupTask {
                problem: &self.problem,
                executor: self.prepared.optimizer.executor(),
                settings: &self.prepared.settings,
                schedules: &schedules,
                arrival: square_bound(self.arrival).unwrap_or(0.0),
                stop: self.stop.as_deref(),
            };
            group.run(&task, cells)
        });
        let results = groups.flatten().collect();
        self.group = group;
        results
    }

    fn run_alone(&mut self, cell: &RunConfig) -> RunResult {
        self.problem.start = cell.start;
        let schedule = self.schedule(cell);
        let prepared = PreparedRun { settings: cell.settings, schedule, ..self.prepared.clone() };
        let mut lane = Run::begin(&prepared, &self.problem, std::mem::take(&mut self.room));
        while !lane.is_done() && !self.is_stopped() {
            lane.advance(&self.problem, lane.turn(&self.problem));
        }
        let trajectory = lane.trajectory();
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
        self.room = lane.into_room();
        RunResult { ending, arrived, position, loss, lowest }
    }
}

#[cfg(test)]
mod tests;
