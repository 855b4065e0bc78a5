//! The colours of runners.

use thalweg_core::spec::param::Alternative;

/// The colour of a runner: Okabe and Ito's palette, which colour-blind eyes tell apart too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// #0072B2
    Blue,
    /// #E69F00
    Orange,
    /// #009E73
    Green,
    /// #D55E00
    Vermillion,
    /// #CC79A7
    Purple,
    /// #56B4E9
    Sky,
    /// #F0E442
    Yellow,
    /// Black on light, white on dark.
    Ink,
}

impl Color {
    /// All colours, in the order in which runners get them.
    pub const ALL: [Self; 8] = [
        Self::Blue,
        Self::Orange,
        Self::Green,
        Self::Vermillion,
        Self::Purple,
        Self::Sky,
        Self::Yellow,
        Self::Ink,
    ];

    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative { name: "Blue", doc: "#0072B2" },
        Alternative { name: "Orange", doc: "#E69F00" },
        Alternative { name: "Green", doc: "#009E73" },
        Alternative { name: "Vermillion", doc: "#D55E00" },
        Alternative { name: "Purple", doc: "#CC79A7" },
        Alternative { name: "Sky", doc: "#56B4E9" },
        Alternative { name: "Yellow", doc: "#F0E442" },
        Alternative { name: "Ink", doc: "black on light, white on dark" },
    ];

    /// The colour that the runner at `index` has unless it says otherwise.
    pub fn of_runner(index: usize) -> Self {
        Self::ALL[index % Self::ALL.len()]
    }

    /// The colour called `name`.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|color| color.name() == name)
    }

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize].name
    }
}
