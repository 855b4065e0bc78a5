//! The local model over the surface: its contour lines, how far they can be trusted, and the direction of the
//! dial.

use crate::arrow::arrow;
use crate::captions::{Caption, Captions, Rank};
use crate::contour_lines::contour_lines;
use crate::item::Item;
use crate::plot::{Plot, is_finite};
use crate::polyline::Polyline;
use crate::stroke::Stroke;
use crate::viewport::ToPaper;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::field::contour::Contours;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::local::taylor::TaylorModel;
use thalweg_analysis::local::trust_region_boundary;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;

/// How many nodes the model's grid has along each side.
const NODES: usize = 110;
/// How long the arrow of the dial is, in points, and its head.
const DIAL: f64 = 58.0;
const DIAL_HEAD: f64 = 12.0;

/// What the lines depend on.
#[derive(Debug, PartialEq)]
struct ModelKey {
    surface: u64,
    point: Vector2<f64>,
    view: View,
    to: ToPaper,
    levels: Vec<f64>,
    is_compared: bool,
}

/// The lines on the paper.
#[derive(Debug)]
struct Drawn {
    key: ModelKey,
    model: Arc<[Polyline]>,
    border: Arc<[Polyline]>,
    /// Where the border is labelled.
    place: Option<Vector2<f64>>,
}

/// The model's contour lines, kept while nothing about them changes.
#[derive(Debug, Default)]
pub struct ModelLines {
    drawn: Option<Drawn>,
}

impl ModelLines {
    /// The lines of the model around `point` at the levels of the surface's, dashed, and the border of where it
    /// is off by no more than a tenth. `truth` is the surface on a grid, over the plot's view or another one.
    pub fn items(
        &mut self,
        plot: &Plot,
        (objective, surface): (&Objective, u64),
        point: Vector2<f64>,
        levels: &[f64],
        truth: Option<&Grid>,
        captions: &mut Captions<'_>,
    ) -> Vec<Item> {
        if !is_finite(point) {
            return Vec::new();
        }
        let truth = truth.filter(|truth| truth.view() == plot.view);
        let (levels, is_compared) = (levels.to_vec(), truth.is_some());
        let key = ModelKey { surface, point, view: plot.view, to: plot.to, levels, is_compared };
        let drawn = match self.drawn.take() {
            Some(drawn) if drawn.key == key => drawn,
            _ => Drawn::new(key, plot, objective, truth),
        };
        let drawn = self.drawn.insert(drawn);
        let color = plot.scheme.model;
        let thin = Stroke::new(1.1, color.faded(0.8)).dashed(&[5.0, 4.0]);
        let border = [Stroke::new(4.0, plot.scheme.halo), Stroke::new(2.0, color)];
        let mut items = Vec::new();
        for (lines, strokes) in [(&drawn.model, &[thin][..]), (&drawn.border, &border)] {
            if !lines.is_empty() {
                items.push(Item::Lines { lines: Arc::clone(lines), strokes: strokes.to_vec() });
            }
        }
        if let Some(place) = drawn.place {
            let out = Vector2::new(1.0, 0.0);
            captions.add(Caption::new("model's error 10 %", color, place, out, Rank::Region));
        }
        items
    }
}

impl Drawn {
    fn new(key: ModelKey, plot: &Plot, objective: &Objective, truth: Option<&Grid>) -> Self {
        let mut drawn = Self { key, model: Arc::default(), border: Arc::default(), place: None };
        let model = TaylorModel::of(objective, drawn.key.point);
        if !model.is_defined() {
            return drawn;
        }
        let contours = Contours::trace(&model.grid(plot.view, NODES, NODES), &drawn.key.levels);
        drawn.model = contour_lines(&contours, &plot.to).into();
        if let Some(truth) = truth {
            let border = trust_region_boundary::border(&model, truth);
            drawn.border = contour_lines(&border, &plot.to).into();
            let longest = border.lines().max_by_key(|line| line.points.len());
            // At its top, or a little inside of the frame, which may be too small for its name to lie inside.
            let top = longest.and_then(|line| line.points.iter().max_by(|a, b| a.y.total_cmp(&b.y)));
            let inside = plot.frame.grown(Vector2::new(-40.0, -12.0));
            drawn.place = top.map(|top| inside.nearest_to(plot.to.place(*top)));
        }
        drawn
    }
}

/// The dial's direction, in degrees: an arrow at a point, and the line of the cut.
pub fn dial_items(plot: &Plot, point: Vector2<f64>, degrees: f64, captions: &mut Captions<'_>) -> Vec<Item> {
    if !is_finite(point) {
        return Vec::new();
    }
    let scheme = &plot.scheme;
    let (sin, cos) = libm::sincos(degrees.to_radians());
    let at = plot.to.place(point);
    let d = Vector2::new(cos, -sin);
    let far = d * Vector2::from(plot.frame.size()).norm();
    let cut = Stroke::new(1.0, scheme.model.faded(0.7)).dashed(&[2.0, 5.0]);
    let strokes = [Stroke::new(5.0, scheme.halo), Stroke::new(2.4, scheme.model)];
    captions.keep_clear(at + d * (DIAL - 2.0), 6.0);
    captions.add(Caption::new("d", scheme.model, at + d * DIAL, d, Rank::Direction));
    vec![Item::line(Polyline::segment(at - far, at + far), &[cut]), arrow(at, d * DIAL, DIAL_HEAD, &strokes)]
}
