//! Where in a scenario there may be values that came from files.

use crate::document::scenario::Scenario;
use thalweg_core::spec::value::Value;

/// The values of a scenario's surface and of its runners' optimizers.
pub fn values(scenario: &Scenario) -> impl Iterator<Item = &Value> {
    let of_runners = scenario.runners.iter().flat_map(|runner| &runner.optimizer.values);
    scenario.surface.values.iter().chain(of_runners)
}

/// The values of a scenario's surface and of its runners' optimizers, to be changed.
pub fn values_mut(scenario: &mut Scenario) -> impl Iterator<Item = &mut Value> {
    let of_runners = scenario.runners.iter_mut().flat_map(|runner| &mut runner.optimizer.values);
    scenario.surface.values.iter_mut().chain(of_runners)
}
