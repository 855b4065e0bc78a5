//! An export under way on a thread of its own.

use crate::app::dialog;
use crate::export::csv::write_csv;
use crate::files::atomic_file::Output;
use egui::{Context, ProgressBar};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use thalweg_core::run::race::Race;
use thalweg_scenario::Scenario;

/// How long the end of the program waits for a cancelled export to put away what it has written.
const AT_THE_END: Duration = Duration::from_secs(5);

/// An export under way.
pub struct ExportJob {
    path: PathBuf,
    rows: Arc<AtomicU64>,
    total: u64,
    is_cancelled: Arc<AtomicBool>,
    result: Receiver<io::Result<()>>,
}

/// Whoever drops it, ends it, and leaves nothing half written behind.
impl Drop for ExportJob {
    fn drop(&mut self) {
        self.cancel();
        // A thread that has ended already has put everything away.
        let _ = self.result.recv_timeout(AT_THE_END);
    }
}

impl ExportJob {
    /// Begins. The race is a pure function of the scenario: the thread runs it again for itself, and the
    /// window never waits.
    pub fn begin(ctx: &Context, path: PathBuf, scenario: &Scenario) -> Self {
        let (rows, is_cancelled) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicBool::new(false)));
        let (sender, result) = channel();
        let total = (u64::from(scenario.steps) + 1) * scenario.runners.len() as u64;
        let job = Self {
            path: path.clone(),
            rows: Arc::clone(&rows),
            total,
            is_cancelled: Arc::clone(&is_cancelled),
            result,
        };
        let (scenario, ctx) = (scenario.clone(), ctx.clone());
        std::thread::spawn(move || {
            let mut race = scenario.race();
            race.advance(|| is_cancelled.load(Ordering::Relaxed));
            let result = export_to(&path, &scenario, &race, &rows, &is_cancelled);
            // The receiver is gone only if the window is; then nobody needs to know.
            let _ = sender.send(result);
            ctx.request_repaint();
        });
        job
    }

    /// Ends it soon; no file is written.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// What came of it, in words, and whether that is bad news; none while it goes on.
    pub fn poll(&self) -> Option<(String, bool)> {
        let path = self.path.display();
        Some(match self.result.recv_timeout(Duration::ZERO) {
            Ok(Ok(())) => {
                let rows = self.rows.load(Ordering::Relaxed).saturating_sub(1);
                (format!("{rows} rows written to {path}."), false)
            }
            Ok(Err(_)) if self.is_cancelled.load(Ordering::Relaxed) => {
                ("Export cancelled; no file was written.".to_owned(), false)
            }
            Ok(Err(error)) => (format!("{path}: cannot export: {error}"), true),
            Err(RecvTimeoutError::Disconnected) => {
                ("The export ended unexpectedly; no file was written.".to_owned(), true)
            }
            Err(RecvTimeoutError::Timeout) => return None,
        })
    }

    /// Shows how far it is. `is_last` says that the window closes behind it. True where the window is to stay open
    /// all the same.
    pub fn show(&self, ctx: &Context, is_last: bool) -> bool {
        let mut stays = false;
        dialog::small("Exporting").show(ctx, |ui| {
            let part = self.rows.load(Ordering::Relaxed) as f32 / self.total.max(1) as f32;
            ui.add(ProgressBar::new(part).show_percentage().desired_width(320.0));
            if is_last {
                ui.label("The window closes when the file is written.");
            }
            ui.horizontal(|ui| {
                let cancel = if is_last { "Cancel the export and quit" } else { "Cancel" };
                if ui.button(cancel).clicked() {
                    self.cancel();
                }
                stays = is_last && ui.button("Do not quit").clicked();
            });
        });
        ctx.request_repaint_after(Duration::from_millis(100));
        stays
    }
}

fn export_to(
    path: &Path,
    scenario: &Scenario,
    race: &Race,
    rows: &AtomicU64,
    is_cancelled: &AtomicBool,
) -> io::Result<()> {
    let mut out = Output::create(path)?;
    write_csv(Counted { out: &mut out, rows, is_cancelled }, scenario, race)?;
    if is_cancelled.load(Ordering::Relaxed) {
        return Err(io::Error::other("cancelled"));
    }
    out.finish()
}

/// Counts the rows that go through, and stops when it is told to.
struct Counted<'a, W> {
    out: W,
    rows: &'a AtomicU64,
    is_cancelled: &'a AtomicBool,
}

impl<W: Write> Write for Counted<'_, W> {
    #[allow(clippy::naive_bytecount, reason = "a progress bar needs no crate for it")]
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_cancelled.load(Ordering::Relaxed) {
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
