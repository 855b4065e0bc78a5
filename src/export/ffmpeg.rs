//! Films that FFmpeg writes, where it is installed.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use thalweg_figure::film::film_recording::{FrameRate, Pixel};

/// The program that is looked for.
const PROGRAM: &str = "ffmpeg";

/// Where it is not there, what to do.
const MISSING: &str = "this needs the program ffmpeg, which is not there: install it (Debian and Ubuntu: \
                       apt install ffmpeg; macOS: brew install ffmpeg; Windows: winget install ffmpeg), or \
                       write .gif, .apng or .y4m, which need nothing";

/// What FFmpeg makes of a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VideoCodec {
    /// H.264 in MP4, in the form that every player knows.
    H264,
    /// VP9 in WebM.
    Vp9,
}

impl VideoCodec {
    /// Its options.
    fn options(self) -> &'static [&'static str] {
        match self {
            Self::H264 => &[
                "-c:v",
                "libx264",
                "-preset",
                "medium",
                "-crf",
                "18",
                "-tune",
                "animation",
                "-movflags",
                "+faststart",
            ],
            Self::Vp9 => &["-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0", "-row-mt", "1", "-cpu-used", "2"],
        }
    }

    fn container(self) -> &'static str {
        match self {
            Self::H264 => "mp4",
            Self::Vp9 => "webm",
        }
    }
}

/// A film on its way through FFmpeg. Its result is kept in a file without a name, so that nothing is left over
/// however the program ends.
pub struct FfmpegFilm {
    child: Child,
    pictures: Option<BufWriter<ChildStdin>>,
    result: ResultFile,
    size: [usize; 2],
    bytes: Vec<u8>,
}

/// Where FFmpeg writes.
struct ResultFile {
    #[cfg(unix)]
    file: File,
    #[cfg(not(unix))]
    file: tempfile::NamedTempFile,
}

impl FfmpegFilm {
    /// Starts FFmpeg.
    ///
    /// # Errors
    /// It is not there, or there is no place for its result.
    pub fn begin(codec: VideoCodec, size: [u16; 2], rate: FrameRate) -> io::Result<Self> {
        let FrameRate { frames, seconds } = rate;
        let size = size.map(usize::from);
        let [width, height] = size.map(|side| side.next_multiple_of(2));
        let mut command = Command::new(PROGRAM);
        command.args([
            "-hide_banner",
            "-loglevel",
            "error",
            "-nostdin",
            "-y",
            "-f",
            "rawvideo",
            "-pix_fmt",
            "rgb24",
        ]);
        command.args([
            "-video_size",
            &format!("{width}x{height}"),
            "-framerate",
            &format!("{frames}/{seconds}"),
        ]);
        command.args(["-i", "pipe:0", "-an"]);
        // The colours by BT.709, as players take them.
        command.args(["-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"]);
        command.args([
            "-colorspace",
            "bt709",
            "-color_primaries",
            "bt709",
            "-color_trc",
            "bt709",
            "-color_range",
            "tv",
        ]);
        command.args(codec.options()).args(["-f", codec.container()]);
        let result = start_result(&mut command)?;
        command.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => io::Error::new(io::ErrorKind::NotFound, MISSING),
            _ => io::Error::new(error.kind(), format!("{PROGRAM} does not start: {error}")),
        })?;
        let pictures = child.stdin.take().map(BufWriter::new);
        Ok(Self { child, pictures, result, size, bytes: Vec::new() })
    }

    /// Writes a picture for the time of so many. Opacity is not kept.
    ///
    /// # Errors
    /// FFmpeg has ended; why, as it says.
    pub fn push(&mut self, picture: &[Pixel], frames: u32) -> io::Result<()> {
        let [width, height] = self.size;
        if picture.len() != width * height || picture.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "a picture of another size"));
        }
        self.bytes.clear();
        // Players want sides that are even: the last row and column stand there twice.
        for row in (0..height.next_multiple_of(2)).map(|row| row.min(height - 1)) {
            let row = &picture[row * width..(row + 1) * width];
            let twice = row.last().filter(|_| width % 2 == 1);
            self.bytes
                .extend(row.iter().chain(twice).flat_map(|[red, green, blue, _]| [*red, *green, *blue]));
        }
        for _ in 0..frames {
            let written = self.pictures.as_mut().map_or(Ok(()), |pictures| pictures.write_all(&self.bytes));
            if let Err(error) = written {
                return Err(self.ended().err().unwrap_or(error));
            }
        }
        Ok(())
    }

    /// Ends the film; gives its file from the beginning.
    ///
    /// # Errors
    /// FFmpeg did not make it; why, as it says.
    pub fn finish(mut self) -> io::Result<File> {
        self.ended()?;
        let mut file = opened(&self.result)?;
        file.seek(SeekFrom::Start(0))?;
        Ok(file)
    }

    /// Waits for its end.
    fn ended(&mut self) -> io::Result<()> {
        // Without pictures to come, it ends.
        let flushed = self.pictures.take().map_or(Ok(()), |mut pictures| pictures.flush());
        let mut words = String::new();
        if let Some(mut errors) = self.child.stderr.take() {
            errors.read_to_string(&mut words).ok();
        }
        let status = self.child.wait()?;
        if status.success() {
            return flushed;
        }
        let last: Vec<&str> = words.lines().rev().filter(|line| !line.trim().is_empty()).take(3).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        Err(io::Error::other(format!("{PROGRAM} failed ({status}): {}", last.join("; "))))
    }
}

