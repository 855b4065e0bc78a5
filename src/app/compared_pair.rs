//! Which recorded path is held against which runner.

/// Which path beside which runner: their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ComparedPair {
    /// The recorded path.
    pub path: usize,
    /// The runner.
    pub runner: usize,
}
