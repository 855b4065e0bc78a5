//! One step of many runs side by side.

use crate::math::number::Number;
use crate::math::simd;
use crate::math::simd::Task;
use crate::math::wide::{LANES, Lanes, Wide};
use crate::method::modifier_stack::ModifierStack;
use crate::method::oracle::Oracle;
use crate::method::state::{MAX_SLOTS, METHOD_SLOTS, State};
use crate::method::step::{Input, Method, RunRow};
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
    surface: ModifiedSurface<'_>,
    step: u32,
    runs: &mut [RunLanes],
    slopes: &mut [Box<ValueGradientLanes>],
) {
    const { assert!(M::SLOTS <= METHOD_SLOTS) };
    if step == 0 {
        for (run, slope) in runs.iter_mut().zip(&*slopes) {
            let mut state = blank_state(slope.at, step);
            method.start(&run.settings, &mut state);
            if let Some(modifiers) = surface.modifiers {
                modifiers.start(&run.settings, &mut state);
            }
            run.slots = state.slots;
        }
    }
    simd::dispatch(StepTask { method, surface, step, runs, slopes });
}

/// Runs at points, with nothing remembered.
#[inline(always)]
fn blank_state(position: Vector2<Lanes>, step: u32) -> State<Lanes> {
    let zero = Lanes::of(0.0);
    State { position, slots: [Vector2::new(zero, zero); MAX_SLOTS], step }
}

struct StepTask<'a, M> {
    method: &'a M,
    surface: ModifiedSurface<'a>,
    step: u32,
    runs: &'a mut [RunLanes],
    slopes: &'a mut [Box<ValueGradientLanes>],
}

impl<M: Method> Task for StepTask<'_, M> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        // A vector by itself would be worked on once for each place in a row.
        if M::IN_ROWS && self.surface.modifiers.is_none() && self.runs.len() > 1 {
            self.run_in_rows();
            return;
        }
        let Self { method, surface, step, runs, slopes } = self;
        // See `Objective::in_domain`.
        let is_univariate = surface.objective.is_univariate();
        for (run, slope) in runs.iter_mut().zip(slopes) {
            let slope = &mut **slope;
            let ValueGradientLanes { at, value: loss, gradient, .. } = *slope;
            // A state of its own, of which only what the method uses is fetched and put back: it stays in registers.
            let mut state = blank_state(at, step);
            let slots = &mut run.slots[..M::SLOTS];
            state.slots[..M::SLOTS].copy_from_slice(slots);
            let oracle = surface.seen(&run.settings);
            if surface.modifiers.is_none() {
                let input = Input { settings: &run.settings, lr: run.lr, loss, gradient, oracle: &oracle };
                method.step(&input, &mut state);
                slots.copy_from_slice(&state.slots[..M::SLOTS]);
            } else {
                let kept = M::SLOTS..METHOD_SLOTS;
                state.slots[METHOD_SLOTS..].copy_from_slice(&run.slots[METHOD_SLOTS..]);
                let (loss, gradient) = oracle.enter(&mut state, (loss, gradient));
                let from = state.position;
                let input = Input { settings: &run.settings, lr: run.lr, loss, gradient, oracle: &oracle };
                method.step(&input, &mut state);
                oracle.leave(run.lr, [from, at], &mut state);
                state.slots[kept.clone()].copy_from_slice(&run.slots[kept]);
                run.slots = state.slots;
            }
            slope.at = state.position;
            if is_univariate {
                slope.at.y = Lanes::of(0.0);
            }
        }
    }
}

