//! The relief: the surface in three dimensions, with contour lines on it and on the floor, and the paths on it.

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
use crate::ground::{GroundLines, LaidLines};
use crate::item::Item;
use crate::plane::{PlaneInput, Pointing, tell_levels};
use crate::plot::Plot;
use crate::polyline::{Polyline, without_straight_points};
use crate::run_path::ShownSteps;
use crate::run_paths::{PathStep, RunPaths};
use crate::scheme::Scheme;
use crate::shaded_mesh::ShadedMesh;
use crate::stroke::Stroke;
use crate::surface_sampler::SurfaceSampler;
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
        let mut figure = Figure::new(input.page);
        let stroke = Some(Stroke::new(1.0, scheme.border));
        let ground = Item::Panel { rect: input.page, radius: 2.0, fill: scheme.ground, stroke };
        let mut is_whole = self.sampler.update(plot, (input.objective, input.surface), budget);
        self.update(input, camera, &scheme, budget.is_endless());
        let mut captions = Captions::new(measure, input.page, &scheme);
        let (Some(sampled), Some(terrain), Some(scene)) =
            (self.sampler.sampled(), &self.terrain, &self.scene)
        else {
            tell_levels(None, &mut captions);
            figure.push("axes", None, vec![ground]);
            figure.push("captions", None, captions.into_items());
            return (figure, false);
        };
        let (land, layers, clip) = (&scene.land, input.layers, Some(input.page));
        let progress = (input.cursor, layers.has(Layer::Future));
        let steps = ShownSteps::new(input.cursor, input.trail, layers.has(Layer::Future));
        // Corners first: what stands at the axes gives way to them.
        tell_levels(Some(sampled), &mut captions);
        for (corner, line, color) in &pointing.lines {
            captions.corner(*corner, line, *color);
        }
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
        let (cloud, is_partial) = self.cloud.items(land, input.cloud, progress, &mut captions, budget);
        is_whole &= !is_partial;
        figure.push("cloud", clip, cloud);
        if layers.has(Layer::PinnedRuns) {
            let items = self.paths.pinned_items(land, &input.pinned, steps, &mut captions, budget);
            is_whole &= !items.is_partial;
            figure.push("pinned paths", clip, items.paths);
        }
        let items = self.paths.items(land, &input.runners, steps, &mut captions, budget);
        is_whole &= !items.is_partial;
        figure.push("paths", clip, items.paths);
        figure.push("markers", clip, items.markers);
        figure.push("start", clip, start_items(land, input.start));
        start_caption(land, input.start, &mut captions);
        figure.push("pointer", clip, pointing.items(input, land));
        figure.push("captions", clip, captions.into_items());
        (figure, is_whole)
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
    fn update(&mut self, input: &PlaneInput<'_>, camera: Camera, scheme: &Scheme, has_coarser: bool) {
        let Some(sampled) = self.sampler.sampled() else { return };
        let (serial, frame) = (sampled.serial, frame_of(input.page));
        let key = LandKey { terrain: TerrainKey { serial, frame, theme: input.theme }, camera, has_coarser };
        if self.scene.as_ref().is_some_and(|scene| scene.key == key) {
            return;
        }
        let floor = sampled.plot(*scheme);
        let view = ReliefView::new(camera, floor.frame.size(), frame);
        let kept = self.terrain.take().filter(|terrain| terrain.key == key.terrain);
        let terrain = kept.unwrap_or_else(|| Terrain::of(key.terrain, sampled, &floor, &view));
        self.scenes += 1;
        let old = self.scene.take().map(|scene| scene.land.horizons);
        self.scene = Some(ReliefScene::new(key, &terrain, (floor, view), old, self.scenes));
        self.terrain = Some(terrain);
    }
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
        let mesh = Arc::new(relief_mesh(&field, &view, (&places, &terrain.tints), key.has_coarser));
        let horizons = Horizons::new(&field, &view, &places, old);
        let land = Land { floor, view, field, horizons, frame: key.terrain.frame, version };
        let mut lines = LaidLines::default();
        for line in &terrain.contours {
            land.lay_raised(line, &mut lines);
        }
        let place = |point: &Vector2<f64>| view.place(*point, ReliefView::FLOOR);
        let floor_lines = terrain.floor_lines.iter().map(|(points, closed)| Polyline {
            points: without_straight_points(points.iter().map(place)),
            closed: *closed,
            before: 0.0,
        });
        let floor_lines = floor_lines.collect();
        let mut border = LaidLines::default();
        land.lay_raised(&terrain.border, &mut border);
        Self { key, land, mesh, lines: lines.into(), floor_lines, border: border.into() }
    }
}
