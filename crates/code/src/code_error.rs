//! Why there is no program.

use std::fmt;
use thalweg_core::formula::parse_error::ParseError;

/// Why there is no program for a runner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// The scenario has no runner at this place, counted from 0, but so many.
    NoRunner(usize, usize),
    /// The surface of this name has no formula.
    NoFormula(String),
    /// The steps of the optimizer of this name are not told by lines.
    NoLines(String),
    /// The optimizer of this name searches, and modifiers change what it sees of the surface.
    ModifiedSearch(String),
    /// A formula does not fit together.
    Formula(String),
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRunner(index, count) => {
                write!(f, "there is no runner {}: the scenario has {count}", index + 1)
            }
            Self::NoFormula(name) => write!(f, "there is no code for the surface {name}: it has no formula"),
            Self::NoLines(name) => {
                write!(f, "there is no code for {name}: its steps are not told by formulas")
            }
            Self::ModifiedSearch(name) => write!(
                f,
                "there is no code for {name} under modifiers that change what it sees: its search would not see that"
            ),
            Self::Formula(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for CodeError {}

impl From<ParseError> for CodeError {
    fn from(error: ParseError) -> Self {
        Self::Formula(error.message)
    }
}
