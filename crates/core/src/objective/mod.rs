//! Loss surfaces: their descriptions, their derivatives, and their critical points.

pub mod critical;
mod memo;
#[cfg(test)]
pub(crate) mod num_dual_check;
pub mod surface;
pub mod surfaces;
