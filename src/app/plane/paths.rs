//! The runners' paths. What lies behind the cursor is strong, what is to come faint; both come
//! from the same reduced outline, kept as meshes that are built once and only added to.

use super::captions::{Caption, Captions, Rank};
use super::overlay::Near;
use super::{outline, to_screen};
use crate::app::allowance;
use crate::app::allowance::Spell;
use crate::app::dash;
use crate::app::dash::Pattern;
use crate::app::marker;
use crate::app::theme::Palette;
use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, vec2};
use egui_plot::PlotTransform;
use std::ops::Range;
use std::sync::Arc;
use thalweg_core::run::trajectory::Sample;
use thalweg_figure::bbox_pyramid::Boxes;
use thalweg_figure::simplify::PathReducer;
use thalweg_figure::viewport::ToPaper;
use thalweg_scenario::Layer;
use thalweg_session::Session;

/// Points of an outline that share a mesh.
const CHUNK: usize = 256;
/// The newest steps, which get a dot each.
const TAIL: u32 = 160;
/// How near the pointer must come to a step to ask for it, in screen points.
const REACH: f64 = 14.0;
const BITE: usize = 4096;
/// How many steps of a pinned path are taken in within a frame: it is there all at once.
const INTAKE: usize = 1 << 17;

/// What an outline on the screen depends on, besides the run itself.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Key {
    version: u64,
    to_screen: ToPaper,
    frame: Rect,
    scale: f32,
    color: Color32,
    halo: Color32,
    /// A pinned path stays behind the others, in dashes of its own.
    pinned: Option<Pattern>,
}

impl Key {
    /// What the outline of a run depends on in a plot: its version, its colour, its dashes if it
    /// is pinned.
    pub(super) fn of(
        painter: &Painter,
        transform: &PlotTransform,
        palette: &Palette,
        (version, color, pinned): (u64, Color32, Option<Pattern>),
    ) -> Self {
        Self {
            version,
            to_screen: outline::map(transform),
            frame: *transform.frame(),
            scale: painter.ctx().pixels_per_point(),
            color,
            halo: palette.halo,
            pinned,
        }
    }
}

/// How a stretch of path is drawn.
#[derive(Clone, Copy)]
enum Manner {
    Strong,
    Faint,
}

/// One run's path on the screen.
pub(super) struct Path {
    pub(super) key: Key,
    pub(super) outline: PathReducer,
    /// How long the outline is up to each of its points, for dashes.
    lengths: Vec<f32>,
    /// For each chunk of points: how many of them the meshes show, and the meshes.
    chunks: Vec<Chunk>,
}

#[derive(Clone, Default)]
struct Chunk {
    shown: usize,
    strong: Arc<Mesh>,
    faint: Arc<Mesh>,
}

/// What does not depend on the view: where a run's steps lie.
#[derive(Default)]
struct Places {
    version: u64,
    boxes: Boxes,
}

/// The paths of all runners.
#[derive(Default)]
pub struct Paths {
    /// One for each runner.
    shown: Vec<Option<Path>>,
    places: Vec<Places>,
    pinned: Vec<(Places, Path)>,
}

impl Paths {
    /// Draws every visible path, its newest steps, and its head.
    pub fn show(
        &mut self,
        painter: &Painter,
        transform: &PlotTransform,
        session: &Session,
        future: bool,
        palette: &Palette,
        captions: &mut Captions,
    ) {
        self.update_places(session);
        if session.scenario().show.layers.has(Layer::PinnedRuns) {
            self.pinned_runs(painter, transform, session, future, palette, captions);
        }
        self.shown.resize_with(session.scenario().runners.len(), || None);
        let mut heads = Vec::new();
        let spell = allowance::PATHS.begin();
        for (index, (runner, run)) in session.runners().enumerate() {
            let slot = &mut self.shown[index];
            if runner.hidden {
                *slot = None;
                continue;
            }
            let color = palette.runner(runner.color);
            let key = Key::of(painter, transform, palette, (session.run_version(index), color, None));
            let path = match slot.take() {
                Some(path) if path.key == key => path,
                _ => Path::new(key),
            };
            let path = slot.insert(path);
            let samples = run.trajectory().samples();
            path.grow(painter, samples, &self.places[index].boxes, spell);
            path.paint(painter, session.cursor(), future);
            if let Some(head) = tail(painter, transform, samples, session.cursor(), key) {
                heads.push((
                    (runner.color, marker::round(session, index)),
                    head,
                    color,
                    session.focus() == index,
                ));
            }
        }
        for (shape, head, color, focused) in heads {
            let radius = if focused { 7.5 } else { 6.0 };
            captions.keep_clear(head, 2.0 * radius);
            painter.circle_filled(head, radius + 3.0, palette.halo);
            marker::paint(painter, shape, head, radius, color, palette.ink);
        }
    }

