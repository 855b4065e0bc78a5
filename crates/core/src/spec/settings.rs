//! The values of all settings in the form that formulas and steps read.

use super::steps::Steps;

/// Room for the numbers of one surface, optimizer or schedule, in the order of its parameters.
pub const MAX_NUMBERS: usize = 8;
/// Room for its switches (0 or 1) and choices (the index), in the order of its parameters.
pub const MAX_CHOICES: usize = 4;

/// The values of all parameters in the form that formulas and steps read: the numbers in one
/// array and the switches and choices in another, each in the order of the description, and the
/// one list that there is room for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings<T> {
    /// The numbers, then zeros.
    pub numbers: [T; MAX_NUMBERS],
    /// The switches and choices, then zeros.
    pub choices: [usize; MAX_CHOICES],
    /// The list of steps; empty if there is none.
    pub steps: Steps,
}
