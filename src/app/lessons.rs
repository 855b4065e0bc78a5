//! The built-in lessons: the menu, and which of them is open.

use super::context::{Action, FrameContext};
use super::tip;
use egui::{Button, Context, Id, Role, Ui, WidgetInfo};
use thalweg_scenario::{PRESETS, Preset, parse};
use thalweg_session::Session;

/// A built-in lesson, as the menu shows it.
pub struct Lesson {
    name: &'static str,
    topic: &'static str,
    title: String,
}

/// All built-in lessons, in their order.
pub struct Lessons(Vec<Lesson>);

impl Default for Lessons {
    fn default() -> Self {
        let title = |preset: &Preset| {
            parse(preset.text).map_or_else(|_| preset.name.to_owned(), |scenario| scenario.title)
        };
        let lessons = PRESETS.iter().map(|preset| Lesson {
            name: preset.name,
            topic: preset.topic,
            title: title(preset),
        });
        Self(lessons.collect())
    }
}

/// Where the names of the lessons are kept that were open before.
fn seen_id() -> Id {
    Id::unique("lessons that were open")
}

impl Lessons {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The place of the lesson that is open, however it was changed since; none where a file is.
    pub fn present(&self, session: &Session) -> Option<usize> {
        let title = &session.opened().title;
        self.0.iter().position(|lesson| lesson.title == *title).filter(|_| session.file().is_none())
    }

    /// What opens the lesson that is so many places behind the one that is open; from what is no lesson, the first.
    pub fn turned(&self, session: &Session, by: isize) -> Option<Action> {
        let place = match self.present(session) {
            Some(present) => present.checked_add_signed(by)?,
            None => 0,
        };
        self.0.get(place).map(|lesson| Action::Lesson(lesson.name))
    }

    /// The title of the lesson that is so many places behind the one that is open.
    pub fn title(&self, session: &Session, by: isize) -> Option<&str> {
        let place = self.present(session)?.checked_add_signed(by)?;
        self.0.get(place).map(|lesson| lesson.title.as_str())
    }

    /// Notes that the present lesson has been open.
    pub fn note(&self, ctx: &Context, session: &Session) {
        let Some(Lesson { name, .. }) = self.present(session).and_then(|place| self.0.get(place)) else {
            return;
        };
        ctx.data_mut(|data| {
            let seen = data.get_persisted_mut_or_default::<String>(seen_id());
            if !seen.split_whitespace().any(|seen| seen == *name) {
                seen.push_str(name);
                seen.push(' ');
            }
        });
    }

    /// A menu for each topic: all lessons in one would not fit on a projector.
    pub fn menu(&self, ui: &mut Ui, context: &FrameContext<'_>) {
        let present = self.present(context.session).and_then(|place| self.0.get(place));
        let seen = ui.data_mut(|data| data.get_persisted::<String>(seen_id())).unwrap_or_default();
        for group in self.0.chunk_by(|one, next| one.topic == next.topic) {
            let is_present = present.is_some_and(|present| present.topic == group[0].topic);
            let topic =
                if is_present { format!("{}  •", group[0].topic) } else { group[0].topic.to_owned() };
            ui.menu_button(topic, |ui| {
                for lesson in group {
                    let is_present = present.is_some_and(|present| present.name == lesson.name);
                    let was_open = seen.split_whitespace().any(|name| name == lesson.name);
                    let entry = Button::selectable(is_present, &lesson.title);
                    let entry = if was_open && !is_present { entry.shortcut_text("seen") } else { entry };
                    let says = match (is_present, was_open) {
                        (true, _) => format!("{}: open now", lesson.name),
                        (false, true) => format!("{}: was open before", lesson.name),
                        (false, false) => lesson.name.to_owned(),
                    };
                    let entry = ui.add(entry);
                    entry.widget_info(|| WidgetInfo::selected(Role::Button, true, is_present, &lesson.title));
                    if tip::of_entry_text(entry, says).clicked() {
                        context.act(Action::Lesson(lesson.name));
                        ui.close();
                    }
                }
            });
        }
    }
}
