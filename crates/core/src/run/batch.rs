//! Runs of which only the end is kept: what sweeps over settings and over starts are made of.

use super::prepared_schedule::PreparedSchedule;
use super::problem::Problem;
use super::record::{ending, norm};
use super::run::{PreparedRun, Run};
use super::run_spec::RunSpec;
use super::stochastic_oracle::StochasticOracle;
use super::trajectory::{Cause, Ending, Trajectory};
use crate::math::number::Number;
use crate::math::simd;
use crate::math::simd::Task;
use crate::math::wide::{LANES, Lanes, Wide};
use crate::method::gradient::Gradient;
use crate::method::oracle::Oracle;
use crate::method::state::{MAX_SLOTS, State};
use crate::method::step::{Input, Method};
use crate::objective::derivatives::ValueGradientLanes;
use crate::objective::objective::Objective;
use crate::spec::settings::Settings;
use nalgebra::{Matrix2, Vector2};
use std::array::from_fn;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// After how many steps a run asks whether it is to go on: some milliseconds' worth where each looks
/// at much data.
const CANCEL_EVERY: u32 = 16;

/// See [`run_batch`].
pub(crate) type RunBatch = fn(&Batch<'_>) -> [Option<RunResult>; LANES];

/// What distinguishes a run from the others of a sweep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunConfig {
    /// The settings of its optimizer.
    pub settings: Settings<f64>,
    /// Those of its schedule; none where the learning rate is constant.
    pub schedule: Option<Settings<f64>>,
    /// Where it starts.
    pub start: Vector2<f64>,
}

/// The end of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunResult {
    /// The last step, and why there.
    pub ending: Ending,
    /// Where it stands then.
    pub position: Vector2<f64>,
    /// f there.
    pub loss: f64,
    /// The lowest f until half of the problem's steps, and behind them; infinite where there is none.
    pub lowest: [f64; 2],
}

/// A problem and an entry to it, for runs with other settings and from other starts.
#[derive(Clone, Debug)]
pub struct BatchRunner {
    problem: Problem,
    prepared: PreparedRun,
    /// The memory of the last run that went alone.
    room: Trajectory,
    /// Set by somebody else when nobody needs the ends any more.
    stop: Option<Arc<AtomicBool>>,
}

impl BatchRunner {
    /// On this problem, with all that the entry says but the numbers of its settings.
    pub fn new<'a>(entry: impl Into<RunSpec<'a>>, problem: &Problem) -> Self {
        let prepared = PreparedRun::from(&entry.into());
        Self { problem: problem.clone(), prepared, room: Trajectory::default(), stop: None }
    }

    /// The same, with runs that are given up soon after `stop` is set: what they then give is of no use.
    pub fn until(self, stop: Arc<AtomicBool>) -> Self {
        Self { stop: Some(stop), ..self }
    }

    #[inline]
    fn is_stopped(&self) -> bool {
        self.stop.as_ref().is_some_and(|stop| stop.load(Ordering::Relaxed))
    }

    /// The run that is no variation.
    pub fn cell(&self) -> RunConfig {
        let schedule = self.prepared.schedule.as_ref().map(PreparedSchedule::settings);
        RunConfig { settings: self.prepared.settings, schedule, start: self.problem.start }
    }

    /// The problem.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// Whether the runs go side by side, [`LANES`] at a time, or one after the other: a method that
    /// searches, gradients that are not exact, or a problem that watches for stalling.
    pub fn is_wide(&self) -> bool {
        let scene = StochasticOracle::new(
            &self.problem.objective,
            self.prepared.gradient,
            super::stochastic_oracle::EvaluationCounter::default(),
        );
        let exact = scene.gradient_source() == Gradient::Exact;
        exact && self.problem.patience == 0 && self.prepared.optimizer.program.run_batch.is_some()
    }

    /// The ends of these runs, in their order: each is that of the [`Run`] with these settings from
    /// this start, to the bit.
    pub fn run(&mut self, cells: &[RunConfig]) -> Vec<RunResult> {
        match self.prepared.optimizer.program.run_batch.filter(|_| self.is_wide()) {
            Some(run_batch) => {
                let batches = cells.chunks(LANES);
                batches.flat_map(|cells| run_batch(&Batch { trials: self, cells })).flatten().collect()
            }
            None => cells.iter().map(|cell| self.run_alone(cell)).collect(),
        }
    }

    /// The schedule of a run; none for a constant learning rate.
    fn schedule(&self, cell: &RunConfig) -> Option<PreparedSchedule> {
        let schedule = self.prepared.schedule?;
        Some(cell.schedule.map_or(schedule, |settings| schedule.with(settings)))
    }

    fn run_alone(&mut self, cell: &RunConfig) -> RunResult {
        self.problem.start = cell.start;
        let schedule = self.schedule(cell);
        let prepared = PreparedRun { settings: cell.settings, schedule, ..self.prepared };
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
        self.room = lane.into_room();
        RunResult { ending, position, loss, lowest }
    }
}

