//! A runner as a program, copied as text.

use super::context::{Action, FrameContext};
use egui::Ui;
use thalweg_code::{Language, script};

/// The entries of a runner's menu that copy the runner as a program, one for each library.
pub fn entries(ui: &mut Ui, context: &FrameContext<'_>, index: usize) {
    for language in Language::ALL {
        let title = language.title();
        let entry = ui.button(format!("Copy as {title}"));
        if !entry.on_hover_text("A program in Python that makes the same steps, as text").clicked() {
            continue;
        }
        ui.close();
        match script(context.session.scenario(), index, language) {
            Ok(script) => {
                let told = script.notes.iter().map(|note| format!("Note: {note}."));
                let lines: Vec<String> =
                    std::iter::once(format!("Copied as a program for {title}.")).chain(told).collect();
                ui.ctx().copy_text(script.text);
                context.act(Action::Tell { text: lines.join("\n"), is_error: false });
            }
            Err(why) => context.act(Action::Tell { text: why.to_string(), is_error: true }),
        }
    }
}
