//! Opening, saving and exporting: one small dialog for all three, and the work behind it.

use super::toast::Toast;
use crate::app::text_size;
use crate::export::csv::write_csv;
use crate::files::atomic_file::Output;
use egui::{Align2, Context, ProgressBar, RichText, TextEdit};
use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use thalweg_core::data::rows::Table;
use thalweg_core::run::race::Race;
use thalweg_scenario::Scenario;
use thalweg_session::{Session, StoredSession};

/// What a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To open a preset.
    Open,
    /// To save one.
    Save,
    /// To export the trajectories.
    Export,
    /// To fit a model to a table.
    Data,
}

impl Purpose {
    fn title(self) -> &'static str {
        match self {
            Self::Open => "Open a preset",
            Self::Save => "Save the preset as",
            Self::Export => "Export the trajectories (CSV)",
            Self::Data => "Data for the model (CSV: two features and a target)",
        }
    }

    fn verb(self) -> &'static str {
        match self {
            Self::Open | Self::Data => "Open",
            Self::Save => "Save",
            Self::Export => "Export",
        }
    }

    fn ending(self) -> &'static str {
        if self.is_table() { "csv" } else { "ron" }
    }

    fn is_table(self) -> bool {
        matches!(self, Self::Export | Self::Data)
    }

    /// Whether a file is read; else one is written.
    fn reads(self) -> bool {
        matches!(self, Self::Open | Self::Data)
    }
}

struct Dialog {
    purpose: Purpose,
    path: String,
    error: Option<String>,
    browsing: Option<Receiver<Option<PathBuf>>>,
    fresh: bool,
}

/// An export under way on a thread of its own.
struct Export {
    path: PathBuf,
    rows: Arc<AtomicU64>,
    total: u64,
    cancelled: Arc<AtomicBool>,
    result: Receiver<io::Result<()>>,
}

/// What came of it.
pub enum Outcome {
    /// This scenario was read from this file.
    Opened(Box<Scenario>, PathBuf),
    /// The present scenario was saved in this file.
    Saved(PathBuf),
    /// This table was read.
    Data(Table),
}

/// What is going on with files.
#[derive(Default)]
pub struct Files {
    /// What the window should tell.
    pub toast: Option<Toast>,
    dialog: Option<Dialog>,
    export: Option<Export>,
    /// The fingerprints of the content of presets, as they were read or written last.
    known: HashMap<PathBuf, u64>,
}

impl Files {
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

    /// Opens the dialog; the session's file and title make a first guess.
    pub fn ask(&mut self, purpose: Purpose, session: &Session) {
        let title = &session.scenario().title;
        let stem: String =
            title.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
        let stem = stem.trim_matches('-');
        let stem = if stem.is_empty() { "thalweg" } else { stem };
        let path = match (purpose, session.file()) {
            (Purpose::Save | Purpose::Open, Some(path)) => path.display().to_string(),
            (Purpose::Open, None) | (Purpose::Data, _) => String::new(),
            _ => format!("{stem}.{}", purpose.ending()),
        };
        self.dialog = Some(Dialog { purpose, path, error: None, browsing: None, fresh: true });
    }

    /// Reads a preset. On failure the user is told, and nothing else changes.
    pub fn open(&mut self, path: &Path) -> Option<Outcome> {
        match crate::files::disk::load(path) {
            Ok(scenario) => {
                self.toast = None;
                Some(Outcome::Opened(Box::new(scenario), path.to_owned()))
            }
            Err(error) => {
                self.tell(error.to_string(), true);
                None
            }
        }
    }

    /// Reads a table. On failure the user is told, and nothing else changes.
    pub fn open_table(&mut self, path: &Path) -> Option<Table> {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        match crate::files::disk::load_table(&path) {
            Ok(table) => {
                self.toast = None;
                Some(table)
            }
            Err(error) => {
                self.tell(error.to_string(), true);
                None
            }
        }
    }

    /// Saves to the session's file, or asks for one.
    pub fn save(&mut self, session: &Session) -> Option<Outcome> {
        let Some(path) = session.file() else {
            self.ask(Purpose::Save, session);
            return None;
        };
        self.save_to(path, session.scenario()).map_err(|error| self.tell(error, true)).ok()
    }

