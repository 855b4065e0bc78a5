//! What can be said about a surface and about a run: spectrum, stability, contours. Pure.

pub mod diagnosis;
pub mod spectrum;
pub mod stability;
