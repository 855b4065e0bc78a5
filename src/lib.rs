//! Thalweg shows, live, how optimizers travel over two-dimensional loss surfaces.

pub mod analysis;
#[allow(clippy::disallowed_methods, reason = "what is only drawn need not have the same bits everywhere")]
pub mod app;
pub mod cli;
pub mod descent;
pub mod export;
pub mod file;
pub mod scenario;
pub mod session;
