//! What can be said about a surface and about a run: spectrum, stability, contours. Pure.

pub mod apart;
pub mod batches;
pub mod boxes;
pub mod contour;
pub mod decay;
pub mod diagnosis;
pub mod ending;
pub mod ends;
pub mod estimate;
pub mod fit;
pub mod grid;
mod ink;
pub mod levels;
pub mod mode;
pub mod nearest;
pub mod notation;
pub mod phase;
pub mod preconditioned;
pub mod rate;
pub mod reduce;
pub mod report;
pub mod screen;
pub mod series;
pub mod sharpness;
pub mod spectrum;
pub mod stability;
pub mod sweep;
