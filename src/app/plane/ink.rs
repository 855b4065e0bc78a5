//! Contour lines of any grid as one mesh: solid or dashed.

use super::thin;
use egui::epaint::{PathShape, TessellationOptions, Tessellator};
use egui::{Mesh, Rect, Shape, Stroke, pos2};
use thalweg_analysis::field::contour::Contours;
use thalweg_core::objective::view::View;

/// Where a view lies on the screen.
#[derive(Clone, Copy, PartialEq)]
pub struct Window {
    /// The part of the plane.
    pub view: View,
    /// Its place in screen points.
    pub frame: Rect,
    /// Pixels for each screen point.
    pub scale: f32,
}

/// The lengths of a dash and of the gap behind it.
pub type Dash = (f32, f32);

/// All lines, each with all strokes, tessellated once.
pub fn mesh(contours: &Contours, window: &Window, strokes: &[Stroke], dash: Option<Dash>) -> Mesh {
    let mut tessellator = Tessellator::new(window.scale, TessellationOptions::default(), [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    let Window { view, frame, .. } = *window;
    for stroke in strokes {
        for line in contours.lines() {
            let mut points = thin::without_straight_points(line.points.iter().map(|p| {
                let x = (p.x - view.x.0) / (view.x.1 - view.x.0);
                let y = (p.y - view.y.0) / (view.y.1 - view.y.0);
                pos2(frame.left() + x as f32 * frame.width(), frame.bottom() - y as f32 * frame.height())
            }));
            if let Some((dash, gap)) = dash {
                if line.closed {
                    points.extend(points.first().copied());
                }
                for piece in Shape::dashed_line(&points, *stroke, dash, gap) {
                    tessellator.tessellate_shape(piece, &mut mesh);
                }
            } else {
                let shape = if line.closed {
                    PathShape::closed_line(points, *stroke)
                } else {
                    PathShape::line(points, *stroke)
                };
                tessellator.tessellate_path(&shape, &mut mesh);
            }
        }
    }
    mesh
}
