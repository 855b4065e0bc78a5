//! The lockstep race: every runner makes the same number of steps from the same start.

use super::optimizer::{Input, Optimizer, State};
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
        let settings = optimizer.prepare();
        let mut state = State::at(course.start);
        (optimizer.of.program.start)(&settings, &mut state);
        let mut lane = Self {
            optimizer: optimizer.of,
            settings,
            state,
            slope: Slope { value: 0.0, gradient: Vector2::zeros() },
            trajectory: Trajectory::default(),
        };
        lane.record(course);
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
        for _ in 0..steps {
            if self.is_done() {
                return;
            }
            let slope = self.slope;
            self.step(course, slope);
            self.record(course);
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
        let mut lane = Self { trajectory: Trajectory::default(), state: from, ..*self };
        (0_u32..).map(move |index| {
            if index > 0 {
                let slope = course.terrain.slope(lane.state.position);
                lane.step(course, slope);
            }
            lane.state
        })
    }

    #[inline]
    fn step(&mut self, course: &Course, slope: Slope) {
        let input = Input {
            settings: &self.settings,
            lr: self.settings.numbers[0],
            loss: slope.value,
            gradient: slope.gradient,
            landscape: &course.terrain,
        };
        (self.optimizer.program.step)(&input, &mut self.state);
        self.state.step += 1;
    }

    #[inline]
    fn record(&mut self, course: &Course) {
        let State { position, step, .. } = self.state;
        let slope = course.terrain.slope(position);
        self.slope = slope;
        let grad_norm = norm(slope.gradient);
        let lr = match self.optimizer.program.rate {
            Some(rate) => rate(&self.settings, &slope),
            None if self.optimizer.has_learning_rate() => self.settings.numbers[0],
            None => f64::NAN,
        };
        let trajectory = &mut self.trajectory;
        trajectory.samples.push(Sample { position, loss: slope.value, grad_norm, lr });
        if step.is_multiple_of(CHECKPOINT_EVERY) {
            trajectory.checkpoints.push(self.state);
        }
        let cause = if !(position.x.is_finite() && position.y.is_finite()) {
            Cause::NotFinite(Quantity::Position)
        } else if position.x.abs() > course.bound || position.y.abs() > course.bound {
            Cause::OutOfBounds
        } else if !slope.value.is_finite() {
            Cause::NotFinite(Quantity::Loss)
        } else if !grad_norm.is_finite() {
            Cause::NotFinite(Quantity::Gradient)
        } else if course.tolerance > 0.0 && grad_norm <= course.tolerance {
            Cause::Converged
        } else if step >= course.steps {
            Cause::StepLimit
        } else {
            return;
        };
        trajectory.ending = Some(Ending { step, cause });
    }
}

/// The length of a vector, also where its square over- or underflows.
#[inline]
fn norm(v: Vector2<f64>) -> f64 {
    let square = v.x * v.x + v.y * v.y;
    if square > 1e-280 && square < 1e280 { square.sqrt() } else { libm::hypot(v.x, v.y) }
}

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
        let lanes = optimizers.into_iter().map(|optimizer| Lane::new(optimizer, &course)).collect();
        Self { course, lanes }
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
            *lane = Lane::new(optimizer, &self.course);
        }
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
        for name in ["Momentum", "Adam", "ScheduleFreeAdamW", "Rprop"] {
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
