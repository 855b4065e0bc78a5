//! The window on a desktop: how it is opened, on what, and where its session is kept.

use super::desktop::keeping::{DesktopKeeping, full};
use super::desktop::look_file::read_look;
use super::{App, first_lesson};
use crate::files::session_file::{Restored, restore};
use crate::files::session_keeper::SessionKeeper;
use crate::files::session_place::SessionPlace;
use crate::native;
use egui::Context;
use std::path::PathBuf;
use thalweg_scenario::{LinkOptions, Scenario};
use thalweg_session::{Runtime, StoredSession};

/// What a window is opened on: a scenario, and the file that it is in.
pub struct Given {
    /// The scenario.
    pub scenario: Scenario,
    /// The file that it is in, if it is in one, and the fingerprint of its content.
    pub file: Option<(PathBuf, Option<u64>)>,
    /// How the link that it came in shows it.
    pub options: LinkOptions,
    /// What of the link was passed over, a sentence each.
    pub remarks: Vec<String>,
}

/// Opens the window on a scenario, or on what was open last. Returns when it is closed.
///
/// # Errors
/// Where there is no display, or it cannot be drawn on: in words, for standard error.
pub fn run(given: Option<Given>) -> Result<(), String> {
    // What is embedded neither keeps nor finds anything.
    let is_embedded = given.as_ref().is_some_and(|given| given.options.embed);
    let place = SessionPlace::of_user().filter(|_| !is_embedded);
    let look = place.as_ref().map(|place| read_look(place.path())).unwrap_or_default();
    let window = egui::ViewportBuilder::default()
        .with_app_id("thalweg")
        .with_title("Thalweg")
        .with_inner_size(if is_embedded { [800.0, 500.0] } else { [1366.0, 768.0] })
        .with_min_inner_size(if is_embedded { [320.0, 240.0] } else { [680.0, 380.0] })
        .with_clamp_size_to_monitor_size(true)
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport: look.place(window), ..Default::default() };
    let begin: eframe::AppCreator<'_> = Box::new(move |context| {
        look.recall(&context.egui_ctx);
        Ok(Box::new(App::begin(&context.egui_ctx, given, place, native::runtime())))
    });
    eframe::run_native("thalweg", options, begin).map_err(|error| error.to_string())
}

impl App {
    /// The window at start-up: on the given scenario, or else the session at this place, or else the first
    /// lesson. What is changed is kept there.
    pub fn begin(ctx: &Context, given: Option<Given>, place: Option<SessionPlace>, runtime: Runtime) -> Self {
        let is_given = given.is_some();
        let (options, remarks) =
            given.as_ref().map(|given| (given.options.clone(), given.remarks.clone())).unwrap_or_default();
        let is_embedded = options.embed;
        let restored = place.as_ref().filter(|_| !is_given).map(|place| restore(place.path()));
        let Restored { session, mut told } = restored.unwrap_or_default();
        if session.is_none() && !told.is_empty() {
            told.push("This is the first lesson.".to_owned());
        }
        told.extend(remarks);
        let of_given = |Given { scenario, file, .. }| {
            let (file, fingerprint) = file.map_or((None, None), |(file, of)| (Some(full(file)), of));
            StoredSession { file, fingerprint, ..StoredSession::new(scenario) }
        };
        let stored = given.map(of_given).or(session).unwrap_or_else(|| StoredSession::new(first_lesson()));
        let mut app = Self::of(ctx, stored.clone(), runtime);
        app.files.know(&stored);
        app.show_as(ctx, options);
        if let Some(place) = place {
            let now = app.session.stored(stored.fingerprint);
            app.keeping = DesktopKeeping::begin(ctx, place, is_given, now, runtime);
            app.keeping.compare_data(ctx, &stored, runtime);
        } else if !is_embedded {
            told.push("There is no folder to keep the session in: save the preset to keep it.".to_owned());
        }
        if !told.is_empty() {
            app.keeping.write_anyway();
            app.files.tell(told.join("\n"), true);
        }
        app
    }

    /// Who keeps the session, if anybody does.
    pub fn keeper(&self) -> Option<&SessionKeeper> {
        self.keeping.keeper()
    }
}
