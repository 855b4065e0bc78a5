//! The lockstep race: every runner makes the same number of steps from the same start.

use super::optimizer::{Input, Method, Optimizer, State};
use super::param::{Chosen, Settings};
use super::surface::{Slope, Terrain};
use super::trajectory::{CHECKPOINT_EVERY, Cause, Ending, Quantity, Sample, Trajectory};
use nalgebra::Vector2;

/// What all runners share.
#[derive(Clone, Copy, Debug)]
pub struct Course {
    /// The surface.
    pub terrain: Terrain,
    /// Where every runner starts.
    pub start: Vector2<f64>,
    /// How many steps are made.
    pub steps: u32,
    /// A run has converged when the gradient's length is at most this; 0 switches the test off.
    pub tolerance: f64,
    /// A run has diverged when |x| or |y| is larger than this.
    pub bound: f64,
}

/// One runner: its optimizer, and its record so far.
#[derive(Clone, Debug)]
pub struct Lane {
    optimizer: &'static Optimizer,
    settings: Settings<f64>,
    state: State<f64>,
    /// f and its gradient at `state.position`: recorded there, and what the next step uses.
    slope: Slope,
    trajectory: Trajectory,
}

impl Lane {
    /// At the start of `course`, with step 0 recorded.
    pub fn new(optimizer: &Chosen<Optimizer>, course: &Course) -> Self {
        Self::with_room(optimizer, course, Trajectory::default())
    }

    /// The same, with the record kept in the room that an old one leaves: fresh memory costs more
    /// than the steps do.
    fn with_room(optimizer: &Chosen<Optimizer>, course: &Course, mut room: Trajectory) -> Self {
        room.samples.clear();
        room.samples.reserve(course.steps.min(ROOM) as usize + 1);
        room.checkpoints.clear();
        room.ending = None;
        let settings = optimizer.prepare();
        let mut state = State::at(course.start);
        (optimizer.of.program.start)(&settings, &mut state);
        let slope = course.terrain.slope(state.position);
        let mut lane = Self { optimizer: optimizer.of, settings, state, slope, trajectory: room };
        let lr = lane.recorded_lr(optimizer.of.program.rate, &slope);
        record(&mut lane.trajectory, course, &state, &slope, lr);
        lane
    }

