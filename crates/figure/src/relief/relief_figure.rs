//! The relief: the surface in three dimensions, with contour lines on it and on the floor, and the paths on it.

use super::draped::{Coat, draped, on_surface};
use super::horizons::Horizons;
use super::land::Land;
use super::local_shapes::local_shapes;
use super::relief_axes::{floor_and_axes, frame_of};
use super::relief_mesh::relief_mesh;
use super::relief_view::{Camera, ReliefView};
use super::terrain::{Terrain, TerrainKey};
use crate::budget::{FigureBudget, Unbounded};
use crate::captions::Captions;
use crate::cloud::CloudPaths;
use crate::critical_marks::{critical_items, looked_at_items, start_caption, start_items};
use crate::figure::Figure;
use crate::gradient_arrows::GradientArrows;
use crate::ground::{GroundLines, LaidLines};
use crate::item::Item;
use crate::model_lines::dial_items;
use crate::plane::{PlaneInput, Pointing, curvature, tell_levels};
use crate::plane_figure::PlaneFigure;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::region_tints::RegionTints;
use crate::run_path::ShownSteps;
use crate::run_paths::{PathStep, RunPaths};
use crate::scheme::Scheme;
use crate::shaded_mesh::ShadedMesh;
use crate::step_vectors::step_items;
use crate::stroke::Stroke;
use crate::surface_sampler::{SampledSurface, SurfaceSampler};
use crate::text_measure::TextMeasure;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::local::taylor::TaylorModel;
use thalweg_scenario::Layer;

/// What the land depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LandKey {
    terrain: TerrainKey,
    camera: Camera,
    /// Whether somebody has to write each cell of the mesh.
    has_coarser: bool,
}

/// The land, and what of it is drawn.
#[derive(Debug)]
struct ReliefScene {
    key: LandKey,
    coats: Vec<Coat>,
    land: Land,
    mesh: Arc<ShadedMesh>,
    /// The contour lines on the surface and on the floor, and the surface's border.
    lines: GroundLines,
    floor_lines: Arc<[Polyline]>,
    border: GroundLines,
}

/// The relief, with what is kept from one figure to the next, so that only what changed is made anew.
#[derive(Debug, Default)]
pub struct ReliefFigure {
    sampler: SurfaceSampler,
    /// Whether it shows what a plane beside it has sampled, and that.
    is_beside: bool,
    beside: Option<Arc<SampledSurface>>,
    /// What is shown, and how often that has been something else.
    sampled: Option<Arc<SampledSurface>>,
    samples: u64,
    tints: RegionTints,
    /// Kept while only the direction changes.
    terrain: Option<Terrain>,
    scene: Option<ReliefScene>,
    /// How many scenes there have been.
    scenes: u64,
    cloud: CloudPaths,
    paths: RunPaths,
}

