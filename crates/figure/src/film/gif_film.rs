//! Films as GIF: one palette for all pictures, and of each only what changed.

use super::at_once::at_once;
use super::film_palette::FilmPalette;
use super::film_recording::FilmRecording;
use gif::{DisposalMethod, Encoder, EncodingError, Frame, Repeat};
use std::io::{self, Write};

/// The most pictures that a second of a GIF shows everywhere: what is to be shorter, viewers show for longer.
pub const MOST_PER_SECOND: u32 = 50;

/// Writes a film that begins again when it has ended. Opacity is not kept.
///
/// # Errors
/// `out` does not take it.
pub fn write_gif(film: &FilmRecording, out: impl Write) -> io::Result<()> {
    at_once(write_gif_in_pieces(film, out, async || Ok(())))
}

/// [`write_gif`] with pauses: before the first picture, and after each.
///
/// # Errors
/// `out` does not take it, or a pause has ended it.
pub async fn write_gif_in_pieces(
    film: &FilmRecording,
    out: impl Write,
    mut pause: impl AsyncFnMut() -> io::Result<()>,
) -> io::Result<()> {
    // One more stands for what stays as it is, but where the film has just as many as there are.
    let exact = FilmPalette::of(film, 256);
    let has_room = exact.colors().len() < 256;
    let palette = if exact.is_exact() { exact } else { FilmPalette::of(film, 255) };
    let stays = (has_room || !palette.is_exact()).then_some(palette.colors().len() as u8);
    let mut colors = palette.colors().concat();
    // A GIF has at least two.
    colors.resize(colors.len().max(3) + if stays.is_some() { 3 } else { 0 }, 0);
    let [width, height] = film.size();
    let mut encoder = Encoder::new(out, width, height, &colors).map_err(told)?;
    encoder.set_repeat(Repeat::Infinite).map_err(told)?;
    pause().await?;
    let mut frames = 0;
    for patch in film.patches(|pixel| palette.index(pixel)) {
        let begin = film.rate().time(frames, 100);
        frames += patch.frames;
        let delay = film.rate().time(frames, 100) - begin;
        let transparent = stays.filter(|_| !patch.is_whole());
        let cell = |(index, differs): &(u8, bool)| match transparent {
            Some(stays) if !*differs => stays,
            _ => *index,
        };
        let [left, top] = patch.corner.map(|place| place as u16);
        let [width, height] = patch.size.map(|count| count as u16);
        let frame = Frame {
            delay: u16::try_from(delay).unwrap_or(u16::MAX),
            dispose: DisposalMethod::Keep,
            transparent,
            left,
            top,
            width,
            height,
            buffer: patch.cells.iter().map(cell).collect::<Vec<u8>>().into(),
            ..Frame::default()
        };
        encoder.write_frame(&frame).map_err(told)?;
        pause().await?;
    }
    encoder.into_inner().map_err(told)?.flush()
}

fn told(error: EncodingError) -> io::Error {
    match error {
        EncodingError::Io(error) => error,
        error => io::Error::other(error),
    }
}
