//! The cloud: one method's runs from many starts, light and below the runners' paths. A run has the colour of
//! the place where it ends, so that the starts show each place's basin.

use crate::basin_marks::{basin_color, basin_mark};
use crate::budget::{FigureBudget, FigurePart};
use crate::captions::{Caption, Captions, Rank};
use crate::color::Rgba;
use crate::ground::{Ground, GroundLines, LaidLines, Spot};
use crate::item::Item;
use crate::scheme::Scheme;
use crate::simplify::PathReducer;
use crate::stroke::Stroke;
use crate::viewport::{Rect, ToPaper};
use nalgebra::Vector2;
use std::ops::Range;
use std::sync::Arc;
use thalweg_analysis::runs::basins::{BasinOutcome, Basins};
use thalweg_core::run::multi_start::MultiStart;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Sample;

/// How many steps are taken in between two looks at the budget.
const BITE: usize = 4096;
/// The lines' width, and how much of their colour they have: less where they fly about.
const WIDTH: f64 = 1.0;
const FAINT: f64 = 0.42;
const FAINTER: f64 = 0.2;
/// The runs' dots at the cursor, their ends, and the ring around a place where runs meet.
const DOT: f64 = 2.6;
const END: f64 = 3.2;
const RING: f64 = 8.0;

/// What lies between two runs: it lifts the reducer's pen.
const GAP: Sample =
    Sample { position: Vector2::new(f64::NAN, f64::NAN), loss: f64::NAN, grad_norm: f64::NAN, lr: f64::NAN };

/// A cloud, as figures show it.
#[derive(Clone, Copy, Debug)]
pub struct ShownCloud<'a> {
    /// Its runs.
    pub multi_start: &'a MultiStart,
    /// A number that no other cloud has had: what is kept of another is stale.
    pub version: u64,
    /// Where the runs end.
    pub ends: &'a Basins,
    /// How many steps a run makes that is not ended before.
    pub steps: u32,
}

/// The lines of all runs: what one run has drawn, none draws again, so that they take no more than the paper
/// can show.
#[derive(Debug)]
struct CloudLines {
    key: (u64, ToPaper, Rect),
    outline: PathReducer,
    /// Of each run that is wholly drawn, its points.
    runs: Vec<Range<usize>>,
    /// Their lines, as they lie on the ground of this version.
    laid: Vec<GroundLines>,
    ground: u64,
    /// How many steps of the next run are drawn, and where its points begin.
    taken: usize,
    from: usize,
}

/// The cloud's lines, kept while neither it nor the plot changes.
#[derive(Debug, Default)]
pub struct CloudPaths {
    lines: Option<CloudLines>,
}

impl CloudPaths {
    /// The runs' paths, their ends, and a dot for each at the cursor; and whether some of it is still to come.
    /// Without `future`, what the cursor has not reached stays hidden.
    pub fn items(
        &mut self,
        ground: &impl Ground,
        cloud: Option<ShownCloud<'_>>,
        (cursor, future): (u32, bool),
        captions: &mut Captions<'_>,
        budget: &mut impl FigureBudget,
    ) -> (Vec<Item>, bool) {
        let Some(cloud) = cloud else {
            self.lines = None;
            return (Vec::new(), false);
        };
        let plot = ground.plot();
        let key = (cloud.version, plot.to, plot.frame);
        let kept = self.lines.take().filter(|lines| lines.key == key);
        let lines = self.lines.insert(kept.unwrap_or_else(|| CloudLines::new(key)));
        let is_shown = future || cursor >= last_end(&cloud);
        let mut items = Vec::new();
        let mut is_partial = false;
        if is_shown {
            budget.begin(FigurePart::Cloud);
            lines.extend(ground, cloud.multi_start, budget);
            is_partial = lines.runs.len() < cloud.multi_start.runs().len();
            lines.lay(ground);
            for (run, lines) in lines.laid.iter().enumerate().filter(|(_, lines)| !lines.seen.is_empty()) {
                let strokes = vec![Stroke::new(WIDTH, color(cloud.ends, run, &plot.scheme))];
                items.push(Item::Lines { lines: Arc::clone(&lines.seen), strokes });
            }
            items.extend(places(ground, cloud.ends, captions));
        }
        items.extend(marks(ground, &cloud, cursor, is_shown));
        (items, is_partial)
    }
}

impl CloudLines {
    fn new(key: (u64, ToPaper, Rect)) -> Self {
        Self {
            key,
            outline: PathReducer::new(key.1, key.2),
            runs: Vec::new(),
            laid: Vec::new(),
            ground: 0,
            taken: 0,
            from: 0,
        }
    }

