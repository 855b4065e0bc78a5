//! A film as it is made: its first picture, and of each further one what changed.

use super::frame_patch::FramePatch;
use std::ops::Range;

/// The colour of a pixel: red, green, blue and opacity, not multiplied with it.
pub type Pixel = [u8; 4];

/// A stretch of pixels that is shorter than this between two that changed is taken along.
const GAP: usize = 4;
/// Beyond so many bytes of changes a film is too large to be kept.
const MOST_BYTES: usize = 1 << 30;

/// How many pictures follow each other in how many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameRate {
    /// Pictures.
    pub frames: u32,
    /// Seconds.
    pub seconds: u32,
}

impl FrameRate {
    /// When so many pictures have been shown, in a unit of which a second has so many, rounded.
    pub fn time(self, frames: u32, units: u32) -> u64 {
        let (whole, part) =
            (u64::from(frames) * u64::from(self.seconds) * u64::from(units), u64::from(self.frames));
        (2 * whole + part) / (2 * part)
    }

    /// Pictures in a second.
    pub fn per_second(self) -> f64 {
        f64::from(self.frames) / f64::from(self.seconds)
    }
}

/// Pixels that differ from the picture before.
#[derive(Clone, Debug, Default)]
struct FrameChange {
    /// Where they are, as places in the picture, ascending.
    runs: Vec<Range<u32>>,
    /// The pixels of all runs, one after the other.
    pixels: Vec<Pixel>,
    /// How many pictures' time what they make is shown.
    frames: u32,
}

/// A film: pictures of one size, each kept as what it changes.
#[derive(Clone, Debug)]
pub struct FilmRecording {
    width: u16,
    height: u16,
    rate: FrameRate,
    last: Vec<Pixel>,
    /// The first of them has all pixels.
    changes: Vec<FrameChange>,
    bytes: usize,
}

/// Why a picture cannot be added to a film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordingError {
    /// Its pixels are not as many as those of the film's pictures.
    OtherSize,
    /// With what it changes, the film would take more memory than is reasonable.
    TooLarge,
}

impl FilmRecording {
    /// A film without a picture so far.
    pub fn new(width: u16, height: u16, rate: FrameRate) -> Self {
        Self { width, height, rate, last: Vec::new(), changes: Vec::new(), bytes: 0 }
    }

    /// Its width and its height in pixels.
    pub fn size(&self) -> [u16; 2] {
        [self.width, self.height]
    }

    /// How fast it is.
    pub fn rate(&self) -> FrameRate {
        self.rate
    }

    /// Adds a picture, row by row from the top left, that is shown for the time of so many. One that is as the last
    /// one only lengthens its time.
    ///
    /// # Errors
    /// It has another size, or the film grows too large; then the film is as it was.
    pub fn push(&mut self, picture: &[Pixel], frames: u32) -> Result<(), RecordingError> {
        if picture.len() != usize::from(self.width) * usize::from(self.height) {
            return Err(RecordingError::OtherSize);
        }
        let change = if self.changes.is_empty() {
            let whole = 0..picture.len() as u32;
            FrameChange { runs: vec![whole], pixels: picture.to_vec(), frames }
        } else {
            let runs = changed(&self.last, picture);
            if runs.is_empty() {
                if let Some(last) = self.changes.last_mut() {
                    last.frames += frames;
                }
                return Ok(());
            }
            let of = |run: &Range<u32>| picture[run.start as usize..run.end as usize].iter().copied();
            let pixels = runs.iter().flat_map(of).collect();
            FrameChange { runs, pixels, frames }
        };
        let bytes = self.bytes + 4 * change.pixels.len() + 8 * change.runs.len();
        if bytes > MOST_BYTES && !self.changes.is_empty() {
            return Err(RecordingError::TooLarge);
        }
        self.bytes = bytes;
        self.last.clear();
        self.last.extend_from_slice(picture);
        self.changes.push(change);
        Ok(())
    }

    /// Lengthens the time of the last picture by that of so many.
    pub fn hold(&mut self, frames: u32) {
        if let Some(last) = self.changes.last_mut() {
            last.frames += frames;
        }
    }

    /// All pixels that its pictures bring, those of the first one first.
    pub fn pixels(&self) -> impl Iterator<Item = Pixel> {
        self.changes.iter().flat_map(|change| change.pixels.iter().copied())
    }

