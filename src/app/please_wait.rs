//! What is shown while something takes its time.

use super::dialog;
use egui::{Context, Ui};

/// Shows what is waited for, and a button with this label below it. Whether the button was pressed.
pub fn show(ctx: &Context, width: f32, label: &str, add: impl FnOnce(&mut Ui)) -> bool {
    let mut is_left = false;
    dialog::small("Please wait").show(ctx, |ui| {
        ui.set_width(width);
        add(ui);
        is_left = ui.button(label).clicked();
    });
    is_left
}