impl<M: Method> StepTask<'_, M> {
    /// The step of a method that makes those of several vectors of runs together.
    #[inline(always)]
    fn run_in_rows(self) {
        let Self { method, surface, step, runs, slopes } = self;
        let mut rows: Vec<_> = runs
            .iter_mut()
            .zip(slopes.iter_mut())
            .map(|(run, slope)| {
                let RunLanes { settings, lr, slots } = run;
                let settings = &*settings;
                let (loss, gradient, oracle) = (slope.value, slope.gradient, surface.seen(settings));
                let (position, slots) = (&mut slope.at, &mut slots[..M::SLOTS]);
                RunRow { settings, lr: *lr, loss, gradient, oracle, position, slots }
            })
            .collect();
        method.step_rows(step, &mut rows);
        if surface.objective.is_univariate() {
            for slope in slopes {
                slope.at.y = Lanes::of(0.0);
            }
        }
    }
}

/// The surface that runs side by side are on, with what acts on their method.
#[derive(Clone, Copy, Debug)]
pub struct ModifiedSurface<'a> {
    /// The surface.
    pub objective: &'a Objective,
    /// What acts on the method, if anything does.
    pub modifiers: Option<&'a ModifierStack>,
}

impl<'a> ModifiedSurface<'a> {
    /// As the runs of one vector see it.
    #[inline(always)]
    fn seen<'s>(self, settings: &'s Settings<Lanes>) -> SeenSurface<'s>
    where
        'a: 's,
    {
        SeenSurface { surface: self, settings }
    }
}

/// The surface as the runs of one vector see it.
#[derive(Clone, Copy, Debug)]
struct SeenSurface<'a> {
    surface: ModifiedSurface<'a>,
    settings: &'a Settings<Lanes>,
}

impl SeenSurface<'_> {
    /// Takes runs to where their method stands; what it sees of the surface there, where the runs are at this slope.
    #[inline(never)]
    fn enter(
        &self,
        state: &mut State<Lanes>,
        (loss, gradient): (Lanes, Vector2<Lanes>),
    ) -> (Lanes, Vector2<Lanes>) {
        let Some(modifiers) = self.surface.modifiers else { return (loss, gradient) };
        let objective = self.surface.objective;
        if modifiers.stands_apart() {
            state.position = modifiers.stand(state);
            return (self.value(state.position), self.gradient(state.position));
        }
        let ask = |p: Vector2<Lanes>| objective.gradient_lanes(&p);
        let at = state.position;
        let seen = modifiers.gradient(self.settings, at, gradient, &ask);
        (modifiers.value(self.settings, at, loss), seen)
    }

    /// Takes runs to where the modifiers want them after a step from `from`, which began where they were at `at`.
    #[inline(never)]
    fn leave(&self, lr: Lanes, way: [Vector2<Lanes>; 2], state: &mut State<Lanes>) {
        if let Some(modifiers) = self.surface.modifiers {
            modifiers.finish(self.settings, lr, way, state);
        }
    }
}

/// What methods seldom ask for is answered one lane after the other.
impl Oracle<Lanes> for SeenSurface<'_> {
    fn value(&self, p: Vector2<Lanes>) -> Lanes {
        let ModifiedSurface { objective, modifiers } = self.surface;
        let value = Wide(from_fn(|lane| Objective::value(objective, p.map(|wide| wide.0[lane]))));
        modifiers.map_or(value, |modifiers| modifiers.value(self.settings, p, value))
    }

    fn gradient(&self, p: Vector2<Lanes>) -> Vector2<Lanes> {
        let ModifiedSurface { objective, modifiers } = self.surface;
        let ask = |p: Vector2<Lanes>| objective.gradient_lanes(&p);
        match modifiers {
            None => ask(p),
            Some(modifiers) => modifiers.gradient(self.settings, p, ask(p), &ask),
        }
    }

    fn hessian(&self, p: Vector2<Lanes>) -> Matrix2<Lanes> {
        let ModifiedSurface { objective, modifiers } = self.surface;
        let each: [_; LANES] =
            from_fn(|lane| objective.value_gradient_hessian(p.map(|wide| wide.0[lane])).hessian);
        let hessian = Matrix2::from_fn(|row, column| Wide(each.map(|hessian| hessian[(row, column)])));
        modifiers.map_or(hessian, |modifiers| modifiers.hessian(self.settings, hessian))
    }
}
