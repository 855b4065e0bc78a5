//! Maps: what becomes of a run when two of its settings, or its start, are others.
//!
//! A cell of a map is exactly the run that the race would make, with its schedule, its noise and its
//! divergence bound; only the tolerance at which the gradient counts as vanished is the map's own.

pub mod axis;
pub mod line;
pub mod order;
pub mod outcome;
pub mod plan;
#[cfg(test)]
mod tests;
pub mod theory;
