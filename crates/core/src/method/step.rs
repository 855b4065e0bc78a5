//! The step of a method, written once for every number type, or for plain `f64`.

use super::oracle::{Evaluations, Oracle};
use super::state::State;
use crate::math::number::Number;
use crate::run::stochastic_oracle::StochasticOracle;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::marker::PhantomData;

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

/// See [`Method::RATE`].
pub type Rate = fn(&Input<'_, f64, StochasticOracle<'_>>, &State<f64>) -> f64;

/// See [`Method::cost`].
pub type Cost = fn(&Settings<f64>, u32) -> Evaluations;

/// The method behind an [`Optimizer`], written once for every number type.
pub trait Method {
    /// For a method that finds its learning rate itself: what it is in the step that is given this
    /// input and leaves from this state. The record shows it in place of a setting.
    const RATE: Option<Rate> = None;

    /// Fills the inner state before the first step; by default it stays zero.
    fn start<T: Number>(_settings: &Settings<T>, _state: &mut State<T>) {}

    /// How often `steps` steps ask for f, its gradient and its Hessian; one gradient a step, unless
    /// a method says otherwise.
    fn cost(_settings: &Settings<f64>, steps: u32) -> Evaluations {
        Evaluations { gradients: steps, ..Evaluations::default() }
    }

    /// Makes one step from `state.position`. The step count is kept by the caller and still says
    /// how many steps were made before this one.
    fn step<T: Number, L: Oracle<T>>(input: &Input<'_, T, L>, state: &mut State<T>);
}

/// The same for a method that cannot be written for every number type: one with a loop that ends
/// when the numbers say so. A line search makes a different number of trials in each lane.
pub trait ScalarMethod {
    /// See [`Method::RATE`].
    const RATE: Option<Rate> = None;
    /// See [`Method::cost`]; none where only the run can tell, as of a search. Then what the
    /// oracle is asked is counted, and the gradient that each step is given.
    const COST: Option<Cost> = None;

    /// See [`Method::start`].
    fn start(_settings: &Settings<f64>, _state: &mut State<f64>) {}

    /// See [`Method::step`].
    fn step<L: Oracle<f64>>(input: &Input<'_, f64, L>, state: &mut State<f64>);
}

/// A method for every number type, on plain `f64`.
pub(crate) struct Plain<M>(PhantomData<M>);

impl<M: Method> ScalarMethod for Plain<M> {
    const RATE: Option<Rate> = M::RATE;
    const COST: Option<Cost> = Some(M::cost);

    #[inline]
    fn start(settings: &Settings<f64>, state: &mut State<f64>) {
        M::start(settings, state);
    }

    #[inline]
    fn step<L: Oracle<f64>>(input: &Input<'_, f64, L>, state: &mut State<f64>) {
        M::step(input, state);
    }
}
