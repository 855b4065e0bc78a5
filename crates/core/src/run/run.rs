//! One runner: its way, step by step, and its record.

use super::advance::{input, seen_by};
use super::executor::Executor;
use super::optimizer::Optimizer;
use super::prepared_schedule::{PreparedSchedule, TypedRate};
use super::problem::Problem;
use super::record::record;
use super::run_spec::RunSpec;
use super::run_state::RunState;
use super::stochastic_oracle::{EvaluationCounter, StochasticOracle};
use super::trajectory::{CHECKPOINT_EVERY, Trajectory, watched_factor};
use crate::method::gradient::Gradient;
use crate::method::modifier_stack::ModifierStack;
use crate::method::oracle::Evaluations;
use crate::method::schedule::LossWatch;
use crate::method::state::State;
use crate::method::step_record::StepRecord;
use crate::spec::handle::Handle;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::sync::Arc;

/// What a run is made of, besides the problem.
#[derive(Clone, Debug)]
pub(crate) struct PreparedRun {
    pub optimizer: Handle<Optimizer>,
    pub settings: Settings<f64>,
    /// None for a constant learning rate, which costs no call, and for a method without one.
    pub schedule: Option<PreparedSchedule>,
    pub gradient: Gradient,
}

impl From<&RunSpec<'_>> for PreparedRun {
    fn from(entry: &RunSpec<'_>) -> Self {
        let RunSpec { optimizer, schedule, gradient } = *entry;
        let schedule = schedule.filter(|_| optimizer.of.has_learning_rate());
        Self {
            optimizer: optimizer.bound(),
            settings: optimizer.prepare(),
            schedule: schedule.and_then(|schedule| PreparedSchedule::of(schedule, &optimizer.of.params)),
            gradient,
        }
    }
}

/// One runner: its optimizer and schedule, and its record so far.
#[derive(Clone, Debug)]
pub struct Run {
    optimizer: Handle<Optimizer>,
    progress: RunState,
}

impl Run {
    /// The memory of its record, for another run.
    pub(crate) fn into_room(self) -> Trajectory {
        self.progress.trajectory
    }

