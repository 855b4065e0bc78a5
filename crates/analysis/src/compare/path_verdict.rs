//! What is said of a recorded path: what makes its steps.

use super::slip_kind::SlipKind;
use thalweg_core::spec::value::Value;

/// What makes the steps of a path, in place of the runner's own.
#[derive(Clone, Debug, PartialEq)]
pub enum PathCause {
    /// The setting at this key has this value.
    Setting {
        /// The key.
        key: String,
        /// The value that the runner has.
        expected: Value,
        /// The value that the path was made with.
        found: Value,
    },
    /// A line was written in another way.
    Slip(SlipKind),
    /// The learning rate stays what it is: the runner's schedule is left out.
    NoSchedule,
    /// It is another method, of this name, with the settings that both have.
    Method(String),
}

/// What fits a path.
#[derive(Clone, Debug)]
pub struct PathFinding {
    /// What differs from the runner; all of it together.
    pub causes: Vec<PathCause>,
    /// The lines that are affected: as they should be, and as they were.
    pub lines: Vec<(String, String)>,
    /// How far the steps are from the path's at most, as a part of where the path stands.
    pub worst: f64,
}

/// What is said of a path.
#[derive(Clone, Debug)]
pub enum PathVerdict {
    /// It is the runner's, but for roundings.
    Same,
    /// It is this; or, if there are more, one of these, which cannot be told apart on this path.
    Found(Vec<PathFinding>),
    /// None of the known mistakes, one by one or two at a time.
    Unknown,
    /// It has too few steps to say so much.
    TooShort,
}