    /// The optimizer.
    pub fn optimizer(&self) -> &'static Optimizer {
        self.optimizer
    }

    /// The values of its parameters.
    pub fn settings(&self) -> &Settings<f64> {
        &self.settings
    }

    /// Its record so far.
    pub fn trajectory(&self) -> &Trajectory {
        &self.trajectory
    }

    /// Whether the run has ended: there is nothing left to compute.
    pub fn is_done(&self) -> bool {
        self.trajectory.ending.is_some()
    }

    /// Computes and records at most `steps` further steps.
    pub fn advance(&mut self, course: &Course, steps: u32) {
        if !self.is_done() {
            (self.optimizer.program.advance)(self, course, steps);
        }
    }

    /// [`Lane::advance`] for the method `M`, of a lane that is not done. One loop per method: the
    /// state stays at hand from step to step, and the step itself is compiled into the loop.
    pub(super) fn advance_by<M: Method>(&mut self, course: &Course, steps: u32) {
        let mut lr = self.recorded_lr(None, &self.slope);
        let settings = self.settings;
        let (mut state, mut slope) = (self.state, self.slope);
        for _ in 0..steps {
            let input = Input {
                settings: &settings,
                lr: settings.numbers[0],
                loss: slope.value,
                gradient: slope.gradient,
                landscape: &course.terrain,
            };
            M::step(&input, &mut state);
            state.step += 1;
            slope = course.terrain.slope(state.position);
            if M::RATE.is_some() {
                lr = self.recorded_lr(M::RATE, &slope);
            }
            if record(&mut self.trajectory, course, &state, &slope, lr) {
                break;
            }
        }
        (self.state, self.slope) = (state, slope);
    }

    /// The learning rate of the record: what `rate` finds, or the setting, or NaN for neither.
    fn recorded_lr(&self, rate: Option<fn(&Settings<f64>, &Slope) -> f64>, slope: &Slope) -> f64 {
        match rate {
            Some(rate) => rate(&self.settings, slope),
            None if self.optimizer.has_learning_rate() => self.settings.numbers[0],
            None => f64::NAN,
        }
    }

    /// The whole inner state at `step`, or at the last computed step if that comes first.
    /// Replayed from the last checkpoint before it: at most 1023 steps.
    pub fn state_at(&self, course: &Course, step: u32) -> State<f64> {
        let step = step.min(self.trajectory.last_step());
        let Some(checkpoint) = self.trajectory.checkpoints.get((step / CHECKPOINT_EVERY) as usize) else {
            return self.state;
        };
        let mut replay = self.replay(course, *checkpoint);
        replay.nth((step - checkpoint.step) as usize).unwrap_or(self.state)
    }

    /// The whole inner state at every computed step, from step 0 on. The run is replayed once,
    /// while the iterator is used: nothing but the present state is kept.
    pub fn states<'a>(&'a self, course: &'a Course) -> impl Iterator<Item = State<f64>> + 'a {
        let first = self.trajectory.checkpoints.first().copied().unwrap_or(self.state);
        self.replay(course, first).take(self.trajectory.samples.len())
    }

    /// The state `from`, and those after it without end: the very steps that were recorded, since
    /// a step depends on nothing but the state that it leaves from.
    fn replay<'a>(&self, course: &'a Course, from: State<f64>) -> impl Iterator<Item = State<f64>> + use<'a> {
        let (optimizer, settings, mut state) = (self.optimizer, self.settings, from);
        (0_u32..).map(move |index| {
            if index > 0 {
                let Slope { value: loss, gradient } = course.terrain.slope(state.position);
                let lr = settings.numbers[0];
                let input = Input { settings: &settings, lr, loss, gradient, landscape: &course.terrain };
                (optimizer.program.step)(&input, &mut state);
                state.step += 1;
            }
            state
        })
    }
}

/// Records where a runner stands. Whether its run ends there.
#[inline]
fn record(trajectory: &mut Trajectory, course: &Course, state: &State<f64>, slope: &Slope, lr: f64) -> bool {
    let State { position, step, .. } = *state;
    let grad_norm = norm(slope.gradient);
    trajectory.samples.push(Sample { position, loss: slope.value, grad_norm, lr });
    if step.is_multiple_of(CHECKPOINT_EVERY) {
        trajectory.checkpoints.push(*state);
    }
    // The usual case in few comparisons: all of them fail on NaN.
    let goes_on = position.x.abs() <= course.bound
        && position.y.abs() <= course.bound
        && position.x.abs() < f64::INFINITY
        && position.y.abs() < f64::INFINITY
        && slope.value.abs() < f64::INFINITY
        && grad_norm < f64::INFINITY
        && (grad_norm > course.tolerance || course.tolerance <= 0.0)
        && step < course.steps;
    if !goes_on {
        trajectory.ending = ending(course, state, slope.value, grad_norm);
    }
    trajectory.ending.is_some()
}

/// Whether and why a run ends here.
#[cold]
fn ending(course: &Course, state: &State<f64>, loss: f64, grad_norm: f64) -> Option<Ending> {
    let State { position, step, .. } = *state;
    let cause = if !(position.x.is_finite() && position.y.is_finite()) {
        Cause::NotFinite(Quantity::Position)
    } else if position.x.abs() > course.bound || position.y.abs() > course.bound {
        Cause::OutOfBounds
    } else if !loss.is_finite() {
        Cause::NotFinite(Quantity::Loss)
    } else if !grad_norm.is_finite() {
        Cause::NotFinite(Quantity::Gradient)
    } else if course.tolerance > 0.0 && grad_norm <= course.tolerance {
        Cause::Converged
    } else if step >= course.steps {
        Cause::StepLimit
    } else {
        return None;
    };
    Some(Ending { step, cause })
}

/// The length of a vector, also where its square over- or underflows.
#[inline]
fn norm(v: Vector2<f64>) -> f64 {
    let square = v.x * v.x + v.y * v.y;
    if square > 1e-280 && square < 1e280 { square.sqrt() } else { libm::hypot(v.x, v.y) }
}

