//! What can be said about a surface and about a run: spectrum, stability, contours. Pure.

pub mod batches;
pub mod boxes;
pub mod contour;
pub mod critical;
pub mod decay;
pub mod diagnosis;
pub mod direction;
pub mod eigenbasis;
pub mod ending;
pub mod ends;
pub mod estimate;
pub mod fit;
pub mod grid;
mod ink;
pub mod levels;
pub mod nearest;
pub mod reduce;
pub mod regions;
pub mod report;
pub mod screen;
pub mod series;
pub mod spectrum;
pub mod stability;
pub mod taylor;
