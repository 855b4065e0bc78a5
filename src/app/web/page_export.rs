//! Exports in a page: made a piece at a time between frames, and handed over as downloads.

use super::frames::turn;
use super::page::HostPage;
use crate::app::picture_job::{PictureRequest, check};
use crate::app::please_wait;
use crate::export::csv::write_csv;
use crate::export::export_format::ExportFormat;
use crate::native::runtime;
use egui::Context;
use std::cell::{Cell, RefCell};
use std::io;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use thalweg_scenario::Scenario;
use wasm_bindgen_futures::spawn_local;

/// How long the browser waits at most, in milliseconds, for what can be made in pieces.
const SLICE: f64 = 30.0;

/// An export under way. Whoever drops it, ends it.
pub struct PageExport {
    name: String,
    shared: Rc<ExportProgress>,
}

#[derive(Default)]
struct ExportProgress {
    is_cancelled: AtomicBool,
    /// How far it is, from 0 to 1.
    part: Cell<f32>,
    result: RefCell<Option<(String, bool)>>,
}

impl Drop for PageExport {
    fn drop(&mut self) {
        self.shared.is_cancelled.store(true, Ordering::Relaxed);
    }
}

impl PageExport {
    /// Writes every step of a scenario's runs as CSV.
    pub fn table(page: &HostPage, scenario: Scenario, name: String) -> Self {
        Self::begin(page, name, "text/csv;charset=utf-8", async move |progress| {
            let mut race = scenario.race();
            let mut turns = 0_u32;
            // Each turn is short; many of them make a slice.
            while !race.advance(|| {
                turns += 1;
                turns.is_multiple_of(256)
            }) {
                turn().await;
                progress.check()?;
            }
            let mut bytes = Vec::new();
            write_csv(&mut bytes, &scenario, &race)?;
            Ok(bytes)
        })
    }

    /// Draws a picture or a film, and writes it in a format.
    pub fn picture(page: &HostPage, request: PictureRequest, name: String, format: ExportFormat) -> Self {
        let media_type = format.media_type();
        Self::begin(page, name, media_type, async move |progress| {
            let mut bytes = Vec::new();
            turn().await;
            let mut since = 0.0;
            let paused = async |part| {
                progress.part.set(part);
                // Short pieces go together: a pause takes some milliseconds, too.
                let now = now();
                if now - since > SLICE {
                    turn().await;
                    since = self::now();
                }
                progress.check()
            };
            request.write(format, &mut bytes, paused).await?;
            Ok(bytes)
        })
    }

    fn begin(
        page: &HostPage,
        name: String,
        media_type: &'static str,
        work: impl AsyncFnOnce(&ExportProgress) -> io::Result<Vec<u8>> + 'static,
    ) -> Self {
        let shared = Rc::new(ExportProgress::default());
        let export = Self { name: name.clone(), shared: Rc::clone(&shared) };
        let page = page.clone();
        spawn_local(async move {
            turn().await;
            let made = work(&shared).await;
            if shared.is_cancelled.load(Ordering::Relaxed) {
                return;
            }
            *shared.result.borrow_mut() = Some(match made {
                Ok(bytes) => {
                    page.save(&name, media_type, bytes);
                    (format!("Saved as {name}, among the browser's downloads."), false)
                }
                Err(error) => (format!("{name}: {error}"), true),
            });
            page.wake();
        });
        export
    }

    /// What came of it, in words, and whether that is bad news; none while it goes on.
    pub fn poll(&self) -> Option<(String, bool)> {
        self.shared.result.borrow_mut().take()
    }

    /// Shows how far it is. True where nobody wants it any more.
    pub fn show(&self, ctx: &Context) -> bool {
        let is_left = please_wait::show(ctx, 320.0, "Cancel", |ui| {
            ui.label(format!("Making {}…", self.name));
            ui.add(egui::ProgressBar::new(self.shared.part.get()).show_percentage());
        });
        ctx.request_repaint_after(Duration::from_millis(100));
        is_left
    }
}

impl ExportProgress {
    /// Ends the work where nobody wants it any more.
    fn check(&self) -> io::Result<()> {
        check(&self.is_cancelled)
    }
}

/// The time, in milliseconds since some moment.
fn now() -> f64 {
    runtime().clock.now().as_secs_f64() * 1000.0
}
