//! The runners' paths and markers, and the pinned paths behind them.

use crate::bbox_pyramid::Boxes;
use crate::budget::{FigureBudget, FigurePart};
use crate::captions::{Caption, Captions, Rank};
use crate::dash;
use crate::ground::{Ground, Spot};
use crate::item::Item;
use crate::marker::{Marker, MarkerShape};
use crate::plot::is_finite;
use crate::polyline::Polyline;
use crate::run_path::{PathStyle, RunPath, ShownSteps};
use crate::runner_heads::{MarkerPlace, marker_places};
use crate::stroke::Stroke;
use crate::viewport::ToPaper;
use nalgebra::Vector2;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Sample;
use thalweg_scenario::Color;

/// The newest steps, which get a dot each.
const TAIL: usize = 160;
/// How near a place must be to a step to ask for it, in points.
const REACH: f64 = 14.0;
/// How many steps of a pinned path are taken in at once: it is there all at once.
const INTAKE: usize = 1 << 17;
/// The radius of a marker, and of that of the runner that the panels speak of, in points.
const RADIUS: f64 = 6.0;
const FOCUSED: f64 = 7.5;
/// How much of its colour is left of what something lies before.
const BEHIND: f64 = 0.45;

/// A runner, as figures show it.
#[derive(Clone, Copy, Debug)]
pub struct ShownRunner<'a> {
    /// The shape of its marker.
    pub shape: MarkerShape,
    /// Its run.
    pub run: &'a Run,
    /// A number that no other run has had: what is kept of another is stale.
    pub version: u64,
    /// Whether nothing of it is shown.
    pub is_hidden: bool,
    /// Whether it is the one that the panels speak of.
    pub is_focused: bool,
}

/// A pinned run, as figures show it.
#[derive(Clone, Copy, Debug)]
pub struct ShownPinned<'a> {
    /// The name of its pin.
    pub pin: &'a str,
    /// Which way of being drawn is the pin's own: runs of the same pin have the same.
    pub mark: usize,
    /// The runner's colour.
    pub color: Color,
    /// Its run.
    pub run: &'a Run,
    /// A number that no other run has had: what is kept of another is stale.
    pub version: u64,
}

/// A step of a runner's path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathStep {
    /// The runner's place in the list.
    pub runner: usize,
    /// The step.
    pub step: u32,
}

/// What does not depend on the view: where a run's steps lie.
#[derive(Debug, Default)]
struct RunBoxes {
    version: u64,
    boxes: Boxes,
}

impl RunBoxes {
    /// Takes in further steps, where they lie in the ground's plot.
    fn take_in(&mut self, ground: &impl Ground, samples: &[Sample]) {
        if ground.moves_steps() {
            let moved = |sample: &Sample| Sample { position: ground.step(sample), ..*sample };
            self.boxes.push(&samples.iter().map(moved).collect::<Vec<_>>());
        } else {
            self.boxes.push(samples);
        }
    }
}

/// The paths of all runners, kept while the runs only grow.
#[derive(Debug, Default)]
pub struct RunPaths {
    /// One for each runner.
    shown: Vec<Option<RunPath>>,
    boxes: Vec<RunBoxes>,
    pinned: Vec<(RunBoxes, RunPath)>,
}

/// What was drawn of paths.
#[derive(Debug, Default)]
pub struct PathItems {
    /// The paths, with dots for the newest steps.
    pub paths: Vec<Item>,
    /// The markers at the cursor.
    pub markers: Vec<Item>,
    /// Whether some of it is still to come.
    pub is_partial: bool,
}

