//! Files that are dropped on the window.

use super::keeping::full;
use crate::app::drop_hint::hint;
use egui::Context;
use std::path::{Path, PathBuf};

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
    Some(if is_table(&path) { DroppedFile::Table(path) } else { DroppedFile::Preset(path) })
}

/// Whether a file of this name is taken for a table of data.
pub fn is_table(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ["csv", "tsv"].contains(&&*ending))
}
