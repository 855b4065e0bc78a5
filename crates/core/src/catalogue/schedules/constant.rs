//! The constant rate.

use crate::method::schedule::{Schedule, Sums};

/// α₀ at every step.
pub static CONSTANT: Schedule = Schedule {
    name: "Constant",
    summary: "The same learning rate at every step.",
    formula: "α₀",
    source: "what a preset without a schedule has",
    params: &[],
    factor: |_, _| 1.0,
    sums: |_| Sums::BothInfinite,
};
