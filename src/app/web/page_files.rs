//! Files in a page: opened by the browser's chooser or a drop, saved as downloads.

use super::download_dialog::{DownloadAnswer, DownloadDialog};
use super::page::{HostPage, PageFile};
use super::page_export::PageExport;
use crate::app::drop_hint::hint;
use crate::app::file_outcome::{FileOutcome, file_stem};
use crate::app::picture_job::PictureRequest;
use crate::app::purpose::Purpose;
use crate::app::toast::Toast;
use egui::Context;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thalweg_scenario::{
    BroughtFile, DataFile, FileSource, LoadError, Scenario, base_name, is_brought_ending, parse_bytes,
    printable, read_brought, read_data, to_ron,
};
use thalweg_session::{Session, StoredSession};
use wasm_bindgen_futures::spawn_local;

/// The media types of presets and of tables.
const RON: &str = "text/plain;charset=utf-8";
const CSV: &str = "text/csv;charset=utf-8";

/// The tables that the page has seen, by their files' names: what a preset beside them calls so.
#[derive(Clone, Debug, Default)]
struct SeenTables(HashMap<String, Arc<[u8]>>);

impl SeenTables {
    fn add(&mut self, name: &str, bytes: &[u8]) {
        self.0.insert(base_name(name).to_owned(), bytes.into());
    }
}

impl FileSource for SeenTables {
    fn read(&mut self, name: &str) -> Result<DataFile, String> {
        let base = base_name(name);
        match self.0.get(base) {
            Some(bytes) => Ok(DataFile { name: base.to_owned(), bytes: bytes.to_vec() }),
            None => Err(format!(
                "{}: a page cannot read the files beside a preset; choose or drop this one together with the preset",
                printable(base)
            )),
        }
    }
}

/// What is going on with files.
#[derive(Default)]
pub struct PageFiles {
    /// What the window should tell.
    pub toast: Option<Toast>,
    /// The bad news that the toast tells.
    error: Option<String>,
    page: HostPage,
    seen: SeenTables,
    /// What the browser's chooser was opened for.
    asked: Option<Purpose>,
    dialog: Option<DownloadDialog>,
    /// The picture that the dialog is about.
    picture: Option<Box<PictureRequest>>,
    export: Option<PageExport>,
    saved: Option<(Box<Scenario>, PathBuf)>,
}

impl PageFiles {
    /// Goes through this page from now on.
    pub fn go_through(&mut self, page: &HostPage) {
        self.page = page.clone();
    }

    /// Tells the user something.
    pub fn tell(&mut self, text: impl Into<String>, is_error: bool) {
        let text = text.into();
        self.error = is_error.then(|| text.clone());
        self.toast = Some(Toast::new(text, is_error));
    }

    /// The bad news that is shown.
    pub fn error(&self) -> Option<&str> {
        self.error.as_deref().filter(|_| self.toast.is_some())
    }

    /// Keeps a session's tables in mind: presets name them.
    pub fn know(&mut self, stored: &StoredSession) {
        for (name, rows) in stored.files() {
            self.seen.add(&name, rows.as_bytes());
        }
    }

    /// A download has no content that could be looked at again.
    pub fn fingerprint(&self, _: &Path) -> Option<u64> {
        None
    }

    /// Whether something is asked, so that keys belong to the answer.
    pub fn is_asking(&self) -> bool {
        self.dialog.is_some()
    }

    /// Opens the browser's chooser, or saves.
    pub fn ask(&mut self, purpose: Purpose, session: &Session) {
        let accept = match purpose {
            Purpose::Open => ".ron,.csv,.tsv,.txt,.npy,.npz",
            Purpose::Data => ".csv",
            Purpose::Save => return self.download(session),
            Purpose::Export => {
                let name = format!("{}.csv", file_stem(&session.scenario().title));
                self.export = Some(PageExport::table(&self.page, session.scenario().clone(), name));
                return;
            }
            Purpose::Picture => return,
        };
        self.asked = Some(purpose);
        self.page.tell(serde_json::json!({ "event": "choose", "accept": accept }));
    }

    /// Asks for the format that a picture is saved in.
    pub fn ask_picture(&mut self, request: Box<PictureRequest>, session: &Session) {
        self.picture = Some(request);
        self.dialog = Some(DownloadDialog::new(file_stem(&session.scenario().title)));
    }