impl RunPaths {
    /// Every visible path up to the cursor, and where `future` is shown what is to come.
    pub fn items(
        &mut self,
        ground: &impl Ground,
        runners: &[ShownRunner<'_>],
        steps: ShownSteps,
        captions: &mut Captions<'_>,
        budget: &mut impl FigureBudget,
    ) -> PathItems {
        self.update_boxes(ground, runners);
        let (plot, scheme) = (ground.plot(), &ground.plot().scheme);
        let mut items = PathItems::default();
        self.shown.resize_with(runners.len(), || None);
        budget.begin(FigurePart::Paths);
        let mut heads = Vec::new();
        for ((runner, slot), boxes) in runners.iter().zip(&mut self.shown).zip(&self.boxes) {
            if runner.is_hidden {
                *slot = None;
                continue;
            }
            let color = scheme.runner(runner.shape.color);
            let kept = slot.take().filter(|path| path.is_of(runner.version, plot));
            let path = slot.insert(kept.unwrap_or_else(|| RunPath::new(runner.version, plot)));
            let samples = runner.run.trajectory().samples();
            items.is_partial |= !path.grow(ground, samples, &boxes.boxes, budget);
            let strong = vec![Stroke::new(4.2, scheme.halo), Stroke::new(1.8, color)];
            let faint = steps.future.then(|| Stroke::new(1.2, color.faded(0.45)));
            items.paths.extend(path.items(ground, steps, &PathStyle { strong, faint }));
            let (dots, head) = tail(ground, samples, steps);
            items.paths.extend(dots.into_iter().map(|dot| Item::disc(dot, 2.4, color)));
            heads.extend(head.map(|head| (runner, head)));
        }
        items.markers = markers(ground, &heads, captions);
        items
    }

    /// The pinned paths: thinner and dashed, each with a small ring for its head, and its name.
    pub fn pinned_items(
        &mut self,
        ground: &impl Ground,
        pinned: &[ShownPinned<'_>],
        steps: ShownSteps,
        captions: &mut Captions<'_>,
        budget: &mut impl FigureBudget,
    ) -> PathItems {
        let (plot, scheme) = (ground.plot(), &ground.plot().scheme);
        let mut items = PathItems::default();
        let mut old = std::mem::take(&mut self.pinned);
        budget.begin(FigurePart::PinnedPaths);
        let mut named: Option<usize> = None;
        for ShownPinned { pin, mark, color, run, version } in pinned.iter().copied() {
            let color = scheme.runner(color);
            let kept = old.iter().position(|(boxes, _)| boxes.version == version);
            let (mut boxes, path) = match kept.map(|index| old.swap_remove(index)) {
                Some((boxes, path)) => (boxes, Some(path)),
                None => (RunBoxes { version, boxes: Boxes::default() }, None),
            };
            let kept = path.filter(|path| path.is_of(version, plot));
            let mut path = kept.unwrap_or_else(|| RunPath::new(version, plot));
            let samples = run.trajectory().samples();
            // A long path comes in several goes.
            let fresh = samples.get(boxes.boxes.len()..).unwrap_or_default();
            boxes.take_in(ground, &fresh[..fresh.len().min(INTAKE)]);
            items.is_partial |= !path.grow(ground, samples, &boxes.boxes, budget);
            let pattern = dash::of_mark(mark);
            let strong = vec![Stroke::new(1.5, color.faded(0.85)).dashed(pattern)];
            let faint = steps.future.then(|| Stroke::new(1.0, color.faded(0.4)).dashed(pattern));
            items.paths.extend(path.items(ground, steps, &PathStyle { strong, faint }));
            let behind = &samples[..samples.len().min(steps.cursor as usize + 1)];
            let head = behind.iter().rev().find(|sample| is_finite(sample.position));
            if let Some(Spot { at: head, is_hidden }) = head.and_then(|head| ground.spot(head.position)) {
                if !is_hidden {
                    items.paths.push(Item::disc(head, 4.5, scheme.halo));
                }
                let color = if is_hidden { color.faded(BEHIND) } else { color };
                items.paths.push(Item::ring(head, 4.0, Stroke::new(1.6, color)));
                if ground.shows(head, 0.0) {
                    captions.keep_clear(head, 9.0);
                    // Beside the first of its pin that is in sight.
                    if named.replace(mark) != Some(mark) && !pin.is_empty() {
                        let out = Vector2::new(1.0, -0.6);
                        captions.add(Caption::new(pin, scheme.quiet, head, out, Rank::PinnedRun));
                    }
                }
            }
            self.pinned.push((boxes, path));
        }
        items
    }

    fn update_boxes(&mut self, ground: &impl Ground, runners: &[ShownRunner<'_>]) {
        self.boxes.resize_with(runners.len(), RunBoxes::default);
        for (runner, kept) in runners.iter().zip(&mut self.boxes) {
            if kept.version != runner.version {
                *kept = RunBoxes { version: runner.version, boxes: Boxes::default() };
            }
            kept.take_in(ground, &runner.run.trajectory().samples()[kept.boxes.len()..]);
        }
    }

    /// The step of a visible path, up to the cursor, that is nearest to a place, and within its reach; `step` says where
    /// each lies in the plot.
    pub fn nearest(
        &self,
        runners: &[ShownRunner<'_>],
        cursor: u32,
        to: &ToPaper,
        step: impl Fn(&Sample) -> Vector2<f64>,
        place: Vector2<f64>,
    ) -> Option<PathStep> {
        let mut reach = REACH;
        let mut nearest = None;
        for (index, (runner, kept)) in runners.iter().zip(&self.boxes).enumerate() {
            let samples = runner.run.trajectory().samples();
            let behind = &samples[..samples.len().min(cursor as usize + 1)];
            let found = kept.boxes.nearest(behind, &step, to, place.into(), reach);
            if let Some(found) = found.filter(|_| !runner.is_hidden) {
                reach = found.distance;
                nearest = Some(PathStep { runner: index, step: found.step });
            }
        }
        nearest
    }
}

/// The markers of runners with their heads, and what ties those that are not at their places to these.
fn markers(
    ground: &impl Ground,
    heads: &[(&ShownRunner<'_>, Spot)],
    captions: &mut Captions<'_>,
) -> Vec<Item> {
    let scheme = &ground.plot().scheme;
    let places: Vec<_> = heads.iter().map(|(_, head)| head.at).collect();
    let placed = marker_places(&places, FOCUSED, ground.frame());
    // Halos lie below all markers and arrows: none covers another.
    let (mut below, mut arrows, mut markers) = (Vec::new(), Vec::new(), Vec::new());
    for ((runner, head), MarkerPlace { center, beside, out }) in heads.iter().zip(placed) {
        let (color, is_hidden) = (scheme.runner(runner.shape.color), head.is_hidden);
        let radius = if runner.is_focused { FOCUSED } else { RADIUS };
        captions.keep_clear(center, 2.0 * radius);
        let part = if is_hidden { BEHIND } else { 1.0 };
        if let Some(at) = beside {
            let tie = [Stroke::new(2.8, scheme.halo), Stroke::new(1.2, color.faded(part))];
            below.push(Item::line(Polyline::segment(at, center), &tie));
            below.push(Item::disc(at, 2.0, color.faded(part)));
        }
        if let Some(out) = out {
            let across = Vector2::new(-out.y, out.x);
            let [base, tip] = [radius + 4.5, radius + 14.0].map(|way| center + way * out);
            let corners = vec![tip, base + 6.0 * across, base - 6.0 * across];
            arrows.push(Item::line(Polyline::closed(corners.clone()), &[Stroke::new(3.5, scheme.halo)]));
            arrows.push(Item::Area { corners, fill: color });
        }
        if !is_hidden {
            below.push(Item::disc(center, radius + 3.0, scheme.halo));
        }
        let (shape, fill, edge) = (runner.shape, color.faded(part), scheme.ink.faded(part));
        markers.push(Item::Marker(Marker { shape, center, radius, fill, edge }));
    }
    below.extend(arrows);
    below.extend(markers);
    below
}

/// A dot for each of the newest steps up to the cursor where there is room and nothing lies before it (their
/// line is the outline's), and the spot of the head.
fn tail(ground: &impl Ground, samples: &[Sample], steps: ShownSteps) -> (Vec<Vector2<f64>>, Option<Spot>) {
    let end = samples.len().min(steps.cursor as usize + 1);
    let from = end.saturating_sub(TAIL).max((steps.first as usize).min(end.saturating_sub(1)));
    let mut head = None;
    let mut dots: Vec<Vector2<f64>> = Vec::new();
    for sample in samples[from..end].iter().filter(|sample| is_finite(sample.position)) {
        head = ground.spot(sample.position);
        if let Some(Spot { at, is_hidden: false }) = head
            && ground.shows(at, 0.0)
            && dots.last().is_none_or(|last| (last - at).norm() > 6.0)
        {
            dots.push(at);
        }
    }
    (dots, head)
}
