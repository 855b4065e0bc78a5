//! Colours of figures and of egui.

use egui::Color32;
use thalweg_figure::color::Rgba;

/// A colour of a figure, for egui.
pub fn color(color: Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(color.red, color.green, color.blue, color.alpha)
}

/// A colour of egui, for a figure.
pub fn rgba(color: Color32) -> Rgba {
    let [red, green, blue, alpha] = color.to_srgba_unmultiplied();
    Rgba { red, green, blue, alpha }
}
