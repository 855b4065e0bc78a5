//! Many runs of one method side by side, in step, to the end of the last.

use super::executor::Executor;
use super::prepared_schedule::PreparedSchedule;
use super::problem::Problem;
use super::record::{ending, norm};
use super::run_config::RunConfig;
use super::run_result::RunResult;
use super::step_lanes::RunLanes;
use crate::math::wide::{LANES, Wide};
use crate::objective::derivatives::ValueGradientLanes;
use crate::objective::watch::Watch;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::array::from_fn;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many runs a group has room for: so many that what is done once a step for all of them weighs little, and
/// so few that their numbers stay in the processor's nearest memory.
pub(super) const ROOM: usize = 16 * LANES;

/// After how many steps a group asks whether it is to go on: some milliseconds' worth where each looks
/// at much data.
const CANCEL_EVERY: u32 = 16;

/// What the runs of a group have in common.
#[derive(Clone, Copy)]
pub(super) struct GroupTask<'a> {
    /// Where they run, and when they end.
    pub problem: &'a Problem,
    /// What runs their method.
    pub executor: &'a dyn Executor,
    /// The settings of which the cells have the numbers.
    pub settings: &'a Settings<f64>,
    /// The schedules: none for constant learning rates, one for all runs, or one for each.
    pub schedules: &'a [PreparedSchedule],
    /// The square of the gradient's length is below where a run may have arrived; 0 where nobody asks.
    pub arrival: f64,
    /// Set by somebody else when nobody needs the ends any more.
    pub stop: Option<&'a AtomicBool>,
}

/// Runs side by side. Those that go on are the first lanes; those that fill up the last vector of these copy one
/// that goes on, for numbers that run off to infinity would be slow, and look like an end.
#[derive(Clone, Debug, Default)]
pub(super) struct RunGroup {
    runs: Vec<RunLanes>,
    /// Boxed: see [`Executor::step_lanes`].
    #[allow(clippy::vec_box, reason = "a loop over them is not to be made one over vectors of them")]
    slopes: Vec<Box<ValueGradientLanes>>,
    /// Which cell is run in each lane.
    cells: Vec<usize>,
    /// How many runs go on.
    running: usize,
}

impl RunGroup {
    /// Runs the cells, at most [`ROOM`] of them, to their ends; none of a run that was given up.
    pub fn run(&mut self, task: &GroupTask<'_>, cells: &[RunConfig]) -> Vec<Option<RunResult>> {
        let GroupTask { problem, schedules, .. } = *task;
        self.begin(task, cells);
        let mut results = vec![None; cells.len()];
        let mut watch = Watch { arrival: task.arrival, ..watch(problem) };
        let mut step = 0;
        while self.running > 0 {
            let wides = self.running.div_ceil(LANES);
            (watch.late, watch.step) = (step > problem.steps / 2, f64::from(step));
            let marked = problem.objective.value_gradient_lanes(&mut self.slopes[..wides], watch);
            if step >= problem.steps {
                for lane in 0..self.running {
                    results[self.cells[lane]] = self.finish(problem, (step, watch), lane);
                }
                break;
            }
            if marked != 0 {
                self.end(problem, (step, watch), marked, &mut results);
            }
            let is_stopped = || task.stop.is_some_and(|stop| stop.load(Ordering::Relaxed));
            if step.is_multiple_of(CANCEL_EVERY) && is_stopped() {
                break;
            }
            let wides = self.running.div_ceil(LANES);
            if !schedules.is_empty() {
                self.schedule(schedules, step);
            }
            let (runs, slopes) = (&mut self.runs[..wides], &mut self.slopes[..wides]);
            task.executor.step_lanes(&problem.objective, step, runs, slopes);
            step += 1;
        }
        results
    }

    /// All runs at their starts; a vector that is not filled is filled up with the first.
    fn begin(&mut self, task: &GroupTask<'_>, cells: &[RunConfig]) {
        self.running = cells.len();
        self.cells.clear();
        self.runs.clear();
        self.slopes.clear();
        for (wide, cells) in cells.chunks(LANES).enumerate() {
            let place = |lane| if lane < cells.len() { lane } else { 0 };
            self.cells.extend((0..LANES).map(|lane| wide * LANES + place(lane)));
            let gather =
                |number: &dyn Fn(&RunConfig) -> f64| Wide(from_fn(|lane| number(&cells[place(lane)])));
            let start = Vector2::from_fn(|axis, _| gather(&|cell| cell.start[axis]));
            let settings = Settings {
                numbers: from_fn(|index| gather(&|cell| cell.settings.numbers[index])),
                choices: task.settings.choices,
                steps: task.settings.steps,
            };
            self.runs.push(RunLanes::at(start, &settings));
            self.slopes.push(Box::new(ValueGradientLanes::unknown(start)));
        }
    }

