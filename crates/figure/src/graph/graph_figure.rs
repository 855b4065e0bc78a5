//! The plot of a function of x alone: its graph, the balls and their steps on it, and what is known of both.

use super::graph_ground::GraphGround;
use super::graph_line::graph_line;
use super::taylor_lines::taylor_items;
use crate::arrow::arrow;
use crate::budget::FigureBudget;
use crate::cache::Derived;
use crate::captions::{Captions, Corner};
use crate::cloud::CloudPaths;
use crate::color::Rgba;
use crate::critical_marks::{critical_items, looked_at_items, start_caption, start_items};
use crate::figure::Figure;
use crate::ground::Ground;
use crate::item::Item;
use crate::plane::{PlaneInput, Pointing, ShownStarts};
use crate::plot::{Plot, is_finite};
use crate::polyline::Polyline;
use crate::region_tints::RegionTints;
use crate::run_path::ShownSteps;
use crate::run_paths::{PathStep, RunPaths};
use crate::step_vectors::step_items;
use crate::stroke::Stroke;
use crate::text_measure::TextMeasure;
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_scenario::Layer;

/// How high the strip of the map over starts is, in points.
const STRIP: f64 = 14.0;

/// The plot of a graph, with what is kept from one figure to the next, so that only what changed is made anew.
#[derive(Debug, Default)]
pub struct GraphFigure {
    line: Derived<(u64, Plot), Arc<[Polyline]>>,
    tints: RegionTints,
    cloud: CloudPaths,
    paths: RunPaths,
}

impl GraphFigure {
    /// The figure, as far as the budget lets it be made; and whether that is all of it. `plot` is
    /// [`PlaneInput::plot`].
    pub fn compose(
        &mut self,
        input: &PlaneInput<'_>,
        plot: &Plot,
        pointing: &Pointing,
        measure: &dyn TextMeasure,
        budget: &mut impl FigureBudget,
    ) -> (Figure, bool) {
        let scheme = &plot.scheme;
        let ground = GraphGround { plot: *plot, objective: input.objective };
        let (clip, layers) = (Some(plot.frame), input.layers);
        let progress = (input.cursor, layers.has(Layer::Future));
        let steps = ShownSteps::new(input.cursor, input.trail, layers.has(Layer::Future));
        let mut captions = Captions::new(measure, plot.frame, scheme);
        let mut figure = Figure::new(input.page);
        input.axes().draw(&mut figure, input.page, plot, measure);
        figure.push("zero", clip, zero_line(plot).into_iter().collect());
        if let Some((regions, wanted)) = &input.regions {
            let items = self.tints.items(plot, input.surface, wanted, regions, &mut captions);
            figure.push("regions", clip, items);
        }
        if let Some(starts) = &input.starts {
            figure.push("map over starts", clip, vec![strip(plot, starts)]);
        }
        let row = |xs: &[f64], heights: &mut [f64]| input.objective.row(xs, 0.0, heights);
        let line = self.line.get_or((input.surface, *plot), || graph_line(plot, row).into());
        let strokes = vec![Stroke::new(2.2, scheme.ink.faded(0.8))];
        let is_missing = line.is_empty();
        let graph = (!line.is_empty()).then(|| Item::Lines { lines: Arc::clone(line), strokes });
        figure.push("graph", clip, graph.into_iter().collect());
        let highest =
            if layers.has(Layer::Model) { input.taylor } else { usize::from(layers.has(Layer::Axes)) };
        if let Some(point) = input.point
            && let Some(series) = input.objective.taylor_series(point.x)
        {
            let items = taylor_items(plot, (&series, point.x), highest, &mut captions);
            figure.push("model", clip, items);
        }
        if layers.has(Layer::CriticalPoint) {
            figure.push("critical points", clip, critical_items(&ground, input.critical, std::iter::empty()));
        }
        if let Some(point) = input.looked_at {
            figure.push("looked at", clip, looked_at_items(&ground, point));
        }
        let (cloud, is_partial) = self.cloud.items(&ground, input.cloud, progress, &mut captions, budget);
        let mut is_whole = !is_partial;
        figure.push("cloud", clip, cloud);
        if layers.has(Layer::PinnedRuns) {
            let items = self.paths.pinned_items(&ground, &input.pinned, steps, &mut captions, budget);
            is_whole &= !items.is_partial;
            figure.push("pinned paths", clip, items.paths);
        }
        let focused = input.runners.iter().find(|runner| runner.is_focused);
        let color = focused.map_or(scheme.ink, |runner| scheme.runner(runner.shape.color));
        let items = self.paths.items(&ground, &input.runners, steps, &mut captions, budget);
        is_whole &= !items.is_partial;
        figure.push("paths", clip, items.paths);
        if layers.has(Layer::Vectors) {
            figure.push("next step", clip, next_step(input, &ground, color));
        }
        figure.push("markers", clip, items.markers);
        figure.push("start", clip, start_items(&ground, input.start));
        start_caption(&ground, input.start, &mut captions);
        // At the first line the tangent says what the gradient is.
        if let Some(step) = input.step.filter(|(_, line)| *line > 0) {
            figure.push("step", clip, step_items(&ground, step, color, &mut captions));
        }
        figure.push("pointer", clip, pointing.items(input, &ground));
        for (corner, line, color) in &pointing.lines {
            captions.corner(*corner, line, *color);
        }
        if is_missing {
            let told = "no graph: f is not finite here, or beyond the plot";
            captions.corner(Corner::BottomRight, told, scheme.quiet);
        }
        if let Some(starts) = &input.starts {
            starts.legend(scheme, &mut captions);
        }
        figure.push("captions", clip, captions.into_items());
        (figure, is_whole)
    }