    /// At the start of `problem`, with step 0 recorded.
    pub fn new<'a>(entry: impl Into<RunSpec<'a>>, problem: &Problem) -> Self {
        Self::with_room(entry.into(), problem, Trajectory::default())
    }

    /// A run with the record kept in the room that an old one leaves: fresh memory costs more
    /// than the steps do.
    pub(crate) fn with_room(entry: RunSpec<'_>, problem: &Problem, room: Trajectory) -> Self {
        Self::begin(&PreparedRun::from(&entry), problem, room)
    }

    /// A run from what is made of an entry.
    pub(crate) fn begin(prepared: &PreparedRun, problem: &Problem, mut room: Trajectory) -> Self {
        let PreparedRun { optimizer, settings, schedule, gradient } = prepared.clone();
        room.clear();
        room.samples.reserve(problem.steps.min(ROOM) as usize + 1);
        let executor = optimizer.executor();
        let mut state = State::at(problem.objective.in_domain(problem.start));
        executor.start(&settings, &mut state);
        let modifiers = optimizer.modifiers().cloned();
        if let Some(modifiers) = &modifiers {
            modifiers.start(&settings, &mut state);
        }
        let slope = problem.objective.value_gradient(state.position);
        let has_rate = optimizer.has_learning_rate();
        let mut progress = RunState {
            settings,
            has_rate,
            schedule,
            watch: LossWatch::BEGIN,
            gradient,
            modifiers,
            examples: problem.objective.examples().map(<[_]>::len),
            counter: EvaluationCounter::default(),
            state,
            slope,
            trajectory: room,
        };
        let lr = progress.learning_rate(0);
        let settings = progress.settings_at(0);
        let modifiers = optimizer.modifiers();
        let mut scene = StochasticOracle::new(&problem.objective, gradient, EvaluationCounter::default())
            .under(modifiers, &settings);
        let seen = seen_by(modifiers, &mut scene, problem, &state, slope);
        let found = executor.rate(&input(&scene, &settings, lr, seen), &state);
        let lr = found.unwrap_or(if has_rate { lr } else { f64::NAN });
        record(&mut progress.trajectory, problem, &state, &slope, lr);
        Self { optimizer, progress }
    }

    /// The optimizer.
    pub fn optimizer(&self) -> &Handle<Optimizer> {
        &self.optimizer
    }

    /// The values of its parameters.
    pub fn settings(&self) -> &Settings<f64> {
        &self.progress.settings
    }

    /// Its record so far.
    pub fn trajectory(&self) -> &Trajectory {
        &self.progress.trajectory
    }

    /// Whether the run has ended: there is nothing left to compute.
    pub fn is_done(&self) -> bool {
        self.progress.trajectory.ending.is_some()
    }

    /// How many steps it makes before it is the next one's turn: some hundred microseconds' worth, so
    /// fewer where each looks at much data, and fewer still where it searches.
    pub(crate) fn turn(&self, problem: &Problem) -> u32 {
        const STEPS: usize = 256;
        const ROWS: usize = 64;
        let drawn = match self.progress.gradient {
            Gradient::Minibatch { size, .. } => size as usize,
            _ => 0,
        };
        let rows = (problem.objective.examples().map_or(0, <[_]>::len) + drawn).max(ROWS);
        let looks = if self.optimizer.executor().cost(&self.progress.settings, 0).is_some() { 1 } else { 8 };
        (STEPS * ROWS / rows / looks).max(1) as u32
    }

    /// Computes and records at most `steps` further steps.
    pub fn advance(&mut self, problem: &Problem, steps: u32) {
        if !self.is_done() {
            self.optimizer.executor().advance(&mut self.progress, problem, steps);
        }
    }

    /// What runs its method, and where it stands.
    pub(super) fn parts(&mut self) -> (&dyn Executor, &mut RunState) {
        (self.optimizer.executor(), &mut self.progress)
    }

    /// Which gradients it is given.
    pub fn gradient(&self) -> Gradient {
        self.progress.gradient
    }

    /// How often the surface was asked for f, its gradient and its Hessian in the first `step`
    /// steps, as far as they are computed. What the record takes of the surface is not counted.
    pub fn evaluations(&self, step: u32) -> Evaluations {
        self.asked_until(step.min(self.progress.trajectory.last_step()))
    }

    fn asked_until(&self, step: u32) -> Evaluations {
        let cost = self.optimizer.executor().cost(&self.progress.settings, step);
        cost.map_or_else(|| self.progress.counted(step), |cost| self.progress.modified_cost(cost))
    }

    /// What the first `step` steps cost, as far as they are computed, in evaluations over the whole
    /// data: f, the gradient and the Hessian count as one each, and asked of a batch of B of n
    /// examples as B/n. The last batch of an epoch may be smaller, and counts as what it is.
    /// Constant time.
    pub fn cost(&self, step: u32) -> f64 {
        let asked = step.checked_sub(1).and_then(|last| {
            let known = &self.progress.trajectory.examples_asked;
            Some(*known.get(last as usize).or(known.last())? as f64 / self.progress.examples? as f64)
        });
        asked.unwrap_or_else(|| self.evaluations(step).total() as f64)
    }

    /// Whether the learning rate changes from step to step.
    pub fn is_scheduled(&self) -> bool {
        self.progress.schedule.is_some()
    }

    /// The symbol of the momentum and its place among the numbers of the settings, where the schedule moves it.
    pub fn moved_momentum(&self) -> Option<(String, usize)> {
        let schedule = self.progress.schedule.as_ref().filter(|schedule| schedule.moves_momentum())?;
        let place = schedule.momentum_place()?;
        self.optimizer.symbols().nth(place).map(|symbol| (symbol.to_owned(), place))
    }

    /// The typed formula that gives the learning rate of the step that leaves from the state after `step` steps, if one does.
    pub fn typed_rate(&self, step: u32) -> Option<TypedRate> {
        self.progress.schedule.as_ref()?.typed_rate(step)
    }

    /// The learning rate of the step that leaves from the state after `step` steps: what is set,
    /// times the schedule's factor. Of no meaning for a method that has none.
    pub fn learning_rate(&self, step: u32) -> f64 {
        self.progress.learning_rate(step)
    }

    /// The optimizer's parameters with the learning rate of that step in place of the one set, and with the momentum that
    /// the schedule gives it, if it does.
    pub fn settings_at(&self, step: u32) -> Settings<f64> {
        self.progress.settings_at(step)
    }

    /// The whole inner state at `step`, or at the last computed step if that comes first.
    /// Replayed from the last checkpoint before it: at most 127 steps.
    pub fn state_at(&self, problem: &Problem, step: u32) -> State<f64> {
        self.state_after(problem, None, step)
    }

    /// The state after `step` steps, where a state of this very run is `known`: from there on, if that is nearer.
    pub fn state_after(&self, problem: &Problem, known: Option<&State<f64>>, step: u32) -> State<f64> {
        let step = step.min(self.progress.trajectory.last_step());
        let checkpoint = self.progress.trajectory.checkpoints.get((step / CHECKPOINT_EVERY) as usize);
        let from = known.filter(|known| known.step <= step).into_iter().chain(checkpoint);
        let Some(from) = from.max_by_key(|from| from.step) else { return self.progress.state };
        self.replay(problem, from).nth((step - from.step) as usize).unwrap_or(self.progress.state)
    }

    /// The whole inner state at every computed step, from step 0 on. The run is replayed once,
    /// while the iterator is used: nothing but the present state is kept.
    pub fn states<'a>(&'a self, problem: &'a Problem) -> impl Iterator<Item = State<f64>> + 'a {
        let first = self.progress.trajectory.checkpoints.first().unwrap_or(&self.progress.state);
        self.replay(problem, first).take(self.progress.trajectory.samples.len())
    }

    /// The state `from`, and those after it without end.
    fn replay<'a>(
        &self,
        problem: &'a Problem,
        from: &State<f64>,
    ) -> impl Iterator<Item = State<f64>> + use<'a> {
        std::iter::once(*from).chain(self.strides(problem, from).map(|stride| stride.after))
    }

    /// The steps from the state `from` on, without end: the very ones that were recorded, since a
    /// step depends on nothing but the state that it leaves from, and what would come after them.
    pub fn strides<'a>(
        &self,
        problem: &'a Problem,
        from: &State<f64>,
    ) -> impl Iterator<Item = StepRecord> + use<'a> {
        let mut replay = Replay::of(self, problem);
        let mut state = *from;
        std::iter::repeat_with(move || {
            let (stride, _) = replay.step(&state);
            state = stride.after;
            stride
        })
    }

    /// The step that leaves from a state, as the method by itself makes it: from where it stands to where it goes, before
    /// its modifiers take the run elsewhere.
    pub fn method_stride(&self, problem: &Problem, from: &State<f64>) -> StepRecord {
        let (stride, method) = Replay::of(self, problem).step(from);
        StepRecord { settings: self.progress.settings, ..method.unwrap_or(stride) }
    }
}

