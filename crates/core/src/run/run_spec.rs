//! What distinguishes one run of a race from the others.

use super::optimizer::Optimizer;
use crate::method::gradient::Gradient;
use crate::method::schedule::Schedule;
use crate::spec::chosen::Chosen;

/// Who enters a race: an optimizer, alone with exact gradients at a constant learning rate, or with
/// another gradient or a schedule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunSpec<'a> {
    /// The optimizer with its settings.
    pub optimizer: &'a Chosen<Optimizer>,
    /// The schedule with its settings; none is the same as `Constant`.
    pub schedule: Option<&'a Chosen<Schedule>>,
    /// Which gradients it is given.
    pub gradient: Gradient,
}

impl<'a> From<&'a Chosen<Optimizer>> for RunSpec<'a> {
    fn from(optimizer: &'a Chosen<Optimizer>) -> Self {
        Self { optimizer, schedule: None, gradient: Gradient::Exact }
    }
}