    fn save_to(&mut self, path: &Path, scenario: &Scenario) -> Result<Outcome, String> {
        crate::files::disk::save(path, scenario).map_err(|error| error.to_string())?;
        self.tell(format!("Saved to {}.", path.display()), false);
        Ok(Outcome::Saved(path.to_owned()))
    }

    /// Shows the dialog and the progress of an export, and takes in what finished meanwhile.
    pub fn show(&mut self, ctx: &Context, scenario: &Scenario) -> Option<Outcome> {
        self.show_export(ctx);
        let mut dialog = self.dialog.take()?;
        dialog.poll(ctx);
        let mut open = true;
        let mut go = false;
        egui::Window::new(dialog.purpose.title())
            .open(&mut open)
            .collapsible(false)
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, [0.0, -60.0])
            .show(ctx, |ui| go = dialog.ui(ui));
        let cancelled = !open || ctx.input(|input| input.key_pressed(egui::Key::Escape));
        if cancelled {
            return None;
        }
        if !go {
            self.dialog = Some(dialog);
            return None;
        }
        let path = PathBuf::from(dialog.path.trim());
        let result = match dialog.purpose {
            Purpose::Open => match crate::files::disk::load(&path) {
                Ok(scenario) => {
                    self.toast = None;
                    Ok(Some(Outcome::Opened(Box::new(scenario), path)))
                }
                Err(error) => Err(error.to_string()),
            },
            Purpose::Save => self.save_to(&path, scenario).map(Some),
            Purpose::Export => {
                self.start_export(ctx, path, scenario);
                Ok(None)
            }
            Purpose::Data => {
                // Named in full, so that the preset can be saved anywhere.
                let path = std::path::absolute(&path).unwrap_or(path);
                let read = crate::files::disk::load_table(&path);
                read.map(|table| Some(Outcome::Data(table))).map_err(|error| error.to_string())
            }
        };
        match result {
            Ok(outcome) => outcome,
            Err(error) => {
                dialog.error = Some(error);
                // What is typed next corrects the name, and must not reach the window behind.
                dialog.fresh = true;
                self.dialog = Some(dialog);
                None
            }
        }
    }

    /// The race is a pure function of the scenario: the thread runs it again for itself, and the
    /// window never waits.
    fn start_export(&mut self, ctx: &Context, path: PathBuf, scenario: &Scenario) {
        let (rows, cancelled) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (sender, result) = channel();
        let total = (u64::from(scenario.steps) + 1) * scenario.runners.len() as u64;
        let export = Export {
            path: path.clone(),
            rows: Arc::clone(&rows),
            total,
            cancelled: Arc::clone(&cancelled),
            result,
        };
        let (scenario, ctx) = (scenario.clone(), ctx.clone());
        std::thread::spawn(move || {
            let mut race = scenario.race();
            race.advance(|| cancelled.load(Ordering::Relaxed));
            let result = export_to(&path, &scenario, &race, &rows, &cancelled);
            // The receiver is gone only if the window is; then nobody needs to know.
            let _ = sender.send(result);
            ctx.request_repaint();
        });
        self.export = Some(export);
    }

    fn show_export(&mut self, ctx: &Context) {
        let Some(export) = self.export.take() else {
            return;
        };
        match export.result.try_recv() {
            Ok(Ok(())) => {
                let rows = export.rows.load(Ordering::Relaxed).saturating_sub(1);
                self.tell(format!("{rows} rows written to {}.", export.path.display()), false);
            }
            Ok(Err(_)) if export.cancelled.load(Ordering::Relaxed) => {
                self.tell("Export cancelled; no file was written.", false);
            }
            Ok(Err(error)) => self.tell(format!("{}: cannot export: {error}", export.path.display()), true),
            Err(TryRecvError::Disconnected) => {
                self.tell("The export ended unexpectedly; no file was written.", true);
            }
            Err(TryRecvError::Empty) => {
                egui::Window::new("Exporting")
                    .collapsible(false)
                    .resizable(false)
                    .anchor(Align2::CENTER_CENTER, [0.0, -60.0])
                    .show(ctx, |ui| {
                        let part = export.rows.load(Ordering::Relaxed) as f32 / export.total.max(1) as f32;
                        ui.add(ProgressBar::new(part).show_percentage().desired_width(320.0));
                        if ui.button("Cancel").clicked() {
                            export.cancelled.store(true, Ordering::Relaxed);
                        }
                    });
                ctx.request_repaint_after(std::time::Duration::from_millis(100));
                self.export = Some(export);
            }
        }
    }
}

