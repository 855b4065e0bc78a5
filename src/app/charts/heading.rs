//! What is written above a chart.

use crate::app::text_size;
use egui::{Label, Response, RichText, Ui};

/// A chart's title, on as many lines as it needs.
pub fn heading(ui: &mut Ui, title: &str) -> Response {
    ui.add(Label::new(RichText::new(title).size(text_size::HINT)).wrap())
}
