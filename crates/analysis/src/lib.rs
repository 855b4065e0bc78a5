//! What can be said about a surface and about a run: spectrum, stability, contours, sweeps. Pure: numbers in,
//! numbers out.

pub mod compare;
pub mod data;
pub mod field;
pub mod local;
pub mod runs;
pub mod spectral;
pub mod sweep;