    /// Its pictures with `tell` instead of pixels, as patches on the ones before: only where something differs then.
    /// Those on which nothing does lengthen the time of the one before.
    pub fn patches<T: Copy + PartialEq>(&self, tell: impl Fn(Pixel) -> T) -> Vec<FramePatch<T>> {
        let width = usize::from(self.width);
        let mut shown: Vec<T> = Vec::new();
        let mut patches: Vec<FramePatch<T>> = Vec::new();
        for change in &self.changes {
            let mut pixels = change.pixels.iter().map(|pixel| tell(*pixel));
            if patches.is_empty() {
                shown = pixels.collect();
                let cells = shown.iter().map(|cell| (*cell, true)).collect();
                let [columns, rows] = self.size().map(usize::from);
                patches.push(FramePatch {
                    corner: [0, 0],
                    size: [columns, rows],
                    cells,
                    frames: change.frames,
                });
                continue;
            }
            let mut differing: Vec<usize> = Vec::new();
            for run in &change.runs {
                let range = run.start as usize..run.end as usize;
                for (place, (shown, cell)) in range.clone().zip(shown[range].iter_mut().zip(&mut pixels)) {
                    if *shown != cell {
                        *shown = cell;
                        differing.push(place);
                    }
                }
            }
            match (FramePatch::around(&differing, &shown, width), patches.last_mut()) {
                (Some(patch), _) => patches.push(FramePatch { frames: change.frames, ..patch }),
                (None, Some(last)) => last.frames += change.frames,
                (None, None) => {}
            }
        }
        patches
    }
}

/// Where two pictures of one size differ, in runs.
fn changed(before: &[Pixel], now: &[Pixel]) -> Vec<Range<u32>> {
    /// Pixels that are compared at once.
    const BLOCK: usize = 64;
    let mut runs: Vec<Range<u32>> = Vec::new();
    for (block, (before, now)) in before.chunks(BLOCK).zip(now.chunks(BLOCK)).enumerate() {
        if before == now {
            continue;
        }
        for (index, _) in before.iter().zip(now).enumerate().filter(|(_, (before, now))| before != now) {
            let at = (block * BLOCK + index) as u32;
            match runs.last_mut() {
                Some(last) if at - last.end < GAP as u32 => last.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_without_drift() {
        let rate = FrameRate { frames: 30, seconds: 1 };
        let ends: Vec<_> = (1..=4).map(|frame| rate.time(frame, 100)).collect();
        assert_eq!(ends, [3, 7, 10, 13]);
        assert_eq!(rate.time(3000, 100), 10_000);
        assert_eq!(FrameRate { frames: 61, seconds: 10 }.time(61, 1000), 10_000);
    }

    #[test]
    fn only_what_changed_is_kept_and_nothing_lengthens_the_time() {
        let rate = FrameRate { frames: 10, seconds: 1 };
        let mut film = FilmRecording::new(4, 3, rate);
        let mut picture = vec![[0, 0, 0, 255]; 12];
        film.push(&picture, 1).unwrap();
        film.push(&picture, 2).unwrap();
        picture[5] = [9, 0, 0, 255];
        picture[10] = [1, 0, 0, 255];
        film.push(&picture, 1).unwrap();
        film.hold(3);
        assert_eq!(film.push(&picture[1..], 1), Err(RecordingError::OtherSize));
        let patches = film.patches(|pixel| pixel);
        assert_eq!(patches.len(), 2);
        assert_eq!((patches[0].size, patches[0].frames), ([4, 3], 3));
        assert_eq!((patches[1].corner, patches[1].size, patches[1].frames), ([1, 1], [2, 2], 4));
        let told: Vec<_> = patches[1].cells.iter().map(|(pixel, differs)| (pixel[0], *differs)).collect();
        assert_eq!(told, [(9, true), (0, false), (0, false), (1, true)]);
        // Seen with other eyes, less differs.
        let patches = film.patches(|pixel| pixel[0] > 4);
        assert_eq!((patches.len(), patches[1].size), (2, [1, 1]));
        assert_eq!(film.patches(|_| 0).iter().map(|patch| patch.frames).collect::<Vec<_>>(), [7]);
    }
}
