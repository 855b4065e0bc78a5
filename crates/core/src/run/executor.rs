//! What runs a method: one interface for the loops that are compiled once for each method.

use super::problem::Problem;
use super::run_state::RunState;
use super::step_lanes::{ModifiedSurface, RunLanes};
use super::stochastic_oracle::StochasticOracle;
use crate::method::oracle::Evaluations;
use crate::method::state::State;
use crate::method::step::{Input, StepOutcome};
use crate::objective::derivatives::ValueGradientLanes;
use crate::spec::settings::Settings;
use std::fmt::Debug;

/// What runs a method on plain `f64`, many steps at a time, or several runs side by side.
pub trait Executor: Debug + Send + Sync {
    /// See [`Method::start`](crate::method::step::Method::start).
    fn start(&self, settings: &Settings<f64>, state: &mut State<f64>);
    /// See [`ScalarMethod::step`](crate::method::step::ScalarMethod::step).
    fn step(&self, input: &Input<'_, f64, StochasticOracle<'_>>, state: &mut State<f64>) -> StepOutcome;
    /// See [`Method::rate`](crate::method::step::Method::rate); none for a method that does not find its rate itself.
    fn rate(&self, input: &Input<'_, f64, StochasticOracle<'_>>, state: &State<f64>) -> Option<f64>;
    /// See [`ScalarMethod::COST`](crate::method::step::ScalarMethod::COST).
    fn cost(&self, settings: &Settings<f64>, steps: u32) -> Option<Evaluations>;
    /// Makes and records many steps at once.
    fn advance(&self, run: &mut RunState, problem: &Problem, steps: u32);
    /// Whether several runs can go side by side.
    fn is_wide(&self) -> bool;
    /// See [`Method::FINDS_RATE`](crate::method::step::Method::FINDS_RATE).
    fn finds_rate(&self) -> bool;
    /// One step of all runs on a surface, the step's number given: from the points of `slopes` to new ones. What
    /// the runs remember is filled before their first step.
    ///
    /// The slopes are boxed so that the compiler works on one after the other: it would gather a number of each
    /// of several into a vector, which takes three times as long as the vectors that they are.
    #[allow(clippy::vec_box, reason = "see above")]
    fn step_lanes(
        &self,
        surface: ModifiedSurface<'_>,
        step: u32,
        runs: &mut [RunLanes],
        slopes: &mut [Box<ValueGradientLanes>],
    );
}
