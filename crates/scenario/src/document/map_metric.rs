//! What the colour of a map shows.

use thalweg_core::spec::param::Alternative;

/// What a map's colour shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MapMetric {
    /// The steps until the run arrives.
    #[default]
    Steps,
    /// The loss at its end.
    Loss,
    /// Where it ends: at which minimum, or how else.
    Outcome,
}

impl MapMetric {
    /// All of them, in the order of the chooser.
    pub const ALL: [Self; 3] = [Self::Steps, Self::Loss, Self::Outcome];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "Steps", doc: "the steps until the run arrives" },
        Alternative { name: "Loss", doc: "the loss at its end" },
        Alternative { name: "Outcome", doc: "where it ends: at which minimum, or how else" },
    ];

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].name
    }
}
