//! The sizes of text besides egui's own, in points: what a text is decides how large it is, once for the whole
//! window.

use egui::{Color32, FontId, TextStyle, Ui};

/// The program's name.
pub const TITLE: f32 = 15.0;
/// A number or a name that is looked for, and a section's heading.
pub const VALUE: f32 = 12.5;
/// What a value is called, and running text.
pub const LABEL: f32 = 12.0;
/// What is said beside.
pub const HINT: f32 = 11.5;
/// What is said beside where there is little room.
pub const FINE: f32 = 11.0;

/// How wide a text of a size is, in points.
pub fn width(ui: &Ui, text: &str, size: f32) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), FontId::proportional(size), Color32::PLACEHOLDER).size().x
}

/// How wide a text of egui's own size is, in points.
pub fn body_width(ui: &Ui, text: &str) -> f32 {
    width(ui, text, TextStyle::Body.resolve(ui.style()).size)
}
