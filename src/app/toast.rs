//! What the window has to tell: over the plot, so that nothing makes way for it.

use super::theme::Palette;
use egui::{Align2, Area, Context, Frame, Id, Label, Order, RichText, ScrollArea, pos2};
use std::time::Duration;

/// How long good news stay, in seconds; bad news stay until they are closed.
const STAYS: f64 = 10.0;

/// A line for the user, until it is closed or replaced.
pub struct Toast {
    text: String,
    is_error: bool,
    /// When it was shown first, in egui's time.
    since: Option<f64>,
}

impl Toast {
    /// What happened, and whether it is bad news.
    pub fn new(text: String, is_error: bool) -> Self {
        Self { text, is_error, since: None }
    }
}

/// Shows it, if there is one, below the bar that ends at this height.
pub fn show(ctx: &Context, notice: &mut Option<Toast>, below: f32) {
    let Some(shown) = notice else { return };
    let now = ctx.input(|input| input.time);
    let left = STAYS - (now - *shown.since.get_or_insert(now));
    if !shown.is_error && left <= 0.0 {
        *notice = None;
        return;
    }
    if !shown.is_error {
        ctx.request_repaint_after(Duration::from_secs_f64(left));
    }
    let window = ctx.content_rect();
    let mut close = false;
    Area::new(Id::unique("notice"))
        .order(Order::Foreground)
        .pivot(Align2::CENTER_TOP)
        .fixed_pos(pos2(window.center().x, below + 6.0))
        .show(ctx, |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                let palette = Palette::of(ui);
                ui.set_max_width((window.width() * 0.6).min(720.0));
                ui.horizontal_top(|ui| {
                    close = ui.button("Close").clicked();
                    ScrollArea::vertical().max_height(90.0).show(ui, |ui| {
                        let color = if shown.is_error { palette.alarm } else { palette.ink };
                        ui.add(Label::new(RichText::new(&shown.text).color(color)).wrap());
                    });
                });
            });
        });
    if close {
        *notice = None;
    }
}
