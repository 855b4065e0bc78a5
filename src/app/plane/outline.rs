//! What drawing paths on the plane shares: the map to the screen, and lines made into meshes that
//! are built once.

use super::thin;
use crate::app::dash;
use crate::app::dash::Pattern;
use egui::epaint::{PathShape, TessellationOptions, Tessellator};
use egui::{Mesh, Rect, Stroke};
use egui_plot::PlotTransform;
use std::ops::Range;
use thalweg_figure::simplify::PathReducer;
use thalweg_figure::viewport;
use thalweg_figure::viewport::ToPaper;

/// The plot's map from the plane to screen points.
pub fn map(transform: &PlotTransform) -> ToPaper {
    let (frame, bounds) = (transform.frame(), transform.bounds());
    let [left, bottom] = bounds.min();
    let scale = [f64::from(frame.width()) / bounds.width(), -f64::from(frame.height()) / bounds.height()];
    let offset = [f64::from(frame.left()) - left * scale[0], f64::from(frame.bottom()) - bottom * scale[1]];
    ToPaper { scale, offset }
}

/// A reducer for the plot's frame.
pub fn reducer(to_screen: ToPaper, frame: Rect) -> PathReducer {
    let frame = [[frame.left(), frame.top()], [frame.right(), frame.bottom()]];
    let [min, max] = frame.map(|corner| corner.map(f64::from));
    PathReducer::new(to_screen, viewport::Rect { min, max })
}

/// A path that is longer than this on the screen, in screen points, has no more dashes from there on.
const MOST: f32 = 6000.0;

/// A stretch of an outline as one mesh of dashes. `lengths` is how long the outline is up to each of its
/// points, `scale` the number of pixels in a screen point.
pub fn dashed(
    outline: &PathReducer,
    range: Range<usize>,
    lengths: &[f32],
    scale: f32,
    stroke: Stroke,
    pattern: Pattern,
) -> Mesh {
    let mut tessellator = Tessellator::new(scale, TessellationOptions::default(), [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    let mut from = range.start;
    for line in outline.lines(range) {
        let before = lengths.get(from).copied().unwrap_or(0.0);
        from += line.len();
        let points = thin::without_straight_points(line.iter().map(|point| egui::pos2(point[0], point[1])));
        for dash in dash::cut(&points, pattern, before, MOST) {
            tessellator.tessellate_path(&PathShape::line(dash, stroke), &mut mesh);
        }
    }
    mesh
}

/// A stretch of an outline as one mesh: all its lines with the first stroke, then with the next.
/// `scale` is the number of pixels in a screen point.
pub fn mesh(outline: &PathReducer, range: Range<usize>, scale: f32, strokes: &[Stroke]) -> Mesh {
    let mut tessellator = Tessellator::new(scale, TessellationOptions::default(), [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for stroke in strokes {
        for line in outline.lines(range.clone()).filter(|line| line.len() > 1) {
            let points =
                thin::without_straight_points(line.iter().map(|point| egui::pos2(point[0], point[1])));
            tessellator.tessellate_path(&PathShape::line(points, *stroke), &mut mesh);
        }
    }
    mesh
}
