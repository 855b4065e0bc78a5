//! Runs: one optimizer's way over a surface, the lockstep race of several, and batches of runs.

mod advance;
pub mod arrival;
pub mod batch;
pub mod executor;
mod group;
pub mod method_executor;
mod modified_lines;
pub mod modified_method;
pub mod multi_start;
pub mod optimizer;
pub mod playback;
pub mod prepared_schedule;
pub mod problem;
pub mod race;
mod record;
#[allow(clippy::module_inception, reason = "the subject of the folder")]
pub mod run;
pub mod run_config;
pub mod run_result;
pub mod run_spec;
pub mod run_state;
mod side_by_side;
mod step_lanes;
pub mod stochastic_oracle;
pub mod trajectory;