    /// Draws the pinned paths: thinner and dashed, each with a small ring for its head, and its name.
    fn pinned_runs(
        &mut self,
        painter: &Painter,
        transform: &PlotTransform,
        session: &Session,
        future: bool,
        palette: &Palette,
        captions: &mut Captions,
    ) {
        let spell = allowance::COMPANIONS.begin();
        let mut old = std::mem::take(&mut self.pinned);
        for (pin, pinned) in session.pinned_runs() {
            let mut named = false;
            for (runner, run, version) in pinned.runners() {
                let color = palette.runner(runner.color);
                let key = Key::of(
                    painter,
                    transform,
                    palette,
                    (version, color, Some(dash::of_mark(pinned.mark()))),
                );
                let kept = old.iter().position(|(places, _)| places.version == version);
                let (mut places, path) = match kept.map(|index| old.swap_remove(index)) {
                    Some(kept) => kept,
                    None => (Places { version, boxes: Boxes::default() }, Path::new(key)),
                };
                let mut path = if path.key == key { path } else { Path::new(key) };
                let samples = run.trajectory().samples();
                let known = places.boxes.len();
                // A long path comes over several frames.
                let fresh = samples.get(known..).unwrap_or_default();
                places.boxes.push(&fresh[..fresh.len().min(INTAKE)]);
                path.grow(painter, samples, &places.boxes, spell);
                path.paint(painter, session.cursor(), future);
                let here = samples.len().min(session.cursor() as usize + 1);
                let head =
                    samples[..here].iter().rev().find(|sample| sample.position.iter().all(|p| p.is_finite()));
                if let Some(head) = head.map(|sample| super::to_screen(transform, sample.position)) {
                    painter.circle_filled(head, 4.5, palette.halo);
                    painter.circle_stroke(head, 4.0, Stroke::new(1.6, color));
                    if key.frame.contains(head) {
                        captions.keep_clear(head, 9.0);
                        // Beside the first of them that is in sight.
                        if !std::mem::replace(&mut named, true) && !pin.name.is_empty() {
                            let (name, out) = (&pin.name, vec2(1.0, -0.6));
                            captions.add(&Caption::new(name, palette.quiet, head, out, Rank::PinnedRace));
                        }
                    }
                }
                self.pinned.push((places, path));
            }
        }
    }

    fn update_places(&mut self, session: &Session) {
        self.places.resize_with(session.scenario().runners.len(), Places::default);
        for (index, (_, run)) in session.runners().enumerate() {
            let (places, version) = (&mut self.places[index], session.run_version(index));
            if places.version != version {
                *places = Places { version, boxes: Boxes::default() };
            }
            let known = places.boxes.len();
            places.boxes.push(&run.trajectory().samples()[known..]);
        }
    }

    /// The nearest step of a visible path, up to the cursor, within reach of the pointer.
    pub fn nearest(&self, session: &Session, transform: &PlotTransform, pointer: Pos2) -> Option<Near> {
        let (at, to_screen) = ([f64::from(pointer.x), f64::from(pointer.y)], outline::map(transform));
        let mut reach = REACH;
        let mut nearest = None;
        for ((index, (runner, run)), places) in session.runners().enumerate().zip(&self.places) {
            let samples = run.trajectory().samples();
            let behind = &samples[..samples.len().min(session.cursor() as usize + 1)];
            if let Some(found) =
                places.boxes.nearest(behind, &to_screen, at, reach).filter(|_| !runner.hidden)
            {
                reach = found.distance;
                nearest = Some(Near { runner: index, step: found.step });
            }
        }
        nearest
    }
}

impl Path {
    pub(super) fn new(key: Key) -> Self {
        Self {
            key,
            outline: outline::reducer(key.to_screen, key.frame),
            lengths: Vec::new(),
            chunks: Vec::new(),
        }
    }

