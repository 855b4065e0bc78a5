//! A path reduced to what the screen can show of it.

use crate::bbox_pyramid::{BLOCK, Boxes};
use crate::coverage::Ink;
use crate::viewport::{Rect, ToPaper};
use std::ops::Range;
use thalweg_core::math::within::Within;
use thalweg_core::run::trajectory::Sample;

/// Steps that end less than this many pixels from the last kept point are merged into it.
const MERGE: f64 = 0.35;
/// Lines are kept this many pixels beyond the rectangle: more than half of any line's width.
const MARGIN: f64 = 16.0;

/// A piece left out that is shorter than this is drawn after all if the line goes on behind it:
/// a slow path is one line, not dashes.
const SHORT: f64 = 1.0;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Pen {
    /// What comes next starts a new run.
    Up,
    /// The last run ends where the pen is.
    Down,
    /// The last run ends one short piece before.
    Behind,
}

/// Reduces a growing path to lines on the screen, for the far past in outline: the newest steps
/// are drawn exactly, by whoever draws.
///
/// - Steps that stay within 0.35 pixels of the last kept point are merged into it; so every
///   excursion that shows is kept, and no point of the picture is off by more.
/// - A segment is cut at the rectangle (with a margin), in `f64`, so that what is seen of it has
///   the right direction however far away its ends are. Nothing is joined across a position that
///   is not finite, nor across what was cut off.
/// - A segment that only runs over pixels that the path has already drawn is left out: a million
///   oscillations, or a spiral finer than the pixels, end up as what they look like. So the output
///   is bounded by the number of pixels, not by the length of the run.
///
/// The output depends only on the steps, not on the pieces in which they come. A step costs some
/// nanoseconds where nothing is drawn, and one for each pixel of its length where something is.
#[derive(Clone, Debug)]
pub struct PathReducer {
    to: ToPaper,
    /// The rectangle with its margin.
    rect: Rect,
    ink: Ink,
    points: Vec<[f32; 2]>,
    /// For each point, the step by which it was drawn: ascending.
    steps: Vec<u32>,
    /// Where in `points` each run starts.
    starts: Vec<u32>,
    /// Where the pen is, or nothing at the start and after a position that is not finite.
    kept: Option<[f64; 2]>,
    /// What is nearer to `kept` than this, squared, is merged. 0 while `kept` is out of the picture:
    /// where it stood last decides the direction in which it comes back.
    merge: f64,
    /// The last step, if it was merged into `kept`.
    merged: Option<[f64; 2]>,
    /// Whether the last run ends at `kept`, or one short piece before it, so that it can be continued.
    pen: Pen,
    len: usize,
    /// The step that is being taken.
    now: u32,
}

impl PathReducer {
    /// For a picture in `rect`, in pixels.
    pub fn new(to: ToPaper, rect: Rect) -> Self {
        let rect = rect.enlarged(MARGIN);
        Self {
            to,
            rect,
            ink: Ink::new(&rect),
            points: Vec::new(),
            steps: Vec::new(),
            starts: Vec::new(),
            kept: None,
            merge: 0.0,
            merged: None,
            pen: Pen::Up,
            len: 0,
            now: 0,
        }
    }

    /// Appends steps.
    pub fn push(&mut self, samples: &[Sample]) {
        for sample in samples {
            self.now = self.len as u32;
            self.step(sample);
            self.len += 1;
        }
    }

    /// Appends the steps `len()..end` of a path whose boxes are known. The same result as
    /// [`PathReducer::push`], but blocks of 64 steps that stay where they are, as at a minimum,
    /// or out of the picture, cost as much as one step: for a new view of a long run.
    pub fn push_with(&mut self, samples: &[Sample], boxes: &Boxes, end: usize) {
        let end = end.min(samples.len());
        while self.len < end {
            let block_end = (self.len / BLOCK + 1) * BLOCK;
            let whole = self.len.is_multiple_of(BLOCK) && block_end <= end && block_end <= boxes.len();
            let stop = block_end.min(end);
            if !(whole && self.skip(boxes, &samples[stop - 1])) {
                self.push(&samples[self.len..stop]);
            }
            self.len = stop;
        }
    }

