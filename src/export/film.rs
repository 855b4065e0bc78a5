//! Films of what is open: pictures of it step by step.

use super::ffmpeg::{FfmpegFilm, VideoCodec};
use super::film_format::FilmFormat;
use super::picture::{PictureError, PictureOrder};
use std::cell::RefCell;
use std::io::{self, Write};
use thalweg_figure::film::apng_film::write_apng;
use thalweg_figure::film::film_plan::FilmPlan;
use thalweg_figure::film::film_recording::{FilmRecording, Pixel, RecordingError};
use thalweg_figure::film::gif_film::write_gif;
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
    ///
    /// # Errors
    /// There is nothing to show, or a picture was not taken.
    pub fn draw<E: From<PictureError>>(
        &mut self,
        session: &mut Session,
        plan: &FilmPlan,
        mut each: impl FnMut(&[Pixel], u32, u32) -> Result<(), E>,
    ) -> Result<(), E> {
        for (number, step) in plan.steps().enumerate() {
            session.apply(Playback::Seek(step));
            let figure = self.order.figure_of(session, self.typeface, Some(&self.kept))?;
            self.canvas.draw(&figure);
            let pixels = self.canvas.pixels();
            let number = number as u32 + 1;
            let frames = if number == plan.frames() { plan.hold } else { 1 };
            each(pixels.rgba.as_chunks::<4>().0, frames, number)?;
        }
        Ok(())
    }

    /// Records the steps of a plan; `told` hears how many pictures there are.
    ///
    /// # Errors
    /// There is nothing to show, or the film takes too much memory.
    pub fn record(
        &mut self,
        session: &mut Session,
        plan: &FilmPlan,
        mut told: impl FnMut(u32) -> io::Result<()>,
    ) -> io::Result<FilmRecording> {
        let [width, height] = self.size();
        let mut film = FilmRecording::new(width, height, plan.rate);
        self.draw(session, plan, |picture, frames, number| {
            told(number)?;
            film.push(picture, frames).map_err(|error| {
                io::Error::other(match error {
                    RecordingError::OtherSize => "a picture has another size than those before it",
                    RecordingError::TooLarge => {
                        "its pictures change so much that they take more than a gigabyte of memory: make it \
                         smaller or shorter, or write .y4m, .mp4 or .webm"
                    }
                })
            })
        })?;
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
        let codec = match format {
            FilmFormat::Gif => return write_gif(&self.record(session, plan, told)?, out),
            FilmFormat::Apng => return write_apng(&self.record(session, plan, told)?, out),
            FilmFormat::Y4m => {
                let mut film = Y4mFilm::begin(out, self.size(), plan.rate)?;
                self.draw(session, plan, |picture, frames, number| {
                    told(number)?;
                    film.push(picture, frames)
                })?;
                return film.finish().map(|_| ());
            }
            FilmFormat::Mp4 => VideoCodec::H264,
            FilmFormat::Webm => VideoCodec::Vp9,
        };
        let mut film = FfmpegFilm::begin(codec, self.size(), plan.rate)?;
        self.draw(session, plan, |picture, frames, number| {
            told(number)?;
            film.push(picture, frames)
        })?;
        io::copy(&mut film.finish()?, out).map(|_| ())
    }
}
