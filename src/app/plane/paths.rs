//! The runners' paths. What lies behind the cursor is strong, what is to come faint; both come
//! from the same reduced outline, kept as meshes that are built once and only added to.

use super::overlay::Near;
use super::to_screen;
use crate::analysis::nearest::Finder;
use crate::analysis::reduce::{Outline, Vertex};
use crate::analysis::screen::ToScreen;
use crate::app::marker;
use crate::app::theme::Palette;
use crate::descent::trajectory::Sample;
use crate::session::Session;
use egui::epaint::{PathShape, TessellationOptions, Tessellator};
use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke};
use egui_plot::PlotTransform;
use std::sync::Arc;

/// Vertices of an outline that share a mesh.
const CHUNK: usize = 256;
/// The newest steps, which are drawn one by one.
const TAIL: u32 = 160;
/// How near the pointer must come to a step to ask for it, in screen points.
const REACH: f64 = 14.0;

/// What an outline on the screen depends on, besides the run itself.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    version: u64,
    to_screen: ToScreen,
    frame: Rect,
    scale: f32,
    color: Color32,
    halo: Color32,
}

/// How a stretch of path is drawn.
#[derive(Clone, Copy)]
enum Manner {
    Strong,
    Faint,
}

/// One run's path on the screen.
struct Path {
    key: Key,
    outline: Outline,
    /// How many samples the outline has taken in.
    taken: usize,
    /// For each chunk of vertices: how many of them the meshes show, and the meshes.
    chunks: Vec<Chunk>,
}

#[derive(Clone, Default)]
struct Chunk {
    shown: usize,
    strong: Arc<Mesh>,
    faint: Arc<Mesh>,
}

/// The paths of all runners.
#[derive(Default)]
pub struct Paths {
    paths: Vec<Option<Path>>,
    finders: Vec<(u64, Finder)>,
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
    ) {
        self.paths.resize_with(session.scenario().runners.len(), || None);
        let map = map(transform);
        let mut heads = Vec::new();
        for (index, (runner, lane)) in session.runners().enumerate() {
            if runner.hidden {
                self.paths[index] = None;
                continue;
            }
            let color = palette.runner(runner.color);
            let key = Key {
                version: session.version(index),
                to_screen: map,
                frame: *transform.frame(),
                scale: painter.ctx().pixels_per_point(),
                color,
                halo: palette.halo,
            };
            let slot = &mut self.paths[index];
            let path = match slot.take() {
                Some(path) if path.key == key => path,
                _ => Path::new(key),
            };
            let path = slot.insert(path);
            let samples = lane.trajectory().samples();
            path.extend(samples);
            path.paint(painter, session.cursor(), future);
            if let Some(head) = tail(painter, transform, samples, session.cursor(), key) {
                heads.push((runner.color, head, color, session.focus() == index));
            }
        }
        for (shape, head, color, focused) in heads {
            let radius = if focused { 7.5 } else { 6.0 };
            painter.circle_filled(head, radius + 3.0, palette.halo);
            marker::paint(painter, shape, head, radius, color, palette.ink);
        }
    }

    /// The nearest step of a visible path, up to the cursor, within reach of the pointer.
    pub fn nearest(&mut self, session: &Session, transform: &PlotTransform, pointer: Pos2) -> Option<Near> {
        let runners = session.scenario().runners.len();
        self.finders.resize_with(runners, Default::default);
        let at = [f64::from(pointer.x), f64::from(pointer.y)];
        let mut nearest: Option<(f64, Near)> = None;
        for (index, (runner, lane)) in session.runners().enumerate() {
            let (version, finder) = &mut self.finders[index];
            if *version != session.version(index) {
                (*version, *finder) = (session.version(index), Finder::default());
            }
            let samples = lane.trajectory().samples();
            finder.extend(samples);
            if runner.hidden {
                continue;
            }
            let reach = nearest.map_or(REACH, |(distance, _)| distance);
            let behind = &samples[..samples.len().min(session.cursor() as usize + 1)];
            if let Some(found) = finder.nearest(behind, &map(transform), at, reach) {
                nearest = Some((found.distance, Near { runner: index, step: found.step }));
            }
        }
        nearest.map(|(_, near)| near)
    }
}

impl Path {
    fn new(key: Key) -> Self {
        let frame = [[key.frame.left(), key.frame.top()], [key.frame.right(), key.frame.bottom()]];
        let [min, max] = frame.map(|corner| corner.map(f64::from));
        let outline = Outline::new(key.to_screen, crate::analysis::screen::Rect { min, max });
        Self { key, outline, taken: 0, chunks: Vec::new() }
    }

