//! The lockstep race: every runner makes the same number of steps from the same start.

pub use super::run::Lane;
use crate::method::gradient::Gradient;
use crate::method::optimizer::{Optimizer, State};
use crate::method::schedule::Schedule;
use crate::objective::surface::Terrain;
use crate::spec::param::Chosen;
use nalgebra::Vector2;

/// What all runners share.
#[derive(Clone, Debug)]
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
    /// A run has stalled when f has not fallen below its lowest for so many steps; 0 switches the
    /// test off.
    pub patience: u32,
}

impl Course {
    /// `steps` steps from `start`, with no test but that of divergence, at 1e12.
    pub fn new(terrain: Terrain, start: Vector2<f64>, steps: u32) -> Self {
        Self { terrain, start, steps, tolerance: 0.0, bound: 1e12, patience: 0 }
    }
}

/// Who enters a race: an optimizer, alone with exact gradients at a constant learning rate, or with
/// another gradient or a schedule.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The optimizer with its settings.
    pub optimizer: &'a Chosen<Optimizer>,
    /// The schedule with its settings; none is the same as `Constant`.
    pub schedule: Option<&'a Chosen<Schedule>>,
    /// Which gradients it is given.
    pub gradient: Gradient,
}

impl<'a> From<&'a Chosen<Optimizer>> for Entry<'a> {
    fn from(optimizer: &'a Chosen<Optimizer>) -> Self {
        Self { optimizer, schedule: None, gradient: Gradient::Exact }
    }
}

/// All runners of a scenario on one course.
#[derive(Clone, Debug)]
pub struct Race {
    course: Course,
    lanes: Vec<Lane>,
}

impl Race {
    /// Everyone at the start.
    pub fn new<'a, E: Into<Entry<'a>>>(course: Course, entries: impl IntoIterator<Item = E>) -> Self {
        let lanes = entries.into_iter().map(|entry| Lane::new(entry, &course)).collect();
        Self { course, lanes }
    }

    /// The race of runs that may have begun, all on this course.
    pub fn of_lanes(course: Course, lanes: Vec<Lane>) -> Self {
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

    /// Runs runner `index` anew as another entry; nobody else is touched.
    pub fn replace<'a>(&mut self, index: usize, entry: impl Into<Entry<'a>>) {
        if let Some(lane) = self.lanes.get_mut(index) {
            lane.restart(entry.into(), &self.course);
        }
    }

    /// Sends everybody back to the start of another course, in the memory of the runs before.
    pub fn restart<'a, E: Into<Entry<'a>>>(&mut self, course: Course, entries: impl IntoIterator<Item = E>) {
        self.course = course;
        let mut rooms = std::mem::take(&mut self.lanes).into_iter().map(Lane::into_room);
        let course = &self.course;
        let lane = |entry: E| Lane::with_room(entry.into(), course, rooms.next().unwrap_or_default());
        self.lanes = entries.into_iter().map(lane).collect();
    }

    /// Puts a runner in at `index`.
    pub fn insert<'a>(&mut self, index: usize, entry: impl Into<Entry<'a>>) {
        self.lanes.insert(index.min(self.lanes.len()), Lane::new(entry, &self.course));
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

    /// Computes, the runner that is farthest back first, until all runs have ended or `stop` says so. `stop` is
    /// asked between turns of some hundred steps. Returns whether all runs have ended.
    pub fn advance(&mut self, mut stop: impl FnMut() -> bool) -> bool {
        // Whoever has made the fewest steps is next: nobody waits for the slow ones of others.
        while let Some(lane) = self
            .lanes
            .iter_mut()
            .filter(|lane| !lane.is_done())
            .min_by_key(|lane| lane.trajectory().last_step())
        {
            lane.advance(&self.course, lane.turn(&self.course));
            if stop() {
                return self.is_done();
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
    use crate::run::run::tests::{course, optimizer};
    use crate::run::trajectory::{Cause, Ending};
    use crate::spec::param::Described;

    #[test]
    fn computing_in_pieces_gives_the_same_bits() {
        let course = course("Rosenbrock", 3000);
        let optimizers = [optimizer("Momentum", 1e-4), optimizer("Adam", 0.01)];
        let mut whole = Race::new(course.clone(), &optimizers);
        whole.finish();
        let mut pieces = Race::new(course, &optimizers);
        while !pieces.advance(|| true) {}
        for (whole, pieces) in whole.lanes().iter().zip(pieces.lanes()) {
            assert_eq!(whole.trajectory().samples(), pieces.trajectory().samples());
            assert_eq!(whole.trajectory().samples().len(), 3001);
        }
    }

    /// One whose steps take long must not keep the others from theirs: the cursor goes only as far as
    /// everybody is.
    #[test]
    fn nobody_waits_for_the_slow_ones_of_others() {
        let course = course("LogisticRegression", 2000);
        let slow = Chosen::with_defaults(Optimizer::find("SteepestDescent").expect("known"));
        let mut race = Race::new(course, &[slow, optimizer("Adam", 0.01), optimizer("Momentum", 0.01)]);
        for turn in 1..60 {
            race.advance(|| true);
            let steps = race.lanes().iter().map(|lane| lane.trajectory().last_step());
            let (least, most) = (steps.clone().min(), steps.max());
            assert!(turn < 3 || least > Some(0), "after {turn} turns somebody is still at the start");
            assert!(most.unwrap_or(0) <= least.unwrap_or(0) + 256, "{least:?} {most:?}");
        }
        // What a turn costs is bounded, whatever a step looks at.
        let adam = optimizer("Adam", 0.01);
        let entry = |size| Entry {
            gradient: Gradient::Minibatch { size, seed: 1, replacement: true },
            ..Entry::from(&adam)
        };
        let turn = |size| Lane::new(entry(size), race.course()).turn(race.course());
        assert!(turn(8) > 100 && turn(10_000) <= 2);
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
