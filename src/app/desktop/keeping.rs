//! Keeps what is open until the next start, and says what is not as it was.

use super::window_look::LookOut;
use crate::app::beside::beside;
use crate::files::disk::load_again;
use crate::files::earlier_session::EarlierSession;
use crate::files::session_keeper::SessionKeeper;
use crate::files::session_place::{SessionPlace, earlier_sessions};
use egui::Context;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{FileValue, base_name};
use thalweg_session::{Runtime, Session, StoredSession};

/// What is kept, and by whom.
#[derive(Default)]
pub struct DesktopKeeping {
    keeper: Option<SessionKeeper>,
    /// What was handed over last, or was there at the start.
    last: Option<StoredSession>,
    look: LookOut,
    /// What a look at the files of the data has found.
    data: Option<Receiver<String>>,
    /// What is found of earlier sessions.
    listed: Option<Receiver<Vec<EarlierSession>>>,
}

impl DesktopKeeping {
    /// Keeps what is going to be open at this place. The session that is there is not gone on with where
    /// `is_another`. What is open now is not written before it changes.
    pub fn begin(
        ctx: &Context,
        place: SessionPlace,
        is_another: bool,
        now: StoredSession,
        runtime: Runtime,
    ) -> Self {
        let path = place.path().to_owned();
        let listed = beside(runtime, ctx, move || earlier_sessions(&path, is_another));
        let wake = ctx.clone();
        let keeper = SessionKeeper::begin(place, is_another, move || wake.request_repaint());
        Self { keeper: Some(keeper), last: Some(now), listed: Some(listed), ..Self::default() }
    }

    /// Looks whether the files of the data are as they were, which may take long where a disk does not answer.
    pub fn compare_data(&mut self, ctx: &Context, stored: &StoredSession, runtime: Runtime) {
        let values = stored.file_values();
        if !values.is_empty() {
            self.data = Some(beside(runtime, ctx, move || changes(&values)));
        }
    }

    /// What is open now is to be written although it has not changed: what is there could not all be read.
    pub fn write_anyway(&mut self) {
        self.last = None;
    }

    /// The session that is kept is left as an earlier one: what comes goes on with the one that was stored.
    pub fn go_back(&mut self, ctx: &Context, stored: &StoredSession, now: &Session) {
        if let Some(keeper) = &self.keeper {
            keeper.begin_another();
        }
        self.compare_data(ctx, stored, now.runtime());
    }

    /// Hands over what has changed. Gives what there is to tell. `is_last` says that the window is going to close.
    pub fn update(
        &mut self,
        ctx: &Context,
        session: &Session,
        fingerprint: Option<u64>,
        is_last: bool,
    ) -> Vec<String> {
        let Some(keeper) = &self.keeper else { return Vec::new() };
        let now = session.stored(fingerprint);
        if self.last.as_ref().is_none_or(|last| now.is_newer_than(last)) {
            keeper.keep(now.clone());
            self.last = Some(now);
        }
        if let Some(look) = self.look.changed(ctx, is_last) {
            keeper.keep_look(look);
        }
        let data = self.data.as_ref().and_then(|data| data.try_recv().ok());
        keeper.news().into_iter().chain(data).filter(|told| !told.is_empty()).collect()
    }

    /// The sessions that can be gone back to, the latest first: once, when they are found.
    pub fn earlier(&self) -> Option<Vec<EarlierSession>> {
        self.listed.as_ref()?.try_recv().ok()
    }

    /// Waits until all is written; nothing is kept from then on.
    pub fn finish(&mut self) {
        self.keeper = None;
    }

    /// Who writes, if anybody does.
    pub fn keeper(&self) -> Option<&SessionKeeper> {
        self.keeper.as_ref()
    }
}

/// What has become of the files of these values, in words; empty where they are as they were.
fn changes(values: &[Value]) -> String {
    let files = values.iter().filter_map(|value| Some((value, FileValue::of(value)?)));
    // What has no full name stands in the document.
    let files = files.filter(|(_, file)| Path::new(file.name).is_absolute());
    let lines = files.filter_map(|(value, file)| {
        let name = base_name(file.name);
        let what = match value {
            Value::Path(_) => "The path is the one",
            Value::Grid(_) => "The samples are those",
            _ => "The data are those",
        };
        match load_again(value) {
            Ok(now) if is_same(&now, value) => None,
            Ok(_) => Some(format!(
                "{name} has changed since it was read. {what} that the session had; to take what is there now, choose \
                 the file once more."
            )),
            Err(error) => {
                let error = error.to_string();
                let error = error.lines().next().unwrap_or_default();
                Some(format!(
                    "{error}. {what} of the last session, so nothing is lost; the preset can be saved once the \
                     file is back."
                ))
            }
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether two values from one file have the same content, whatever else they are called.
fn is_same(now: &Value, before: &Value) -> bool {
    match (now, before) {
        (Value::Data(now), Value::Data(before)) => now.columns == before.columns && now.rows == before.rows,
        _ => FileValue::of(now).map(|file| file.rows()) == FileValue::of(before).map(|file| file.rows()),
    }
}

/// The full name of a file: where the program is started from next time must not matter.
pub fn full(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}
