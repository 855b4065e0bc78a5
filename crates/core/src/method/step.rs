//! The step of a method, written once for every number type, or for plain `f64`.

use super::oracle::{Evaluations, Oracle};
use super::state::State;
use crate::math::number::Number;
use crate::math::wide::Lanes;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::fmt::Debug;

/// A vector of runs among several that make a step together.
#[derive(Debug)]
pub struct RunRow<'a, L> {
    /// As of [`Input::settings`].
    pub settings: &'a Settings<Lanes>,
    /// As of [`Input::lr`].
    pub lr: Lanes,
    /// As of [`Input::loss`].
    pub loss: Lanes,
    /// As of [`Input::gradient`].
    pub gradient: Vector2<Lanes>,
    /// As of [`Input::oracle`].
    pub oracle: L,
    /// Where the runs stand; the step moves them.
    pub position: &'a mut Vector2<Lanes>,
    /// What they remember: the slots of their states.
    pub slots: &'a mut [Vector2<Lanes>],
}

/// What a step is given.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a, T: Number, L> {
    /// The optimizer's parameters.
    pub settings: &'a Settings<T>,
    /// The learning rate of this step (0 for a method that has none).
    pub lr: T,
    /// f at the present position.
    pub loss: T,
    /// The gradient at the present position.
    pub gradient: Vector2<T>,
    /// The surface, for methods that look elsewhere or ask for the Hessian.
    pub oracle: &'a L,
}

/// A method, written once for every number type. What it is made of besides its settings, as a rule that was
/// typed, it holds itself; most hold nothing.
pub trait Method: Debug + Send + Sync + 'static {
    /// Whether it finds its learning rate itself; [`Method::rate`] then says which.
    const FINDS_RATE: bool = false;

    /// How many slots of its state it uses at most, the first ones, unnamed ones included. Runs side by side keep
    /// no others.
    const SLOTS: usize = 6;

    /// The learning rate of the step that is given this input and leaves from this state. The record shows it
    /// in place of a setting where the method finds it itself.
    fn rate<L>(&self, input: &Input<'_, f64, L>, _state: &State<f64>) -> f64 {
        input.lr
    }

    /// Fills the inner state before the first step; by default it stays zero.
    fn start<T: Number>(&self, _settings: &Settings<T>, _state: &mut State<T>) {}

    /// How often `steps` steps ask for f, its gradient and its Hessian; one gradient a step, unless
    /// a method says otherwise.
    fn cost(&self, _settings: &Settings<f64>, steps: u32) -> Evaluations {
        Evaluations { gradients: steps, ..Evaluations::default() }
    }

    /// Makes one step from `state.position`. The step count is kept by the caller and still says
    /// how many steps were made before this one.
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>);

    /// Whether several vectors of runs make their steps together, by [`Method::step_rows`], sooner than one after the other:
    /// a method that has to look up what to do does it once for all.
    const IN_ROWS: bool = false;

    /// [`Method::step`] of several vectors of runs, all of them with this number; asked of a method that is
    /// [`Method::IN_ROWS`], and only then.
    #[inline(always)]
    fn step_rows<L: Oracle<Lanes>>(&self, _step: u32, _rows: &mut [RunRow<'_, L>]) {}
}

/// Whether a step was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    /// It was.
    Made,
    /// It was, and it is the last one that there is.
    Last,
    /// The method's search found none, and would find none if it were asked again with the same gradient.
    NotFound,
}

impl StepOutcome {
    /// Takes the position that a search has found, if it has found one.
    pub fn of(found: Option<Vector2<f64>>, state: &mut State<f64>) -> Self {
        found.map_or(Self::NotFound, |position| {
            state.position = position;
            Self::Made
        })
    }
}

/// See [`Method::cost`].
pub type Cost<M> = fn(&M, &Settings<f64>, u32) -> Evaluations;

/// The steps of a method that cannot be written for every number type: one with a loop that ends
/// when the numbers say so. A line search makes a different number of trials in each lane.
pub trait ScalarMethod: Debug + Send + Sync + 'static {
    /// See [`Method::FINDS_RATE`].
    const FINDS_RATE: bool = false;
    /// Whether it may have no step to make any more: [`StepOutcome::Last`] says so.
    const MAY_END: bool = false;
    /// See [`Method::cost`]; none where only the run can tell, as of a search. Then what the
    /// oracle is asked is counted, and the gradient that each step is given.
    const COST: Option<Cost<Self>> = None;

    /// See [`Method::rate`].
    fn rate<L>(&self, input: &Input<'_, f64, L>, _state: &State<f64>) -> f64 {
        input.lr
    }

    /// See [`Method::start`].
    fn start(&self, _settings: &Settings<f64>, _state: &mut State<f64>) {}

    /// See [`Method::step`]; where no step is found, the position stays.
    fn step<L: Oracle<f64>>(&self, input: &Input<'_, f64, L>, state: &mut State<f64>) -> StepOutcome;
}
