//! Thalweg shows, live, how optimizers travel over two-dimensional loss surfaces.

pub mod analysis;
pub mod app;
pub mod cli;
pub mod descent;
pub mod export;
pub mod scenario;
pub mod session;
