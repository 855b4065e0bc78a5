//! What items are made of where there are only areas, lines, pictures and text.

use crate::color::Rgba;
use crate::dash::{self, DashPattern};
use crate::item::{Item, TextItem};
use crate::marker_parts::marker_parts;
use crate::polyline::Polyline;
use crate::raster::Raster;
use crate::shaded_mesh::ShadedMesh;
use crate::stroke::Stroke;
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;

/// A shape on the paper.
#[derive(Clone, Debug, PartialEq)]
pub enum PrimitiveShape {
    /// Lines through places, each with whether it ends where it began.
    Lines(Vec<(Vec<Vector2<f64>>, bool)>),
    /// A circle.
    Circle {
        /// Its centre.
        center: Vector2<f64>,
        /// Its radius.
        radius: f64,
    },
    /// A rectangle.
    Panel {
        /// Where it lies.
        rect: Rect,
        /// The radius of its corners.
        radius: f64,
    },
}

/// A line's dashes, and how long what it continues is.
pub type Dashes = (DashPattern, f64);

/// What is put on the paper at once.
#[derive(Clone, Debug, PartialEq)]
pub enum Primitive {
    /// What lies within a shape.
    Fill(PrimitiveShape, Rgba),
    /// A shape's line, with its width and its colour.
    Line(PrimitiveShape, f64, Rgba, Option<Dashes>),
    /// A surface.
    Mesh(Arc<ShadedMesh>),
    /// A picture, where it lies, and how much of it is seen.
    Raster(Arc<Raster>, Rect, f64),
    /// A line of text.
    Text(TextItem),
}

/// What an item is made of, the lowest first.
pub fn primitives(item: &Item) -> Vec<Primitive> {
    match item {
        Item::Lines { lines, strokes } => strokes.iter().flat_map(|stroke| stroked(lines, stroke)).collect(),
        Item::Area { corners, fill } => filled(PrimitiveShape::Lines(vec![(corners.clone(), true)]), *fill),
        Item::Band { edges: [one, other], fill } => {
            let ring = one.iter().chain(other.iter().rev()).copied().collect();
            filled(PrimitiveShape::Lines(vec![(ring, true)]), *fill)
        }
        Item::Circle { center, radius, fill, stroke } => {
            let outline = PrimitiveShape::Circle { center: *center, radius: *radius };
            let mut primitives = filled(outline.clone(), *fill);
            primitives
                .extend(stroke.map(|stroke| Primitive::Line(outline, stroke.width, stroke.color, None)));
            primitives
        }
        Item::Panel { rect, radius, fill, stroke } => {
            let mut primitives = filled(PrimitiveShape::Panel { rect: *rect, radius: *radius }, *fill);
            primitives.extend(stroke.map(|stroke| {
                // The line lies within.
                let rect = rect.enlarged(-stroke.width / 2.0);
                Primitive::Line(
                    PrimitiveShape::Panel { rect, radius: *radius },
                    stroke.width,
                    stroke.color,
                    None,
                )
            }));
            primitives
        }
        Item::Mesh(mesh) => vec![Primitive::Mesh(Arc::clone(mesh))],
        Item::Raster { raster, place, opacity } => {
            vec![Primitive::Raster(Arc::clone(raster), *place, *opacity)]
        }
        Item::Marker(marker) => marker_parts(marker).iter().flat_map(primitives).collect(),
        Item::Text(text) => vec![Primitive::Text(text.clone())],
    }
}

fn filled(outline: PrimitiveShape, fill: Rgba) -> Vec<Primitive> {
    if fill.alpha == 0 { Vec::new() } else { vec![Primitive::Fill(outline, fill)] }
}

/// Lines with a stroke: all together, or where it has dashes each for itself, as each begins its pattern somewhere.
fn stroked(lines: &[Polyline], stroke: &Stroke) -> Vec<Primitive> {
    let line =
        |lines, dashes| Primitive::Line(PrimitiveShape::Lines(lines), stroke.width, stroke.color, dashes);
    match stroke.dash {
        None => vec![line(lines.iter().map(|line| (line.points.clone(), line.closed)).collect(), None)],
        Some(pattern) => {
            let parts = |of: &Polyline| {
                let [dashed, whole] = dash::dashed_part(of, dash::MOST);
                let whole = (!whole.is_empty()).then(|| line(vec![(whole, false)], None));
                [Some(line(vec![(dashed, false)], Some((pattern, of.before)))), whole]
            };
            lines.iter().flat_map(parts).flatten().collect()
        }
    }
}
