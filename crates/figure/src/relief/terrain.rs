//! What of the relief is the same from wherever it is looked at.

use super::draped::{Coat, coated};
use super::height_field::HeightField;
use super::land::{RaisedLine, raised};
use super::relief_mesh::{NodeTint, tints};
use super::relief_view::ReliefView;
use crate::numbers;
use crate::plot::Plot;
use crate::polyline::without_straight_points;
use crate::scheme::{Scheme, Theme};
use crate::surface_sampler::SampledSurface;
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;

/// What it depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TerrainKey {
    /// The number of the samples.
    pub serial: u64,
    /// The part of the paper that the relief is seen in.
    pub frame: Rect,
    /// The colours.
    pub theme: Theme,
}

/// What of the relief is the same from wherever it is looked at.
#[derive(Debug)]
pub struct Terrain {
    /// What it depends on.
    pub key: TerrainKey,
    /// The heights.
    pub field: Arc<HeightField>,
    /// How each node is coloured.
    tints: Vec<NodeTint>,
    /// What lies over these colours, and the colours below it.
    coats: Vec<Coat>,
    coated: Option<Vec<NodeTint>>,
    /// The contour lines on the surface.
    pub contours: Vec<RaisedLine>,
    /// The border of the surface.
    pub border: RaisedLine,
    /// The contour lines on the floor, in points of the unit square, and whether each ends where it began.
    pub floor_lines: Vec<(Vec<Vector2<f64>>, bool)>,
    /// The heights of the contour lines, each with its level.
    pub levels: Vec<(f64, String)>,
}

impl Terrain {
    /// Of what was sampled of a surface; `view` is a view of it, from any direction.
    pub fn of(key: TerrainKey, sampled: &SampledSurface, floor: &Plot, view: &ReliefView) -> Self {
        let field = HeightField::of_shades(sampled);
        let heights: Vec<f64> = sampled.line_levels.iter().map(|level| sampled.shade(*level)).collect();
        let on_surface = |line: &[Vector2<f64>]| raised(&field, line);
        let contours = field.contours(&heights);
        // Their points lie on the sides of cells already.
        let contours = contours.lines().map(|line| {
            let first = line.points.first().filter(|_| line.closed);
            let raised = line.points.iter().chain(first).map(|at| Some((*at, field.height(*at))));
            raised.collect()
        });
        let contours = contours.collect();
        let border = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]].map(Vector2::from);
        // However it is looked at, the floor's straight lines stay straight, and no longer than they are here.
        let unit = |point: Vector2<f64>| floor.frame.unit(point.into());
        let floor_lines = sampled.lines.iter().chain(sampled.index_lines.iter());
        let floor_lines = floor_lines.map(|line| {
            let points = without_straight_points(line.points.iter().copied());
            (points.into_iter().map(unit).collect(), line.closed)
        });
        let told = |(level, height): (&f64, f64)| (height, numbers::number(*level));
        Self {
            key,
            tints: tints(&field, view, &Scheme::new(key.theme)),
            coats: Vec::new(),
            coated: None,
            contours,
            border: on_surface(&border),
            floor_lines: floor_lines.collect(),
            levels: sampled.line_levels.iter().zip(heights).map(told).collect(),
            field: field.into(),
        }
    }
    /// Puts coats over the colours, in place of those that were there.
    pub fn coat(&mut self, coats: Vec<Coat>, floor: &Plot) {
        if self.coats != coats {
            self.coated = (!coats.is_empty()).then(|| coated(&self.tints, &coats, floor));
            self.coats = coats;
        }
    }

    /// How each node is coloured, coats included.
    pub fn tints(&self) -> &[NodeTint] {
        self.coated.as_deref().unwrap_or(&self.tints)
    }

    /// What lies over the colours.
    pub fn coats(&self) -> &[Coat] {
        &self.coats
    }
}
