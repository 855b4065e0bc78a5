//! A figure: what is drawn, as plain data.

use crate::color::Rgba;
use crate::item::Item;
use crate::plot::Plot;
use crate::scheme::Scheme;
use crate::ticks::TickRule;
use crate::viewport::Rect;
use thalweg_scenario::Notation;

/// What is drawn, in layers, the lowest first. Places are in points of the paper, which count
/// right and down.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The part of the paper that it takes up.
    pub page: Rect,
    /// The layers, the lowest first.
    pub layers: Vec<FigureLayer>,
    /// What the places in its plots stand for.
    pub axes: Vec<FigureAxes>,
}

/// The axes of a plot in a figure, for whoever draws them by other means than its items.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureAxes {
    /// The plot: its frame is the clip of the layers in it.
    pub plot: Plot,
    /// The names of the axes; empty where they have none.
    pub names: [String; 2],
    /// Their marks; an axis with logarithmic ones has the decimal logarithms of its values.
    pub ticks: [TickRule; 2],
    /// Whether faint lines go through the plot at the marks.
    pub has_grid: bool,
    /// The place, among the layers of the figure, of the one that draws them.
    pub layer: usize,
}

/// Items of a figure that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct FigureLayer {
    /// What it is called, as "contours".
    pub name: &'static str,
    /// Beyond this nothing of it is seen.
    pub clip: Option<Rect>,
    /// The items, the lowest first.
    pub items: Vec<Item>,
}

impl Figure {
    /// An empty one.
    pub fn new(page: Rect) -> Self {
        Self { page, layers: Vec::new(), axes: Vec::new() }
    }

    /// Puts a layer above the others; one with nothing in it is left out.
    pub fn push(&mut self, name: &'static str, clip: Option<Rect>, items: Vec<Item>) {
        if !items.is_empty() {
            self.layers.push(FigureLayer { name, clip, items });
        }
    }

    /// Puts all layers of another figure above these, where they are on the paper.
    pub fn append(&mut self, other: Self) {
        let below = self.layers.len();
        self.layers.extend(other.layers);
        self.axes.extend(other.axes.into_iter().map(|axes| FigureAxes { layer: axes.layer + below, ..axes }));
    }

    /// With the symbols of a notation in its texts. They take about as much room.
    #[must_use]
    pub fn in_notation(mut self, notation: &Notation) -> Self {
        if *notation != Notation::default() {
            for text in self.layers.iter_mut().flat_map(|layer| &mut layer.items) {
                if let Item::Text(text) = text {
                    text.string = notation.said(&text.string).into_owned();
                }
            }
        }
        self
    }

    /// The figure without the ground of its plots.
    pub fn without_ground(mut self, scheme: &Scheme) -> Self {
        for item in
            self.layers.iter_mut().filter(|layer| layer.name == "axes").flat_map(|layer| &mut layer.items)
        {
            if let Item::Panel { fill, .. } = item
                && *fill == scheme.ground
            {
                *fill = Rgba::TRANSPARENT;
            }
        }
        self
    }

    /// The items of the layer of this name; empty where there is none.
    pub fn items(&self, name: &str) -> &[Item] {
        self.layers.iter().find(|layer| layer.name == name).map_or(&[], |layer| &layer.items)
    }
}
