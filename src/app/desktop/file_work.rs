//! Presets and tables on their way from and to the disk, beside the window: a disk that does not answer holds up
//! nothing else.

use crate::app::beside::beside;
use crate::app::picture_job::{PictureRequest, check};
use crate::app::please_wait;
use crate::export::export_format::ExportFormat;
use crate::files::atomic_file::Output;
use crate::files::disk::{holds_preset, load_brought, load_columns, load_regular, save};
use crate::files::regular_file::{fingerprint, read_regular};
use egui::{Context, ProgressBar};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::Duration;
use thalweg_figure::film::at_once::at_once;
use thalweg_scenario::{BroughtFile, MAX_BYTES, Scenario};
use thalweg_session::Runtime;

/// How long nobody is told that something is waited for, in seconds.
const SILENCE: f64 = 0.4;

/// What is to be done.
pub enum FileWork {
    /// Reading a preset.
    Open(PathBuf),
    /// Reading a table of data.
    Table(PathBuf),
    /// Reading what is no preset, whatever it holds.
    Brought(PathBuf),
    /// Writing a preset, unless the file's content has another fingerprint than this one.
    Save(Box<Scenario>, PathBuf, Option<u64>),
    /// Making a picture or a film, and writing it in a format.
    Picture(Box<PictureRequest>, PathBuf, ExportFormat),
}

/// What came of it.
pub enum FileAnswer {
    /// This scenario was read from this file, whose content has this fingerprint.
    Opened(Box<Scenario>, PathBuf, u64),
    /// This was read.
    Brought(BroughtFile),
    /// This scenario was written to this file, whose content has this fingerprint.
    Saved(Box<Scenario>, PathBuf, u64),
    /// This scenario was not written to this file: another program has changed it.
    Changed(Box<Scenario>, PathBuf),
    /// A picture was written to this file.
    Drawn(PathBuf),
    /// Nothing, and why.
    Failed(String),
}

impl FileWork {
    fn words(&self) -> String {
        match self {
            Self::Open(path) | Self::Table(path) | Self::Brought(path) => {
                format!("Reading {}…", path.display())
            }
            Self::Save(_, path, _) => format!("Saving {}…", path.display()),
            Self::Picture(_, path, _) => format!("Drawing {}…", path.display()),
        }
    }

    fn is_writing(&self) -> bool {
        matches!(self, Self::Save(..) | Self::Picture(..))
    }

    fn go(self, progress: &TaskProgress) -> FileAnswer {
        match self {
            Self::Open(path) => match load_regular(&path) {
                Ok((scenario, fingerprint)) => FileAnswer::Opened(Box::new(scenario), path, fingerprint),
                Err(error) => FileAnswer::Failed(error.to_string()),
            },
            Self::Table(path) => match load_columns(&path) {
                Ok(columns) => FileAnswer::Brought(BroughtFile::Columns(columns)),
                Err(error) => FileAnswer::Failed(error.to_string()),
            },
            // A preset may have any name.
            Self::Brought(path) if holds_preset(&path) => Self::Open(path).go(progress),
            Self::Brought(path) => match load_brought(&path) {
                Ok(brought) => FileAnswer::Brought(brought),
                Err(error) => FileAnswer::Failed(error.to_string()),
            },
            Self::Picture(request, path, format) => match draw(&request, &path, format, progress) {
                Ok(()) => FileAnswer::Drawn(path),
                Err(error) => FileAnswer::Failed(error),
            },
            Self::Save(scenario, path, known) => {
                if known.is_some_and(|known| has_changed(&path, known)) {
                    return FileAnswer::Changed(scenario, path);
                }
                match save(&path, &scenario) {
                    Ok(fingerprint) => FileAnswer::Saved(scenario, path, fingerprint),
                    Err(error) => FileAnswer::Failed(error.to_string()),
                }
            }
        }
    }
}

/// Makes a picture, and writes it whole or not at all.
fn draw(
    request: &PictureRequest,
    path: &Path,
    format: ExportFormat,
    progress: &TaskProgress,
) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: cannot be written: {error}", path.display());
    let mut output = Output::create(path).map_err(failed)?;
    let told = async |part: f32| {
        progress.part.store(part.to_bits(), Ordering::Relaxed);
        check(&progress.is_cancelled)
    };
    at_once(request.write(format, &mut output, told)).map_err(failed)?;
    output.finish().map_err(failed)
}

/// Whether the content of a file is another than the one with this fingerprint. A file that is gone is not.
fn has_changed(path: &Path, known: u64) -> bool {
    read_regular(path, MAX_BYTES).is_ok_and(|content| fingerprint(&content) != known)
}

/// What the window and the work tell each other.
#[derive(Debug, Default)]
struct TaskProgress {
    is_cancelled: AtomicBool,
    /// The bits of which part is done, from 0 to 1.
    part: AtomicU32,
}

/// Work under way.
pub struct FileTask {
    words: String,
    is_writing: bool,
    /// Whether it can be given up without anybody's work being lost.
    is_drawing: bool,
    /// Whether it can be told how far it is.
    is_long: bool,
    progress: Arc<TaskProgress>,
    answer: Receiver<FileAnswer>,
    /// When it was waited for first, in egui's time.
    since: Option<f64>,
}

impl FileTask {
    /// Begins.
    pub fn begin(ctx: &Context, runtime: Runtime, work: FileWork) -> Self {
        let (words, is_writing) = (work.words(), work.is_writing());
        let is_drawing = matches!(work, FileWork::Picture(..));
        let is_long = matches!(work, FileWork::Picture(_, _, ExportFormat::Film(_)));
        let progress = Arc::new(TaskProgress::default());
        let told = Arc::clone(&progress);
        let answer = beside(runtime, ctx, move || work.go(&told));
        Self { words, is_writing, is_drawing, is_long, progress, answer, since: None }
    }

    /// Whether a file is being written.
    pub fn is_writing(&self) -> bool {
        self.is_writing
    }

    /// What came of it, if it is done.
    pub fn poll(&self) -> Option<FileAnswer> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                Some(FileAnswer::Failed(format!("{} ended unexpectedly.", self.words)))
            }
        }
    }

    /// Tells that it is waited for, after a while. True where nobody wants to wait any more.
    pub fn show(&mut self, ctx: &Context) -> bool {
        let now = ctx.input(|input| input.time);
        let left = SILENCE - (now - *self.since.get_or_insert(now));
        if left > 0.0 {
            ctx.request_repaint_after(Duration::from_secs_f64(left));
            return false;
        }
        let waits = self.is_writing && !self.is_drawing;
        let is_left = please_wait::show(ctx, 360.0, if waits { "Do not wait" } else { "Cancel" }, |ui| {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(&self.words);
            });
            if self.is_long {
                let part = f32::from_bits(self.progress.part.load(Ordering::Relaxed));
                ui.add(ProgressBar::new(part).show_percentage());
            }
        });
        if is_left {
            self.progress.is_cancelled.store(true, Ordering::Relaxed);
        }
        is_left
    }
}
