//! Many runs of one method side by side, in step, to the end of the last.

use super::executor::Executor;
use super::prepared_schedule::PreparedSchedule;
use super::problem::Problem;
use super::record::{ending, norm};
use super::run_config::RunConfig;
use super::run_result::RunResult;
use super::step_lanes::{ModifiedSurface, RunLanes};
use crate::math::number::Number;
use crate::math::wide::{LANES, Lanes, Wide};
use crate::method::modifier_stack::ModifierStack;
use crate::objective::derivatives::ValueGradientLanes;
use crate::objective::watch::Watch;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::array::from_fn;

/// How many runs a group has room for: so many that what is done once a step for all of them weighs little, and
/// so few that their numbers stay in the processor's nearest memory.
pub(super) const ROOM: usize = 32 * LANES;

/// After how many looks of a vector at the surface, or at an example of its data, a group asks whether it is to go on:
/// some microseconds' worth, and some milliseconds' where each look is at a kink.
const ASK_EVERY: usize = 256;

/// What the runs of a group have in common.
#[derive(Clone, Copy)]
pub(super) struct GroupTask<'a> {
    /// Where they run, and when they end.
    pub problem: &'a Problem,
    /// What runs their method.
    pub executor: &'a dyn Executor,
    /// What acts on it, if anything does.
    pub modifiers: Option<&'a ModifierStack>,
    /// The settings of which the cells have the numbers.
    pub settings: &'a Settings<f64>,
    /// The schedules: none for constant learning rates, one for all runs, or one for each.
    pub schedules: &'a [PreparedSchedule],
    /// The square of the gradient's length is below where a run may have arrived; 0 where nobody asks.
    pub arrival: f64,
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
    /// The lowest f of each cell until half of its steps, once they are over.
    early: Vec<f64>,
    /// How many runs go on.
    running: usize,
    /// The ends of the cells, as far as they are known; none of a group that has not begun.
    results: Vec<Option<RunResult>>,
    /// The step at which the runs are that go on.
    step: u32,
    /// The numbers of a run that moves to another lane.
    moved: Vec<f64>,
}

impl RunGroup {
    /// Forgets the runs that are under way.
    pub fn give_up(&mut self) {
        self.results.clear();
    }

    /// Runs the cells, at most [`ROOM`] of them, to their ends, or on from where `pause` said that it must wait.
    /// None where it says so again; it is to be called with the same cells then.
    pub fn advance(
        &mut self,
        task: &GroupTask<'_>,
        cells: &[RunConfig],
        pause: &mut impl FnMut() -> bool,
    ) -> Option<Vec<Option<RunResult>>> {
        let GroupTask { problem, schedules, .. } = *task;
        if self.results.is_empty() {
            self.begin(task, cells);
            self.results.resize(cells.len(), None);
            self.step = 0;
        }
        let mut results = std::mem::take(&mut self.results);
        let mut watch = Watch { arrival: task.arrival, ..watch(problem) };
        let rows = problem.objective.examples().map_or(1, <[_]>::len).max(1);
        let mut looks = 0;
        while self.running > 0 {
            let step = self.step;
            let wides = self.running.div_ceil(LANES);
            watch.step = f64::from(step);
            if step == problem.steps / 2 + 1 {
                self.half();
            }
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
            let wides = self.running.div_ceil(LANES);
            if !schedules.is_empty() {
                self.schedule(schedules, step);
            }
            let (runs, slopes) = (&mut self.runs[..wides], &mut self.slopes[..wides]);
            let surface = ModifiedSurface { objective: &problem.objective, modifiers: task.modifiers };
            task.executor.step_lanes(surface, step, runs, slopes);
            self.step += 1;
            looks += wides * rows;
            if looks >= ASK_EVERY {
                looks = 0;
                if pause() {
                    self.results = results;
                    return None;
                }
            }
        }
        Some(results)
    }

    /// All runs at their starts; a vector that is not filled is filled up with its first. The vectors are those of
    /// the last group, filled anew.
    fn begin(&mut self, task: &GroupTask<'_>, cells: &[RunConfig]) {
        self.running = cells.len();
        self.early.clear();
        self.early.resize(cells.len(), f64::INFINITY);
        self.cells.clear();
        for (wide, cells) in cells.chunks(LANES).enumerate() {
            let place = |lane| if lane < cells.len() { lane } else { 0 };
            self.cells.extend((0..LANES).map(|lane| wide * LANES + place(lane)));
            let cells: [&RunConfig; LANES] = from_fn(|lane| &cells[place(lane)]);
            let starts = cells.map(|cell| task.problem.objective.in_domain(cell.start));
            let start = Vector2::from_fn(|axis, _| Wide(starts.map(|start| start[axis])));
            if wide == self.runs.len() {
                self.runs.push(RunLanes::blank());
                self.slopes.push(Box::new(ValueGradientLanes::unknown(start)));
            }
            *self.slopes[wide] = ValueGradientLanes::unknown(start);
            let RunLanes { settings, lr, .. } = &mut self.runs[wide];
            (settings.choices, settings.steps) = (task.settings.choices, task.settings.steps);
            for (index, number) in settings.numbers.iter_mut().enumerate() {
                *number = Wide(cells.map(|cell| cell.settings.numbers[index]));
            }
            *lr = settings.numbers[0];
        }
    }

