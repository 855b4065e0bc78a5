//! Pixels as PNG files.

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, PixelDimensions, Unit};
use std::collections::HashMap;

/// How many pixels there are on an inch where a point of the paper is one.
const POINTS_PER_INCH: f64 = 96.0;
const METERS_PER_INCH: f64 = 0.0254;

/// Pixels, each red, green, blue and opacity, not multiplied with it; row by row from the upper left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    /// How many lie side by side.
    pub width: u32,
    /// How many lie one above the other.
    pub height: u32,
    /// Four bytes a pixel.
    pub rgba: Vec<u8>,
}

/// As many colours as a palette can have.
const MOST: usize = 256;

impl Pixels {
    /// The colours, those with opacity last, and the number of each pixel's; none where they are too many.
    fn palette(&self) -> Option<(Vec<[u8; 4]>, Vec<u8>)> {
        let mut colors: HashMap<[u8; 4], usize> = HashMap::new();
        let (pixels, _) = self.rgba.as_chunks::<4>();
        for pixel in pixels {
            let next = colors.len();
            colors.entry(*pixel).or_insert(next);
            if colors.len() > MOST {
                return None;
            }
        }
        let mut sorted: Vec<[u8; 4]> = colors.keys().copied().collect();
        // In an order of their own, so that the same pixels make the same file.
        sorted.sort_unstable_by_key(|color| (color[3], *color));
        for (index, color) in sorted.iter().enumerate() {
            colors.insert(*color, index);
        }
        let indices = pixels.iter().map(|pixel| colors[pixel] as u8).collect();
        Some((sorted, indices))
    }

    /// The file. `scale` is how many pixels a point of the paper has.
    ///
    /// # Errors
    /// There are no pixels, or more than a file can have.
    pub fn png(&self, scale: f64) -> Result<Vec<u8>, EncodingError> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.width, self.height);
        encoder.set_compression(Compression::Balanced);
        let density = libm::round(scale * POINTS_PER_INCH / METERS_PER_INCH) as u32;
        encoder.set_pixel_dims(Some(PixelDimensions { xppu: density, yppu: density, unit: Unit::Meter }));
        encoder.set_depth(BitDepth::Eight);
        let is_opaque = self.rgba.iter().skip(3).step_by(4).all(|opacity| *opacity == 255);
        let data = match self.palette() {
            Some((colors, indices)) => {
                encoder.set_color(ColorType::Indexed);
                encoder.set_palette(
                    colors.iter().flat_map(|color| [color[0], color[1], color[2]]).collect::<Vec<u8>>(),
                );
                if !is_opaque {
                    encoder.set_trns(colors.iter().map(|color| color[3]).collect::<Vec<u8>>());
                }
                indices
            }
            None if is_opaque => {
                encoder.set_color(ColorType::Rgb);
                let (pixels, _) = self.rgba.as_chunks::<4>();
                pixels.iter().flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
            }
            None => {
                encoder.set_color(ColorType::Rgba);
                self.rgba.clone()
            }
        };
        encoder.write_header()?.write_image_data(&data)?;
        Ok(file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &[u8]) -> Pixels {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::ALPHA);
        let mut reader = decoder.read_info().unwrap();
        let mut rgba = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut rgba).unwrap();
        Pixels { width: info.width, height: info.height, rgba }
    }

    #[test]
    fn pixels_are_read_back() {
        let few = Pixels { width: 2, height: 1, rgba: vec![1, 2, 3, 255, 9, 8, 7, 0] };
        let byte = |i: u32| (i.wrapping_mul(2_654_435_761) >> 24) as u8;
        let many = Pixels { width: 32, height: 32, rgba: (0..4096).map(byte).collect() };
        let mut opaque = many.clone();
        opaque.rgba.iter_mut().skip(3).step_by(4).for_each(|opacity| *opacity = 255);
        for pixels in [few, many, opaque] {
            let file = pixels.png(1.0).unwrap();
            assert_eq!(read(&file), pixels);
            assert_eq!(file, pixels.png(1.0).unwrap());
        }
        assert!(Pixels { width: 0, height: 3, rgba: Vec::new() }.png(1.0).is_err());
    }
}
