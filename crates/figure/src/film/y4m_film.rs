//! Films as YUV4MPEG2 (`.y4m`): every picture as it is, in the form that programs for films read from a pipe.
//!
//! The format is that of mjpegtools (yuv4mpeg(5)), with the chroma of every pixel (C444). It does not say which colours its
//! numbers mean; readers take them, as here, by ITU-R BT.601 in the limited range, which the header says as FFmpeg
//! does.

use super::film_recording::{FrameRate, Pixel};
use std::io::{self, Write};

/// Writes the pictures of a film, one after the other.
#[derive(Debug)]
pub struct Y4mFilm<W> {
    out: W,
    planes: [Vec<u8>; 3],
}

impl<W: Write> Y4mFilm<W> {
    /// A film of a size in pixels.
    ///
    /// # Errors
    /// `out` does not take it.
    pub fn begin(mut out: W, [width, height]: [u16; 2], rate: FrameRate) -> io::Result<Self> {
        let FrameRate { frames, seconds } = rate;
        writeln!(out, "YUV4MPEG2 W{width} H{height} F{frames}:{seconds} Ip A1:1 C444 XCOLORRANGE=LIMITED")?;
        let count = usize::from(width) * usize::from(height);
        Ok(Self { out, planes: [(); 3].map(|()| vec![0; count]) })
    }

    /// Writes a picture, for the time of so many. Opacity is not kept.
    ///
    /// # Errors
    /// The picture has another size, or `out` does not take it.
    pub fn push(&mut self, picture: &[Pixel], frames: u32) -> io::Result<()> {
        let [luma, blue, red] = &mut self.planes;
        if picture.len() != luma.len() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a picture of another size"));
        }
        let places = luma.iter_mut().zip(blue.iter_mut()).zip(red.iter_mut());
        for (pixel, ((luma, blue), red)) in picture.iter().zip(places) {
            [*luma, *blue, *red] = limited_601(*pixel);
        }
        for _ in 0..frames {
            self.out.write_all(b"FRAME\n")?;
            for plane in &self.planes {
                self.out.write_all(plane)?;
            }
        }
        Ok(())
    }

    /// Ends the film.
    ///
    /// # Errors
    /// `out` does not take what is left.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.flush()?;
        Ok(self.out)
    }
}

/// Luma and the two chromas of a colour, by BT.601 in the limited range, to the nearest whole number.
fn limited_601([red, green, blue, _]: Pixel) -> [u8; 3] {
    let [red, green, blue] = [red, green, blue].map(i64::from);
    // In millionths; 219 levels of luma and 224 of chroma, from 255 of the colour.
    let round = |sum: i64, offset: i64| ((sum + offset * 1_000_000 + 500_000) / 1_000_000) as u8;
    [
        round(256_788 * red + 504_129 * green + 97_906 * blue, 16),
        round(-148_223 * red - 290_993 * green + 439_216 * blue, 128),
        round(439_216 * red - 367_788 * green - 71_427 * blue, 128),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of the standard: white, black, grey and the pure colours at full strength.
    #[test]
    fn colours_are_those_of_bt_601() {
        let told = |hex: u32| {
            let [_, red, green, blue] = hex.to_be_bytes();
            limited_601([red, green, blue, 255])
        };
        assert_eq!(told(0xFF_FFFF), [235, 128, 128]);
        assert_eq!(told(0), [16, 128, 128]);
        assert_eq!(told(0xFF_0000), [81, 90, 240]);
        assert_eq!(told(0x00_FF00), [145, 54, 34]);
        assert_eq!(told(0x00_00FF), [41, 240, 110]);
    }

    #[test]
    fn a_film_is_its_header_and_its_planes() {
        let mut film = Y4mFilm::begin(Vec::new(), [2, 1], FrameRate { frames: 25, seconds: 2 }).unwrap();
        film.push(&[[255; 4], [0, 0, 0, 255]], 2).unwrap();
        assert!(film.push(&[[0; 4]], 1).is_err());
        let written = film.finish().unwrap();
        let header = b"YUV4MPEG2 W2 H1 F25:2 Ip A1:1 C444 XCOLORRANGE=LIMITED\n";
        assert_eq!(written[..header.len()], header[..]);
        let frame = [b"FRAME\n".as_slice(), &[235, 16, 128, 128, 128, 128]].concat();
        assert_eq!(written[header.len()..], [frame.clone(), frame].concat());
    }
}