    /// Takes in what there is of the run, as long as there is time in the `spell`; what is left comes in
    /// the next frame.
    fn grow(&mut self, painter: &Painter, samples: &[Sample], boxes: &Boxes, spell: Spell) {
        while self.outline.len() < samples.len() && !spell.is_over() {
            let end = self.outline.len() + BITE;
            self.outline.push_with(samples, boxes, end);
        }
        if self.outline.len() < samples.len() {
            painter.ctx().request_repaint();
        }
    }

    pub(super) fn paint(&mut self, painter: &Painter, cursor: u32, future: bool) {
        if self.key.pinned.is_some() {
            self.measure();
        }
        let points = self.outline.points().len();
        let behind = self.outline.steps().partition_point(|step| *step <= cursor);
        let mut chunks = std::mem::take(&mut self.chunks);
        chunks.resize(points.div_ceil(CHUNK), Chunk::default());
        for (index, chunk) in chunks.iter_mut().enumerate() {
            // A chunk begins with the last point of the one before, to which it may be joined.
            let from = (index * CHUNK).saturating_sub(1);
            let to = ((index + 1) * CHUNK).min(points);
            if from < behind && behind < to {
                // The cursor is within: this chunk alone is built for the frame.
                if future {
                    painter.add(self.mesh(behind - 1..to, Manner::Faint));
                }
                painter.add(self.mesh(from..behind, Manner::Strong));
                continue;
            }
            if chunk.shown != to - from {
                let build = |manner| Arc::new(self.mesh(from..to, manner));
                *chunk =
                    Chunk { shown: to - from, strong: build(Manner::Strong), faint: build(Manner::Faint) };
            }
            if to <= behind {
                painter.add(Shape::Mesh(Arc::clone(&chunk.strong)));
            } else if future {
                painter.add(Shape::Mesh(Arc::clone(&chunk.faint)));
            }
        }
        self.chunks = chunks;
    }

    /// Goes on measuring the outline where it has grown.
    fn measure(&mut self) {
        let points = self.outline.points();
        for index in self.lengths.len()..points.len() {
            let before = index.checked_sub(1).map_or(0.0, |last| {
                let ([x, y], [there_x, there_y]) = (points[last], points[index]);
                self.lengths[last] + vec2(there_x - x, there_y - y).length()
            });
            self.lengths.push(before);
        }
    }

    /// A stretch of the path as one mesh.
    fn mesh(&self, range: Range<usize>, manner: Manner) -> Mesh {
        let (outline, key) = (&self.outline, &self.key);
        let line = |width, strength| Stroke::new(width, key.color.gamma_multiply(strength));
        match (manner, key.pinned) {
            (Manner::Strong, None) => {
                let strokes = [Stroke::new(4.2, key.halo), line(1.8, 1.0)];
                outline::mesh(outline, range, key.scale, &strokes)
            }
            (Manner::Faint, None) => outline::mesh(outline, range, key.scale, &[line(1.2, 0.45)]),
            (Manner::Strong, Some(pattern)) => {
                outline::dashed(outline, range, &self.lengths, key.scale, line(1.5, 0.85), pattern)
            }
            (Manner::Faint, Some(pattern)) => {
                outline::dashed(outline, range, &self.lengths, key.scale, line(1.0, 0.4), pattern)
            }
        }
    }
}

/// A dot for each of the newest steps up to the cursor where there is room (their line is the
/// outline's); gives the place of the head.
fn tail(
    painter: &Painter,
    transform: &PlotTransform,
    samples: &[Sample],
    cursor: u32,
    key: Key,
) -> Option<Pos2> {
    let end = samples.len().min(cursor as usize + 1);
    let newest = &samples[end.saturating_sub(TAIL as usize)..end];
    let mut head = None;
    let mut dots: Vec<Pos2> = Vec::new();
    for sample in newest {
        if !(sample.position.x.is_finite() && sample.position.y.is_finite()) {
            continue;
        }
        let at = to_screen(transform, sample.position);
        head = Some(at);
        if key.frame.contains(at) && dots.last().is_none_or(|last| last.distance(at) > 6.0) {
            dots.push(at);
        }
    }
    for dot in dots {
        painter.circle_filled(dot, 2.4, key.color);
    }
    head
}