impl Dialog {
    /// Takes the answer of the system's file dialog.
    fn poll(&mut self, ctx: &Context) {
        let Some(receiver) = &self.browsing else { return };
        match receiver.try_recv() {
            Ok(Some(path)) => {
                self.path = path.display().to_string();
                self.browsing = None;
            }
            Ok(None) | Err(TryRecvError::Disconnected) => self.browsing = None,
            Err(TryRecvError::Empty) => ctx.request_repaint_after(std::time::Duration::from_millis(100)),
        }
    }

    /// True when the user confirms.
    fn ui(&mut self, ui: &mut egui::Ui) -> bool {
        ui.set_width(460.0);
        let mut go = false;
        ui.horizontal(|ui| {
            let label = ui.label("File");
            let field =
                ui.add(TextEdit::singleline(&mut self.path).desired_width(330.0)).labelled_by(label.id);
            if self.fresh {
                field.request_focus();
                self.fresh = false;
            }
            go |= field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            if ui.add_enabled(self.browsing.is_none(), egui::Button::new("Browse…")).clicked() {
                self.browse(ui.ctx());
            }
        });
        let here = std::env::current_dir().map(|path| path.display().to_string()).unwrap_or_default();
        ui.label(
            RichText::new(format!("A name without a folder is taken in {here}")).weak().size(text_size::HINT),
        );
        let exists = !self.purpose.reads() && Path::new(self.path.trim()).exists();
        if exists {
            ui.label(RichText::new("The file exists and will be replaced.").size(text_size::HINT));
        }
        if let Some(error) = &self.error {
            egui::ScrollArea::vertical().max_height(160.0).show(ui, |ui| {
                ui.colored_label(super::theme::Palette::of(ui).alarm, error);
            });
        }
        let verb = if exists { "Replace" } else { self.purpose.verb() };
        go |= ui.add_enabled(!self.path.trim().is_empty(), egui::Button::new(verb)).clicked();
        go && !self.path.trim().is_empty()
    }

    /// Asks the desktop, on a thread: the window must not wait. With no desktop portal the answer
    /// is "none", and the field remains.
    fn browse(&mut self, ctx: &Context) {
        let (sender, receiver) = channel();
        let (purpose, ctx) = (self.purpose, ctx.clone());
        let name = Path::new(&self.path).file_name().map(|name| name.to_string_lossy().into_owned());
        std::thread::spawn(move || {
            let dialog = rfd::FileDialog::new()
                .set_title(purpose.title())
                .add_filter(purpose.ending(), &[purpose.ending()]);
            let path = match purpose {
                purpose if purpose.reads() => dialog.pick_file(),
                _ => dialog.set_file_name(name.unwrap_or_default()).save_file(),
            };
            let _ = sender.send(path);
            ctx.request_repaint();
        });
        self.browsing = Some(receiver);
    }
}

fn export_to(
    path: &Path,
    scenario: &Scenario,
    race: &Race,
    rows: &AtomicU64,
    cancelled: &AtomicBool,
) -> io::Result<()> {
    let mut out = Output::create(path)?;
    write_csv(Counted { out: &mut out, rows, cancelled }, scenario, race)?;
    out.finish()
}

/// Counts the rows that go through, and stops when it is told to.
struct Counted<'a, W> {
    out: W,
    rows: &'a AtomicU64,
    cancelled: &'a AtomicBool,
}

impl<W: Write> Write for Counted<'_, W> {
    #[allow(clippy::naive_bytecount, reason = "a progress bar needs no crate for it")]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(io::Error::other("cancelled"));
        }
        let written = self.out.write(bytes)?;
        let rows = bytes[..written].iter().filter(|byte| **byte == b'\n').count();
        self.rows.fetch_add(rows as u64, Ordering::Relaxed);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
