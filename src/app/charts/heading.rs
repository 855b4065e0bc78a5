//! What is written above a chart.

use egui::{Label, Response, RichText, Ui};

/// A chart's title, on as many lines as it needs.
pub fn heading(ui: &mut Ui, title: &str) -> Response {
    ui.add(Label::new(RichText::new(title).size(11.5)).wrap())
}
