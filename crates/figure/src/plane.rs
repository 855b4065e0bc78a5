//! The plot of the plane: the surface as colour and contour lines, the paths on it, and what is known of both.

use crate::axes::Axes;
use crate::budget::FigureBudget;
use crate::captions::{Captions, Corner};
use crate::cloud::{CloudPaths, ShownCloud};
use crate::color::Rgba;
use crate::critical_marks::{critical_items, looked_at_items, pointed_item, start_caption, start_items};
use crate::curvature_axes::{ShownEstimate, curvature_items};
use crate::figure::Figure;
use crate::gradient_arrows::GradientArrows;
use crate::ground::Ground;
use crate::item::Item;
use crate::kept_regions::region_items;
use crate::model_lines::{ModelLines, dial_items};
use crate::numbers;
use crate::plot::{Plot, is_finite};
use crate::raster::Raster;
use crate::region_tints::{Region, RegionTints};
use crate::run_path::ShownSteps;
use crate::run_paths::{PathStep, RunPaths, ShownPinned, ShownRunner};
use crate::scheme::{Scheme, Theme};
use crate::step_vectors::step_items;
use crate::stroke::Stroke;
use crate::surface_picture::SurfacePicture;
use crate::surface_sampler::SampledSurface;
use crate::text_measure::TextMeasure;
use crate::ticks::TickRule;
use crate::viewport::{Rect, filling, fit};
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::data::minibatches::GradientSample;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::local::critical_search::CriticalLine;
use thalweg_analysis::local::regions::Regions;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::critical_point::CriticalPoint;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_scenario::{Layer, Layers};

/// The map over starts, as the plane shows it.
#[derive(Clone, Debug)]
pub struct ShownStarts {
    /// Its cells.
    pub raster: Arc<Raster>,
    /// The part of the plane that it covers; of a function of x alone only what it says of x counts.
    pub view: View,
    /// Whether it is of a race that is no longer shown.
    pub is_old: bool,
    /// What its colours mean, the most frequent first.
    pub keys: Vec<(Rgba, String)>,
}

/// What is told of a place that somebody points at.
#[derive(Clone, Debug, Default)]
pub struct Pointing {
    /// A point of the plane that is pointed at in another view.
    pub elsewhere: Option<Vector2<f64>>,
    /// A step of a path to be ringed.
    pub step: Option<PathStep>,
    /// Lines of text, each in its corner and colour.
    pub lines: Vec<(Corner, String, Rgba)>,
}

