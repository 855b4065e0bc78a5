//! What lies along the horizontal axis of the charts.

use thalweg_core::spec::param::Alternative;

/// What lies along the horizontal axis of the charts of loss and gradient norm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum XAxis {
    /// The steps: everybody makes as many.
    Steps,
    /// What the steps have asked of the surface: what a comparison of methods should be made by.
    Evaluations,
    /// How often the steps have gone through the data: the examples that a step looks at, over all there are.
    Passes,
}

impl XAxis {
    /// All quantities, in the order of the choice between them.
    pub const ALL: [Self; 3] = [Self::Steps, Self::Evaluations, Self::Passes];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "Steps", doc: "the steps" },
        Alternative {
            name: "Evaluations",
            doc: "what the steps have asked of the surface: what a comparison of methods should be made by",
        },
        Alternative {
            name: "Passes",
            doc: "how often the steps have gone through the data: epochs. A step with all of it is one; without data the steps",
        },
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].name
    }
}
