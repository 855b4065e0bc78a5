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
use crate::spec::settings::{MAX_CHOICES, MAX_NUMBERS, Settings};
use crate::spec::steps::Steps;
use nalgebra::{Matrix2, Vector2};
use std::array::from_fn;

/// What a few runs of one method have besides their points, one in each lane.
#[derive(Clone, Copy, Debug)]
pub struct RunLanes {
    /// The settings of the optimizer.
    pub settings: Settings<Lanes>,
    /// The learning rates of the step to come.
    pub lr: Lanes,
    /// What the runs remember: the slots of their states, of which [`Method::SLOTS`] are kept.
    pub slots: [Vector2<Lanes>; MAX_SLOTS],
}

impl RunLanes {
    /// Runs with all settings zero.
    pub fn blank() -> Self {
        let zero = Lanes::of(0.0);
        let settings =
            Settings { numbers: [zero; MAX_NUMBERS], choices: [0; MAX_CHOICES], steps: Steps::NONE };
        Self { settings, lr: zero, slots: [Vector2::new(zero, zero); MAX_SLOTS] }
    }

    /// All numbers that differ from lane to lane.
    pub(super) fn numbers(&mut self) -> impl Iterator<Item = &mut Lanes> {
        let Self { settings, lr, slots } = self;
        let slots = slots.iter_mut().flat_map(Vector2::iter_mut);
        settings.numbers.iter_mut().chain(std::iter::once(lr)).chain(slots)
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
    const { assert!(M::SLOTS <= MAX_SLOTS) };
    if step == 0 {
        for (run, slope) in runs.iter_mut().zip(&*slopes) {
            let mut state = blank_state(slope.at, step);
            method.start(&run.settings, &mut state);
            run.slots = state.slots;
        }
    }
    simd::dispatch(StepTask { method, objective, step, runs, slopes });
}

/// Runs at points, with nothing remembered.
#[inline(always)]
fn blank_state(position: Vector2<Lanes>, step: u32) -> State<Lanes> {
    let zero = Lanes::of(0.0);
    State { position, slots: [Vector2::new(zero, zero); MAX_SLOTS], step }
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
        // See `Objective::in_domain`.
        let is_univariate = objective.is_univariate();
        for (run, slope) in runs.iter_mut().zip(slopes) {
            let slope = &mut **slope;
            let ValueGradientLanes { at, value: loss, gradient, .. } = *slope;
            // A state of its own, of which only what the method uses is fetched and put back: it stays in registers.
            let mut state = blank_state(at, step);
            let slots = &mut run.slots[..M::SLOTS];
            state.slots[..M::SLOTS].copy_from_slice(slots);
            let input = Input { settings: &run.settings, lr: run.lr, loss, gradient, oracle: objective };
            method.step(&input, &mut state);
            slots.copy_from_slice(&state.slots[..M::SLOTS]);
            slope.at = state.position;
            if is_univariate {
                slope.at.y = Lanes::of(0.0);
            }
        }
    }
}

/// What methods seldom ask for is answered one lane after the other.
impl Oracle<Lanes> for Objective {
    fn value(&self, p: Vector2<Lanes>) -> Lanes {
        Wide(from_fn(|lane| Objective::value(self, p.map(|wide| wide.0[lane]))))
    }

    fn gradient(&self, p: Vector2<Lanes>) -> Vector2<Lanes> {
        self.gradient_lanes(&p)
    }

    fn hessian(&self, p: Vector2<Lanes>) -> Matrix2<Lanes> {
        let each: [_; LANES] =
            from_fn(|lane| self.value_gradient_hessian(p.map(|wide| wide.0[lane])).hessian);
        Matrix2::from_fn(|row, column| Wide(each.map(|hessian| hessian[(row, column)])))
    }
}
