//! The charts.

use crate::format::value_reader::ValueReader;
use crate::text::syntax::SyntaxNode;
use thalweg_core::spec::param::Alternative;

/// A chart below the plane, by its place among the names. What it shows is the window's matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartKind(usize);

impl ChartKind {
    /// Their names in a document.
    pub const NAMES: &'static [Alternative] = &[
        Alternative {
            name: "Loss",
            doc: "The loss of every runner, above the lowest known minimum where there is one",
        },
        Alternative { name: "GradientNorm", doc: "The length of the gradient where every runner stands" },
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

    /// The loss of every runner.
    pub const LOSS: Self = Self(0);
    /// The length of every runner's gradient.
    pub const GRADIENT_NORM: Self = Self(1);
    /// The error along each eigenvector, measured and predicted.
    pub const DECAY: Self = Self(2);
    /// The loss, stacked by eigenvector.
    pub const COMPONENTS: Self = Self(3);
    /// The sharpness, plain and as the method scales it, and its edge.
    pub const SHARPNESS: Self = Self(4);

    /// The charts of a document that says nothing of them, from left to right.
    pub const USUAL: [Self; 3] = [Self::LOSS, Self::GRADIENT_NORM, Self::DECAY];

    /// All of them, in the order of the choosers.
    pub const ALL: [Self; Self::NAMES.len()] = {
        let mut all = [Self(0); Self::NAMES.len()];
        let mut index = 0;
        while index < all.len() {
            all[index] = Self(index);
            index += 1;
        }
        all
    };

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::NAMES[self.0].name
    }

    /// What it shows.
    pub fn doc(self) -> &'static str {
        Self::NAMES[self.0].doc
    }

    /// Reads the name of a chart.
    pub(crate) fn read(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>) -> Option<Self> {
        let names: Vec<_> = Self::NAMES.iter().map(|chart| chart.name).collect();
        reader.name(node, "chart", &names).map(Self)
    }

    /// Reads the list of the three charts.
    pub(crate) fn read_all(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>) -> Option<[Self; 3]> {
        let Some([first, second, third]) = node.list() else {
            return reader.wrong(node, "`charts`", "takes a list of three, `[Loss, GradientNorm, Decay]`");
        };
        let charts = [first, second, third].map(|node| Self::read(reader, node));
        let [Some(first), Some(second), Some(third)] = charts else { return None };
        Some([first, second, third])
    }

    /// Whether no chart but the last is another one than usual.
    pub(crate) fn is_last_only(charts: [Self; 3]) -> bool {
        charts[..2] == Self::USUAL[..2]
    }
}
