//! The right panel: the lesson's text, and below it one of several pages.

mod adaptive;
mod critical;
mod dial;
mod map;
mod model;
mod phase;
mod rates;
mod side;
mod spectrum;
mod step;

use crate::app::context::FrameContext;
use crate::words::text;
use egui::{CollapsingHeader, RichText, ScrollArea, Ui};
use egui_commonmark::{CommonMarkCache, CommonMarkViewer};
use thalweg_scenario::{LookAt, Page, ViewState};
use thalweg_session::Edit;

/// What the panel keeps between frames.
#[derive(Default)]
pub struct Pages {
    markdown: CommonMarkCache,
    phase: phase::Phase,
}

impl Pages {
    /// Shows the panel.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let session = context.session;
        // A page needs so much; a long lesson scrolls in the rest.
        let page = session.scenario().show.page;
        let needed = if page == Page::Model { 590.0 } else { 520.0 };
        let room = (ui.available_height() - needed).max(96.0);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let notes = &session.scenario().notes;
            if !notes.trim().is_empty() {
                CollapsingHeader::new(RichText::new("Lesson").strong()).default_open(true).show_unindented(
                    ui,
                    |ui| {
                        ScrollArea::vertical().id_salt("notes").max_height(room).show(ui, |ui| {
                            CommonMarkViewer::new().show(ui, &mut self.markdown, notes);
                        });
                    },
                );
                ui.separator();
            }
            tabs(ui, context);
            match page {
                Page::Spectrum => {
                    spectrum::show(ui, context, &mut self.phase);
                    context.caches.noise.show(ui);
                }
                Page::Model => model::show(ui, context),
                Page::Step => step::show(ui, context),
                Page::Map => map::show(ui, context),
            }
        });
    }
}

fn tabs(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let show = &session.scenario().show;
    ui.horizontal(|ui| {
        for page in Page::ALL {
            let name = RichText::new(page.name()).strong();
            if ui.selectable_label(show.page == page, name).on_hover_text(page.says()).clicked() {
                context.push(Edit::Show(Box::new(ViewState { page, ..show.clone() })));
            }
        }
    });
}

/// A part of a page that can be folded away, and stays so.
fn section<R>(ui: &mut Ui, id: &str, title: &str, tip: &str, add: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let heading = RichText::new(title).size(12.5).strong();
    let shown = CollapsingHeader::new(heading).id_salt(id).default_open(true).show_unindented(ui, add);
    if !tip.is_empty() {
        shown.header_response.on_hover_text(tip);
    }
    shown.body_returned
}

/// Which point the page looks at.
fn look_at(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let now = session.look_at();
    ui.horizontal(|ui| {
        ui.label(RichText::new("at").size(12.0)).on_hover_text("The point that this page is about");
        for (look_at, name, tip) in [
            (LookAt::Current, "here", "At the focused runner's place at this step"),
            (LookAt::Start, "start", "At the start"),
            (LookAt::NearestMinimum, "minimum", "At the known minimum nearest to the focused runner"),
        ] {
            if ui.selectable_label(now == look_at, name).on_hover_text(tip).clicked() {
                context.push(Edit::LookAt(look_at));
            }
        }
        if let LookAt::Point([x, y]) = now {
            // A point that was clicked; it goes when another is chosen.
            let _ =
                ui.selectable_label(true, text::point(x, y)).on_hover_text("At the point that was chosen");
        }
    });
}
