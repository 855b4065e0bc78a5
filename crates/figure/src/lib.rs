//! The picture: what is drawn, as plain data in paper coordinates. No window in here.

pub mod bbox_pyramid;
mod coverage;
pub mod picking;
pub mod simplify;
pub mod viewport;
