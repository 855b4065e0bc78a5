//! How a dialog stands before the window: in its middle, or a little above that where it is small.

use egui::{Align2, Context, WidgetText, Window};

/// A dialog that is as large as what is in it, in the middle until it is dragged elsewhere.
pub fn large<'open>(ctx: &Context, title: impl Into<WidgetText>) -> Window<'open> {
    plain(title).pivot(Align2::CENTER_CENTER).default_pos(ctx.content_rect().center())
}

/// A small dialog, which stays where it is.
pub fn small<'open>(title: impl Into<WidgetText>) -> Window<'open> {
    plain(title).anchor(Align2::CENTER_CENTER, [0.0, -60.0])
}

fn plain<'open>(title: impl Into<WidgetText>) -> Window<'open> {
    Window::new(title).collapsible(false).resizable(false)
}

/// A dialog's width in points, where there is room for it.
pub fn width(ctx: &Context, wanted: f32) -> f32 {
    wanted.min(ctx.content_rect().width() - 48.0).max(0.0)
}