    fn extend(&mut self, samples: &[Sample]) {
        self.outline.push(&samples[self.taken.min(samples.len())..]);
        self.taken = samples.len();
    }

    fn paint(&mut self, painter: &Painter, cursor: u32, future: bool) {
        let vertices = self.outline.vertices();
        let behind = vertices.partition_point(|vertex| vertex.step <= cursor);
        self.chunks.resize(vertices.len().div_ceil(CHUNK), Chunk::default());
        for (index, chunk) in self.chunks.iter_mut().enumerate() {
            // A chunk begins with the last vertex of the one before, to which it may be joined.
            let from = (index * CHUNK).saturating_sub(1);
            let to = ((index + 1) * CHUNK).min(vertices.len());
            if from < behind && behind < to {
                // The cursor is within: this chunk alone is built for the frame.
                if future {
                    painter.add(mesh(&vertices[behind.saturating_sub(1)..to], &self.key, Manner::Faint));
                }
                painter.add(mesh(&vertices[from..behind], &self.key, Manner::Strong));
                continue;
            }
            if chunk.shown != to - from {
                let build = |manner| Arc::new(mesh(&vertices[from..to], &self.key, manner));
                *chunk =
                    Chunk { shown: to - from, strong: build(Manner::Strong), faint: build(Manner::Faint) };
            }
            if to <= behind {
                painter.add(Shape::Mesh(Arc::clone(&chunk.strong)));
            } else if future {
                painter.add(Shape::Mesh(Arc::clone(&chunk.faint)));
            }
        }
    }
}

/// The newest steps up to the cursor, exactly, with a dot for each where there is room; gives the
/// place of the head.
fn tail(
    painter: &Painter,
    transform: &PlotTransform,
    samples: &[Sample],
    cursor: u32,
    key: Key,
) -> Option<Pos2> {
    let end = samples.len().min(cursor as usize + 1);
    let newest = &samples[end.saturating_sub(TAIL as usize)..end];
    let mut points: Vec<Pos2> = Vec::with_capacity(newest.len());
    let mut dots: Vec<Pos2> = Vec::new();
    for sample in newest {
        if !(sample.position.x.is_finite() && sample.position.y.is_finite()) {
            continue;
        }
        let at = to_screen(transform, sample.position);
        points.push(at);
        if key.frame.contains(at) && dots.last().is_none_or(|last| last.distance(at) > 6.0) {
            dots.push(at);
        }
    }
    let head = points.last().copied();
    painter.add(PathShape::line(points, Stroke::new(1.8, key.color)));
    for dot in dots {
        painter.circle_filled(dot, 2.4, key.color);
    }
    head
}

fn map(transform: &PlotTransform) -> ToScreen {
    let (frame, bounds) = (transform.frame(), transform.bounds());
    let [left, bottom] = bounds.min();
    let scale = [f64::from(frame.width()) / bounds.width(), -f64::from(frame.height()) / bounds.height()];
    let offset = [f64::from(frame.left()) - left * scale[0], f64::from(frame.bottom()) - bottom * scale[1]];
    ToScreen { scale, offset }
}

/// A stretch of an outline as one mesh.
fn mesh(vertices: &[Vertex], key: &Key, manner: Manner) -> Mesh {
    let strokes = match manner {
        Manner::Strong => vec![Stroke::new(4.2, key.halo), Stroke::new(1.8, key.color)],
        Manner::Faint => vec![Stroke::new(1.2, key.color.gamma_multiply(0.45))],
    };
    let mut tessellator = Tessellator::new(key.scale, TessellationOptions::default(), [1, 1], Vec::new());
    let mut mesh = Mesh::default();
    for stroke in strokes {
        // The first vertex of a stretch has nothing before it to be joined to.
        let mut rest = vertices;
        while let Some((_, behind)) = rest.split_first() {
            let length = 1 + behind.iter().take_while(|vertex| vertex.joined).count();
            let points: Vec<Pos2> =
                rest[..length].iter().map(|vertex| egui::pos2(vertex.at[0], vertex.at[1])).collect();
            if points.len() > 1 {
                tessellator.tessellate_path(&PathShape::line(points, stroke), &mut mesh);
            }
            rest = &rest[length..];
        }
    }
    mesh
}
