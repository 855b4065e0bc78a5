//! What a page or a layer wants to be found out in the background while it is shown.

/// A set of results that are computed only while something that is shown wants them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs(u32);

impl Needs {
    /// None.
    pub const NOTHING: Self = Self(0);
    /// The focused runner's loss by components, with the basis that it is measured in.
    pub const COMPONENTS: Self = Self(1);
    /// The search for critical points in view.
    pub const CRITICAL_POINTS: Self = Self(1 << 1);
    /// The eigenvalues of the Hessian over the view.
    pub const REGIONS: Self = Self(1 << 2);
    /// The surface on a fine grid, for the local model to be compared with.
    pub const SURFACE_GRID: Self = Self(1 << 3);
    /// The map over settings of the focused runner.
    pub const SETTINGS_MAP: Self = Self(1 << 4);
    /// The map over starts.
    pub const STARTS_MAP: Self = Self(1 << 5);

    /// What either of two needs.
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of the other are in it.
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}
