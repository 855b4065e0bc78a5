//! The cloud: one method's runs from many starts, light and below the runners' paths. A run has
//! the colour of the place where it ends, so that the starts show each place's basin.

use super::{outline, to_screen};
use crate::app::theme::Palette;
use crate::app::{allowance, ends};
use egui::{Align2, Color32, FontId, Mesh, Painter, Rect, Shape, Stroke, vec2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::runs::basins::{BasinOutcome, Basins};
use thalweg_core::run::multi_start::MultiStart;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Sample;
use thalweg_figure::simplify::PathReducer;
use thalweg_figure::viewport::ToPaper;
use thalweg_session::Session;

const BITE: usize = 4096;
/// The lines' width, and how much of their colour they have: less where they fly about.
const WIDTH: f32 = 1.0;
const FAINT: f32 = 0.42;
const FAINTER: f32 = 0.2;
/// The runs' dots at the cursor, their ends, and the ring around a place where runs meet.
const DOT: f32 = 2.6;
const END: f32 = 3.2;
const RING: f32 = 8.0;

/// What lies between two runs: it lifts the reducer's pen.
const GAP: Sample =
    Sample { position: Vector2::new(f64::NAN, f64::NAN), loss: f64::NAN, grad_norm: f64::NAN, lr: f64::NAN };

/// What the lines on the screen depend on, besides their colours.
#[derive(Clone, Copy, PartialEq)]
struct Key {
    version: u64,
    to_screen: ToPaper,
    frame: Rect,
    scale: f32,
}

/// The lines of all runs, drawn on one sheet: what one run has drawn, none draws again, so that
/// they take no more than the screen can show.
struct Lines {
    key: Key,
    outline: PathReducer,
    /// Of each run that is wholly drawn, its mesh and the colour that it has.
    runs: Vec<(Arc<Mesh>, Color32)>,
    /// How many steps of the next run are drawn, and where its points begin.
    taken: usize,
    from: usize,
}

/// The cloud on the screen.
#[derive(Default)]
pub struct Cloud {
    lines: Option<Lines>,
}

impl Cloud {
    /// Draws the runs' paths, their ends, and a dot for each at the cursor. Without `future`, what
    /// the cursor has not reached stays hidden.
    pub fn show(
        &mut self,
        painter: &Painter,
        transform: &PlotTransform,
        session: &Session,
        ends: Option<&Basins>,
        future: bool,
        palette: &Palette,
    ) {
        let (Some((multi_start, version)), Some(ends)) = (session.multi_start(), ends) else {
            self.lines = None;
            return;
        };
        let key = Key {
            version,
            to_screen: outline::map(transform),
            frame: *transform.frame(),
            scale: painter.ctx().pixels_per_point(),
        };
        let lines = match self.lines.take() {
            Some(lines) if lines.key == key => lines,
            _ => Lines::new(key),
        };
        let lines = self.lines.insert(lines);
        let shown = future || session.cursor() >= last_end(multi_start, session);
        if shown {
            lines.extend(multi_start, ends, palette);
            if lines.runs.len() < multi_start.runs().len() {
                painter.ctx().request_repaint();
            }
            lines.paint(painter, ends, palette);
            places(painter, transform, ends, palette);
        }
        marks(painter, transform, multi_start, ends, session.cursor(), shown, palette);
        if shown {
            numbers(painter, transform, ends, palette);
        }
    }
}

impl Lines {
    fn new(key: Key) -> Self {
        let outline = outline::reducer(key.to_screen, key.frame);
        Self { key, outline, runs: Vec::new(), taken: 0, from: 0 }
    }

    /// Draws on while there is time: run by run, each once it is computed to its end.
    fn extend(&mut self, multi_start: &MultiStart, ends: &Basins, palette: &Palette) {
        let spell = allowance::CLOUD.begin();
        while !spell.is_over()
            && let Some(run) = multi_start.runs().get(self.runs.len()).filter(|run| run.is_done())
        {
            let samples = run.trajectory().samples();
            let bite = samples.len().min(self.taken + BITE);
            self.outline.push(&samples[self.taken..bite]);
            self.taken = bite;
            if bite == samples.len() {
                self.outline.push(&[GAP]);
                let color = color(ends, self.runs.len(), palette);
                let range = self.from..self.outline.points().len();
                (self.from, self.taken) = (range.end, 0);
                let mesh = outline::mesh(&self.outline, range, self.key.scale, &[Stroke::new(WIDTH, color)]);
                self.runs.push((Arc::new(mesh), color));
            }
        }
    }

    fn paint(&mut self, painter: &Painter, ends: &Basins, palette: &Palette) {
        for run in 0..self.runs.len() {
            let wanted = color(ends, run, palette);
            // What a line that is thinner than a pixel is left with of its colour.
            let strength = (WIDTH * self.key.scale).min(1.0);
            let (mesh, color) = &mut self.runs[run];
            if *color != wanted {
                *color = wanted;
                let inner = wanted.gamma_multiply(strength);
                let vertices = &mut Arc::make_mut(mesh).vertices;
                for vertex in vertices.iter_mut().filter(|vertex| vertex.color != Color32::TRANSPARENT) {
                    vertex.color = inner;
                }
            }
            if !mesh.is_empty() {
                painter.add(Shape::Mesh(Arc::clone(mesh)));
            }
        }
    }
}

/// The colour of a run's line.
fn color(ends: &Basins, run: usize, palette: &Palette) -> Color32 {
    let outcome = ends.outcomes().get(run).copied().unwrap_or(BasinOutcome::Running);
    let strength = if outcome == BasinOutcome::Diverged { FAINTER } else { FAINT };
    ends::color(outcome, palette).gamma_multiply(strength)
}

/// The step at which the last run ends, as far as it is known.
fn last_end(multi_start: &MultiStart, session: &Session) -> u32 {
    let end = |run: &Run| run.trajectory().ending().map_or(session.scenario().steps, |ending| ending.step);
    multi_start.runs().iter().map(end).max().unwrap_or(0)
}

/// Where runs meet: a ring.
fn places(painter: &Painter, transform: &PlotTransform, ends: &Basins, palette: &Palette) {
    for (index, group) in ends.groups().iter().enumerate() {
        let at = to_screen(transform, group.place);
        if transform.frame().expand(RING).contains(at) {
            painter.circle_stroke(at, RING, Stroke::new(4.5, palette.halo));
            painter.circle_stroke(
                at,
                RING,
                Stroke::new(2.2, ends::color(BasinOutcome::Group(index), palette)),
            );
        }
    }
}

/// How many meet there, beside the ring. The largest come first; a number that would hide another
/// is left to the panel.
fn numbers(painter: &Painter, transform: &PlotTransform, ends: &Basins, palette: &Palette) {
    let mut taken: Vec<Rect> = Vec::new();
    for group in ends.groups() {
        let at = to_screen(transform, group.place);
        let text = group.count.to_string();
        let galley = painter.layout_no_wrap(text, FontId::proportional(12.5), palette.ink);
        let rect = Align2::LEFT_TOP.anchor_size(at + vec2(9.0, 7.0), galley.size());
        let ground = rect.expand2(vec2(3.0, 1.0));
        if transform.frame().contains(at) && taken.iter().all(|other| !other.intersects(ground)) {
            painter.rect_filled(ground, 3.0, palette.halo);
            painter.galley(rect.min, galley, palette.ink);
            taken.push(ground);
        }
    }
}

/// Each run's start and end, small, and its dot at the cursor.
fn marks(
    painter: &Painter,
    transform: &PlotTransform,
    multi_start: &MultiStart,
    ends: &Basins,
    cursor: u32,
    shown: bool,
    palette: &Palette,
) {
    let frame = transform.frame().expand(4.0);
    let place = |sample: &Sample| {
        let at = to_screen(transform, sample.position);
        (sample.position.x.is_finite() && sample.position.y.is_finite() && frame.contains(at)).then_some(at)
    };
    for (run, outcome) in multi_start.runs().iter().zip(ends.outcomes()) {
        let (samples, ending) = (run.trajectory().samples(), run.trajectory().ending());
        let ended = ending.is_some_and(|ending| cursor >= ending.step);
        let outcome = if shown || ended { *outcome } else { BasinOutcome::Running };
        if shown && let Some(at) = samples.first().and_then(place) {
            if outcome == BasinOutcome::Diverged {
                ends::mark(painter, outcome, at, 2.6, palette);
            } else {
                painter.circle_filled(at, 1.6, ends::color(outcome, palette));
            }
        }
        // Where runs meet, the ring marks the place.
        let end = samples.last().filter(|_| ending.is_some() && !matches!(outcome, BasinOutcome::Group(_)));
        if (shown || ended)
            && let Some(at) = end.and_then(place)
        {
            ends::mark(painter, outcome, at, END, palette);
        }
        if let Some(at) = run.trajectory().at(cursor).and_then(place) {
            if outcome == BasinOutcome::Diverged {
                ends::mark(painter, outcome, at, DOT, palette);
            } else {
                painter.circle_filled(at, DOT + 1.0, palette.halo);
                painter.circle_filled(at, DOT, ends::color(outcome, palette));
            }
        }
    }
}
