//! What is pasted into the window beside its fields.

use super::context::Action;
use egui::{Context, Event};
use thalweg_scenario::is_link;

/// A link that was pasted where no text is written.
pub fn pasted(ctx: &Context) -> Option<Action> {
    if ctx.text_edit_focused() {
        return None;
    }
    ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) if is_link(text) => Some(Action::OpenLink(text.clone())),
            _ => None,
        })
    })
}
