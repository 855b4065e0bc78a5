//! What optimizers do on two-dimensional loss surfaces: the surfaces, the optimizers and schedules, and the
//! lockstep race between them. Pure: no window, no files, no clock, no threads, no locks.

pub mod catalogue;
pub mod data;
pub mod formula;
pub mod math;
pub mod method;
pub mod objective;
pub mod run;
pub mod spec;
pub mod suggest;
mod table;

pub use nalgebra;
