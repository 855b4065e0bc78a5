//! Opening, saving and exporting: what is asked, what is under way, and what came of it.

use super::drops::{DroppedFile, dropped, is_brought};
use super::export_job::ExportJob;
use super::file_dialog::{DialogAnswer, FileDialog};
use super::file_work::{FileAnswer, FileTask, FileWork};
use crate::app::dialog;
use crate::app::file_outcome::FileOutcome;
use crate::app::picture_job::PictureRequest;
use crate::app::purpose::Purpose;
use crate::app::theme::Palette;
use crate::app::toast::Toast;
use crate::export::export_format::ExportFormat;
use egui::{Context, RichText, ViewportCommand};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use thalweg_scenario::{Link, Scenario};
use thalweg_session::{Session, StoredSession};

/// A file that another program has changed, and what was going to be written there.
struct ChangedFile {
    scenario: Box<Scenario>,
    path: PathBuf,
}

/// What is going on with files.
#[derive(Default)]
pub struct DesktopFiles {
    /// What the window should tell.
    pub toast: Option<Toast>,
    dialog: Option<FileDialog>,
    task: Option<FileTask>,
    question: Option<ChangedFile>,
    /// The picture that a file is asked for.
    picture: Option<Box<PictureRequest>>,
    export: Option<ExportJob>,
    /// The fingerprints of the content of presets, as they were read or written last.
    known: HashMap<PathBuf, u64>,
    /// Whether the window closes when all is written.
    is_quitting: bool,
}

impl DesktopFiles {
    /// Tells the user something.
    pub fn tell(&mut self, text: impl Into<String>, is_error: bool) {
        self.toast = Some(Toast::new(text.into(), is_error));
    }

    /// Takes the content of a session's file for what it was then.
    pub fn know(&mut self, stored: &StoredSession) {
        self.known.extend(stored.file.clone().zip(stored.fingerprint));
    }

    /// The fingerprint of a preset's content, as it was read or written last.
    pub fn fingerprint(&self, path: &Path) -> Option<u64> {
        self.known.get(path).copied()
    }

    /// Whether something is asked, so that keys belong to the answer.
    pub fn is_asking(&self) -> bool {
        self.dialog.is_some() || self.question.is_some()
    }

    /// Opens the dialog.
    pub fn ask(&mut self, purpose: Purpose, session: &Session) {
        self.dialog = Some(FileDialog::new(purpose, session));
    }

    /// Asks for a file to save a picture to.
    pub fn ask_picture(&mut self, request: Box<PictureRequest>, session: &Session) {
        self.picture = Some(request);
        self.ask(Purpose::Picture, session);
    }

    /// Opens what was dropped on the window.
    pub fn take_drops(&mut self, ctx: &Context, session: &Session) {
        match dropped(ctx) {
            Some(DroppedFile::Brought(path)) => self.begin(ctx, session, FileWork::Brought(path)),
            Some(DroppedFile::Preset(path)) => self.open(ctx, session, path),
            None => {}
        }
    }

    /// Reads a preset. On failure the user is told, and nothing else changes.
    fn open(&mut self, ctx: &Context, session: &Session, path: PathBuf) {
        self.begin(ctx, session, FileWork::Open(path));
    }

    /// Saves to the session's file, or asks for one.
    pub fn save(&mut self, ctx: &Context, session: &Session) {
        match session.file() {
            None => self.ask(Purpose::Save, session),
            Some(path) => {
                let (scenario, known) = (Box::new(session.document_to_save()), self.fingerprint(path));
                self.begin(ctx, session, FileWork::Save(scenario, path.to_owned(), known));
            }
        }
    }

    fn begin(&mut self, ctx: &Context, session: &Session, work: FileWork) {
        // One at a time: a preset that is being written is not left alone with its end.
        if !self.task.as_ref().is_some_and(FileTask::is_writing) {
            self.task = Some(FileTask::begin(ctx, session.runtime(), work));
        }
    }

    /// Shows what is asked and what is under way, and takes in what finished meanwhile.
    pub fn show(&mut self, ctx: &Context, session: &Session) -> Option<FileOutcome> {
        self.show_export(ctx);
        self.show_question(ctx, session);
        if let Some(link) = self.show_dialog(ctx, session) {
            return Some(FileOutcome::Link(link));
        }
        let task = self.task.as_mut()?;
        let Some(answer) = task.poll() else {
            if task.show(ctx) {
                self.task = None;
            }
            return None;
        };
        self.task = None;
        self.take(answer)
    }