impl ReliefFigure {
    /// The figure, as far as the budget lets it be made; and whether that is all of it. What it shows is what
    /// the plane would show in `plot`, which [`PlaneInput::plot`] gives.
    pub fn compose(
        &mut self,
        input: &PlaneInput<'_>,
        camera: Camera,
        plot: &Plot,
        pointing: &Pointing,
        measure: &dyn TextMeasure,
        budget: &mut impl FigureBudget,
    ) -> (Figure, bool) {
        let scheme = Scheme::new(input.theme);
        let mut regions = Vec::new();
        let mut figure = Figure::new(input.page);
        let stroke = Some(Stroke::new(1.0, scheme.border));
        let ground = Item::Panel { rect: input.page, radius: 2.0, fill: scheme.ground, stroke };
        let mut is_whole = self.sample(input, plot, budget);
        let mut captions = Captions::new(measure, input.page, &scheme);
        // Corners first: what stands at the axes gives way to them.
        if let Some(sampled) = self.sampled.clone() {
            tell_levels(Some(&sampled), &mut captions);
            for (corner, line, color) in &pointing.lines {
                captions.corner(*corner, line, *color);
            }
            let (coats, borders) = self.areas(input, &sampled.plot(scheme), &mut captions);
            self.update(input, (camera, coats), &scheme, budget.is_endless());
            regions = borders;
        }
        let (Some(sampled), Some(terrain), Some(scene)) = (&self.sampled, &self.terrain, &self.scene) else {
            tell_levels(None, &mut captions);
            figure.push("axes", None, vec![ground]);
            figure.push("captions", None, captions.into_items());
            return (figure, false);
        };
        let (land, layers, clip) = (&scene.land, input.layers, Some(input.page));
        let progress = (input.cursor, layers.has(Layer::Future));
        let steps = ShownSteps::new(input.cursor, input.trail, layers.has(Layer::Future));
        let focused = input.runners.iter().find(|runner| runner.is_focused);
        let color = focused.map_or(scheme.ink, |runner| scheme.runner(runner.shape.color));
        let step = input.step.map(|step| {
            draped_on(land, &mut captions, |captions| step_items(&land.floor, step, color, captions))
        });
        let axes = floor_and_axes(land, input.axes, &terrain.levels, input.page, measure, &mut captions);
        figure.push("axes", None, [ground].into_iter().chain(axes).collect());
        let has_contours = layers.has(Layer::Contours);
        let line = |lines: &Arc<[Polyline]>, width: f64, part: f64| {
            let strokes = vec![Stroke::new(width, scheme.contour.faded(part))];
            (!lines.is_empty()).then(|| Item::Lines { lines: Arc::clone(lines), strokes })
        };
        let floor_lines = line(&scene.floor_lines, 1.0, 1.0).filter(|_| has_contours);
        figure.push("floor", clip, floor_lines.into_iter().collect());
        figure.push("surface", clip, vec![Item::Mesh(Arc::clone(&scene.mesh))]);
        let lines = line(&scene.lines.seen, 1.0, 1.0).filter(|_| has_contours);
        figure.push("contours", clip, lines.into_iter().collect());
        let edge = Stroke::new(1.0, scheme.quiet.faded(0.7));
        let border = (!scene.border.seen.is_empty())
            .then(|| Item::Lines { lines: Arc::clone(&scene.border.seen), strokes: vec![edge] });
        figure.push("border", clip, border.into_iter().collect());
        figure.push("regions", clip, draped(land, regions));
        if layers.has(Layer::Model)
            && let Some(point) = input.point
        {
            let model = TaylorModel::of(input.objective, point);
            figure.push("model", clip, local_shapes(land, sampled, &model, &mut captions));
        }
        if layers.has(Layer::CriticalPoint) {
            let lines = input.critical_lines.iter().flat_map(|line| &line.points);
            figure.push("critical points", clip, critical_items(land, input.critical, lines));
        }
        if let Some(point) = input.looked_at {
            figure.push("looked at", clip, looked_at_items(land, point));
        }
        if layers.has(Layer::Axes)
            && let Some(point) = input.point
        {
            let axes = |captions: &mut Captions<'_>| curvature(input, &land.floor, point, captions);
            figure.push("curvature", clip, draped_on(land, &mut captions, axes));
        }
        let (cloud, is_partial) = self.cloud.items(land, input.cloud, progress, &mut captions, budget);
        is_whole &= !is_partial;
        figure.push("cloud", clip, cloud);
        let arrows = input.gradients.and_then(|(at, sample)| GradientArrows::new(&land.floor, at, sample));
        if let Some(arrows) = &arrows {
            figure.push("possible gradients", clip, draped(land, arrows.possible(&scheme)));
        }
        if layers.has(Layer::PinnedRuns) {
            let items = self.paths.pinned_items(land, &input.pinned, steps, &mut captions, budget);
            is_whole &= !items.is_partial;
            figure.push("pinned paths", clip, items.paths);
        }
        let items = self.paths.items(land, &input.runners, steps, &mut captions, budget);
        is_whole &= !items.is_partial;
        figure.push("paths", clip, items.paths);
        figure.push("markers", clip, items.markers);
        if let Some(arrows) = &arrows {
            figure.push("gradients", clip, draped(land, arrows.step(color, &scheme)));
        }
        figure.push("start", clip, start_items(land, input.start));
        start_caption(land, input.start, &mut captions);
        if let Some(step) = step {
            figure.push("step", clip, step);
        }
        if layers.has(Layer::Direction)
            && let Some(point) = input.point
        {
            let dial = |captions: &mut Captions<'_>| dial_items(&land.floor, point, input.dial, captions);
            figure.push("direction", clip, draped_on(land, &mut captions, dial));
        }
        figure.push("pointer", clip, pointing.items(input, land));
        if let Some(starts) = &input.starts {
            starts.legend(&scheme, &mut captions);
        }
        figure.push("captions", clip, captions.into_items());
        (figure, is_whole)
    }

    /// Shows what the plane beside it has sampled, instead of sampling the surface once more; with none, it samples for
    /// itself.
    pub fn stand_beside(&mut self, plane: Option<&PlaneFigure>) {
        self.is_beside = plane.is_some();
        self.beside = plane.and_then(PlaneFigure::sampled).map(Arc::clone);
    }

    /// Goes on with the samples. Whether they are whole, as far as that is its own concern.
    fn sample(&mut self, input: &PlaneInput<'_>, plot: &Plot, budget: &mut impl FigureBudget) -> bool {
        let (is_whole, sampled) = if self.is_beside {
            (true, self.beside.as_ref())
        } else {
            let is_whole = self.sampler.update(plot, (input.objective, input.surface), budget);
            (is_whole, self.sampler.sampled())
        };
        let is_same = match (sampled, &self.sampled) {
            (Some(new), Some(old)) => Arc::ptr_eq(new, old),
            (new, old) => new.is_none() && old.is_none(),
        };
        if !is_same {
            self.sampled = sampled.map(Arc::clone);
            self.samples += 1;
        }
        is_whole
    }

