//! The surface on the plane: colours and contour lines.

use crate::budget::FigureBudget;
use crate::cache::Derived;
use crate::captions::Captions;
use crate::color::Rgba;
use crate::contour_labels::contour_labels;
use crate::item::Item;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::raster::Raster;
use crate::scheme::{Scheme, Theme};
use crate::stroke::Stroke;
use crate::surface_sampler::{SampledSurface, SurfaceSampler};
use crate::text_measure::TextMeasure;
use std::sync::Arc;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::field::levels::Levels;
use thalweg_core::objective::objective::Objective;

/// The surface's picture, drawn anew only when the surface, the view or the theme changes.
#[derive(Debug, Default)]
pub struct SurfacePicture {
    sampler: SurfaceSampler,
    raster: Derived<(u64, Theme), Arc<Raster>>,
}

impl SurfacePicture {
    /// Goes on with what `plot` shows; see [`SurfaceSampler::update`]. Whether nothing is left to do.
    pub fn update(
        &mut self,
        plot: &Plot,
        surface: (&Objective, u64),
        budget: &mut impl FigureBudget,
    ) -> bool {
        self.sampler.update(plot, surface, budget)
    }

    /// What there is of the surface; none while nothing is sampled yet.
    pub fn sampled(&self) -> Option<&Arc<SampledSurface>> {
        self.sampler.sampled()
    }

    /// The levels of the contour lines, ascending; none while nothing is sampled yet.
    pub fn levels(&self) -> Option<&[f64]> {
        self.sampled().map(|sampled| &sampled.line_levels[..])
    }

    /// The colours: those of an older picture lie where its part of the plane is now.
    pub fn colors(&mut self, plot: &Plot) -> Option<Item> {
        let sampled = self.sampler.sampled()?;
        let (grid, levels) = (&sampled.grid, sampled.levels());
        let key = (sampled.serial, plot.scheme.theme);
        let raster = self.raster.get_or(key, || Arc::new(shaded(grid, levels, &plot.scheme)));
        Some(Item::Raster { raster: Arc::clone(raster), place: plot.to.rect(grid.view()), opacity: 1.0 })
    }

    /// The contour lines, if they are those of what is seen.
    pub fn lines(&self, plot: &Plot) -> Vec<Item> {
        let Some(sampled) = self.sampler.sampled().filter(|sampled| sampled.is_of(plot)) else {
            return Vec::new();
        };
        let item = |(lines, width, color): (&Arc<[Polyline]>, f64, Rgba)| {
            let strokes = vec![Stroke::new(width, color)];
            (!lines.is_empty()).then(|| Item::Lines { lines: Arc::clone(lines), strokes })
        };
        let scheme = &plot.scheme;
        [(&sampled.lines, 1.0, scheme.contour), (&sampled.index_lines, 1.3, scheme.index_contour)]
            .into_iter()
            .filter_map(item)
            .collect()
    }

    /// The levels of the index lines, written on them, if they are those of what is seen.
    pub fn labels(&self, plot: &Plot, measure: &dyn TextMeasure, captions: &mut Captions<'_>) -> Vec<Item> {
        let sampled = self.sampler.sampled().filter(|sampled| sampled.is_of(plot));
        sampled.map_or_else(Vec::new, |sampled| contour_labels(sampled, plot, measure, captions))
    }
}

fn shaded(grid: &Grid, levels: &Levels, scheme: &Scheme) -> Raster {
    let ramp: Vec<Rgba> = (0..=255_u8).map(|i| scheme.surface(f64::from(i) / 255.0)).collect();
    let color = |value: &f64| {
        if value.is_finite() { ramp[(levels.shade(*value) * 255.0) as usize] } else { scheme.hole() }
    };
    // Pictures run from the top down, grids from the bottom up.
    let cells = (0..grid.rows()).rev().flat_map(|row| grid.row(row).iter().map(color)).collect();
    Raster { columns: grid.columns(), rows: grid.rows(), cells, is_smooth: true }
}
