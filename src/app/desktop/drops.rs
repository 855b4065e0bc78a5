//! Files that are dropped on the window.

use super::keeping::full;
use crate::app::drop_hint::hint;
use egui::Context;
use std::path::{Path, PathBuf};
use thalweg_scenario::is_brought_ending;

/// A file that was dropped, by its name.
pub enum DroppedFile {
    /// Data, a path, or a loss.
    Brought(PathBuf),
    /// A preset, or what is taken for one.
    Preset(PathBuf),
}

/// What was dropped since the last frame, the first of several. While something is held above the window, tells what
/// can be done.
pub fn dropped(ctx: &Context) -> Option<DroppedFile> {
    hint(ctx);
    let path = ctx.input(|input| input.raw.dropped_files.first().map(|file| full(file.path().to_owned())))?;
    Some(if is_brought(&path) { DroppedFile::Brought(path) } else { DroppedFile::Preset(path) })
}

/// Whether a file of this name is taken for data, a path, or a loss.
pub fn is_brought(path: &Path) -> bool {
    path.extension().is_some_and(|ending| is_brought_ending(&ending.to_string_lossy()))
}
