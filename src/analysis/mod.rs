//! What can be said about a surface and about a run: spectrum, stability, contours. Pure.

pub mod spectrum;