/// What makes steps again.
struct Replay<'a> {
    problem: &'a Problem,
    optimizer: Handle<Optimizer>,
    modifiers: Option<Arc<ModifierStack>>,
    settings: Settings<f64>,
    schedule: Option<PreparedSchedule>,
    /// As of the run's record.
    factors: Vec<(u32, f64)>,
    scene: StochasticOracle<'a>,
}

impl<'a> Replay<'a> {
    fn of(run: &Run, problem: &'a Problem) -> Self {
        let RunState { settings, ref schedule, gradient, ref modifiers, ref trajectory, .. } = run.progress;
        let scene = StochasticOracle::new(&problem.objective, gradient, EvaluationCounter::default());
        Self {
            problem,
            optimizer: run.optimizer.clone(),
            modifiers: modifiers.clone(),
            settings,
            schedule: schedule.clone(),
            factors: trajectory.factors.clone(),
            scene: scene.under(modifiers.as_ref(), &settings),
        }
    }

    /// The step from a state; where there are modifiers, also that of the method by itself.
    fn step(&mut self, from: &State<f64>) -> (StepRecord, Option<StepRecord>) {
        let mut state = *from;
        let mut settings = self.settings;
        let mut stride = StepRecord { settings, gradient: Vector2::zeros(), before: state, after: state };
        if let Some(schedule) = &self.schedule {
            let watched = watched_factor(&self.factors, state.step);
            stride.settings.numbers[0] = schedule.rate(settings.numbers[0], state.step, watched);
            schedule.put_momentum(&mut stride.settings, state.step);
            schedule.put_momentum(&mut settings, state.step);
        }
        let lr = stride.settings.numbers[0];
        let objective = &self.problem.objective;
        let modifiers = self.modifiers.as_ref();
        let slope = objective.value_gradient(state.position);
        let seen = seen_by(modifiers, &mut self.scene, self.problem, &state, slope);
        stride.gradient = seen.gradient;
        if let Some(modifiers) = modifiers {
            state.position = modifiers.stand(&state);
        }
        let stand = state;
        self.optimizer.executor().step(&input(&self.scene, &settings, lr, seen), &mut state);
        let method = StepRecord { before: stand, after: state, ..stride };
        if let Some(modifiers) = modifiers {
            modifiers.finish(&settings, lr, [stand.position, from.position], &mut state);
        }
        state.position = objective.in_domain(state.position);
        state.step += 1;
        stride.after = state;
        (stride, modifiers.map(|_| method))
    }
}

