//! What figures are made of.

use crate::color::Rgba;
use crate::marker::Marker;
use crate::polyline::Polyline;
use crate::raster::Raster;
use crate::shaded_mesh::ShadedMesh;
use crate::stroke::Stroke;
use crate::text_measure::TextKind;
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;

/// One thing to draw, in points of the paper, which go right and down.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Lines, all with the first stroke, then all with the next. What draws may keep what it made of them
    /// while the `Arc` is the same.
    Lines {
        /// The lines.
        lines: Arc<[Polyline]>,
        /// Their strokes, the lowest first.
        strokes: Vec<Stroke>,
    },
    /// An area that can all be seen from the mean of its corners.
    Area {
        /// Its corners.
        corners: Vec<Vector2<f64>>,
        /// Its colour.
        fill: Rgba,
    },
    /// An area between two lines with as many points each, one beside the other.
    Band {
        /// The two lines.
        edges: [Vec<Vector2<f64>>; 2],
        /// Its colour.
        fill: Rgba,
    },
    /// A surface seen from outside. What draws may keep what it made of it while the `Arc` is the same.
    Mesh(Arc<ShadedMesh>),
    /// A circle.
    Circle {
        /// Its centre.
        center: Vector2<f64>,
        /// Its radius.
        radius: f64,
        /// The colour within.
        fill: Rgba,
        /// Its line.
        stroke: Option<Stroke>,
    },
    /// A rectangle.
    Panel {
        /// Where it lies.
        rect: Rect,
        /// The radius of its corners.
        radius: f64,
        /// Its colour.
        fill: Rgba,
        /// Its line, which lies within it.
        stroke: Option<Stroke>,
    },
    /// A picture.
    Raster {
        /// Its cells.
        raster: Arc<Raster>,
        /// Where it lies; see [`Raster::is_smooth`].
        place: Rect,
        /// How much of it is seen, from 0 to 1.
        opacity: f64,
    },
    /// A runner's marker.
    Marker(Marker),
    /// A line of text.
    Text(TextItem),
}

/// A line of text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextItem {
    /// What is written.
    pub string: String,
    /// How it is set.
    pub kind: TextKind,
    /// The size of its letters in points.
    pub size: f64,
    /// Its colour.
    pub color: Rgba,
    /// The room that it takes before it is turned.
    pub rect: Rect,
    /// Whether it is turned by a quarter to the left, around the middle of its room.
    pub is_upright: bool,
}

impl TextItem {
    /// The room that it takes as it is drawn.
    pub fn room(&self) -> Rect {
        let [width, height] = self.rect.size();
        if self.is_upright {
            Rect::around(self.rect.center(), Vector2::new(height, width))
        } else {
            self.rect
        }
    }
}

impl Item {
    /// A line.
    pub fn line(line: Polyline, strokes: &[Stroke]) -> Self {
        Self::Lines { lines: Arc::new([line]), strokes: strokes.to_vec() }
    }

    /// A disc.
    pub fn disc(center: Vector2<f64>, radius: f64, fill: Rgba) -> Self {
        Self::Circle { center, radius, fill, stroke: None }
    }

    /// A ring.
    pub fn ring(center: Vector2<f64>, radius: f64, stroke: Stroke) -> Self {
        Self::Circle { center, radius, fill: Rgba::TRANSPARENT, stroke: Some(stroke) }
    }

    /// Every place that it names.
    pub fn places(&self) -> Vec<Vector2<f64>> {
        let corners = |rect: &Rect| vec![Vector2::from(rect.min), Vector2::from(rect.max)];
        match self {
            Self::Lines { lines, .. } => lines.iter().flat_map(|line| line.points.iter().copied()).collect(),
            Self::Area { corners, .. } => corners.clone(),
            Self::Band { edges, .. } => edges.concat(),
            Self::Mesh(mesh) => mesh.vertices.clone(),
            Self::Circle { center, .. } | Self::Marker(Marker { center, .. }) => vec![*center],
            Self::Panel { rect, .. } | Self::Raster { place: rect, .. } => corners(rect),
            Self::Text(text) => corners(&text.room()),
        }
    }
}
