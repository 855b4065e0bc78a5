//! Runs: one optimizer's way over a surface, the lockstep race of several, and batches of runs.

pub mod batch;
pub mod multi_start;
mod prepared_schedule;
pub mod race;
mod record;
#[allow(clippy::module_inception, reason = "the subject of the folder")]
pub mod run;
pub mod stochastic_oracle;
pub mod trajectory;