    /// What lies over the surface's colours, and the borders of that on the floor's plot.
    fn areas(
        &mut self,
        input: &PlaneInput<'_>,
        floor: &Plot,
        captions: &mut Captions<'_>,
    ) -> (Vec<Coat>, Vec<Item>) {
        let starts = input.starts.iter().map(|starts| starts.item(floor));
        let regions = input.regions.as_ref().map_or_else(Vec::new, |(regions, wanted)| {
            self.tints.items(floor, input.surface, wanted, regions, captions)
        });
        Coat::split(starts.chain(regions))
    }

    /// The whole figure, however long it takes.
    pub fn whole(&mut self, input: &PlaneInput<'_>, camera: Camera, measure: &dyn TextMeasure) -> Figure {
        let (plot, pointing) = (input.plot(measure), Pointing::default());
        loop {
            let (figure, is_whole) = self.compose(input, camera, &plot, &pointing, measure, &mut Unbounded);
            if is_whole {
                return figure;
            }
        }
    }

    /// The land as it was drawn last.
    pub fn land(&self) -> Option<&Land> {
        self.scene.as_ref().map(|scene| &scene.land)
    }

    /// The step of a visible path that is nearest to a point of the plane, and within reach.
    pub fn nearest(&self, input: &PlaneInput<'_>, point: Vector2<f64>) -> Option<PathStep> {
        let to = &self.land()?.floor.to;
        self.paths.nearest(&input.runners, input.cursor, to, |sample| sample.position, to.place(point))
    }

    /// Makes the scene anew, if it is another one.
    fn update(
        &mut self,
        input: &PlaneInput<'_>,
        (camera, coats): (Camera, Vec<Coat>),
        scheme: &Scheme,
        has_coarser: bool,
    ) {
        let Some(sampled) = &self.sampled else { return };
        let (serial, frame) = (self.samples, frame_of(input.page));
        let key = LandKey { terrain: TerrainKey { serial, frame, theme: input.theme }, camera, has_coarser };
        if self.scene.as_ref().is_some_and(|scene| scene.key == key && scene.coats == coats) {
            return;
        }
        let floor = sampled.plot(*scheme);
        let view = ReliefView::new(camera, floor.frame.size(), frame);
        let kept = self.terrain.take().filter(|terrain| terrain.key == key.terrain);
        let mut terrain = kept.unwrap_or_else(|| Terrain::of(key.terrain, sampled, &floor, &view));
        terrain.coat(coats, &floor);
        self.scenes += 1;
        let old = self.scene.take().map(|scene| scene.land.horizons);
        self.scene = Some(ReliefScene::new(key, &terrain, (floor, view), old, self.scenes));
        self.terrain = Some(terrain);
    }
}

/// What something draws on the floor's plot, as it lies on the surface, with its captions there.
fn draped_on(
    land: &Land,
    captions: &mut Captions<'_>,
    draw: impl FnOnce(&mut Captions<'_>) -> Vec<Item>,
) -> Vec<Item> {
    let place = |place| on_surface(land, place).map(|spot| spot.at);
    let items = captions.moved(place, draw);
    draped(land, items)
}

impl ReliefScene {
    fn new(
        key: LandKey,
        terrain: &Terrain,
        (floor, view): (Plot, ReliefView),
        old: Option<Horizons>,
        version: u64,
    ) -> Self {
        let field = Arc::clone(&terrain.field);
        let places = view.places(field.nodes());
        let mesh = Arc::new(relief_mesh(&field, &view, (&places, terrain.tints()), key.has_coarser));
        let horizons = Horizons::new(&field, &view, &places, old);
        let land = Land { floor, view, field, horizons, frame: key.terrain.frame, version };
        let mut lines = LaidLines::default();
        for line in &terrain.contours {
            land.lay_raised(line, &mut lines);
        }
        let place = |point: &Vector2<f64>| view.place(*point, ReliefView::FLOOR);
        let floor_lines = terrain.floor_lines.iter().map(|(points, closed)| Polyline {
            points: points.iter().map(place).collect(),
            closed: *closed,
            before: 0.0,
        });
        let floor_lines = floor_lines.collect();
        let mut border = LaidLines::default();
        land.lay_raised(&terrain.border, &mut border);
        let coats = terrain.coats().to_vec();
        Self { key, coats, land, mesh, lines: lines.into(), floor_lines, border: border.into() }
    }
}