    fn take(&mut self, answer: FileAnswer) -> Option<FileOutcome> {
        let outcome = match answer {
            FileAnswer::Opened(scenario, path, fingerprint) => {
                self.toast = None;
                self.known.insert(path.clone(), fingerprint);
                FileOutcome::Opened(scenario, path)
            }
            FileAnswer::Brought(brought) => {
                self.toast = None;
                FileOutcome::Brought(brought)
            }
            FileAnswer::Saved(scenario, path, fingerprint) => {
                self.tell(format!("Saved to {}.", path.display()), false);
                self.known.insert(path.clone(), fingerprint);
                FileOutcome::Saved(scenario, path)
            }
            FileAnswer::Drawn(path) => {
                self.tell(format!("Written to {}.", path.display()), false);
                self.dialog = None;
                return None;
            }
            FileAnswer::Changed(scenario, path) => {
                self.question = Some(ChangedFile { scenario, path });
                self.is_quitting = false;
                return None;
            }
            FileAnswer::Failed(error) => {
                self.is_quitting = false;
                match &mut self.dialog {
                    Some(dialog) => dialog.refuse(error),
                    None => self.tell(error, true),
                }
                return None;
            }
        };
        self.dialog = None;
        Some(outcome)
    }

    /// Shows the dialog. Gives the link that is to be opened, where there is one.
    fn show_dialog(&mut self, ctx: &Context, session: &Session) -> Option<String> {
        let mut dialog = self.dialog.take()?;
        match dialog.show(ctx, session) {
            DialogAnswer::Cancelled => {}
            DialogAnswer::Link(link) => match Link::read(&link).document {
                Ok(_) => return Some(link),
                Err(fault) => {
                    dialog.refuse(fault.to_string());
                    self.dialog = Some(dialog);
                }
            },
            DialogAnswer::Open => self.dialog = Some(dialog),
            DialogAnswer::Path(path) if dialog.purpose == Purpose::Export => {
                self.export = Some(ExportJob::begin(ctx, path, session.scenario()));
            }
            DialogAnswer::Path(path) if dialog.purpose == Purpose::Picture => {
                if let (Some(format), Some(request)) = (ExportFormat::of(&path), &self.picture) {
                    self.begin(ctx, session, FileWork::Picture(request.clone(), path, format));
                } else {
                    let endings = ExportFormat::ALL.map(|format| format!(".{}", format.ending()));
                    dialog.refuse(format!("End the name with one of {}.", endings.join(", ")));
                }
                self.dialog = Some(dialog);
            }
            DialogAnswer::Path(path) => {
                let work = match dialog.purpose {
                    Purpose::Open if is_brought(&path) => FileWork::Brought(path),
                    Purpose::Open => FileWork::Open(path),
                    Purpose::Data => FileWork::Table(path),
                    // What is there was looked at, and is to be replaced.
                    Purpose::Save | Purpose::Export | Purpose::Picture => {
                        FileWork::Save(Box::new(dialog.document(session)), path, None)
                    }
                };
                self.dialog = Some(dialog);
                self.begin(ctx, session, work);
            }
        }
        None
    }

    /// Asks what is to become of a preset that another program has changed.
    fn show_question(&mut self, ctx: &Context, session: &Session) {
        let Some(ChangedFile { scenario, path }) = self.question.take() else { return };
        let mut is_open = true;
        let mut answer = None;
        dialog::small("Changed by another program").open(&mut is_open).show(ctx, |ui| {
            ui.set_width(dialog::width(ctx, 460.0));
            ui.label(format!("{} is not as it was when it was read or saved here last.", path.display()));
            ui.horizontal(|ui| {
                let replace = RichText::new("Replace it").color(Palette::of(ui).alarm);
                for (text, chosen) in [
                    (RichText::new("Save under another name…"), 0),
                    (RichText::new("Open it as it is now"), 1),
                    (replace, 2),
                ] {
                    if ui.button(text).clicked() {
                        answer = Some(chosen);
                    }
                }
            });
        });
        let is_left = !is_open || ctx.input(|input| input.key_pressed(egui::Key::Escape));
        match answer {
            _ if is_left => {}
            Some(0) => self.ask(Purpose::Save, session),
            Some(1) => self.open(ctx, session, path),
            Some(_) => self.begin(ctx, session, FileWork::Save(scenario, path, None)),
            None => self.question = Some(ChangedFile { scenario, path }),
        }
    }

    fn show_export(&mut self, ctx: &Context) {
        let Some(export) = &self.export else { return };
        if let Some((told, is_error)) = export.poll() {
            self.export = None;
            self.is_quitting &= !is_error;
            self.tell(told, is_error);
        } else if export.show(ctx, self.is_quitting) {
            self.is_quitting = false;
        }
    }

    /// Lets the window close only when what is being written is whole: it closes by itself then. Asked for once more,
    /// it closes at once, and an export is cancelled.
    pub fn hold_window(&mut self, ctx: &Context) {
        let is_writing = self.export.is_some() || self.task.as_ref().is_some_and(FileTask::is_writing);
        if ctx.input(|input| input.viewport().close_requested()) {
            if is_writing && !self.is_quitting {
                self.is_quitting = true;
                ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            }
        } else if self.is_quitting && !is_writing {
            self.is_quitting = false;
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Ends what is under way.
    pub fn finish(&mut self) {
        self.export = None;
    }
}
