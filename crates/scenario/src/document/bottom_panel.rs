//! What is below the plane.

use thalweg_core::spec::param::Alternative;

/// What is below the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BottomPanel {
    /// The charts over the steps.
    Charts,
    /// The table of all runners at the cursor.
    Table,
}

impl BottomPanel {
    /// Both panels, in the order of the choice between them.
    pub const ALL: [Self; 2] = [Self::Charts, Self::Table];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "Charts", doc: "the charts over the steps" },
        Alternative { name: "Table", doc: "the table of all runners at the cursor" },
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].name
    }
}