/// What the plot of the plane shows.
#[derive(Debug)]
pub struct PlaneInput<'a> {
    /// The part of the paper that it takes up, axes included.
    pub page: Rect,
    /// The theme.
    pub theme: Theme,
    /// What is to be seen of the plane at least.
    pub view: View,
    /// The names of the coordinates.
    pub axes: [&'a str; 2],
    /// The surface.
    pub objective: &'a Objective,
    /// A number that no other surface has had: what is kept of another is stale.
    pub surface: u64,
    /// What is switched on.
    pub layers: Layers,
    /// The step that the runs are shown at.
    pub cursor: u32,
    /// How many of the last steps of a path are shown; 0 for all of them.
    pub trail: u32,
    /// Where the runs start.
    pub start: Vector2<f64>,
    /// The runners.
    pub runners: Vec<ShownRunner<'a>>,
    /// The pinned runs, those of a pin one after the other.
    pub pinned: Vec<ShownPinned<'a>>,
    /// The cloud.
    pub cloud: Option<ShownCloud<'a>>,
    /// A point of its own that the panels look at.
    pub looked_at: Option<Vector2<f64>>,
    /// The point whose curvature and local model are shown.
    pub point: Option<Vector2<f64>>,
    /// What the focused runner believes of the curvature there.
    pub estimate: Option<ShownEstimate>,
    /// Where the focused runner stands, and the gradients that its next step could be given.
    pub gradients: Option<(Vector2<f64>, &'a GradientSample)>,
    /// The focused runner's next step, and the line of it that is looked at.
    pub step: Option<(&'a StepTrace, usize)>,
    /// The dial's direction in degrees.
    pub dial: f64,
    /// Up to which degree the Taylor polynomials of a function of x alone are drawn.
    pub taylor: usize,
    /// The critical points to mark.
    pub critical: &'a [CriticalPoint],
    /// The lines of critical points to mark.
    pub critical_lines: &'a [CriticalLine],
    /// The Hessian's eigenvalues, and the regions that are read off them.
    pub regions: Option<(&'a Regions, Vec<Region>)>,
    /// The surface on a grid, which the local model is compared with.
    pub truth: Option<&'a Grid>,
    /// The map over starts.
    pub starts: Option<ShownStarts>,
}

impl PlaneInput<'_> {
    /// The axes.
    pub(crate) fn axes(&self) -> Axes<'_> {
        Axes {
            names: self.axes,
            ticks: [TickRule::Even(7.0), TickRule::Even(5.0)],
            margin: 44.0,
            has_grid: self.objective.is_univariate(),
        }
    }

    /// Where the plane lies on the page.
    pub fn plot(&self, measure: &dyn TextMeasure) -> Plot {
        let fit = |size| seen(self.objective, self.view, size);
        let frame = self.axes().frame(self.page, measure, fit);
        Plot::new(fit(frame.size()), frame, Scheme::new(self.theme))
    }
}

/// What is seen of the plane in a frame of this size, in points, where a view is to be seen at least: with units equally
/// long both ways, or of a function of x alone, whose plane is that of x and f, just the view.
pub fn seen(objective: &Objective, view: View, size: [f64; 2]) -> View {
    if objective.is_univariate() { filling(view) } else { fit(view, size) }
}

/// The plot of a function of the plane, with what is kept from one figure to the next, so that only what changed is made anew.
#[derive(Debug, Default)]
pub struct ContourFigure {
    picture: SurfacePicture,
    tints: RegionTints,
    model: ModelLines,
    cloud: CloudPaths,
    paths: RunPaths,
}

impl ContourFigure {
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
        let (clip, layers) = (Some(plot.frame), input.layers);
        let future = layers.has(Layer::Future);
        let surface = (input.objective, input.surface);
        let mut captions = Captions::new(measure, plot.frame, scheme);
        let mut figure = Figure::new(input.page);
        input.axes().draw(&mut figure, input.page, plot, measure);

        let mut is_whole = self.picture.update(plot, surface, budget);
        figure.push("surface", clip, self.picture.colors(plot).into_iter().collect());
        if let Some(starts) = &input.starts {
            figure.push("map over starts", clip, vec![starts.item(plot)]);
        }
        // First: the labels of contour lines stay where they are, and out of these corners.
        tell_levels(self.picture.sampled().map(|sampled| &**sampled), &mut captions);
        if let Some(starts) = &input.starts {
            starts.legend(scheme, &mut captions);
        }
        if layers.has(Layer::Contours) {
            figure.push("contours", clip, self.picture.lines(plot));
            figure.push("contour labels", clip, self.picture.labels(plot, measure, &mut captions));
        }
        if let Some((regions, wanted)) = &input.regions {
            let items = self.tints.items(plot, input.surface, wanted, regions, &mut captions);
            figure.push("regions", clip, items);
        }
        if layers.has(Layer::Model)
            && let Some(point) = input.point
        {
            let levels = self.picture.levels().unwrap_or_default();
            let items = self.model.items(plot, surface, point, levels, input.truth, &mut captions);
            figure.push("model", clip, items);
        }
        if layers.has(Layer::CriticalPoint) {
            let lines = input.critical_lines.iter().flat_map(|line| &line.points);
            figure.push("critical points", clip, critical_items(plot, input.critical, lines));
        }
        if let Some(point) = input.looked_at {
            figure.push("looked at", clip, looked_at_items(plot, point));
        }
        if layers.has(Layer::Axes)
            && let Some(point) = input.point
        {
            figure.push("curvature", clip, curvature(input, plot, point, &mut captions));
        }
        let progress = (input.cursor, future);
        let steps = ShownSteps::new(input.cursor, input.trail, future);
        figure.push("kept regions", clip, region_items(plot, &input.runners));
        let (cloud, is_partial) = self.cloud.items(plot, input.cloud, progress, &mut captions, budget);
        is_whole &= !is_partial;
        figure.push("cloud", clip, cloud);
        let arrows = input.gradients.and_then(|(at, sample)| GradientArrows::new(plot, at, sample));
        if let Some(arrows) = &arrows {
            figure.push("possible gradients", clip, arrows.possible(scheme));
        }
        if layers.has(Layer::PinnedRuns) {
            let items = self.paths.pinned_items(plot, &input.pinned, steps, &mut captions, budget);
            is_whole &= !items.is_partial;
            figure.push("pinned paths", clip, items.paths);
        }
        let items = self.paths.items(plot, &input.runners, steps, &mut captions, budget);
        is_whole &= !items.is_partial;
        figure.push("paths", clip, items.paths);
        figure.push("markers", clip, items.markers);
        // Above the runner's marker: a short one would be hidden below it.
        let focused = input.runners.iter().find(|runner| runner.is_focused);
        let color = focused.map_or(scheme.ink, |runner| scheme.runner(runner.shape.color));
        if let Some(arrows) = &arrows {
            figure.push("gradients", clip, arrows.step(color, scheme));
        }
        figure.push("start", clip, start_items(plot, input.start));
        start_caption(plot, input.start, &mut captions);
        if let Some(step) = input.step {
            figure.push("step", clip, step_items(plot, step, color, &mut captions));
        }
        if layers.has(Layer::Direction)
            && let Some(point) = input.point
        {
            figure.push("direction", clip, dial_items(plot, point, input.dial, &mut captions));
        }
        figure.push("pointer", clip, pointing.items(input, plot));
        for (corner, line, color) in &pointing.lines {
            captions.corner(*corner, line, *color);
        }
        figure.push("captions", clip, captions.into_items());
        (figure, is_whole)
    }

    /// What it has of the surface; none while nothing is sampled yet.
    pub fn sampled(&self) -> Option<&Arc<SampledSurface>> {
        self.picture.sampled()
    }

    /// The step of a visible path that is nearest to a place of the paper, and within its reach.
    pub fn nearest(&self, input: &PlaneInput<'_>, plot: &Plot, place: Vector2<f64>) -> Option<PathStep> {
        self.paths.nearest(&input.runners, input.cursor, &plot.to, |sample| sample.position, place)
    }
}

