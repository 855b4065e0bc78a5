//! Somebody's own path beside a runner: where the two part, and the mistake that explains it, if it is a known one.

mod cause_search;
pub mod path_comparison;
pub mod path_verdict;
pub mod precision;
mod setting_fit;
mod slip;
pub mod slip_kind;
mod trial;
