//! Which pixels a path has been drawn over.

use crate::viewport::Rect;
use thalweg_core::math::within::Within;

/// Cells per pixel and axis.
const FINE: f64 = 2.0;
/// The most cells along an axis: beyond, they get coarser.
const MOST: f64 = 16_384.0;
/// In segments longer than this many cells every other cell stands for its neighbour.
const LONG: f64 = 64.0;
/// Fewer new cells in a row than this, in a segment of some length, show no gap: the lines on both
/// sides are wider.
const GAP: u32 = 3;
const TWO_TO_32: f64 = 4_294_967_296.0;
const HALF: i64 = 1 << 31;
/// How many recently drawn segments are recognized without walking along them; a power of two.
const RECENT: usize = 4096;

/// A bitmap of half pixels over a rectangle.
#[derive(Clone, Debug)]
pub(crate) struct Ink {
    min: [f64; 2],
    cells_per_pixel: [f64; 2],
    last: [f64; 2],
    columns: usize,
    bits: Vec<u64>,
    /// Segments by a hash of their ends: only ever asked whether one is there.
    recent: Vec<u64>,
}

impl Ink {
    /// Nothing drawn yet.
    pub fn new(rect: &Rect) -> Self {
        let size = [0, 1].map(|axis| {
            let size = rect.max[axis] - rect.min[axis];
            if size.is_finite() && size > 0.0 { size } else { 1.0 }
        });
        let cells = size.map(|size| (size * FINE).ceil().within(1.0, MOST));
        let [columns, rows] = cells.map(|cells| cells as usize);
        Self {
            min: rect.min,
            cells_per_pixel: [cells[0] / size[0], cells[1] / size[1]],
            last: cells.map(|cells| cells - 1.0),
            columns,
            bits: vec![0; (columns * rows).div_ceil(64)],
            recent: vec![u64::MAX; RECENT],
        }
    }

    /// Draws a segment within the rectangle. Whether a part of it was new that shows.
    pub fn draw(&mut self, from: [f64; 2], to: [f64; 2]) -> bool {
        let (from, to) = (self.cell(from), self.cell(to));
        let key = |p: [f64; 2]| (p[0] as u64) << 16 | p[1] as u64;
        // There and back again is the same line.
        let (low, high) = (key(from).min(key(to)), key(from).max(key(to)));
        let key = low << 32 | high;
        // Fibonacci hashing: Knuth, The Art of Computer Programming 3, section 6.4.
        let place = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52) as usize % RECENT;
        if self.recent[place] == key {
            return false;
        }
        self.recent[place] = key;
        let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
        let cells = dx.abs().max(dy.abs());
        let parts: f64 = if cells > LONG { (cells / 2.0).ceil() } else { cells.max(1.0) };
        // Fixed point, 32 bits behind the point, from the middle of the first cell: no cell of the
        // way lies outside the two ends'.
        let fixed = |v: f64| (v * TWO_TO_32) as i64;
        let (x, y) = (fixed(from[0]) + HALF, fixed(from[1]) + HALF);
        let (step_x, step_y) = (fixed(dx / parts), fixed(dy / parts));
        let columns = self.columns;
        let at = |part: u32| {
            let part = i64::from(part);
            let (column, row) = ((x + part * step_x) >> 32, (y + part * step_y) >> 32);
            let bit = row as usize * columns + column as usize;
            (bit / 64, 1_u64 << (bit % 64))
        };
        let parts = parts as u32;
        let needed = if parts < 2 * GAP { 1 } else { GAP };
        let mut stretch = 0;
        let shows = (0..=parts).any(|part| {
            let (word, mask) = at(part);
            stretch = if self.bits[word] & mask == 0 { stretch + 1 } else { 0 };
            stretch == needed
        });
        if shows {
            // What is left out is not marked: small gaps side by side make one that shows.
            for part in 0..=parts {
                let (word, mask) = at(part);
                self.bits[word] |= mask;
            }
        }
        shows
    }

    /// The cell of a pixel, as whole numbers.
    fn cell(&self, p: [f64; 2]) -> [f64; 2] {
        [0, 1].map(|axis| {
            let cell = ((p[axis] - self.min[axis]) * self.cells_per_pixel[axis]).floor();
            if cell > 0.0 { cell.min(self.last[axis]) } else { 0.0 }
        })
    }
}
