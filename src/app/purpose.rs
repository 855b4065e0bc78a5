//! What a path is asked for.

/// What a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a preset.
    Open,
    /// To save one.
    Save,
    /// To export the trajectories.
    Export,
    /// To save a picture.
    Picture,
    /// To fit a model to a table.
    Data,
}