    /// How many steps were pushed.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether none were.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The lines so far, each of at least two points, in pixels. They only grow at the end: what
    /// was there stays.
    pub fn runs(&self) -> impl ExactSizeIterator<Item = &[[f32; 2]]> {
        let ends = self.starts.iter().skip(1).copied().chain([self.points.len() as u32]);
        let bounds: Vec<(u32, u32)> = self.starts.iter().copied().zip(ends).collect();
        bounds.into_iter().map(|(start, end)| &self.points[start as usize..end as usize])
    }

    /// All points, run after run: [`PathReducer::starts`] says where each run starts. A drawing
    /// that is extended remembers how many of both it has seen.
    pub fn points(&self) -> &[[f32; 2]] {
        &self.points
    }

    /// The index in [`PathReducer::points`] at which each run starts.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// For each point the step that drew it, ascending: what was drawn up to a step is a beginning
    /// of [`PathReducer::points`].
    pub fn steps(&self) -> &[u32] {
        &self.steps
    }

    /// The lines within the points of `range`: each run, or the piece of it that lies within.
    pub fn lines(&self, range: Range<usize>) -> impl Iterator<Item = &[[f32; 2]]> {
        let first = self.starts.partition_point(|start| (*start as usize) <= range.start);
        let mut starts = self.starts[first..].iter().map(|start| *start as usize);
        let mut from = range.start;
        std::iter::from_fn(move || {
            let to = starts.next().map_or(range.end, |start| start.min(range.end));
            let line = (from < range.end).then(|| &self.points[from..to]);
            from = to;
            line
        })
    }

    /// The pixel of the last step pushed, wherever it is; `None` where it is not finite.
    pub fn tip(&self) -> Option<[f64; 2]> {
        self.merged.or(self.kept)
    }

    #[inline]
    fn step(&mut self, sample: &Sample) {
        let p = self.to.at(sample.position.x, sample.position.y);
        if let Some(kept) = self.kept {
            let (dx, dy) = (p[0] - kept[0], p[1] - kept[1]);
            if dx * dx + dy * dy < self.merge {
                self.merged = Some(p);
                return;
            }
        }
        self.travel(sample);
    }

    /// Takes the pen to a step that is not near.
    fn travel(&mut self, sample: &Sample) {
        let merged = self.merged.take();
        if sample.position.x.is_finite() && sample.position.y.is_finite() {
            let p = self.pixel(sample);
            if let Some(kept) = self.kept {
                self.segment(kept, p, false);
            }
            self.keep(p);
        } else {
            // The end of a line is kept, however near it is.
            if let (Some(kept), Some(merged)) = (self.kept, merged) {
                self.segment(kept, merged, true);
            }
            (self.kept, self.merge, self.pen) = (None, 0.0, Pen::Up);
        }
    }

    /// The pixel of a finite position. One so far away that its pixel is not finite, or nearly so,
    /// is as good in the same direction at 1e300.
    fn pixel(&self, sample: &Sample) -> [f64; 2] {
        let p = self.to.at(sample.position.x, sample.position.y);
        let size = |p: [f64; 2]| p[0].abs().max(p[1].abs());
        if size(p) <= 1e300 {
            return p;
        }
        let [x, y] = [sample.position.x * 1e-150, sample.position.y * 1e-150];
        let p = [x * self.to.scale[0], y * self.to.scale[1]];
        let to = 1e300 / size(p);
        p.map(|v| if v.is_finite() { v * to } else { 0.0 })
    }

    fn keep(&mut self, p: [f64; 2]) {
        self.kept = Some(p);
        self.merge = if self.rect.contains(p) { MERGE * MERGE } else { 0.0 };
    }