    /// The learning rates of the step to come.
    fn schedule(&mut self, schedules: &[PreparedSchedule], step: u32) {
        let cells = self.cells.chunks(LANES);
        let wides = self.running.div_ceil(LANES);
        match schedules {
            [schedule] => {
                let factor = schedule.factor(step);
                for run in &mut self.runs[..wides] {
                    run.lr = run.settings.numbers[0] * factor;
                }
            }
            _ => {
                for (run, cells) in self.runs[..wides].iter_mut().zip(cells) {
                    let factor = |lane: usize| {
                        schedules.get(cells[lane]).map_or(1.0, |schedule| schedule.factor(step))
                    };
                    run.lr = run.settings.numbers[0] * Wide(from_fn(factor));
                }
            }
        }
    }

    /// Takes out the runs that end at this step, among those of the vectors that are `marked`.
    #[cold]
    fn end(
        &mut self,
        problem: &Problem,
        (step, watch): (u32, Watch),
        marked: u32,
        results: &mut [Option<RunResult>],
    ) {
        let wides = self.running.div_ceil(LANES);
        for wide in (0..wides).rev().filter(|wide| marked >> wide & 1 == 1) {
            let marks = watch.mark(&self.slopes[wide], 1.0).0;
            for lane in (wide * LANES..(wide + 1) * LANES).rev().filter(|lane| marks[lane % LANES] > 0.0) {
                if lane < self.running
                    && let Some(result) = self.finish(problem, (step, watch), lane)
                {
                    results[self.cells[lane]] = Some(result);
                    self.running -= 1;
                    self.copy(self.running, lane);
                }
            }
        }
        // What is left of the last vector and is no copy of a run that goes on becomes one.
        let wide = self.running / LANES;
        if !self.running.is_multiple_of(LANES) && marked >> wide & 1 == 1 {
            let marks = watch.mark(&self.slopes[wide], 1.0).0;
            for lane in (self.running..(wide + 1) * LANES).filter(|lane| marks[lane % LANES] > 0.0) {
                self.copy(0, lane);
            }
        }
    }

    /// How the run in a lane ends at this step, if it does.
    fn finish(&self, problem: &Problem, (step, watch): (u32, Watch), lane: usize) -> Option<RunResult> {
        let (wide, lane) = (lane / LANES, lane % LANES);
        let ValueGradientLanes { at, value, gradient, lowest, lowest_late, last_above } = &*self.slopes[wide];
        // Without a bound on the gradient nothing was ever above it.
        let next = last_above.0[lane] + 1.0;
        let arrived = (watch.arrival > 0.0 && next <= f64::from(step)).then_some(next as u32);
        let position = at.map(|wide| wide.0[lane]);
        let loss = value.0[lane];
        let grad_norm = norm(gradient.map(|wide| wide.0[lane]));
        // Stalling is not watched for here: the step of the lowest f does not matter.
        let ending = ending(problem, (step, position), loss, grad_norm, step)?;
        let lowest = [lowest, lowest_late].map(|lowest| lowest.0[lane]);
        Some(RunResult { ending, arrived, position, loss, lowest })
    }

    /// Makes a lane the same as another.
    fn copy(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        self.cells[to] = self.cells[from];
        let ((from, of), (to, lane)) = ((from / LANES, from % LANES), (to / LANES, to % LANES));
        let run = self.runs[from].lane(of);
        self.runs[to].set_lane(lane, &run);
        let slope = *self.slopes[from];
        self.slopes[to].at.zip_apply(&slope.at, |to, from| to.0[lane] = from.0[of]);
        self.slopes[to].gradient.zip_apply(&slope.gradient, |to, from| to.0[lane] = from.0[of]);
        self.slopes[to].value.0[lane] = slope.value.0[of];
        self.slopes[to].lowest.0[lane] = slope.lowest.0[of];
        self.slopes[to].lowest_late.0[lane] = slope.lowest_late.0[of];
        self.slopes[to].last_above.0[lane] = slope.last_above.0[of];
    }
}

/// The limits within which no run ends before the last step.
fn watch(problem: &Problem) -> Watch {
    let Problem { tolerance, bound, .. } = *problem;
    // A little more than the rounding of the square and of the root; and where the square is so small that it
    // is rounded otherwise, its root is not what `norm` gives.
    let square = (tolerance * tolerance * (1.0 + 1e-9)).max(1e-279);
    Watch { below: bound.min(f64::MAX), above: (tolerance > 0.0).then_some(square), ..Watch::NOTHING }
}