/// The eigenvectors at a point.
pub(crate) fn curvature(
    input: &PlaneInput<'_>,
    plot: &Plot,
    point: Vector2<f64>,
    captions: &mut Captions<'_>,
) -> Vec<Item> {
    let curvature = input.objective.value_gradient_hessian(point);
    if !(is_finite(point) && curvature.value.is_finite()) {
        return Vec::new();
    }
    let spectrum = Spectrum::of(&curvature.hessian);
    curvature_items(plot, point, &spectrum, input.estimate.as_ref(), captions)
}

/// What the colours mean, as a bar between the lowest and the highest value; or why there is none.
pub(crate) fn tell_levels(sampled: Option<&SampledSurface>, captions: &mut Captions<'_>) {
    let told = match sampled {
        None => "sampling the surface…",
        Some(sampled) => match sampled.range {
            Some((low, high)) if low < high => {
                let marks = sampled.index_levels.iter().map(|level| sampled.shade(*level)).collect();
                let ends = [low, high].map(|end| numbers::digits(end, 3));
                captions.color_bar(Corner::BottomRight, ends, marks);
                if !sampled.is_too_dense {
                    return;
                }
                "no contour lines: too close together to be told apart"
            }
            _ => "no contour lines: the surface is constant or not finite here",
        },
    };
    captions.corner(Corner::BottomRight, told, captions.scheme().quiet);
}

impl ShownStarts {
    /// The cells: pale while they are old.
    pub(crate) fn item(&self, plot: &Plot) -> Item {
        let place = plot.to.rect(self.view);
        Item::Raster { raster: Arc::clone(&self.raster), place, opacity: self.opacity() }
    }

    /// How much of it is seen.
    pub(crate) fn opacity(&self) -> f64 {
        if self.is_old { 0.35 } else { 0.88 }
    }

    /// What the colours mean: whoever looks at the plot need not look for it elsewhere.
    pub(crate) fn legend(&self, scheme: &Scheme, captions: &mut Captions<'_>) {
        const MOST: usize = 7;
        for (color, words) in self.keys.iter().take(MOST) {
            captions.key(Corner::TopRight, *color, words);
        }
        if let Some(more) = self.keys.len().checked_sub(MOST).filter(|more| *more > 0) {
            captions.corner(Corner::TopRight, format!("and {more} more"), scheme.quiet);
        }
    }
}

impl Pointing {
    /// The marks of what is pointed at.
    pub fn items(&self, input: &PlaneInput<'_>, ground: &impl Ground) -> Vec<Item> {
        let mut items: Vec<Item> =
            self.elsewhere.and_then(|point| pointed_item(ground, point)).into_iter().collect();
        if let Some((step, runner)) = self.step.and_then(|step| Some((step, input.runners.get(step.runner)?)))
            && let Some(sample) = runner.run.trajectory().at(step.step)
        {
            let color = ground.plot().scheme.runner(runner.shape.color);
            let spot = ground.spot(sample.position);
            items.extend(spot.map(|spot| Item::ring(spot.at, 8.0, Stroke::new(2.0, color))));
        }
        items
    }
}
