//! What is told while a file is held above the window.

use egui::{Align2, Color32, Context, FontId, Id, LayerId, Order};

/// Tells what can be done with a file, while one is held above the window.
pub fn hint(ctx: &Context) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
    let rect = ctx.content_rect();
    painter.rect_filled(rect, 0.0, Color32::from_black_alpha(160));
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        "Drop a preset to open it,\na CSV file to fit a model to it,\na path to see it run,\na sampled loss to race on it",
        FontId::proportional(26.0_f32.min(rect.width() / 24.0)),
        Color32::WHITE,
    );
}
