//! Films as animated PNG: the colours as they are, and of each picture only what changed.

use super::at_once::at_once;
use super::film_palette::{FilmPalette, rgb};
use super::film_recording::{FilmRecording, Pixel};
use super::frame_patch::FramePatch;
use png::{BitDepth, BlendOp, ColorType, Compression, DisposeOp, Encoder, EncodingError, Filter};
use std::io::{self, Write};

/// How a film's pixels are written.
enum ApngPixels {
    /// As places in a palette, one of which may stand for what stays as it is.
    Indexed(FilmPalette, Option<u8>),
    /// As they are; none at all where they stay as they are.
    Opaque,
    /// As they are, with their opacity.
    Translucent,
}

/// Writes a film that begins again when it has ended.
///
/// # Errors
/// `out` does not take it.
pub fn write_apng(film: &FilmRecording, out: impl Write) -> io::Result<()> {
    at_once(write_apng_in_pieces(film, out, async || Ok(())))
}

/// [`write_apng`] with pauses: before the first picture, and after each.
///
/// # Errors
/// `out` does not take it, or a pause has ended it.
pub async fn write_apng_in_pieces(
    film: &FilmRecording,
    out: impl Write,
    mut pause: impl AsyncFnMut() -> io::Result<()>,
) -> io::Result<()> {
    let pixels = if film.pixels().any(|[.., alpha]| alpha < 255) {
        ApngPixels::Translucent
    } else {
        let palette = FilmPalette::of(film, 256);
        if palette.is_exact() {
            let stays = (palette.colors().len() < 256).then_some(palette.colors().len() as u8);
            ApngPixels::Indexed(palette, stays)
        } else {
            ApngPixels::Opaque
        }
    };
    let patches = film.patches(|pixel| pixel);
    let [width, height] = film.size().map(u32::from);
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::High);
    match &pixels {
        ApngPixels::Indexed(palette, stays) => {
            let mut colors = palette.colors().concat();
            encoder.set_color(ColorType::Indexed);
            encoder.set_filter(Filter::NoFilter);
            if let Some(stays) = stays {
                colors.extend([0; 3]);
                let mut opacity = vec![255; usize::from(*stays)];
                opacity.push(0);
                encoder.set_trns(opacity);
            }
            encoder.set_palette(colors);
        }
        ApngPixels::Opaque | ApngPixels::Translucent => {
            encoder.set_color(ColorType::Rgba);
            encoder.set_filter(Filter::Adaptive);
        }
    }
    if patches.len() > 1 {
        encoder.set_animated(patches.len() as u32, 0).map_err(told)?;
    }
    let blend = match &pixels {
        ApngPixels::Indexed(_, Some(_)) | ApngPixels::Opaque => BlendOp::Over,
        ApngPixels::Indexed(_, None) | ApngPixels::Translucent => BlendOp::Source,
    };
    let mut writer = encoder.write_header().map_err(told)?;
    pause().await?;
    let mut frames = 0;
    for (index, patch) in patches.iter().enumerate() {
        if patches.len() > 1 {
            let begin = film.rate().time(frames, 1000);
            frames += patch.frames;
            let delay = film.rate().time(frames, 1000) - begin;
            let [x, y] = patch.corner.map(|place| place as u32);
            let [width, height] = patch.size.map(|count| count as u32);
            writer.set_frame_position(0, 0).map_err(told)?;
            writer.set_frame_dimension(width, height).map_err(told)?;
            writer.set_frame_position(x, y).map_err(told)?;
            let (numerator, denominator) = fraction(delay);
            writer.set_frame_delay(numerator, denominator).map_err(told)?;
            writer.set_dispose_op(DisposeOp::None).map_err(told)?;
            writer.set_blend_op(if index == 0 { BlendOp::Source } else { blend }).map_err(told)?;
        }
        writer.write_image_data(&bytes(&pixels, patch)).map_err(told)?;
        pause().await?;
    }
    writer.finish().map_err(told)
}

/// So many thousandths of a second as a fraction that a PNG can hold.
fn fraction(thousandths: u64) -> (u16, u16) {
    match u16::try_from(thousandths) {
        Ok(numerator) => (numerator, 1000),
        Err(_) => (u16::try_from(thousandths / 1000).unwrap_or(u16::MAX), 1),
    }
}

fn bytes(pixels: &ApngPixels, patch: &FramePatch<Pixel>) -> Vec<u8> {
    match pixels {
        ApngPixels::Indexed(palette, stays) => {
            let cell = |(pixel, differs): &(Pixel, bool)| match stays {
                Some(stays) if !*differs => *stays,
                _ => palette.index(*pixel),
            };
            patch.cells.iter().map(cell).collect()
        }
        ApngPixels::Opaque => {
            let cell = |(pixel, differs): &(Pixel, bool)| {
                let [red, green, blue] = rgb(*pixel);
                if *differs { [red, green, blue, 255] } else { [0; 4] }
            };
            patch.cells.iter().flat_map(cell).collect()
        }
        ApngPixels::Translucent => patch.cells.iter().flat_map(|(pixel, _)| *pixel).collect(),
    }
}

fn told(error: EncodingError) -> io::Error {
    match error {
        EncodingError::IoError(error) => error,
        error => io::Error::other(error),
    }
}
