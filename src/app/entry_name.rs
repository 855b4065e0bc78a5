//! What an entry of a table of the catalogue is called in files.

use super::text_size;
use egui::{RichText, Ui};
use thalweg_core::spec::described::Described;

/// The name in presets, below what else a tooltip says of an entry.
pub fn file_name(ui: &mut Ui, entry: &impl Described) {
    let written = format!("In files: {}", entry.name());
    ui.label(RichText::new(written).size(text_size::HINT).weak());
}
