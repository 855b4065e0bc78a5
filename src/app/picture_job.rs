//! Pictures made beside the window.

use super::beside::beside;
use crate::export::export_format::ExportFormat;
use crate::export::film::FilmDrawing;
use crate::export::picture::{PictureFormat, PictureOrder};
use egui::Context;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError};
use thalweg_figure::film::film_plan::{FilmPlan, FilmWish};
use thalweg_figure::write::png::Pixels;
use thalweg_figure::write::typeface::Typeface;
use thalweg_scenario::Scenario;
use thalweg_session::{Command, Playback, Runtime, Session};

/// A picture of what is open, as it was when it was asked for.
#[derive(Clone, Debug)]
pub struct PictureRequest {
    scenario: Box<Scenario>,
    focus: usize,
    cursor: u32,
    /// What is wanted of it.
    pub order: PictureOrder,
    /// Which steps a film of it shows, and how fast.
    pub film: FilmWish,
}

impl PictureRequest {
    /// A picture of a session, or a film.
    pub fn of(session: &Session, order: PictureOrder, film: FilmWish) -> Self {
        let (scenario, focus, cursor) =
            (Box::new(session.scenario().clone()), session.focus(), session.cursor());
        Self { scenario, focus, cursor, order, film }
    }

    /// Whether it is the picture of a session with this order: asked in each frame, for which nothing is copied.
    pub fn is_of(&self, session: &Session, order: &PictureOrder) -> bool {
        (self.focus, self.cursor, &self.order) == (session.focus(), session.cursor(), order)
            && *self.scenario == *session.scenario()
    }

    /// Makes its runs, which are a pure function of the scenario; none where it was cancelled.
    fn session(&self, is_cancelled: &AtomicBool) -> Option<Session> {
        let mut session = Session::new((*self.scenario).clone());
        let is_stopped = || is_cancelled.load(Ordering::Relaxed);
        while !session.compute(is_stopped) {
            if is_stopped() {
                return None;
            }
        }
        session.apply(Command::Focus(self.focus));
        session.apply(Playback::Seek(self.cursor));
        Some(session)
    }

    /// Writes it in a format.
    ///
    /// # Errors
    /// There is nothing to show, it is too large, or it cannot be written; or it was cancelled.
    pub fn write(
        &self,
        format: ExportFormat,
        out: &mut dyn Write,
        is_cancelled: &AtomicBool,
    ) -> io::Result<()> {
        let cancelled = || io::Error::other("cancelled");
        let mut session = self.session(is_cancelled).ok_or_else(cancelled)?;
        let typeface = Typeface::new();
        let title = session.scenario().title.clone();
        match format {
            ExportFormat::Picture(format) => {
                let figure = self.order.figure(&session, format, &typeface)?;
                out.write_all(&self.order.file(&figure, &title, format, &typeface)?)
            }
            ExportFormat::Film(format) => {
                let plan = FilmPlan::of(&self.film, session.finish_line(), format.most_per_second());
                let mut drawing = FilmDrawing::new(&self.order, &title, &typeface)?;
                drawing.write(&mut session, &plan, format, out, |_| {
                    if is_cancelled.load(Ordering::Relaxed) { Err(cancelled()) } else { Ok(()) }
                })
            }
        }
    }

    /// Its pixels.
    ///
    /// # Errors
    /// There is nothing to show, or it is too large; or it was cancelled.
    pub fn pixels(&self, is_cancelled: &AtomicBool) -> Result<Pixels, String> {
        let session = self.session(is_cancelled).ok_or("cancelled")?;
        let typeface = Typeface::new();
        let figure = self.order.figure(&session, PictureFormat::Png, &typeface);
        let figure = figure.map_err(|error| error.to_string())?;
        let canvas = self.order.canvas(figure.page, &self.order.paper(""), &typeface);
        let mut canvas = canvas.map_err(|error| error.to_string())?;
        canvas.draw(&figure);
        Ok(canvas.pixels())
    }
}

/// Pixels on their way. Whoever drops it, ends the work on them.
pub struct PixelJob {
    is_cancelled: Arc<AtomicBool>,
    answer: Receiver<Result<Pixels, String>>,
}

impl Drop for PixelJob {
    fn drop(&mut self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }
}

impl PixelJob {
    /// Begins.
    pub fn begin(ctx: &Context, runtime: Runtime, request: PictureRequest) -> Self {
        let is_cancelled = Arc::new(AtomicBool::new(false));
        let cancelled = Arc::clone(&is_cancelled);
        let answer = beside(runtime, ctx, move || request.pixels(&cancelled));
        Self { is_cancelled, answer }
    }

    /// What came of it; none while it goes on.
    pub fn poll(&self) -> Option<Result<Pixels, String>> {
        match self.answer.try_recv() {
            Ok(answer) => Some(answer),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => Some(Err("the picture ended unexpectedly".to_owned())),
        }
    }
}
