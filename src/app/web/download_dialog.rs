//! The dialog that asks for the name and the format of a picture or a film.

use crate::app::dialog;
use crate::app::text_size;
use crate::export::export_format::ExportFormat;
use crate::export::picture::PictureFormat;
use egui::{Button, Context, Key, RichText, TextEdit, Ui};

/// The dialog.
pub struct DownloadDialog {
    stem: String,
    format: ExportFormat,
}

/// What the user wants.
pub enum DownloadAnswer {
    /// Nothing yet.
    Open,
    /// To leave it.
    Cancelled,
    /// A file of this name, in this format.
    Save(String, ExportFormat),
}

impl DownloadDialog {
    /// The dialog with a first guess of the name, which has no ending.
    pub fn new(stem: String) -> Self {
        Self { stem, format: ExportFormat::Picture(PictureFormat::Png) }
    }

    /// Shows it.
    pub fn show(&mut self, ctx: &Context) -> DownloadAnswer {
        let mut is_open = true;
        let mut is_confirmed = false;
        dialog::small("Save a picture or a film")
            .open(&mut is_open)
            .show(ctx, |ui| is_confirmed = self.ui(ui));
        if !is_open || ctx.input(|input| input.key_pressed(Key::Escape)) {
            return DownloadAnswer::Cancelled;
        }
        if is_confirmed {
            return DownloadAnswer::Save(
                format!("{}.{}", self.stem.trim(), self.format.ending()),
                self.format,
            );
        }
        DownloadAnswer::Open
    }

    /// True when the user confirms.
    fn ui(&mut self, ui: &mut Ui) -> bool {
        ui.set_width(360.0);
        ui.horizontal(|ui| {
            let label = ui.label("Name");
            ui.add(TextEdit::singleline(&mut self.stem).desired_width(250.0)).labelled_by(label.id);
            ui.label(format!(".{}", self.format.ending()));
        });
        for format in ExportFormat::ALL {
            let name = format!(".{}  {}", format.ending(), format.alternative().doc);
            ui.radio_value(&mut self.format, format, name);
        }
        ui.label(RichText::new("It comes to the browser's downloads.").size(text_size::HINT).weak());
        ui.add_enabled(!self.stem.trim().is_empty(), Button::new("Save")).clicked()
    }
}
