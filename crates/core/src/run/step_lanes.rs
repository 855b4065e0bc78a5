//! One step of many runs side by side.

use crate::math::number::Number;
use crate::math::simd;
use crate::math::simd::Task;
use crate::math::wide::{LANES, Lanes, Wide};
use crate::method::oracle::Oracle;
use crate::method::state::{MAX_SLOTS, State};
use crate::method::step::{Input, Method};
use crate::objective::derivatives::ValueGradientLanes;
use crate::objective::objective::Objective;
use crate::objective::watch::Watch;
use crate::spec::settings::{MAX_NUMBERS, Settings};
use nalgebra::{Matrix2, Vector2};
use std::array::from_fn;

/// A few runs of one method, one in each lane.
#[derive(Clone, Copy, Debug)]
pub struct RunLanes {
    /// The settings of the optimizer.
    pub settings: Settings<Lanes>,
    /// The learning rates of the step to come.
    pub lr: Lanes,
    /// Where the runs stand, and what they remember.
    pub state: State<Lanes>,
}

impl RunLanes {
    /// Runs that stand at `position` and remember nothing.
    pub fn at(position: Vector2<Lanes>, settings: &Settings<Lanes>) -> Self {
        let zero = Lanes::of(0.0);
        let state = State { position, slots: [Vector2::new(zero, zero); MAX_SLOTS], step: 0 };
        Self { settings: *settings, lr: settings.numbers[0], state }
    }

    /// The learning rate and the state of the run in a lane, and the numbers of its settings.
    pub fn lane(&self, lane: usize) -> (f64, State<f64>, [f64; MAX_NUMBERS]) {
        let Self { settings, lr, state } = self;
        let of = |vector: Vector2<Lanes>| Vector2::new(vector.x.0[lane], vector.y.0[lane]);
        let state = State { position: of(state.position), slots: state.slots.map(of), step: state.step };
        (lr.0[lane], state, settings.numbers.map(|wide| wide.0[lane]))
    }

    /// Puts what [`RunLanes::lane`] gives into a lane.
    pub fn set_lane(&mut self, lane: usize, (lr, state, numbers): &(f64, State<f64>, [f64; MAX_NUMBERS])) {
        self.lr.0[lane] = *lr;
        let put = |to: &mut Vector2<Lanes>, from: &Vector2<f64>| {
            (to.x.0[lane], to.y.0[lane]) = (from.x, from.y);
        };
        put(&mut self.state.position, &state.position);
        self.state.slots.iter_mut().zip(&state.slots).for_each(|(to, from)| put(to, from));
        self.settings.numbers.iter_mut().zip(numbers).for_each(|(to, from)| to.0[lane] = *from);
    }
}

/// One step of all runs by a method, with the widest vector instructions at hand; see
/// [`Executor::step_lanes`](super::executor::Executor::step_lanes).
pub(crate) fn step_lanes<M: Method>(
    method: &M,
    objective: &Objective,
    step: u32,
    runs: &mut [RunLanes],
    slopes: &mut [Box<ValueGradientLanes>],
) {
    simd::dispatch(StepTask { method, objective, step, runs, slopes });
}

struct StepTask<'a, M> {
    method: &'a M,
    objective: &'a Objective,
    step: u32,
    runs: &'a mut [RunLanes],
    slopes: &'a mut [Box<ValueGradientLanes>],
}

impl<M: Method> Task for StepTask<'_, M> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { method, objective, step, runs, slopes } = self;
        if step == 0 {
            for run in runs.iter_mut() {
                method.start(&run.settings, &mut run.state);
            }
        }
        for (run, slope) in runs.iter_mut().zip(slopes) {
            let RunLanes { settings, lr, state } = run;
            let ValueGradientLanes { value, gradient, .. } = **slope;
            state.step = step;
            method.step(&Input { settings, lr: *lr, loss: value, gradient, oracle: objective }, state);
            slope.at = state.position;
        }
    }
}

/// What methods seldom ask for is answered one lane after the other.
impl Oracle<Lanes> for Objective {
    fn value(&self, p: Vector2<Lanes>) -> Lanes {
        Wide(from_fn(|lane| Objective::value(self, p.map(|wide| wide.0[lane]))))
    }

    fn gradient(&self, p: Vector2<Lanes>) -> Vector2<Lanes> {
        let mut slope = [Box::new(ValueGradientLanes::unknown(p))];
        self.value_gradient_lanes(&mut slope, Watch::NOTHING);
        slope[0].gradient
    }

    fn hessian(&self, p: Vector2<Lanes>) -> Matrix2<Lanes> {
        let each: [_; LANES] =
            from_fn(|lane| self.value_gradient_hessian(p.map(|wide| wide.0[lane])).hessian);
        Matrix2::from_fn(|row, column| Wide(each.map(|hessian| hessian[(row, column)])))
    }
}
