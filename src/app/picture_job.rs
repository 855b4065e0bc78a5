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
use thalweg_figure::film::at_once::at_once;
use thalweg_figure::film::film_plan::{FilmPlan, FilmWish};
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::write::png::Pixels;
use thalweg_figure::write::typeface::Typeface;
use thalweg_scenario::Scenario;
use thalweg_session::{Command, Playback, Runtime, Session};

/// How many turns of runs are made from pause to pause: some milliseconds.
const TURNS: u32 = 256;

/// A picture of what is open, as it was when it was asked for.
#[derive(Clone, Debug)]
pub struct PictureRequest {
    scenario: Box<Scenario>,
    focus: usize,
    cursor: u32,
    /// How far the relief has turned by itself from where the document looks at it, in degrees.
    turned: f64,
    /// What is wanted of it.
    pub order: PictureOrder,
    /// Which steps a film of it shows, and how fast.
    pub film: FilmWish,
}

impl PictureRequest {
    /// A picture of a session, or a film; the relief as it is seen, which has `turned` by itself.
    pub fn of(session: &Session, turned: f64, order: PictureOrder, film: FilmWish) -> Self {
        let (scenario, focus, cursor) =
            (Box::new(session.scenario().clone()), session.focus(), session.cursor());
        let turned = turned_in(order.kind, turned);
        Self { scenario, focus, cursor, turned, order, film }
    }

    /// Whether it is the picture of a session with this order: asked in each frame, for which nothing is copied.
    pub fn is_of(&self, session: &Session, turned: f64, order: &PictureOrder) -> bool {
        (self.focus, self.cursor, &self.order) == (session.focus(), session.cursor(), order)
            && self.turned == turned_in(order.kind, turned)
            && *self.scenario == *session.scenario()
    }

    /// Makes its runs, which are a pure function of the scenario; `pause` is asked in between, and ends it.
    async fn session(&self, pause: &mut impl AsyncFnMut(f32) -> io::Result<()>) -> io::Result<Session> {
        let mut scenario = (*self.scenario).clone();
        scenario.show.azimuth += self.turned;
        let mut session = Session::new(scenario);
        let mut turns = 0_u32;
        while !session.compute(|| {
            turns += 1;
            turns.is_multiple_of(TURNS)
        }) {
            pause(0.0).await?;
        }
        session.apply(Command::Focus(self.focus));
        session.apply(Playback::Seek(self.cursor));
        Ok(session)
    }

    /// Writes it in a format. `pause` is told in between which part is done, and ends it with an error.
    ///
    /// # Errors
    /// There is nothing to show, it is too large, or it cannot be written; or it was ended.
    pub async fn write(
        &self,
        format: ExportFormat,
        out: &mut dyn Write,
        mut pause: impl AsyncFnMut(f32) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut session = self.session(&mut pause).await?;
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
                let frames = plan.frames().max(1) as f32;
                let told = async |number: u32| pause(number as f32 / frames).await;
                drawing.write_in_pieces(&mut session, &plan, format, out, told).await
            }
        }
    }

    /// Its pixels.
    ///
    /// # Errors
    /// There is nothing to show, or it is too large; or `pause` has ended it.
    pub async fn pixels(&self, mut pause: impl AsyncFnMut(f32) -> io::Result<()>) -> io::Result<Pixels> {
        let session = self.session(&mut pause).await?;
        let typeface = Typeface::new();
        let figure = self.order.figure(&session, PictureFormat::Png, &typeface)?;
        let mut canvas = self.order.canvas(figure.page, &self.order.paper(""), &typeface)?;
        canvas.draw(&figure);
        Ok(canvas.pixels())
    }
}

/// How far what a picture shows has turned by itself.
fn turned_in(kind: PictureKind, turned: f64) -> f64 {
    if kind == PictureKind::Relief { turned } else { 0.0 }
}

/// Ends work in a pause, once somebody has given it up.
pub fn check(is_cancelled: &AtomicBool) -> io::Result<()> {
    if is_cancelled.load(Ordering::Relaxed) { Err(io::Error::other("cancelled")) } else { Ok(()) }
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
        let pixels = move || at_once(request.pixels(async |_| check(&cancelled)));
        let answer = beside(runtime, ctx, move || pixels().map_err(|error| error.to_string()));
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
