//! One run's path on the paper, kept while the run only grows: what lies behind the cursor is strong, what is
//! to come faint.

use crate::bbox_pyramid::Boxes;
use crate::budget::FigureBudget;
use crate::dash::DashPattern;
use crate::ground::{Ground, GroundLines, LaidLines};
use crate::item::Item;
use crate::plot::Plot;
use crate::simplify::PathReducer;
use crate::stroke::Stroke;
use crate::viewport::{Rect, ToPaper};
use nalgebra::Vector2;
use std::ops::Range;
use std::sync::Arc;
use thalweg_core::run::trajectory::Sample;

/// Points of an outline that share an item.
const CHUNK: usize = 256;
/// How many steps are taken in between two looks at the budget.
const BITE: usize = 4096;

/// Which steps of a path are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownSteps {
    /// The first.
    pub first: u32,
    /// The one at which all runners stand.
    pub cursor: u32,
    /// Whether those behind it, which are to come, are shown.
    pub future: bool,
}

impl ShownSteps {
    /// The last `trail` steps up to the cursor, or all of them where that is 0; and perhaps what is to come.
    pub fn new(cursor: u32, trail: u32, future: bool) -> Self {
        let first = if trail == 0 { 0 } else { cursor.saturating_sub(trail) };
        Self { first, cursor, future }
    }
}

/// How a path is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PathStyle {
    /// Behind the cursor.
    pub strong: Vec<Stroke>,
    /// Before it; none where that is hidden.
    pub faint: Option<Stroke>,
}

/// How a part of a path is drawn where something lies before it.
const HIDDEN: DashPattern = &[1.6, 3.4];
const HIDDEN_PART: f64 = 0.8;

/// The stroke of the parts of a line that something lies before: that of the line itself, thinner and dotted.
pub fn hidden_stroke(stroke: &Stroke) -> Stroke {
    Stroke::new(stroke.width.min(1.4), stroke.color.faded(HIDDEN_PART)).dashed(HIDDEN)
}

/// Some hundred points of the outline, as lines that are shared with the figures that show them.
#[derive(Clone, Debug, Default)]
struct Chunk {
    /// How many points there were when they were made.
    shown: usize,
    lines: GroundLines,
}

/// One run's path on the paper.
#[derive(Debug)]
pub struct RunPath {
    version: u64,
    to: ToPaper,
    frame: Rect,
    outline: PathReducer,
    /// How long the outline is up to each of its points, for dashes.
    lengths: Vec<f64>,
    chunks: Vec<Chunk>,
    /// The ground that the chunks lie on.
    ground: u64,
}

impl RunPath {
    /// Nothing of the run with this version yet.
    pub fn new(version: u64, plot: &Plot) -> Self {
        Self {
            version,
            to: plot.to,
            frame: plot.frame,
            outline: PathReducer::new(plot.to, plot.frame),
            lengths: Vec::new(),
            chunks: Vec::new(),
            ground: 0,
        }
    }

    /// Whether it is that of a run in a plot.
    pub fn is_of(&self, version: u64, plot: &Plot) -> bool {
        (self.version, self.to, self.frame) == (version, plot.to, plot.frame)
    }

    /// Takes in what there is of the run, as it lies on a ground, as long as there is time. Whether that is all.
    pub fn grow(
        &mut self,
        ground: &impl Ground,
        samples: &[Sample],
        boxes: &Boxes,
        budget: &impl FigureBudget,
    ) -> bool {
        if ground.moves_steps() {
            return self.grow_in(samples, |sample| ground.step(sample), budget);
        }
        while self.outline.len() < samples.len() && !budget.is_over() {
            self.outline.push_with(samples, boxes, self.outline.len() + BITE);
        }
        self.outline.len() >= samples.len()
    }

    /// Takes in the run in other coordinates, as long as there is time. Whether that is all.
    pub fn grow_in(
        &mut self,
        samples: &[Sample],
        coordinates: impl Fn(&Sample) -> Vector2<f64>,
        budget: &impl FigureBudget,
    ) -> bool {
        while self.outline.len() < samples.len() && !budget.is_over() {
            let bite = samples[self.outline.len()..].iter().take(BITE);
            let turned = |sample: &Sample| Sample { position: coordinates(sample), ..*sample };
            self.outline.push(&bite.map(turned).collect::<Vec<_>>());
        }
        self.outline.len() >= samples.len()
    }

    /// The steps of the path that are shown, on its ground.
    pub fn items(&mut self, ground: &impl Ground, steps: ShownSteps, style: &PathStyle) -> Vec<Item> {
        self.measure();
        if std::mem::replace(&mut self.ground, ground.version()) != ground.version() {
            self.chunks.clear();
        }
        let points = self.outline.points().len();
        let behind = self.outline.steps().partition_point(|step| *step <= steps.cursor);
        let gone = self.outline.steps().partition_point(|step| *step < steps.first);
        let mut items = Vec::new();
        let mut draw = |lines: &GroundLines, strokes: &[Stroke]| {
            let Some(top) = strokes.last() else { return };
            items.push(Item::Lines { lines: Arc::clone(&lines.hidden), strokes: vec![hidden_stroke(top)] });
            items.push(Item::Lines { lines: Arc::clone(&lines.seen), strokes: strokes.to_vec() });
        };
        let mut chunks = std::mem::take(&mut self.chunks);
        chunks.resize(points.div_ceil(CHUNK), Chunk::default());
        for (index, chunk) in chunks.iter_mut().enumerate() {
            // A chunk begins with the last point of the one before, to which it may be joined.
            let from = (index * CHUNK).saturating_sub(1);
            let to = ((index + 1) * CHUNK).min(points);
            if to <= gone {
                continue;
            }
            if (from < behind && behind < to) || from < gone {
                // The cursor or the trail's end is within: such a chunk is made for the figure.
                if behind < to {
                    draw(&self.lines(ground, (behind - 1).max(from)..to), style.faint.as_slice());
                }
                draw(&self.lines(ground, from.max(gone)..behind.min(to)), &style.strong);
                continue;
            }
            if chunk.shown != to - from {
                *chunk = Chunk { shown: to - from, lines: self.lines(ground, from..to) };
            }
            draw(&chunk.lines, if to <= behind { &style.strong } else { style.faint.as_slice() });
        }
        self.chunks = chunks;
        items.retain(|item| !matches!(item, Item::Lines { lines, .. } if lines.is_empty()));
        items
    }

    /// Goes on measuring the outline where it has grown.
    fn measure(&mut self) {
        let points = self.outline.points();
        for index in self.lengths.len()..points.len() {
            let before = index.checked_sub(1).map_or(0.0, |last| {
                let [from, to] =
                    [points[last], points[index]].map(|point| Vector2::from(point.map(f64::from)));
                self.lengths[last] + (to - from).norm()
            });
            self.lengths.push(before);
        }
    }

    /// A stretch of the outline, as it lies on the ground.
    fn lines(&self, ground: &impl Ground, range: Range<usize>) -> GroundLines {
        let mut from = range.start;
        let mut laid = LaidLines::default();
        for line in self.outline.lines(range) {
            let before = self.lengths.get(from).copied().unwrap_or(0.0);
            from += line.len();
            if line.len() > 1 {
                ground.lay(line, before, &mut laid);
            }
        }
        laid.into()
    }
}
