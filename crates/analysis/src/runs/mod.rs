//! What can be said about runs that were made: how they ended, and how they compare.

pub mod basins;
pub mod deviation;
pub mod diagnosis;
pub mod false_minimum;
pub mod leaderboard;
pub mod lr_search;
pub mod step_trace;
pub mod termination;
