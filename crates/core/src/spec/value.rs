//! The value of one setting.

use super::steps::Steps;
use crate::data::loss_grid::LossGrid;
use crate::data::recorded_path::RecordedPath;
use crate::data::rows::Table;
use crate::formula::parsed_formula::ParsedFormula;
use crate::formula::parsed_rate::ParsedRate;
use crate::formula::parsed_rule::ParsedRule;
use std::sync::Arc;

/// The value of one setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// Yes or no.
    Switch(bool),
    /// The index of an alternative.
    Choice(usize),
    /// A few steps of the run.
    Steps(Steps),
    /// A typed function.
    Formula(ParsedFormula),
    /// An update rule.
    Rule(Arc<ParsedRule>),
    /// A learning rate as a formula of the step.
    Rate(Arc<ParsedRate>),
    /// A table of data.
    Data(Arc<Table>),
    /// A path that was made elsewhere.
    Path(Arc<RecordedPath>),
    /// A loss that was sampled elsewhere.
    Grid(Arc<LossGrid>),
}
