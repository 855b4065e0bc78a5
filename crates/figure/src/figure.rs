//! A figure: what is drawn, as plain data.

use crate::item::Item;
use crate::viewport::Rect;

/// What is drawn, in layers, the lowest first. Places are in points of the paper, which count
/// right and down.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The part of the paper that it takes up.
    pub page: Rect,
    /// The layers, the lowest first.
    pub layers: Vec<FigureLayer>,
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
        Self { page, layers: Vec::new() }
    }

    /// Puts a layer above the others; one with nothing in it is left out.
    pub fn push(&mut self, name: &'static str, clip: Option<Rect>, items: Vec<Item>) {
        if !items.is_empty() {
            self.layers.push(FigureLayer { name, clip, items });
        }
    }

    /// The items of the layer of this name; empty where there is none.
    pub fn items(&self, name: &str) -> &[Item] {
        self.layers.iter().find(|layer| layer.name == name).map_or(&[], |layer| &layer.items)
    }
}
