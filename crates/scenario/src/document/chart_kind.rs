//! The charts.

use super::same_name::is_same;
use crate::format::value_reader::ValueReader;
use crate::text::syntax::SyntaxNode;

/// A chart below the plane, by its row in the table. What draws it stands in the crate of the figures, in the
/// chart's own file: a document must name a chart where nothing is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartKind(usize);

/// A row of the table of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChartRow {
    /// The name in a document.
    pub name: &'static str,
    /// The name in the choosers.
    pub title: &'static str,
    /// What it shows.
    pub doc: &'static str,
}

impl ChartKind {
    /// Every chart, in the order of the choosers.
    pub const TABLE: &'static [ChartRow] = &[
        ChartRow {
            name: "Loss",
            title: "loss",
            doc: "The loss of every runner, above the lowest known minimum where there is one",
        },
        ChartRow {
            name: "GradientNorm",
            title: "gradient norm",
            doc: "The length of the gradient where every runner stands",
        },
        ChartRow {
            name: "LearningRate",
            title: "learning rate",
            doc: "The learning rate of every runner's step, as its schedule or the method itself has it",
        },
        ChartRow {
            name: "Deviation",
            title: "deviation",
            doc: "How far every runner is from the recorded path at the same step, or where there is none, from the focused runner",
        },
        ChartRow {
            name: "Decay",
            title: "decay",
            doc: "The error along each eigenvector at the point that the run tends to: measured, and by the linear theory",
        },
        ChartRow {
            name: "Components",
            title: "components",
            doc: "The loss of the focused runner, stacked by eigenvector",
        },
        ChartRow {
            name: "Sharpness",
            title: "sharpness",
            doc: "The largest curvature where the focused runner stands, as the surface has it and as the method scales it, and the edge of stability",
        },
        ChartRow {
            name: "Cobweb",
            title: "cobweb",
            doc: "Of a function of x alone: x after each step over x before it, between the diagonal and the line of gradient descent, x - α f'(x)",
        },
        ChartRow {
            name: "Bifurcation",
            title: "bifurcation",
            doc: "Of a function of x alone: where the focused runner is in the long run, over its learning rate",
        },
    ];

    /// The charts of a document that says nothing of them, from left to right.
    pub const USUAL: [Self; 3] = [Self::named("Loss"), Self::named("GradientNorm"), Self::named("Decay")];

    /// All of them, in the order of the choosers.
    pub const ALL: [Self; Self::TABLE.len()] = {
        let mut all = [Self(0); Self::TABLE.len()];
        let mut index = 0;
        while index < all.len() {
            all[index] = Self(index);
            index += 1;
        }
        all
    };

    /// The chart of this name; a constant that is made of a name that is in no row does not compile.
    ///
    /// # Panics
    ///
    /// Where no row has the name.
    pub const fn named(name: &str) -> Self {
        let mut index = 0;
        while index < Self::TABLE.len() {
            if is_same(Self::TABLE[index].name, name) {
                return Self(index);
            }
            index += 1;
        }
        panic!("no chart has this name")
    }

    /// The name in a document.
    pub fn name(self) -> &'static str {
        Self::TABLE[self.0].name
    }

    /// The name in the choosers.
    pub fn title(self) -> &'static str {
        Self::TABLE[self.0].title
    }

    /// What it shows.
    pub fn doc(self) -> &'static str {
        Self::TABLE[self.0].doc
    }

    /// Reads the name of a chart.
    pub(crate) fn read(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>) -> Option<Self> {
        let names: Vec<_> = Self::TABLE.iter().map(|chart| chart.name).collect();
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
