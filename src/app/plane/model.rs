//! The local model over the surface: its contour lines, how far they can be trusted, and the direction
//! of the dial.

use super::captions::{Caption, Captions, Rank};
use super::ink;
use super::ink::Window;
use super::to_screen;
use crate::app::theme::Palette;
use egui::{Mesh, Painter, Pos2, Shape, Stroke, vec2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::field::contour::Contours;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::local::taylor::TaylorModel;
use thalweg_analysis::local::trust_region_boundary;
use thalweg_session::Session;

/// How many nodes the model's grid has along each side.
const NODES: usize = 110;

/// What the lines depend on.
#[derive(PartialEq)]
struct Key {
    surface: u64,
    point: Vector2<f64>,
    window: Window,
    levels: Vec<f64>,
    truth: bool,
    palette: Palette,
}

/// The lines on the screen.
struct Lines {
    key: Key,
    model: Arc<Mesh>,
    border: Arc<Mesh>,
    /// Where the border is labelled.
    place: Option<Pos2>,
}

/// The model's contour lines, kept while nothing about them changes.
#[derive(Default)]
pub struct Model {
    lines: Option<Lines>,
}

impl Model {
    /// Draws the model's lines at the levels of the true ones, dashed, and the border of where it is off
    /// by no more than a tenth. `truth` is the surface on a grid, over this view or another one.
    pub fn show(
        &mut self,
        painter: &Painter,
        window: Window,
        session: &Session,
        levels: &[f64],
        truth: Option<&Grid>,
        captions: &mut Captions,
    ) {
        let palette = captions.palette();
        let Some(point) = session.point().filter(|point| point.iter().all(|part| part.is_finite())) else {
            return;
        };
        let truth = truth.filter(|truth| truth.view() == window.view);
        let key = Key {
            surface: session.surface_version(),
            point,
            window,
            levels: levels.to_vec(),
            truth: truth.is_some(),
            palette,
        };
        let lines = match self.lines.take() {
            Some(lines) if lines.key == key => lines,
            _ => Lines::new(key, session, truth),
        };
        let lines = self.lines.insert(lines);
        for mesh in [&lines.model, &lines.border] {
            if !mesh.is_empty() {
                painter.add(Shape::Mesh(Arc::clone(mesh)));
            }
        }
        if let Some(place) = lines.place {
            let (text, out) = ("model's error 10 %", vec2(1.0, 0.0));
            captions.add(&Caption::new(text, palette.model, place, out, Rank::Region));
        }
    }
}

impl Lines {
    fn new(key: Key, session: &Session, truth: Option<&Grid>) -> Self {
        let mut lines = Self { key, model: Arc::default(), border: Arc::default(), place: None };
        let key = &lines.key;
        let model = TaylorModel::of(&session.race().problem().objective, key.point);
        if !model.is_defined() {
            return lines;
        }
        let color = key.palette.model;
        let contours = Contours::trace(&model.grid(key.window.view, NODES, NODES), &key.levels);
        let thin = [Stroke::new(1.1, color.gamma_multiply(0.8))];
        let mesh = ink::mesh(&contours, &key.window, &thin, Some((5.0, 4.0)));
        let border = truth.map(|truth| trust_region_boundary::border(&model, truth));
        if let Some(border) = border {
            let strokes = [Stroke::new(4.0, key.palette.halo), Stroke::new(2.0, color)];
            let longest = border.lines().max_by_key(|line| line.points.len());
            let place = longest.and_then(|line| {
                // At its top, or a little inside of the frame.
                let top = line.points.iter().max_by(|a, b| a.y.total_cmp(&b.y))?;
                Some(place(&key.window, *top))
            });
            // A frame may be too small for its name to lie inside.
            let inside = key.window.frame.shrink2(vec2(40.0, 12.0));
            lines.place = place.map(|place| place.max(inside.min).min(inside.max.max(inside.min)));
            lines.border = Arc::new(ink::mesh(&border, &key.window, &strokes, None));
        }
        lines.model = Arc::new(mesh);
        lines
    }
}

fn place(window: &Window, p: Vector2<f64>) -> Pos2 {
    let Window { view, frame, .. } = *window;
    let x = (p.x - view.x.0) / (view.x.1 - view.x.0);
    let y = (p.y - view.y.0) / (view.y.1 - view.y.0);
    egui::pos2(frame.left() + x as f32 * frame.width(), frame.bottom() - y as f32 * frame.height())
}

/// The dial's direction: an arrow where the panels look, and the line of the cut.
pub fn direction(
    painter: &Painter,
    transform: &PlotTransform,
    session: &Session,
    palette: &Palette,
    captions: &mut Captions,
) {
    let Some(point) = session.point().filter(|point| point.iter().all(|part| part.is_finite())) else {
        return;
    };
    let (sin, cos) = libm::sincos(session.scenario().show.dial.to_radians());
    let at = to_screen(transform, point);
    let d = vec2(cos as f32, -sin as f32);
    let far = transform.frame().size().length();
    let line = [at - d * far, at + d * far];
    painter.extend(Shape::dashed_line(&line, Stroke::new(1.0, palette.model.gamma_multiply(0.7)), 2.0, 5.0));
    for stroke in [Stroke::new(5.0, palette.halo), Stroke::new(2.4, palette.model)] {
        painter.arrow(at, d * 58.0, stroke);
    }
    captions.keep_clear(at + d * 56.0, 6.0);
    captions.add(&Caption::new("d", palette.model, at + d * 58.0, d, Rank::Direction));
}
