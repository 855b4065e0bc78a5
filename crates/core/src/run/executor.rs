//! The functions that run a method.

use super::batch;
use super::batch::RunBatch;
use super::problem::Problem;
use super::run::Run;
use super::stochastic_oracle::StochasticOracle;
use crate::method::state::State;
use crate::method::step::{Cost, Input, Method, Plain, Rate, ScalarMethod};
use crate::spec::settings::Settings;

/// A method's functions for plain `f64`.
#[derive(Clone, Copy, Debug)]
pub struct MethodFunctions {
    /// See [`Method::start`].
    pub start: fn(&Settings<f64>, &mut State<f64>),
    /// See [`Method::step`].
    pub step: fn(&Input<'_, f64, StochasticOracle<'_>>, &mut State<f64>),
    /// See [`Method::RATE`].
    pub rate: Option<Rate>,
    /// See [`ScalarMethod::COST`].
    pub cost: Option<Cost>,
    /// Many steps at once, recorded; see [`Run::advance`].
    pub(crate) advance: fn(&mut Run, &Problem, u32),
    /// Several runs side by side to their ends, for a method that can be written for every number
    /// type; see [`batch::run_batch`].
    pub(crate) run_batch: Option<RunBatch>,
}

impl MethodFunctions {
    /// The functions of `M`.
    pub const fn of<M: Method>() -> Self {
        Self { run_batch: Some(batch::run_batch::<M>), ..Self::of_scalar::<Plain<M>>() }
    }

    /// The functions of `M`, which exists for plain `f64` only.
    pub const fn of_scalar<M: ScalarMethod>() -> Self {
        Self {
            start: M::start,
            step: |input, state| M::step(input, state),
            rate: M::RATE,
            cost: M::COST,
            advance: Run::advance_by::<M>,
            run_batch: None,
        }
    }
}
