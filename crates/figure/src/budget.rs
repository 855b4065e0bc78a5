//! How long the parts of a figure may take in one go.

/// The parts of figures that may take longer than a frame of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigurePart {
    /// The surface's colours and contour lines.
    Picture,
    /// The runners' paths.
    Paths,
    /// The paths of pinned runs.
    PinnedPaths,
    /// The paths of a cloud.
    Cloud,
    /// The paths in the eigenbasis.
    Eigenbasis,
    /// What the charts take in of the runs.
    Charts,
    /// What the charts take in of pinned runs.
    PinnedCharts,
}

/// Says when a part has taken its time: what is left of it comes in the next figure.
pub trait FigureBudget {
    /// A part begins.
    fn begin(&mut self, part: FigurePart);

    /// Whether the part that began last has taken its time.
    fn is_over(&self) -> bool;

    /// Whether it is never over: what comes first and is replaced by something better need not be made.
    fn is_endless(&self) -> bool {
        false
    }
}

/// All the time that it takes: every part is whole at once.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unbounded;

impl FigureBudget for Unbounded {
    fn begin(&mut self, _: FigurePart) {}

    fn is_over(&self) -> bool {
        false
    }

    fn is_endless(&self) -> bool {
        true
    }
}
