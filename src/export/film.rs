//! Films of what is open: pictures of it step by step.

#[cfg(not(target_arch = "wasm32"))]
use super::ffmpeg::{FfmpegFilm, VideoCodec};
use super::film_format::FilmFormat;
use super::picture::{PictureError, PictureOrder};
use std::cell::RefCell;
use std::io::{self, Write};
use thalweg_figure::film::apng_film::write_apng_in_pieces;
use thalweg_figure::film::at_once::at_once;
use thalweg_figure::film::film_plan::FilmPlan;
use thalweg_figure::film::film_recording::{FilmRecording, Pixel, RecordingError};
use thalweg_figure::film::gif_film::write_gif_in_pieces;
use thalweg_figure::film::y4m_film::Y4mFilm;
use thalweg_figure::kept_pictures::KeptPictures;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::viewport::Rect;
use thalweg_figure::write::canvas::Canvas;
use thalweg_figure::write::typeface::Typeface;
use thalweg_session::{Playback, Session};

/// Draws a session, whose runs are made, step by step.
pub struct FilmDrawing<'a> {
    order: &'a PictureOrder,
    typeface: &'a Typeface,
    canvas: Canvas<'a>,
    kept: RefCell<KeptPictures>,
}

impl<'a> FilmDrawing<'a> {
    /// A drawing of what is ordered.
    ///
    /// # Errors
    /// It would have no pixels or too many, or it is the same at every step.
    pub fn new(order: &'a PictureOrder, title: &str, typeface: &'a Typeface) -> Result<Self, PictureError> {
        if order.kind == PictureKind::Map {
            let told = "a map is the same at every step: write it as a picture, as .svg, .pdf or .png";
            return Err(PictureError::new(told));
        }
        let page = Rect { min: [0.0; 2], max: order.size };
        let canvas = order.canvas(page, &order.paper(title), typeface)?;
        Ok(Self { order, typeface, canvas, kept: RefCell::default() })
    }

    /// Its width and its height in pixels.
    pub fn size(&self) -> [u16; 2] {
        // A canvas is not larger than that.
        self.canvas.size().map(|side| u16::try_from(side).unwrap_or(u16::MAX))
    }

    /// Draws the steps of a plan, and hands each picture over, with the number of pictures whose time it is
    /// shown for, and its own number.
    async fn draw(
        &mut self,
        session: &mut Session,
        plan: &FilmPlan,
        mut each: impl AsyncFnMut(&[Pixel], u32, u32) -> io::Result<()>,
    ) -> io::Result<()> {
        for (number, step) in plan.steps().enumerate() {
            session.apply(Playback::Seek(step));
            let figure = self.order.figure_of(session, self.typeface, Some(&self.kept))?;
            self.canvas.draw(&figure);
            let pixels = self.canvas.pixels();
            let number = number as u32 + 1;
            let frames = if number == plan.frames() { plan.hold } else { 1 };
            each(pixels.rgba.as_chunks::<4>().0, frames, number).await?;
        }
        Ok(())
    }

    /// Records the steps of a plan; `told` hears how many pictures there are.
    async fn record(
        &mut self,
        session: &mut Session,
        plan: &FilmPlan,
        told: &mut impl AsyncFnMut(u32) -> io::Result<()>,
    ) -> io::Result<FilmRecording> {
        let [width, height] = self.size();
        let mut film = FilmRecording::new(width, height, plan.rate);
        let each = async |picture: &[Pixel], frames, number| {
            told(number).await?;
            film.push(picture, frames).map_err(|error| {
                io::Error::other(match error {
                    RecordingError::OtherSize => "a picture has another size than those before it",
                    RecordingError::TooLarge => {
                        "its pictures change so much that they take more than a gigabyte of memory: make it \
                         smaller or shorter, or write .y4m, .mp4 or .webm"
                    }
                })
            })
        };
        self.draw(session, plan, each).await?;
        Ok(film)
    }

    /// Draws the steps of a plan, and writes them in a format; `told` hears the number of each picture, and ends it
    /// with an error.
    ///
    /// # Errors
    /// There is nothing to show, the film takes too much memory, FFmpeg is missing or fails, or nothing can be
    /// written.
    pub fn write(
        &mut self,
        session: &mut Session,
        plan: &FilmPlan,
        format: FilmFormat,
        out: &mut dyn Write,
        mut told: impl FnMut(u32) -> io::Result<()>,
    ) -> io::Result<()> {
        at_once(self.write_in_pieces(session, plan, format, out, async |number| told(number)))
    }

    /// [`FilmDrawing::write`] with pauses: `told` may take its time.
    ///
    /// # Errors
    /// As of [`FilmDrawing::write`].
    pub async fn write_in_pieces(
        &mut self,
        session: &mut Session,
        plan: &FilmPlan,
        format: FilmFormat,
        out: &mut dyn Write,
        mut told: impl AsyncFnMut(u32) -> io::Result<()>,
    ) -> io::Result<()> {
        match format {
            FilmFormat::Gif => {
                let film = self.record(session, plan, &mut told).await?;
                write_gif_in_pieces(&film, out, async || told(plan.frames()).await).await
            }
            FilmFormat::Apng => {
                let film = self.record(session, plan, &mut told).await?;
                write_apng_in_pieces(&film, out, async || told(plan.frames()).await).await
            }
            FilmFormat::Y4m => {
                let mut film = Y4mFilm::begin(out, self.size(), plan.rate)?;
                let each = async |picture: &[Pixel], frames, number| {
                    told(number).await?;
                    film.push(picture, frames)
                };
                self.draw(session, plan, each).await?;
                film.finish().map(|_| ())
            }
            #[cfg(not(target_arch = "wasm32"))]
            FilmFormat::Mp4 => self.encode(session, plan, VideoCodec::H264, out, &mut told).await,
            #[cfg(not(target_arch = "wasm32"))]
            FilmFormat::Webm => self.encode(session, plan, VideoCodec::Vp9, out, &mut told).await,
        }
    }

    /// Draws the steps of a plan, and lets FFmpeg write them.
    #[cfg(not(target_arch = "wasm32"))]
    async fn encode(
        &mut self,
        session: &mut Session,
        plan: &FilmPlan,
        codec: VideoCodec,
        out: &mut dyn Write,
        told: &mut impl AsyncFnMut(u32) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut film = FfmpegFilm::begin(codec, self.size(), plan.rate)?;
        let each = async |picture: &[Pixel], frames, number| {
            told(number).await?;
            film.push(picture, frames)
        };
        self.draw(session, plan, each).await?;
        io::copy(&mut film.finish()?, out).map(|_| ())
    }
}
