//! The constant rate.

/// α₀ at every step.
pub use crate::method::schedule::CONSTANT;
