//! The right panel: the lesson's text, and below it one of several pages.

use super::catalogue::{PAGES, find};
use super::entry::PageEntry;
use super::notes::Notes;
use crate::app::context::FrameContext;
use egui::{CollapsingHeader, RichText, ScrollArea, Ui};

/// What the panel keeps between frames.
#[derive(Default)]
pub struct Pages {
    notes: Notes,
}

impl Pages {
    /// Shows the panel.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let page = find(context.show().page);
        let room = (ui.available_height() - page.map_or(0.0, |page| page.height)).max(96.0);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let notes = &context.session.scenario().notes;
            if !notes.trim().is_empty() {
                CollapsingHeader::new(RichText::new("Lesson").strong()).default_open(true).show_unindented(
                    ui,
                    |ui| {
                        ScrollArea::vertical().id_salt("notes").max_height(room).show(ui, |ui| {
                            self.notes.show(ui, notes);
                        });
                    },
                );
                ui.separator();
            }
            tabs(ui, context);
            if let Some(page) = page {
                (page.show)(ui, context);
            }
        });
    }
}

fn tabs(ui: &mut Ui, context: &FrameContext<'_>) {
    let now = context.show().page;
    ui.horizontal(|ui| {
        for PageEntry { page, .. } in PAGES {
            let name = RichText::new(page.name()).strong();
            if ui.selectable_label(now == *page, name).on_hover_text(page.doc()).clicked() {
                context.change_show(|show| show.page = *page);
            }
        }
    });
}