    /// Draws what shows of a segment; of one that is `wanted` also what has been drawn before.
    fn segment(&mut self, from: [f64; 2], to: [f64; 2], wanted: bool) {
        let Some((a, b)) = clip(&self.rect, from, to) else {
            self.pen = Pen::Up;
            return;
        };
        if !self.ink.draw(a, b) && !wanted {
            let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
            let short = self.pen == Pen::Down && dx * dx + dy * dy < SHORT * SHORT && b == to;
            self.pen = if short { Pen::Behind } else { Pen::Up };
            return;
        }
        if self.pen == Pen::Up || a != from {
            self.starts.push(self.points.len() as u32);
        }
        if self.pen != Pen::Down || a != from {
            self.add(a);
        }
        self.add(b);
        self.pen = if b == to { Pen::Down } else { Pen::Up };
    }

    fn add(&mut self, p: [f64; 2]) {
        self.points.push(p.map(|v| v as f32));
        self.steps.push(self.now);
    }

    /// Passes over the block of steps that comes next and ends with `last`, if it shows nothing.
    /// Rounding rises with what is rounded: no step's pixel lies outside the box's.
    fn skip(&mut self, boxes: &Boxes, last: &Sample) -> bool {
        let (Some(kept), Some(block)) = (self.kept, boxes.level(0).get(self.len / BLOCK)) else {
            return false;
        };
        if block.broken {
            return false;
        }
        let block = block.rect.on_paper(&self.to);
        let end = self.to.at(last.position.x, last.position.y);
        if block.reach_squared(kept) < self.merge {
            self.merged = Some(end);
            return true;
        }
        let beyond = |axis: usize| {
            let (min, max) = (block.min[axis].min(kept[axis]), block.max[axis].max(kept[axis]));
            max < self.rect.min[axis] || min > self.rect.max[axis]
        };
        if beyond(0) || beyond(1) {
            self.pen = Pen::Up;
            self.keep(self.pixel(last));
            return true;
        }
        false
    }
}

/// The part of a segment within a rectangle (Liang and Barsky, ACM Transactions on Graphics 3
/// (1984)). An end that lies inside is returned as it is; an end that is cut lies exactly on the
/// border. All is measured from the end nearer to the rectangle, which keeps its digits when the
/// other is as far away as numbers go.
pub(crate) fn clip(rect: &Rect, from: [f64; 2], to: [f64; 2]) -> Option<([f64; 2], [f64; 2])> {
    if rect.contains(from) && rect.contains(to) {
        return Some((from, to));
    }
    let beyond =
        |axis: usize| from[axis].max(to[axis]) < rect.min[axis] || from[axis].min(to[axis]) > rect.max[axis];
    if beyond(0) || beyond(1) {
        return None;
    }
    if rect.distance_squared(to) < rect.distance_squared(from) {
        return clip(rect, to, from).map(|(a, b)| (b, a));
    }
    let delta = [to[0] - from[0], to[1] - from[1]];
    let (mut enter, mut leave) = ((0.0, None), (1.0, None));
    for axis in 0..2 {
        let (min, max) = (rect.min[axis], rect.max[axis]);
        if delta[axis] == 0.0 {
            if from[axis] < min || from[axis] > max {
                return None;
            }
            continue;
        }
        let (near, far) = if delta[axis] > 0.0 { (min, max) } else { (max, min) };
        let (t_near, t_far) = ((near - from[axis]) / delta[axis], (far - from[axis]) / delta[axis]);
        if t_near > enter.0 {
            enter = (t_near, Some((axis, near)));
        }
        if t_far < leave.0 {
            leave = (t_far, Some((axis, far)));
        }
    }
    if enter.0 > leave.0 {
        return None;
    }
    let at = |(t, border): (f64, Option<(usize, f64)>), end: [f64; 2]| match border {
        None => end,
        Some((axis, value)) => {
            let mut p = [0, 1].map(|i| (from[i] + t * delta[i]).within(rect.min[i], rect.max[i]));
            p[axis] = value;
            p
        }
    };
    let (a, b) = (at(enter, from), at(leave, to));
    (a != b).then_some((a, b))
}

#[cfg(test)]
#[path = "simplify_tests.rs"]
mod tests;