/// For how many steps room is made before they are computed: some megabytes.
const ROOM: u32 = 1 << 17;

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::catalogue::optimizers;
    use crate::catalogue::surfaces;
    use crate::objective::objective::Objective;

    use crate::spec::chosen::Chosen;

    use crate::spec::value::Value;

    /// A named surface with its defaults, from its own start.
    pub(crate) fn problem(surface: &str, steps: u32) -> Problem {
        let chosen = Chosen::with_defaults(surfaces::find(surface).expect("a known surface"));
        let start = Vector2::from(chosen.of.start);
        Problem::new(Objective::new(&chosen), start, steps)
    }

    /// A named optimizer with its defaults and this learning rate.
    pub(crate) fn optimizer(name: &str, lr: f64) -> Chosen<Optimizer> {
        let mut chosen = Chosen::with_defaults(optimizers::find(name).expect("a known optimizer"));
        assert!(chosen.set("lr", Value::Number(lr)));
        chosen
    }

    #[test]
    fn a_replayed_state_is_the_state_that_was() {
        let problem = problem("Rosenbrock", 5000);
        for name in ["Momentum", "Adam", "ScheduleFreeAdamW", "Rprop", "Sophia", "Adan"] {
            let mut run = Run::new(&optimizer(name, 1e-4), &problem);
            let mut states = vec![run.progress.state];
            for _ in 0..5000 {
                run.advance(&problem, 1);
                states.push(run.progress.state);
            }
            for step in [0, 1, 127, 128, 129, 1024, 4999, 5000, 6000] {
                let state = states[step.min(5000) as usize];
                assert_eq!(run.state_at(&problem, step), state, "{name} at {step}");
                for known in [0, 3, 124, 128, 1024, 4000] {
                    let known = Some(&states[known]);
                    assert_eq!(run.state_after(&problem, known, step), state, "{name} at {step}");
                }
            }
            assert!(run.states(&problem).eq(states.iter().copied()), "{name}");
        }
    }

    /// Also of a run that ends in NaN, which no comparison of numbers would see.
    #[test]
    fn replayed_positions_have_the_recorded_bits() {
        let bits = |p: Vector2<f64>| [p.x.to_bits(), p.y.to_bits()];
        for (name, lr, bound) in [("Adam", 0.01, 1e12), ("Momentum", 1.0, f64::INFINITY)] {
            let problem = Problem { bound, ..problem("Rosenbrock", 3000) };
            let mut run = Run::new(&optimizer(name, lr), &problem);
            run.advance(&problem, u32::MAX);
            let recorded = run.trajectory().samples().iter().map(|sample| bits(sample.position));
            assert!(run.states(&problem).map(|state| bits(state.position)).eq(recorded), "{name}");
        }
    }

    /// Polyak's rate is the record's, and the replay is given the loss that it needs.
    #[test]
    fn a_rate_that_is_found_is_recorded() {
        let problem = problem("Quadratic", 2000);
        let polyak = Chosen::with_defaults(optimizers::find("PolyakStep").expect("PolyakStep"));
        let mut run = Run::new(&polyak, &problem);
        run.advance(&problem, 7);
        run.advance(&problem, u32::MAX);
        let samples = run.trajectory().samples();
        for pair in samples.windows(2).take(500) {
            let gradient = problem.objective.value_gradient(pair[0].position).gradient;
            assert_eq!(pair[1].position, pair[0].position - gradient * pair[0].lr);
            // Where it is flat there is no rate to be found.
            let flat = gradient.norm_squared() <= f64::EPSILON;
            assert!(if flat { pair[0].lr == 0.0 } else { pair[0].lr > 0.0 && pair[0].lr <= 1.0 });
        }
        assert!(run.states(&problem).map(|state| state.position).eq(samples.iter().map(|s| s.position)));
    }
}
