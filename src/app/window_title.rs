//! The title of the window: what is open, for the list of windows.

use egui::{Context, Id, ViewportCommand};
use thalweg_session::Session;

/// Gives the window the name of the file that is open, or else the title of the scenario, where it has another.
pub fn show(ctx: &Context, session: &Session) {
    let id = Id::unique("title of the window");
    let title = of(session);
    if ctx.data(|data| data.get_temp::<String>(id)).as_ref() != Some(&title) {
        ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
        ctx.data_mut(|data| data.insert_temp(id, title));
    }
}

fn of(session: &Session) -> String {
    let file =
        session.file().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let name = file.unwrap_or_else(|| session.scenario().shown_title().to_owned());
    format!("{name}{} - Thalweg", if session.is_changed() { " *" } else { "" })
}
