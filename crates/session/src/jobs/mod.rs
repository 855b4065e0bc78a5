//! Work that takes longer than a frame: done by threads, or in slices where there are none.

pub mod job;
pub mod map_job;
pub mod tuning_job;