    /// The step of a visible path that is nearest to a place of the paper, and within its reach.
    pub fn nearest(&self, input: &PlaneInput<'_>, plot: &Plot, place: Vector2<f64>) -> Option<PathStep> {
        let ground = GraphGround { plot: *plot, objective: input.objective };
        self.paths.nearest(&input.runners, input.cursor, &plot.to, |sample| ground.step(sample), place)
    }
}

/// The line f = 0, where it is seen.
fn zero_line(plot: &Plot) -> Option<Item> {
    let (low, high) = plot.view.y;
    (low < 0.0 && high > 0.0).then(|| {
        let ends = [plot.view.x.0, plot.view.x.1].map(|x| plot.to.place(Vector2::new(x, 0.0)));
        Item::line(Polyline::segment(ends[0], ends[1]), &[Stroke::new(1.0, plot.scheme.quiet.faded(0.8))])
    })
}

/// The map over starts: a strip at the foot of the plot.
fn strip(plot: &Plot, starts: &ShownStarts) -> Item {
    let across = |x: f64| plot.to.place(Vector2::new(x, 0.0)).x;
    let (from, to) = starts.view.x;
    let bottom = plot.frame.max[1];
    let place = Rect { min: [across(from), bottom - STRIP], max: [across(to), bottom] };
    Item::Raster { raster: Arc::clone(&starts.raster), place, opacity: starts.opacity() }
}

/// The focused runner's next step: the way along the x axis at the height where it stands, from there to the graph, and
/// the chord between both places on it.
fn next_step(input: &PlaneInput<'_>, ground: &GraphGround<'_>, color: Rgba) -> Vec<Item> {
    /// The longest head of the arrow.
    const HEAD: f64 = 9.0;
    let runner = input.runners.iter().find(|runner| runner.is_focused && !runner.is_hidden);
    let ends = runner.and_then(|runner| {
        let trajectory = runner.run.trajectory();
        let step = |step: u32| {
            let place = ground.step(trajectory.at(step)?);
            is_finite(place).then(|| ground.plot.to.place(place))
        };
        Some([step(input.cursor)?, step(input.cursor.checked_add(1)?)?])
    });
    let Some([from, to]) = ends.filter(|[from, to]| (to - from).norm() > 1.0) else { return Vec::new() };
    let scheme = &ground.plot.scheme;
    let corner = Vector2::new(to.x, from.y);
    let dotted = Stroke::new(1.4, color).dashed(&[1.6, 3.0]);
    let chord = Stroke::new(1.6, color).dashed(&[5.0, 3.0]);
    let way = corner - from;
    let mut items = vec![
        Item::line(Polyline::segment(from, to), &[Stroke::new(4.0, scheme.halo), chord]),
        Item::line(Polyline::segment(corner, to), &[dotted]),
    ];
    if way.norm() > 2.0 {
        let strokes = [Stroke::new(5.0, scheme.halo), Stroke::new(2.4, color)];
        items.push(arrow(from, way, HEAD.min(0.5 * way.norm()), &strokes));
    }
    items.push(Item::ring(to, 5.0, Stroke::new(4.5, scheme.halo)));
    items.push(Item::ring(to, 5.0, Stroke::new(2.0, color)));
    items
}