/// At most [`LANES`] runs that start together.
pub(crate) struct Batch<'a> {
    trials: &'a BatchRunner,
    cells: &'a [RunConfig],
}

impl Batch<'_> {
    /// One number of each run; the lanes that are left over get that of the first.
    fn gather(&self, number: impl Fn(&RunConfig) -> f64) -> Lanes {
        let first = self.cells.first().map_or(f64::NAN, &number);
        Wide(from_fn(|lane| self.cells.get(lane).map_or(first, &number)))
    }
}

/// Runs a batch with the widest vector instructions at hand; see [`to_the_end`].
pub(crate) fn run_batch<M: Method>(batch: &Batch<'_>) -> [Option<RunResult>; LANES] {
    simd::dispatch(BatchTask::<M>(batch, PhantomData))
}

struct BatchTask<'a, M>(&'a Batch<'a>, PhantomData<M>);

impl<M: Method> Task for BatchTask<'_, M> {
    type Output = [Option<RunResult>; LANES];

    #[inline(always)]
    fn run(self) -> Self::Output {
        to_the_end::<M>(self.0)
    }
}

/// Runs a batch by the method `M` to the end of the last run, all in step.
///
/// A run that has ended is no longer looked at, and its lane goes on as a copy of one that has not:
/// numbers that had run off to infinity would only be slow.
#[inline(always)]
fn to_the_end<M: Method>(batch: &Batch<'_>) -> [Option<RunResult>; LANES] {
    let BatchRunner { problem, prepared, .. } = batch.trials;
    let mut settings = Settings {
        numbers: from_fn(|index| batch.gather(|cell| cell.settings.numbers[index])),
        choices: prepared.settings.choices,
        steps: prepared.settings.steps,
    };
    let (zero, highest) = (Lanes::of(0.0), Lanes::of(f64::INFINITY));
    let position = Vector2::new(batch.gather(|cell| cell.start.x), batch.gather(|cell| cell.start.y));
    let mut state = State { position, slots: [Vector2::new(zero, zero); MAX_SLOTS], step: 0 };
    M::start(&settings, &mut state);
    let mut slopes = ValueGradientLanes { value: zero, gradient: Vector2::new(zero, zero) };
    problem.objective.value_gradient_lanes(&state.position, &mut slopes);
    let rate = BatchRate::of(batch);
    let usual = Usual::of(problem);
    let half = problem.steps / 2;
    let (mut before, mut lowest) = (None, highest);
    let mut finishes = [None; LANES];
    let mut running: [bool; LANES] = from_fn(|lane| lane < batch.cells.len());
    loop {
        lowest = slopes.value.select_less(lowest, slopes.value, lowest);
        if state.step == half {
            // From here on the lowest of the second half.
            (before, lowest) = (Some(lowest), highest);
        }
        if !usual.holds(&state.position, &slopes) || state.step >= problem.steps {
            let lowest = before.map_or([lowest, highest], |before| [before, lowest]);
            for (lane, running) in running.iter_mut().enumerate().filter(|(_, running)| **running) {
                finishes[lane] = finish(problem, &state, &slopes, lane, lowest);
                *running = finishes[lane].is_none();
            }
            let Some(from) = running.iter().position(|running| *running) else { return finishes };
            for to in (0..LANES).filter(|lane| !running[*lane]) {
                copy(&mut settings, &mut state, &mut slopes, from, to);
            }
        }
        if state.step.is_multiple_of(CANCEL_EVERY) && batch.trials.is_stopped() {
            return finishes;
        }
        let lr = rate.at(settings.numbers[0], state.step);
        let input = Input {
            settings: &settings,
            lr,
            loss: slopes.value,
            gradient: slopes.gradient,
            oracle: &problem.objective,
        };
        M::step(&input, &mut state);
        state.step += 1;
        problem.objective.value_gradient_lanes(&state.position, &mut slopes);
    }
}

/// The learning rates of a batch.
enum BatchRate {
    /// As the settings say.
    Constant,
    /// On the same schedule in all lanes.
    Alike(PreparedSchedule),
    /// Each on its own. Those of the lanes that are left over do not matter.
    Each(Box<[PreparedSchedule; LANES]>),
}

