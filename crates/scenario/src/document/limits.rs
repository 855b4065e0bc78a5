//! How much a document may hold.

use thalweg_core::spec::range::Range;

/// The version of the format that this program reads and writes.
pub const VERSION: u32 = 1;
/// The most steps that a scenario can ask for.
pub const MAX_STEPS: u32 = Range::STEPS.max as u32;
/// The most runners in a scenario.
pub const MAX_RUNNERS: usize = 32;
/// The most steps of all runners together: what fits in some 400 MB, or 600 MB where what a
/// search or a minibatch asks is counted step by step.
pub const MAX_TOTAL_STEPS: u64 = 10_000_000;
/// The most characters in a runner's label: what fits on its card.
pub const MAX_LABEL: usize = 60;
/// The most characters in a title: what fits on one line.
pub const MAX_TITLE: usize = 120;
/// The most pinned runs that a scenario may have.
pub const MAX_PINNED: usize = 8;