/// Tells FFmpeg where to write.
#[cfg(unix)]
fn start_result(command: &mut Command) -> io::Result<ResultFile> {
    let file = tempfile::tempfile()?;
    command.arg("/dev/stdout").stdout(file.try_clone()?);
    Ok(ResultFile { file })
}

#[cfg(not(unix))]
fn start_result(command: &mut Command) -> io::Result<ResultFile> {
    let file = tempfile::NamedTempFile::new()?;
    command.arg(file.path()).stdout(Stdio::null());
    Ok(ResultFile { file })
}

#[cfg(unix)]
fn opened(result: &ResultFile) -> io::Result<File> {
    result.file.try_clone()
}

#[cfg(not(unix))]
fn opened(result: &ResultFile) -> io::Result<File> {
    result.file.reopen()
}

/// A process that nobody waits for any more is ended.
impl Drop for FfmpegFilm {
    fn drop(&mut self) {
        drop(self.pictures.take());
        if let Ok(None) = self.child.try_wait() {
            self.child.kill().ok();
            self.child.wait().ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where FFmpeg is installed, odd sizes and broken speeds too come through it whole; where not, that is told.
    #[test]
    fn films_go_through_ffmpeg_or_it_is_said_what_is_missing() {
        let picture: Vec<Pixel> =
            (0..33 * 21).map(|place: u32| [(place % 256) as u8, 90, 200, 255]).collect();
        for codec in [VideoCodec::H264, VideoCodec::Vp9] {
            let film = FfmpegFilm::begin(codec, [33, 21], FrameRate { frames: 61, seconds: 10 });
            let mut film = match film {
                Ok(film) => film,
                Err(error) => {
                    assert!(error.to_string().contains("apt install ffmpeg"), "{error}");
                    continue;
                }
            };
            assert!(film.push(&picture[1..], 1).is_err());
            for _ in 0..5 {
                film.push(&picture, 2).unwrap();
            }
            let mut bytes = Vec::new();
            film.finish().unwrap().read_to_end(&mut bytes).unwrap();
            let sign: &[u8] = match codec {
                VideoCodec::H264 => b"ftyp",
                VideoCodec::Vp9 => &[0x1A, 0x45, 0xDF, 0xA3],
            };
            assert!(bytes[..16].windows(4).any(|part| part == sign), "{:?}", &bytes[..16]);
        }
    }
}