    /// Saves as a download.
    pub fn save(&mut self, ctx: &Context, session: &Session) {
        self.download(session);
        ctx.request_repaint();
    }

    /// Lets the browser save the preset, and the tables that it names.
    fn download(&mut self, session: &Session) {
        let scenario = session.document_to_save();
        let of_file = session.file().map(|file| base_name(&file.to_string_lossy()).to_owned());
        let name = of_file.unwrap_or_else(|| format!("{}.ron", file_stem(&scenario.title)));
        self.page.save(&name, RON, to_ron(&scenario).into_bytes());
        for (name, rows) in StoredSession::new(scenario.clone()).files() {
            self.page.save(base_name(&name), CSV, rows.into_bytes());
        }
        self.saved = Some((Box::new(scenario), PathBuf::from(name)));
    }

    /// Takes what was dropped on the window, which comes a moment later.
    pub fn take_drops(&mut self, ctx: &Context, _: &Session) {
        hint(ctx);
        if ctx.current_pass_index() > 0 {
            return;
        }
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        if dropped.is_empty() {
            return;
        }
        self.asked = None;
        let page = self.page.clone();
        spawn_local(async move {
            for file in dropped {
                let name = file.path().to_string_lossy().into_owned();
                page.take(PageFile { name, bytes: file.bytes_async().await });
            }
        });
    }

    /// Shows what is asked and what is under way, and takes in what has come.
    pub fn show(&mut self, ctx: &Context, _: &Session) -> Option<FileOutcome> {
        self.show_dialog(ctx);
        if let Some((told, is_error)) = self.export.as_ref().and_then(PageExport::poll) {
            self.export = None;
            self.tell(told, is_error);
        }
        if self.export.as_ref().is_some_and(|export| export.show(ctx)) {
            self.export = None;
        }
        if let Some((scenario, name)) = self.saved.take() {
            self.tell(format!("Saved as {}, among the browser's downloads.", name.display()), false);
            return Some(FileOutcome::Saved(scenario, name));
        }
        let taken = self.page.taken();
        if taken.is_empty() { None } else { self.take(taken) }
    }

    fn show_dialog(&mut self, ctx: &Context) {
        let Some(mut dialog) = self.dialog.take() else { return };
        match dialog.show(ctx) {
            DownloadAnswer::Open => self.dialog = Some(dialog),
            DownloadAnswer::Cancelled => self.picture = None,
            DownloadAnswer::Save(name, format) => {
                if let Some(request) = self.picture.take() {
                    self.export = Some(PageExport::picture(&self.page, *request, name, format));
                }
            }
        }
    }

    /// Opens the preset among these files, or else the table.
    fn take(&mut self, files: Vec<PageFile>) -> Option<FileOutcome> {
        let asked = self.asked.take();
        let mut read = Vec::new();
        for PageFile { name, bytes } in files {
            match bytes {
                Ok(bytes) => read.push((name, bytes)),
                Err(why) => self.tell(format!("{}: cannot be read: {why}", printable(&name)), true),
            }
        }
        let is_table = |name: &str| {
            let ending = Path::new(name).extension();
            asked == Some(Purpose::Data)
                || ending.is_some_and(|ending| is_brought_ending(&ending.to_string_lossy()))
        };
        for (name, bytes) in read.iter().filter(|(name, _)| is_table(name)) {
            self.seen.add(name, bytes);
        }
        let preset = read.iter().find(|(name, _)| !is_table(name));
        let (name, bytes) = preset.or(read.first())?;
        let outcome = if preset.is_some() {
            let opened = parse_bytes(bytes, &mut self.seen);
            opened.map(|scenario| FileOutcome::Opened(Box::new(scenario), PathBuf::from(name)))
        } else if asked == Some(Purpose::Data) {
            read_data(name, bytes).map(|columns| FileOutcome::Brought(BroughtFile::Columns(columns)))
        } else {
            read_brought(name, bytes).map(FileOutcome::Brought)
        };
        match outcome {
            Ok(outcome) => {
                self.toast = None;
                Some(outcome)
            }
            Err(diagnostics) => {
                let refused = LoadError::Refused { file: printable(name), diagnostics };
                self.tell(refused.to_string(), true);
                None
            }
        }
    }

    /// A page is left whenever its user wants.
    pub fn hold_window(&mut self, _: &Context) {}

    /// Ends what is under way.
    pub fn finish(&mut self) {
        self.export = None;
    }
}
