//! Plots that stand still: what moves in them is ours to move.

use egui::Vec2b;
use egui_plot::Plot;

/// A plot without gestures, crosshair and bounds of its own.
pub fn plot(id: &str) -> Plot<'_> {
    Plot::new(id)
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_axis_zoom_drag(false)
        .allow_double_click_reset(false)
        .auto_bounds(Vec2b::FALSE)
        .show_crosshair(false)
}
