//! The pages of the right panel.

use thalweg_core::spec::param::Alternative;

/// A page of the right panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Page {
    /// Eigenvalues, condition number, and what they say of the focused runner.
    Spectrum,
    /// The local quadratic model, the direction dial, the critical points.
    Model,
    /// The focused runner's next step, taken apart.
    Step,
    /// Maps over parameters and over starts.
    Map,
}

impl Page {
    /// All pages, in the order of their tabs.
    pub const ALL: [Self; 4] = [Self::Spectrum, Self::Model, Self::Step, Self::Map];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative {
            name: "Spectrum",
            doc: "Eigenvalues of the Hessian, and what they say of the focused runner",
        },
        Alternative {
            name: "Model",
            doc: "The local quadratic model, a direction to turn, the critical points",
        },
        Alternative { name: "Step", doc: "The focused runner's next step, taken apart" },
        Alternative {
            name: "Map",
            doc: "How the focused runner does over two of its parameters, and from every start",
        },
    ];

    /// The name in a document, and on the tab.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].name
    }

    /// What it is for.
    pub fn says(self) -> &'static str {
        Self::NAMES[self as usize].doc
    }
}
