//! What is written above a chart.

use crate::app::text_size;
use egui::{Label, Response, RichText, Ui};

/// A chart's title on one line, so that the charts stay equal; what does not fit is told when the pointer is over it.
pub fn heading(ui: &mut Ui, title: &str) -> Response {
    ui.add(Label::new(RichText::new(title).size(text_size::HINT)).truncate())
}
