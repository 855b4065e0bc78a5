//! The lesson: which one it is, the next and the one before, its text, and writing one of one's own.

use crate::app::context::{Action, FrameContext};
use crate::app::follow::KeptLooks;
use crate::app::lessons::Lessons;
use crate::app::markdown::view::MarkdownView;
use crate::app::story;
use crate::app::text_size;
use crate::app::theme::Palette;
use egui::scroll_area::ScrollBarVisibility;
use egui::{Align, Button, Id, Layout, RichText, Role, ScrollArea, TextEdit, Ui, WidgetInfo};
use thalweg_scenario::MAX_TITLE;
use thalweg_scenario::text::markdown::MAX_MARKDOWN;
use thalweg_session::Edit;

/// What is kept of the lesson between frames.
#[derive(Default)]
pub struct LessonPanel {
    notes: MarkdownView,
    looks: KeptLooks,
    /// Whether title and notes are being written, rather than read.
    pub is_written: bool,
    /// Whether the text takes the keyboard when it is drawn next.
    wants_keys: bool,
    /// How high the text is.
    height: f32,
}

/// How high the fields are in which a lesson is written, in points.
const WRITTEN: f32 = 330.0;

impl LessonPanel {
    /// How high the text is, as it was drawn last, in points.
    pub fn height(&self) -> f32 {
        if self.is_written { WRITTEN } else { self.height }
    }

    /// Shows the line above the text.
    pub fn header(&mut self, ui: &mut Ui, context: &FrameContext<'_>, lessons: &Lessons) {
        let session = context.session;
        // What was made of a lesson, and has lost its words, is none.
        let present = lessons.present(session).filter(|_| !session.scenario().title.is_empty());
        ui.horizontal(|ui| {
            let is_open = is_open(ui);
            let story = session.story();
            let scene = story.map(|story| format!("Scene {} of {}", story.place() + 1, story.count()));
            let name = present.map_or_else(
                || "Notes".to_owned(),
                |place| format!("Lesson {} of {}", place + 1, lessons.count()),
            );
            let name = scene.unwrap_or(name);
            let sign = if is_open { "▾" } else { "▸" };
            let heading = RichText::new(format!("{sign} {name}")).strong();
            let heading = ui.add(Button::new(heading).frame(false));
            heading.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, &name));
            if heading.on_hover_text("Shows or hides the text").clicked() {
                ui.data_mut(|data| data.insert_persisted(folded(), !is_open));
            }
            for (sign, what, by) in [("◀", "Previous lesson", -1), ("▶", "Next lesson", 1)] {
                let is_scene = story.is_some_and(|story| story.turned(by).is_some());
                let what = if is_scene { what.replace("lesson", "scene") } else { what.to_owned() };
                let title = lessons.title(session, by).or(is_scene.then_some(""));
                let key = if by > 0 { "Page down" } else { "Page up" };
                let button = ui.add_enabled(title.is_some(), Button::new(sign).small());
                button.widget_info(|| WidgetInfo::labeled(Role::Button, title.is_some(), &what));
                let to = title.filter(|_| !is_scene).map(|title| format!(": {title}")).unwrap_or_default();
                let says = format!("{what}{to} ({key})");
                if button.on_hover_text(says).clicked() {
                    context.act(Action::TurnPage(by));
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let (verb, tip) = if self.is_written {
                    ("Done", "Shows the text as it is read")
                } else {
                    ("Write", "Writes the title and the text, in Markdown")
                };
                if ui.small_button(verb).on_hover_text(tip).clicked() {
                    self.is_written = !self.is_written;
                    self.wants_keys = self.is_written;
                }
            });
        });
    }

    /// Shows the text in the room that there is; a bar is always there where there is more.
    pub fn scrolling(&mut self, ui: &mut Ui, context: &FrameContext<'_>, is_whole: bool) {
        let bar = if is_whole {
            ScrollBarVisibility::VisibleWhenNeeded
        } else {
            ScrollBarVisibility::AlwaysVisible
        };
        let (room, before) = (ui.available_height(), self.height);
        let shown = ScrollArea::vertical()
            .id_salt(("notes", context.session.opened().title.as_str(), place_of(context)))
            .max_height(room)
            .auto_shrink(false)
            .scroll_bar_visibility(bar)
            .show(ui, |ui| self.text(ui, context));
        if !self.is_written {
            self.height = shown.content_size.y;
            if (self.height - before).abs() > 0.5 {
                ui.ctx().request_discard("the lesson is as high as its text");
            }
        }
    }

    /// Shows the text, or the fields to write it.
    pub fn text(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        if self.is_written {
            self.write(ui, context);
            return;
        }
        let scenario = context.session.scenario();
        let scene = story::words(context.session);
        let words = scene.as_ref().unwrap_or(&scenario.notes);
        if words.trim().is_empty() {
            ui.label(RichText::new("Nothing is written here yet: Write.").weak());
            return;
        }
        let words = &scenario.show.notation.notes(words, &scenario.surface);
        ui.scope(|ui| {
            let (looks, mut is_known) = (&mut self.looks, false);
            let look = |destination: &str| {
                if !is_known {
                    looks.of(scenario);
                    is_known = true;
                }
                looks.look(destination)
            };
            if let Some(destination) = self.notes.show(ui, words, look) {
                context.act(Action::Follow(destination));
            }
        });
        story::question(ui, context);
    }

    fn write(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let scenario = context.session.scenario();
        let (mut title, mut notes) = (scenario.title.clone(), scenario.notes.clone());
        let field = TextEdit::singleline(&mut title)
            .hint_text("Title")
            .char_limit(MAX_TITLE)
            .desired_width(f32::INFINITY);
        let label = ui.label(RichText::new("Title").size(text_size::LABEL));
        let field = ui.add(field).labelled_by(label.id);
        if field.changed() {
            context.push(Edit::SetTitle(title));
        }
        let field = TextEdit::multiline(&mut notes)
            .hint_text(
                "Markdown: **bold**, *slanted*, - a list, [to 0.75](do:1.lr=0.75), [zigzag](lesson:zigzag)",
            )
            .char_limit(MAX_MARKDOWN)
            .desired_width(f32::INFINITY)
            .desired_rows(12);
        let label = ui.label(RichText::new("Text").size(text_size::LABEL));
        let field = ui.add(field).labelled_by(label.id);
        if std::mem::take(&mut self.wants_keys) {
            field.request_focus();
        }
        if field.changed() {
            context.push(Edit::SetNotes(notes));
        }
        for fault in self.looks.of(scenario).faults() {
            ui.label(RichText::new(fault).size(text_size::HINT).color(Palette::of(ui).alarm));
        }
        ui.label(
            RichText::new(
                "A link that begins with do: changes any field, as `thalweg run --set` does; lesson:, page:, step: \
                 and key: lead to these.",
            )
            .size(text_size::HINT)
            .weak(),
        );
    }
}

/// Whether the text is shown.
pub fn is_open(ui: &Ui) -> bool {
    ui.ctx().data_mut(|data| data.get_persisted(folded())).unwrap_or(true)
}

/// The scene: each begins at its top.
fn place_of(context: &FrameContext<'_>) -> usize {
    context.session.story().map_or(0, thalweg_session::Story::place)
}

fn folded() -> Id {
    Id::unique("whether the lesson is open")
}
