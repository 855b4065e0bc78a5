//! The right panel: the lesson's text, and below it one of several pages.

use super::catalogue::{PAGES, find};
use super::entry::PageEntry;
use super::lesson;
use super::lesson::LessonPanel;
use crate::app::context::FrameContext;
use crate::app::layout::{DividerMove, divider};
use crate::app::lessons::Lessons;
use crate::app::pointing;
use crate::app::present::WindowRole;
use crate::app::story;
use crate::app::text_size;
use egui::{Id, RichText, ScrollArea, Ui, vec2};
use thalweg_core::math::within::Within;

/// A page needs so much height below the lesson, in points; where the panel has less than twice as much, all of it
/// scrolls.
const PAGE: f32 = 150.0;
/// The lesson is at least so high.
const LESSON: f32 = 96.0;

/// What the panel keeps between frames.
#[derive(Default)]
pub struct Pages {
    lesson: LessonPanel,
}

impl Pages {
    /// Lets the lesson's title and notes be written.
    pub fn write(&mut self) {
        self.lesson.is_written = true;
    }

    /// Shows the panel: the lesson as high as its text, as long as the page has room, or as its edge was dragged.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>, lessons: &Lessons) {
        if context.role == WindowRole::Present {
            self.lesson.header(ui, context, lessons);
            self.lesson.scrolling(ui, context, true);
            return;
        }
        let room = ui.available_height();
        if room < 2.0 * PAGE {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                self.lesson.header(ui, context, lessons);
                self.lesson.text(ui, context);
                ui.separator();
                page(ui, context);
            });
            return;
        }
        self.lesson.header(ui, context, lessons);
        if lesson::is_open(ui) {
            let id = Id::unique("height of the lesson");
            let dragged = ui.data_mut(|data| data.get_persisted::<f32>(id));
            let most = (ui.available_height() - PAGE).max(LESSON);
            let height = dragged.unwrap_or(self.lesson.height()).within(LESSON.min(most), most);
            let size = vec2(ui.available_width(), height);
            ui.allocate_ui(size, |ui| {
                let is_whole = self.lesson.height() <= height + 0.5;
                self.lesson.scrolling(ui, context, is_whole);
            });
            if let Some(moved) = divider(ui, "height of the lesson") {
                ui.data_mut(|data| match moved {
                    DividerMove::By(by) => {
                        data.insert_persisted(id, (height + by).within(LESSON.min(most), most));
                    }
                    DividerMove::Home => data.remove::<f32>(id),
                });
            }
        } else {
            ui.separator();
        }
        ScrollArea::vertical().id_salt("page").auto_shrink(false).show(ui, |ui| page(ui, context));
    }
}

fn page(ui: &mut Ui, context: &FrameContext<'_>) {
    if story::is_asking(context.session) {
        let words = "Once the answer is shown, the pages of theory are back.";
        ui.label(RichText::new(words).size(text_size::HINT).weak());
        return;
    }
    pointing::around(ui, |place| place.key == "show.page", |ui| tabs(ui, context));
    if let Some(page) = find(context.show().page) {
        (page.show)(ui, context);
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