    /// Draws on while there is time: run by run, each once it is computed to its end.
    fn extend(&mut self, ground: &impl Ground, multi_start: &MultiStart, budget: &impl FigureBudget) {
        while !budget.is_over()
            && let Some(run) = multi_start.runs().get(self.runs.len()).filter(|run| run.is_done())
        {
            let samples = run.trajectory().samples();
            let bite = samples.len().min(self.taken + BITE);
            if ground.moves_steps() {
                let moved = |sample: &Sample| Sample { position: ground.step(sample), ..*sample };
                let moved: Vec<Sample> = samples[self.taken..bite].iter().map(moved).collect();
                self.outline.push(&moved);
            } else {
                self.outline.push(&samples[self.taken..bite]);
            }
            self.taken = bite;
            if bite == samples.len() {
                self.outline.push(&[GAP]);
                let range = self.from..self.outline.points().len();
                (self.from, self.taken) = (range.end, 0);
                self.runs.push(range);
            }
        }
    }

    /// Lays the lines that do not lie on the ground yet.
    fn lay(&mut self, ground: &impl Ground) {
        if std::mem::replace(&mut self.ground, ground.version()) != ground.version() {
            self.laid.clear();
        }
        for range in &self.runs[self.laid.len()..] {
            let mut laid = LaidLines::default();
            for line in self.outline.lines(range.clone()).filter(|line| line.len() > 1) {
                ground.lay(line, 0.0, &mut laid);
            }
            self.laid.push(laid.into());
        }
    }
}

/// The colour of a run's line.
fn color(ends: &Basins, run: usize, scheme: &Scheme) -> Rgba {
    let outcome = ends.outcomes().get(run).copied().unwrap_or(BasinOutcome::Running);
    let strength = if outcome.has_left() { FAINTER } else { FAINT };
    basin_color(outcome, scheme).faded(strength)
}

/// The step at which the last run ends, as far as it is known.
fn last_end(cloud: &ShownCloud<'_>) -> u32 {
    let end = |run: &Run| run.trajectory().ending().map_or(cloud.steps, |ending| ending.step);
    cloud.multi_start.runs().iter().map(end).max().unwrap_or(0)
}

/// Where runs meet: a ring, and how many they are. The largest come first; a number for which there is no room
/// is left out.
fn places(ground: &impl Ground, ends: &Basins, captions: &mut Captions<'_>) -> Vec<Item> {
    let scheme = &ground.plot().scheme;
    let mut items = Vec::new();
    for group in ends.groups() {
        let Some(Spot { at, is_hidden: false }) = ground.spot(group.place) else { continue };
        if ground.shows(at, RING) {
            let color = basin_color(BasinOutcome::Group(group.number), scheme);
            items.push(Item::ring(at, RING, Stroke::new(4.5, scheme.halo)));
            items.push(Item::ring(at, RING, Stroke::new(2.2, color)));
        }
        if ground.shows(at, 0.0) {
            let out = Vector2::new(1.0, 0.9);
            let caption = Caption::new(group.count.to_string(), scheme.ink, at, out, Rank::Count);
            captions.add(Caption { size: 12.5, gap: 6.0, ..caption });
        }
    }
    items
}

/// Each run's start and end, small, and its dot at the cursor.
fn marks(ground: &impl Ground, cloud: &ShownCloud<'_>, cursor: u32, is_shown: bool) -> Vec<Item> {
    let scheme = &ground.plot().scheme;
    let place = |sample: &Sample| {
        let Spot { at, is_hidden } = ground.spot(sample.position)?;
        (!is_hidden && ground.shows(at, 4.0)).then_some(at)
    };
    let mut items = Vec::new();
    for (run, outcome) in cloud.multi_start.runs().iter().zip(cloud.ends.outcomes()) {
        let (samples, ending) = (run.trajectory().samples(), run.trajectory().ending());
        let ended = ending.is_some_and(|ending| cursor >= ending.step);
        let outcome = if is_shown || ended { *outcome } else { BasinOutcome::Running };
        if is_shown && let Some(at) = samples.first().and_then(place) {
            if outcome.has_left() {
                items.extend(basin_mark(outcome, at, 2.6, scheme));
            } else {
                items.push(Item::disc(at, 1.6, basin_color(outcome, scheme)));
            }
        }
        // Where runs meet, the ring marks the place.
        let end = samples.last().filter(|_| ending.is_some() && !matches!(outcome, BasinOutcome::Group(_)));
        if (is_shown || ended)
            && let Some(at) = end.and_then(place)
        {
            items.extend(basin_mark(outcome, at, END, scheme));
        }
        if let Some(at) = run.trajectory().at(cursor).and_then(place) {
            if outcome.has_left() {
                items.extend(basin_mark(outcome, at, DOT, scheme));
            } else {
                items.push(Item::disc(at, DOT + 1.0, scheme.halo));
                items.push(Item::disc(at, DOT, basin_color(outcome, scheme)));
            }
        }
    }
    items
}