    /// Notes the lowest f of the first half of the steps, and begins with the second.
    fn half(&mut self) {
        let running = self.cells[..self.running].chunks(LANES);
        for (slope, cells) in self.slopes.iter_mut().zip(running) {
            let lowest = slope.lowest();
            for (cell, lowest) in cells.iter().zip(lowest.0) {
                self.early[*cell] = lowest;
            }
            // The present f counts for the first half alone.
            slope.value = Lanes::of(f64::NAN);
            slope.lowest = Lanes::of(f64::INFINITY);
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
                    let set = run.settings.numbers[0];
                    run.lr = match factor {
                        Some(factor) => set * factor,
                        None => set.map(|lr| schedule.rate(lr, step, 1.0)),
                    };
                    if let Some((place, momentum)) = schedule.momentum(step) {
                        run.settings.numbers[place] = Lanes::of(momentum);
                    }
                }
            }
            _ => {
                for (run, cells) in self.runs[..wides].iter_mut().zip(cells) {
                    let of = |lane: usize| schedules.get(cells[lane]);
                    let set = run.settings.numbers[0].0;
                    let rate = |lane: usize| of(lane).map_or(set[lane], |it| it.rate(set[lane], step, 1.0));
                    run.lr = Wide(from_fn(rate));
                    let place = of(0).and_then(|it| it.momentum(step)).map(|(place, _)| place);
                    if let Some(number) = place.and_then(|place| run.settings.numbers.get_mut(place)) {
                        let own = number.0;
                        let momentum = |lane: usize| of(lane).and_then(|it| it.momentum(step));
                        *number =
                            Wide(from_fn(|lane| momentum(lane).map_or(own[lane], |(_, number)| number)));
                    }
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
            let marks = watch.mark(&self.slopes[wide]).0;
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
            let marks = watch.mark(&self.slopes[wide]).0;
            for lane in (self.running..(wide + 1) * LANES).filter(|lane| marks[lane % LANES] > 0.0) {
                self.copy(0, lane);
            }
        }
    }

    /// How the run in a lane ends at this step, if it does.
    fn finish(&self, problem: &Problem, (step, watch): (u32, Watch), lane: usize) -> Option<RunResult> {
        let (cell, wide, lane) = (self.cells[lane], lane / LANES, lane % LANES);
        let slope = &*self.slopes[wide];
        let ValueGradientLanes { at, value, gradient, last_above, .. } = slope;
        // Without a bound on the gradient nothing was ever above it.
        let next = last_above.0[lane] + 1.0;
        let arrived = (watch.arrival > 0.0 && next <= f64::from(step)).then_some(next as u32);
        let position = at.map(|wide| wide.0[lane]);
        let loss = value.0[lane];
        let grad_norm = norm(gradient.map(|wide| wide.0[lane]));
        // Stalling is not watched for here: the step of the lowest f does not matter.
        let ending = ending(problem, (step, position), loss, grad_norm, step)?;
        let lowest = slope.lowest().0[lane];
        let lowest =
            if step > problem.steps / 2 { [self.early[cell], lowest] } else { [lowest, f64::INFINITY] };
        Some(RunResult { ending, arrived, position, loss, lowest })
    }

    /// Makes a lane the same as another.
    fn copy(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        self.cells[to] = self.cells[from];
        let ((from, of), (to, lane)) = ((from / LANES, from % LANES), (to / LANES, to % LANES));
        let mut moved = std::mem::take(&mut self.moved);
        moved.clear();
        moved.extend(self.numbers(from).map(|number| number.0[of]));
        self.numbers(to).zip(&moved).for_each(|(to, from)| to.0[lane] = *from);
        self.moved = moved;
    }

    /// All numbers of the runs of a vector.
    fn numbers(&mut self, wide: usize) -> impl Iterator<Item = &mut Lanes> {
        self.runs[wide].numbers().chain(self.slopes[wide].numbers())
    }
}

/// The limits within which no run ends before the last step.
fn watch(problem: &Problem) -> Watch {
    let Problem { tolerance, bound, .. } = *problem;
    // A little more than the rounding of the square and of the root; and where the square is so small that it
    // is rounded otherwise, its root is not what `norm` gives.
    let square = (tolerance * tolerance * (1.0 + 1e-9)).max(1e-279);
    let above = (tolerance > 0.0).then_some(square);
    Watch { below: bound.min(f64::MAX), above, arrival: 0.0, step: 0.0 }
}