impl BatchRate {
    fn of(batch: &Batch<'_>) -> Self {
        let schedule = |cell: &RunConfig| batch.trials.schedule(cell);
        let Some((first, pace_of_first)) =
            batch.cells.first().and_then(|first| Some((first, schedule(first)?)))
        else {
            return Self::Constant;
        };
        if batch.cells.iter().all(|cell| cell.schedule == first.schedule) {
            return Self::Alike(pace_of_first);
        }
        let schedule = |lane| batch.cells.get(lane).and_then(schedule).unwrap_or(pace_of_first);
        Self::Each(Box::new(from_fn(schedule)))
    }

    #[inline(always)]
    fn at(&self, lr: Lanes, step: u32) -> Lanes {
        match self {
            Self::Constant => lr,
            Self::Alike(schedule) => lr * schedule.factor(step),
            Self::Each(paces) => Wide(from_fn(|lane| lr.0[lane] * paces[lane].factor(step))),
        }
    }
}

/// A quick test that fails wherever a run ends, and seldom elsewhere.
struct Usual {
    /// The square of the gradient's length is above.
    above: f64,
    /// |x| + |y| is below.
    below: f64,
}

impl Usual {
    /// Beyond these squares of a length its root is not what [`norm`] gives.
    const ROOTS: (f64, f64) = (1e-279, 1e279);

    fn of(problem: &Problem) -> Self {
        let Problem { tolerance, bound, .. } = *problem;
        // A little more than the rounding of the square and of the root.
        let square = (tolerance * tolerance * (1.0 + 1e-9)).max(Self::ROOTS.0);
        let above = if tolerance > 0.0 { square } else { -1.0 };
        Self { above, below: bound.min(f64::MAX) }
    }

    /// Of all lanes.
    #[inline(always)]
    #[allow(clippy::needless_bitwise_bool, reason = "a branch would part the lanes")]
    fn holds(&self, position: &Vector2<Lanes>, slopes: &ValueGradientLanes) -> bool {
        let ValueGradientLanes { value, gradient } = slopes;
        let mut holds = true;
        for lane in 0..LANES {
            let (x, y) = (gradient.x.0[lane], gradient.y.0[lane]);
            // Not a number where f is infinite or undefined.
            let square = x * x + y * y + value.0[lane] * 0.0;
            let reach = f64::abs(position.x.0[lane]) + f64::abs(position.y.0[lane]);
            holds &= (reach < self.below) & (square < Self::ROOTS.1) & (self.above < square);
        }
        holds
    }
}

/// How the run in this lane ends, if it does.
#[cold]
fn finish(
    problem: &Problem,
    state: &State<Lanes>,
    slopes: &ValueGradientLanes,
    lane: usize,
    lowest: [Lanes; 2],
) -> Option<RunResult> {
    let position = state.position.map(|wide| wide.0[lane]);
    let loss = slopes.value.0[lane];
    let grad_norm = norm(slopes.gradient.map(|wide| wide.0[lane]));
    // Stalling is not watched for here: the step of the lowest f does not matter.
    let ending = ending(problem, (state.step, position), loss, grad_norm, state.step)?;
    Some(RunResult { ending, position, loss, lowest: lowest.map(|lowest| lowest.0[lane]) })
}

/// Makes a lane the same as another.
#[cold]
fn copy(
    settings: &mut Settings<Lanes>,
    state: &mut State<Lanes>,
    slopes: &mut ValueGradientLanes,
    from: usize,
    to: usize,
) {
    let copy = |wide: &mut Lanes| wide.0[to] = wide.0[from];
    settings.numbers.iter_mut().for_each(copy);
    let State { position, slots, .. } = state;
    let ValueGradientLanes { value, gradient } = slopes;
    let vectors = slots.iter_mut().chain([position, gradient]);
    vectors.flat_map(|vector| vector.iter_mut()).for_each(copy);
    copy(value);
}

/// What methods seldom ask for is answered one lane after the other.
impl Oracle<Lanes> for Objective {
    fn value(&self, p: Vector2<Lanes>) -> Lanes {
        Wide(from_fn(|lane| Objective::value(self, p.map(|wide| wide.0[lane]))))
    }

    fn gradient(&self, p: Vector2<Lanes>) -> Vector2<Lanes> {
        let zero = Lanes::of(0.0);
        let mut slopes = ValueGradientLanes { value: zero, gradient: Vector2::new(zero, zero) };
        self.value_gradient_lanes(&p, &mut slopes);
        slopes.gradient
    }

    fn hessian(&self, p: Vector2<Lanes>) -> Matrix2<Lanes> {
        let each: [_; LANES] =
            from_fn(|lane| self.value_gradient_hessian(p.map(|wide| wide.0[lane])).hessian);
        Matrix2::from_fn(|row, column| Wide(each.map(|hessian| hessian[(row, column)])))
    }
}

#[cfg(test)]
mod tests;
