//! The loops of a method, compiled for it: for one that is written for every number type, or for plain numbers only.

use super::advance;
use super::executor::Executor;
use super::problem::Problem;
use super::run_state::RunState;
use super::step_lanes::{ModifiedSurface, RunLanes, step_lanes};
use super::stochastic_oracle::StochasticOracle;
use crate::method::oracle::{Evaluations, Oracle};
use crate::method::state::State;
use crate::method::step::{Cost, Input, Method, ScalarMethod, StepOutcome};
use crate::objective::derivatives::ValueGradientLanes;
use crate::spec::settings::Settings;

/// A method for every number type: its runs can go side by side.
#[derive(Clone, Copy, Debug)]
pub struct EveryNumber<M>(pub M);

impl<M: Method> ScalarMethod for EveryNumber<M> {
    const FINDS_RATE: bool = M::FINDS_RATE;
    const COST: Option<Cost<Self>> = Some(|method, settings, steps| method.0.cost(settings, steps));

    #[inline]
    fn rate<L>(&self, input: &Input<'_, f64, L>, state: &State<f64>) -> f64 {
        self.0.rate(input, state)
    }

    #[inline]
    fn start(&self, settings: &Settings<f64>, state: &mut State<f64>) {
        self.0.start(settings, state);
    }

    #[inline]
    fn step<L: Oracle<f64>>(&self, input: &Input<'_, f64, L>, state: &mut State<f64>) -> StepOutcome {
        self.0.step(input, state);
        StepOutcome::Made
    }
}

impl<M: Method> Executor for EveryNumber<M> {
    fn start(&self, settings: &Settings<f64>, state: &mut State<f64>) {
        self.0.start(settings, state);
    }
    fn step(&self, input: &Input<'_, f64, StochasticOracle<'_>>, state: &mut State<f64>) -> StepOutcome {
        self.0.step(input, state);
        StepOutcome::Made
    }
    fn rate(&self, input: &Input<'_, f64, StochasticOracle<'_>>, state: &State<f64>) -> Option<f64> {
        M::FINDS_RATE.then(|| self.0.rate(input, state))
    }
    fn cost(&self, settings: &Settings<f64>, steps: u32) -> Option<Evaluations> {
        Some(self.0.cost(settings, steps))
    }
    fn advance(&self, run: &mut RunState, problem: &Problem, steps: u32) {
        advance::advance(self, self, run, problem, steps);
    }
    fn is_wide(&self) -> bool {
        true
    }
    fn finds_rate(&self) -> bool {
        M::FINDS_RATE
    }
    fn step_lanes(
        &self,
        surface: ModifiedSurface<'_>,
        step: u32,
        runs: &mut [RunLanes],
        slopes: &mut [Box<ValueGradientLanes>],
    ) {
        step_lanes(&self.0, surface, step, runs, slopes);
    }
}

/// A method for plain `f64` only: its runs go one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Scalar<M>(pub M);

impl<M: ScalarMethod> Executor for Scalar<M> {
    fn start(&self, settings: &Settings<f64>, state: &mut State<f64>) {
        self.0.start(settings, state);
    }
    fn step(&self, input: &Input<'_, f64, StochasticOracle<'_>>, state: &mut State<f64>) -> StepOutcome {
        self.0.step(input, state)
    }
    fn rate(&self, input: &Input<'_, f64, StochasticOracle<'_>>, state: &State<f64>) -> Option<f64> {
        M::FINDS_RATE.then(|| self.0.rate(input, state))
    }
    fn cost(&self, settings: &Settings<f64>, steps: u32) -> Option<Evaluations> {
        M::COST.map(|cost| cost(&self.0, settings, steps))
    }
    fn advance(&self, run: &mut RunState, problem: &Problem, steps: u32) {
        advance::advance(&self.0, self, run, problem, steps);
    }
    fn is_wide(&self) -> bool {
        false
    }
    fn finds_rate(&self) -> bool {
        M::FINDS_RATE
    }
    fn step_lanes(
        &self,
        _surface: ModifiedSurface<'_>,
        _step: u32,
        _runs: &mut [RunLanes],
        _slopes: &mut [Box<ValueGradientLanes>],
    ) {
        debug_assert!(false, "nobody asks it of a method for plain numbers");
    }
}
