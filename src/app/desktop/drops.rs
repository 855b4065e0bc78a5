//! Files that are dropped on the window.

use super::keeping::full;
use crate::app::drop_hint::hint;
use egui::Context;
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
    hint(ctx);
    let path = ctx.input(|input| input.raw.dropped_files.first().map(|file| full(file.path().to_owned())))?;
    let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    Some(if is_table { DroppedFile::Table(path) } else { DroppedFile::Preset(path) })
}
