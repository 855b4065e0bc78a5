//! The charts.

use thalweg_core::spec::param::Alternative;

/// The third of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// The error along each eigenvector, measured and predicted.
    Decay,
    /// The loss, stacked by eigenvector.
    Components,
    /// The sharpness, plain and as the method scales it, and its edge.
    Sharpness,
}

impl ChartKind {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::Decay, Self::Components, Self::Sharpness];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative {
            name: "Decay",
            doc: "The error along each eigenvector at the point that the run tends to: measured, and by the linear theory",
        },
        Alternative { name: "Components", doc: "The loss of the focused runner, stacked by eigenvector" },
        Alternative {
            name: "Sharpness",
            doc: "The largest curvature where the focused runner stands, as the surface has it and as the method scales it, and the edge of stability",
        },
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].name
    }

    /// The name in the chooser.
    pub fn title(self) -> &'static str {
        match self {
            Self::Decay => "decay",
            Self::Components => "components",
            Self::Sharpness => "sharpness",
        }
    }

    /// What it shows.
    pub fn says(self) -> &'static str {
        Self::NAMES[self as usize].doc
    }
}
