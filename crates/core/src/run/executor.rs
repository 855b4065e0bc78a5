//! The functions that run a method.

use super::problem::Problem;
use super::run::Run;
use super::step_lanes::{StepLanes, step_lanes};
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
    /// One step of many runs side by side, for a method that is written for every number type.
    pub(crate) step_lanes: Option<StepLanes>,
}

impl MethodFunctions {
    /// The functions of `M`.
    pub const fn of<M: Method>() -> Self {
        Self { step_lanes: Some(step_lanes::<M>), ..Self::of_scalar::<Plain<M>>() }
    }

    /// The functions of `M`, which exists for plain `f64` only.
    pub const fn of_scalar<M: ScalarMethod>() -> Self {
        Self {
            start: M::start,
            step: |input, state| M::step(input, state),
            rate: M::RATE,
            cost: M::COST,
            advance: Run::advance_by::<M>,
            step_lanes: None,
        }
    }
}
