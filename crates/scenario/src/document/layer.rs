//! What can be drawn on the plane, or beside it.

use crate::format::value_reader::ValueReader;
use crate::text::syntax::SyntaxNode;
use std::fmt;

/// Something that can be drawn on the plane, or beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layer {
    /// The path from the cursor on, faint.
    Future,
    /// The contour lines.
    Contours,
    /// The critical points.
    CriticalPoint,
    /// The eigenvectors at the point that the panels look at, as the axes of the local quadratic.
    Axes,
    /// The gradients that the focused runner's next step might be given.
    Batches,
    /// The data view beside the plot, where there are data.
    Data,
    /// The pinned paths.
    PinnedRuns,
    /// The contour lines of the local quadratic model over the true ones.
    Model,
    /// The region where the Hessian is positive definite.
    Convex,
    /// The region where gradient descent is stable at the focused runner's learning rate.
    Stable,
    /// The direction of the dial.
    Direction,
    /// The vectors of the step that is taken apart.
    Vectors,
    /// Where runs from every point of the view end.
    Starts,
    /// The race in the coordinates of the eigenvectors, beside the plot.
    Eigenbasis,
}

/// What is said of a layer.
#[derive(Debug)]
pub struct LayerEntry {
    /// Which.
    pub layer: Layer,
    /// The name in a preset.
    pub name: &'static str,
    /// The menu's entry.
    pub title: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Whether it is shown unless a preset says otherwise.
    pub by_default: bool,
}

impl Layer {
    /// All layers, in the order of the menu.
    pub const TABLE: [LayerEntry; 14] = [
        text(Self::Future, "Future", "Path to come, faint", "The path from the present step on", true),
        text(Self::Contours, "Contours", "Contour lines", "Lines of equal loss", true),
        text(
            Self::CriticalPoint,
            "Critical",
            "Critical points",
            "Where the gradient vanishes: minima, maxima, saddles",
            true,
        ),
        text(
            Self::Axes,
            "Axes",
            "Eigenvectors of the Hessian",
            "The axes of the local quadratic where the panels look: long where the surface is flat; of a function of x \
             alone the tangent",
            true,
        ),
        text(
            Self::Batches,
            "Batches",
            "Gradients of possible batches",
            "Where a runner's gradients are noisy: thin arrows downhill for others that its next step might be \
             given, around the full one",
            true,
        ),
        text(
            Self::Data,
            "Data",
            "Data",
            "Where the surface is a model's loss: the examples, with each runner's line or curve",
            true,
        ),
        text(
            Self::PinnedRuns,
            "Ghosts",
            "Pinned paths",
            "The paths that were pinned, in all plots and charts",
            true,
        ),
        text(
            Self::Model,
            "Model",
            "Taylor model",
            "The contour lines of the second-order model where the panels look, and how far it can be trusted; of a \
             function of x alone tangent, parabola, and the Taylor polynomials of higher degree",
            false,
        ),
        text(
            Self::Convex,
            "Convex",
            "Positive definite Hessian",
            "Shades where the surface curves up in every direction",
            false,
        ),
        text(
            Self::Stable,
            "Stable",
            "Stable for gradient descent",
            "Shades where gradient descent at the focused runner's learning rate is stable: |1 - αλ| < 1 for both \
             eigenvalues",
            false,
        ),
        text(
            Self::Direction,
            "Direction",
            "Direction of the dial",
            "The direction that the Model page turns",
            false,
        ),
        text(
            Self::Vectors,
            "Vectors",
            "Vectors of the step",
            "The quantities of the focused runner's next step, one after the other (keys . and ,); of a function of x \
             alone its way and its chord, too",
            false,
        ),
        text(
            Self::Starts,
            "Starts",
            "Map over starts",
            "Which minimum the focused runner reaches from every point of the view, and how fast; of a function of x \
             alone a strip below the graph",
            false,
        ),
        text(
            Self::Eigenbasis,
            "Eigenbasis",
            "Eigenbasis view",
            "The same race in the coordinates of the eigenvectors at the point that the run tends to",
            false,
        ),
    ];

    fn bit(self) -> u32 {
        1 << self as u32
    }
}

const fn text(
    layer: Layer,
    name: &'static str,
    title: &'static str,
    doc: &'static str,
    by_default: bool,
) -> LayerEntry {
    LayerEntry { layer, name, title, doc, by_default }
}

/// A set of layers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Layers(u32);

impl Layers {
    /// No layer.
    pub const NONE: Self = Self(0);

    /// Whether the layer is shown.
    pub fn has(self, layer: Layer) -> bool {
        self.0 & layer.bit() != 0
    }

    /// The set with this layer, or without it.
    pub fn with(self, layer: Layer, shown: bool) -> Self {
        Self(if shown { self.0 | layer.bit() } else { self.0 & !layer.bit() })
    }

    /// The layers in it, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = &'static LayerEntry> {
        Layer::TABLE.iter().filter(move |text| self.has(text.layer))
    }
}

impl Layers {
    /// Reads the list of the layers that are shown.
    pub(crate) fn read(reader: &mut ValueReader<'_>, node: &SyntaxNode<'_>) -> Option<Self> {
        let Some(list) = node.list() else {
            return reader.wrong(node, "`layers`", "takes a list, `[Future, Contours]`");
        };
        let names = Layer::TABLE.each_ref().map(|text| text.name);
        let layers = list.iter().filter_map(|node| reader.name(node, "layer", &names));
        Some(layers.fold(Self::NONE, |set, index| set.with(Layer::TABLE[index].layer, true)))
    }

    /// Writes that list.
    pub(crate) fn write(self) -> String {
        let names: Vec<_> = self.iter().map(|text| text.name).collect();
        format!("[{}]", names.join(", "))
    }
}

impl Default for Layers {
    fn default() -> Self {
        let shown = Layer::TABLE.iter().filter(|text| text.by_default);
        shown.fold(Self::NONE, |set, text| set.with(text.layer, true))
    }
}

impl fmt::Debug for Layers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|text| text.layer)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_a_set() {
        for (index, text) in Layer::TABLE.iter().enumerate() {
            let only = Layers::NONE.with(text.layer, true);
            assert!(only.has(text.layer) && only.iter().count() == 1, "{}", text.name);
            assert_eq!(only.with(text.layer, false), Layers::NONE);
            assert_eq!(Layers::default().has(text.layer), text.by_default);
            let twice = Layer::TABLE[..index].iter().any(|other| other.layer == text.layer);
            assert!(!twice, "{} is in the table twice", text.name);
        }
    }
}
