//! How the charts draw their lines: scale, smoothing, names.

use crate::app::context::FrameContext;
use crate::app::text_size;
use egui::{RichText, Slider, Ui};
use thalweg_scenario::{ChartLines, HeightScale};

/// Shows the menu.
pub fn menu(ui: &mut Ui, context: &FrameContext<'_>) {
    let lines = context.show().lines;
    let title = if lines == ChartLines::default() { "lines ▾" } else { "lines* ▾" };
    let menu = ui.menu_button(RichText::new(title).size(text_size::HINT), |ui| entries(ui, context, lines));
    menu.response
        .on_hover_text("Of the charts that compare the runners: the scale, smoothing for noisy lines, names");
}

fn entries(ui: &mut Ui, context: &FrameContext<'_>, lines: ChartLines) {
    let mut chosen = lines;
    ui.label(RichText::new("Heights").size(text_size::HINT).weak());
    for (scale, name) in HeightScale::ALL.into_iter().zip(["as the values allow", "linear", "logarithmic"]) {
        let says = HeightScale::NAMES[scale as usize].doc;
        ui.radio_value(&mut chosen.scale, scale, name).on_hover_text(says);
    }
    ui.separator();
    let label = ui
        .label("Smoothing")
        .on_hover_text("An exponential moving average; the line itself stays behind it, faint. 0 for none");
    let slider = Slider::new(&mut chosen.smoothing, 0.0..=0.99).fixed_decimals(2);
    ui.add(slider).labelled_by(label.id);
    ui.separator();
    ui.checkbox(&mut chosen.names, "Names in the charts");
    if chosen != lines {
        context.change_show(|show| show.lines = chosen);
    }
}
