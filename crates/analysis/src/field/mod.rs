//! Fields of numbers over the plane and along a run: grids, their level lines, and their extremes.

pub mod contour;
pub mod grid;
pub mod levels;
pub mod minmax_pyramid;
