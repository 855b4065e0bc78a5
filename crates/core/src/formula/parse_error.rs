//! What is wrong with a typed text.

use std::fmt::{Display, Formatter, Result as Written};

/// What is wrong with a typed text, and where. Places count characters, not bytes, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// The first character that it concerns; the number of characters where something is missing
    /// at the end.
    pub at: usize,
    /// How many characters it concerns: at least one, but at the end none.
    pub length: usize,
    /// What was found and what is allowed, in one line without a full stop.
    pub message: String,
}

impl ParseError {
    pub(super) fn new(at: usize, length: usize, message: impl Into<String>) -> Self {
        Self { at, length, message: message.into() }
    }
}

impl Display for ParseError {
    /// The message and the place, counted from 1 as an editor does.
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        write!(f, "{}, at character {}", self.message, self.at + 1)
    }
}

impl std::error::Error for ParseError {}
