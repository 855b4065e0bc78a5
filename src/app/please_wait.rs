//! What is shown while something takes its time.

use egui::{Align2, Context, Ui, Window};

/// Shows what is waited for, and a button with this label below it. Whether the button was pressed.
pub fn show(ctx: &Context, width: f32, label: &str, add: impl FnOnce(&mut Ui)) -> bool {
    let mut is_left = false;
    Window::new("Please wait")
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, [0.0, -60.0])
        .show(ctx, |ui| {
            ui.set_width(width);
            add(ui);
            is_left = ui.button(label).clicked();
        });
    is_left
}
