//! The program's sentences: what the window and the command line say of the results of the analysis, in the
//! same words.

pub mod basins;
pub mod comparison;
pub mod description;
pub mod evaluations;
pub mod formula;
pub mod local;
pub mod mode;
pub mod spectrum;
pub mod sweep;
pub mod termination;
pub use thalweg_figure::numbers as text;