/// For how many steps room is made before they are computed: some megabytes.
const ROOM: u32 = 1 << 17;

/// How many steps a lane makes before it is the next one's turn.
const TURN: u32 = 256;

/// All runners of a scenario on one course.
#[derive(Clone, Debug)]
pub struct Race {
    course: Course,
    lanes: Vec<Lane>,
}

impl Race {
    /// Everyone at the start.
    pub fn new<'a>(course: Course, optimizers: impl IntoIterator<Item = &'a Chosen<Optimizer>>) -> Self {
        let mut race = Self { course, lanes: Vec::new() };
        race.restart(course, optimizers);
        race
    }

    /// What all runners share.
    pub fn course(&self) -> &Course {
        &self.course
    }

    /// The runners, in the scenario's order.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// Runs runner `index` anew with another optimizer; nobody else is touched.
    pub fn replace(&mut self, index: usize, optimizer: &Chosen<Optimizer>) {
        if let Some(lane) = self.lanes.get_mut(index) {
            let room = std::mem::take(&mut lane.trajectory);
            *lane = Lane::with_room(optimizer, &self.course, room);
        }
    }

    /// Sends everybody back to the start of another course, in the memory of the runs before.
    pub fn restart<'a>(
        &mut self,
        course: Course,
        optimizers: impl IntoIterator<Item = &'a Chosen<Optimizer>>,
    ) {
        self.course = course;
        let mut rooms = std::mem::take(&mut self.lanes).into_iter().map(|lane| lane.trajectory);
        let lane = |optimizer| Lane::with_room(optimizer, &course, rooms.next().unwrap_or_default());
        self.lanes = optimizers.into_iter().map(lane).collect();
    }

    /// Puts a runner in at `index`.
    pub fn insert(&mut self, index: usize, optimizer: &Chosen<Optimizer>) {
        self.lanes.insert(index.min(self.lanes.len()), Lane::new(optimizer, &self.course));
    }

    /// Takes runner `index` out.
    pub fn remove(&mut self, index: usize) {
        if index < self.lanes.len() {
            self.lanes.remove(index);
        }
    }

    /// Whether every run has ended.
    pub fn is_done(&self) -> bool {
        self.lanes.iter().all(Lane::is_done)
    }

    /// The state of runner `index` at `step`; see [`Lane::state_at`].
    pub fn state_at(&self, index: usize, step: u32) -> Option<State<f64>> {
        self.lanes.get(index).map(|lane| lane.state_at(&self.course, step))
    }

    /// Computes, each runner in turn, until all runs have ended or `stop` says so. `stop` is
    /// asked between turns of some hundred steps. Returns whether all runs have ended.
    pub fn advance(&mut self, mut stop: impl FnMut() -> bool) -> bool {
        while !self.is_done() {
            for lane in &mut self.lanes {
                if !lane.is_done() {
                    lane.advance(&self.course, TURN);
                    if stop() {
                        return self.is_done();
                    }
                }
            }
        }
        true
    }

    /// Computes everything.
    pub fn finish(&mut self) {
        self.advance(|| false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descent::param::{Described, Value};
    use crate::descent::surface::Surface;

    fn course(surface: &str, steps: u32) -> Course {
        let chosen = Chosen::with_defaults(Surface::find(surface).expect("a known surface"));
        let start = Vector2::from(chosen.of.start);
        Course { terrain: Terrain::new(&chosen), start, steps, tolerance: 0.0, bound: 1e12 }
    }

    fn optimizer(name: &str, lr: f64) -> Chosen<Optimizer> {
        let mut chosen = Chosen::with_defaults(Optimizer::find(name).expect("a known optimizer"));
        assert!(chosen.set("lr", Value::Number(lr)));
        chosen
    }

    #[test]
    fn a_replayed_state_is_the_state_that_was() {
        let course = course("Rosenbrock", 5000);
        for name in ["Momentum", "Adam", "ScheduleFreeAdamW", "Rprop", "Sophia", "Adan"] {
            let mut lane = Lane::new(&optimizer(name, 1e-4), &course);
            let mut states = vec![lane.state];
            for _ in 0..5000 {
                lane.advance(&course, 1);
                states.push(lane.state);
            }
            for step in [0, 1, 1023, 1024, 1025, 2048, 4999, 5000, 6000] {
                assert_eq!(lane.state_at(&course, step), states[step.min(5000) as usize], "{name} at {step}");
            }
            assert!(lane.states(&course).eq(states.iter().copied()), "{name}");
        }
    }

    /// Also of a run that ends in NaN, which no comparison of numbers would see.
    #[test]
    fn replayed_positions_have_the_recorded_bits() {
        let bits = |p: Vector2<f64>| [p.x.to_bits(), p.y.to_bits()];
        for (name, lr, bound) in [("Adam", 0.01, 1e12), ("Momentum", 1.0, f64::INFINITY)] {
            let course = Course { bound, ..course("Rosenbrock", 3000) };
            let mut lane = Lane::new(&optimizer(name, lr), &course);
            lane.advance(&course, u32::MAX);
            let recorded = lane.trajectory().samples().iter().map(|sample| bits(sample.position));
            assert!(lane.states(&course).map(|state| bits(state.position)).eq(recorded), "{name}");
        }
    }

    #[test]
    fn computing_in_pieces_gives_the_same_bits() {
        let course = course("Rosenbrock", 3000);
        let optimizers = [optimizer("Momentum", 1e-4), optimizer("Adam", 0.01)];
        let mut whole = Race::new(course, &optimizers);
        whole.finish();
        let mut pieces = Race::new(course, &optimizers);
        while !pieces.advance(|| true) {}
        for (whole, pieces) in whole.lanes().iter().zip(pieces.lanes()) {
            assert_eq!(whole.trajectory().samples(), pieces.trajectory().samples());
            assert_eq!(whole.trajectory().samples().len(), 3001);
        }
    }

    /// Polyak's rate is the record's, and the replay is given the loss that it needs.
    #[test]
    fn a_rate_that_is_found_is_recorded() {
        let course = course("Quadratic", 2000);
        let polyak = Chosen::with_defaults(Optimizer::find("PolyakStep").expect("PolyakStep"));
        let mut lane = Lane::new(&polyak, &course);
        lane.advance(&course, 7);
        lane.advance(&course, u32::MAX);
        let samples = lane.trajectory().samples();
        for pair in samples.windows(2).take(500) {
            let gradient = course.terrain.slope(pair[0].position).gradient;
            assert_eq!(pair[1].position, pair[0].position - gradient * pair[0].lr);
            // Where it is flat there is no rate to be found.
            let flat = gradient.norm_squared() <= f64::EPSILON;
            assert!(if flat { pair[0].lr == 0.0 } else { pair[0].lr > 0.0 && pair[0].lr <= 1.0 });
        }
        assert!(lane.states(&course).map(|state| state.position).eq(samples.iter().map(|s| s.position)));
    }

    #[test]
    fn runs_end_with_a_reason_and_a_step() {
        let ending = |surface, name, lr, edit: fn(&mut Course)| {
            let mut course = course(surface, 200);
            edit(&mut course);
            let mut race = Race::new(course, &[optimizer(name, lr)]);
            race.finish();
            let trajectory = race.lanes()[0].trajectory();
            let ending = trajectory.ending().expect("finished");
            assert_eq!(trajectory.last_step(), ending.step);
            ending
        };
        assert_eq!(
            ending("Quadratic", "GradientDescent", 0.01, |_| ()),
            Ending { step: 200, cause: Cause::StepLimit }
        );
        let converged = ending("Quadratic", "GradientDescent", 0.0198, |course| course.tolerance = 10.0);
        assert!(converged.cause == Cause::Converged && converged.step < 200, "{converged:?}");
        // |1 - 0.03 * 100| = 2: the bound 1e12 is passed after 40 doublings of 1.
        assert_eq!(
            ending("Quadratic", "GradientDescent", 0.03, |_| ()),
            Ending { step: 40, cause: Cause::OutOfBounds }
        );
        let infinite = ending("Rosenbrock", "GradientDescent", 1.0, |course| course.bound = 1e308);
        assert!(matches!(infinite.cause, Cause::NotFinite(_)), "{infinite:?}");
    }
}
