//! Files that are dropped on the window.

use super::keeping::full;
use egui::{Align2, Color32, Context, FontId, Id, LayerId, Order};
use std::path::PathBuf;

/// A file that was dropped, by its name.
pub enum DroppedFile {
    /// A table of data.
    Table(PathBuf),
    /// A preset, or what is taken for one.
    Preset(PathBuf),
}

/// What was dropped since the last frame, the first of several. While something is held above the window, tells what
/// can be done.
pub fn dropped(ctx: &Context) -> Option<DroppedFile> {
    if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
        let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
        let rect = ctx.content_rect();
        painter.rect_filled(rect, 0.0, Color32::from_black_alpha(160));
        painter.text(
            rect.center(),
            Align2::CENTER_CENTER,
            "Drop a preset to open it, or a CSV file to fit a model to it",
            FontId::proportional(26.0),
            Color32::WHITE,
        );
    }
    let path = ctx.input(|input| input.raw.dropped_files.first().map(|file| full(file.path().to_owned())))?;
    let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    Some(if is_table { DroppedFile::Table(path) } else { DroppedFile::Preset(path) })
}
