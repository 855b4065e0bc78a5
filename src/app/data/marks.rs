//! What stands in the view of the data: a runner's model, and the mark of an example.

use crate::app::theme::Palette;
use egui::{Painter, Pos2, Rect, Stroke, vec2};
use thalweg_analysis::data::data_fit::DataPoint;
use thalweg_core::objective::prediction::Shows;
use thalweg_scenario::Runner;

/// Where a runner's model stands.
pub struct ShownModel<'a> {
    /// The runner.
    pub runner: &'a Runner,
    /// How many runners before it have its colour.
    pub round: usize,
    /// The weights.
    pub weights: [f64; 2],
    /// Whether the runner is the focused one.
    pub is_focused: bool,
    /// How far the model is from the data; none where it says nothing.
    pub error: Option<f64>,
}

/// The mark of an example: a ring for class 0, a square for class 1, a dot where there are no
/// classes; `size` times as large as where there are few.
pub fn mark(painter: &Painter, at: Pos2, dot: DataPoint, size: f32, shows: Shows, palette: &Palette) {
    let [zero, one] = palette.classes;
    match (shows, dot.is_one) {
        (Shows::Curve, _) => {
            painter.circle_filled(at, 2.6 * size, zero);
        }
        (Shows::Boundary, false) => {
            painter.circle_stroke(at, 3.0 * size, Stroke::new(1.5 * size, zero));
        }
        (Shows::Boundary, true) => {
            painter.rect_filled(Rect::from_center_size(at, vec2(6.0, 6.0) * size), 0.0, one);
        }
    }
}
