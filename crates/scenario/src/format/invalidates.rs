//! What has to be computed anew after a field of the document has changed.

/// What a changed field makes stale, from the least to the most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Invalidates {
    /// Nothing that is computed or drawn on the plane: texts.
    Nothing,
    /// The picture, but no run.
    Picture,
    /// The runs from the starts of the cloud.
    Cloud,
    /// The run of the runner that has the field.
    Run,
    /// The runs of all runners and of the cloud.
    Runs,
    /// Who runs: runners came, went or changed places.
    Runners,
    /// The pinned runs.
    PinnedRuns,
    /// The surface, and with it everything that is computed on it.
    Surface,
}
