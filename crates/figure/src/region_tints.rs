//! Regions of the plane as a tint with a border: where the Hessian is positive definite, and where gradient
//! descent is stable.

use crate::captions::{Captions, Corner};
use crate::color::Rgba;
use crate::contour_lines::contour_lines;
use crate::item::Item;
use crate::numbers;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::raster::Raster;
use crate::stroke::Stroke;
use crate::viewport::ToPaper;
use std::sync::Arc;
use thalweg_analysis::field::contour::Contours;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::local::regions::{RegionExtent, Regions};
use thalweg_core::objective::view::View;

/// How much of its colour a region's ground has.
const GROUND: f64 = 0.2;

/// A region of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Region {
    /// Where the Hessian is positive definite.
    Convex,
    /// Where gradient descent is stable; none where there is no learning rate to be stable at.
    Stable(Option<GradientDescentStep>),
}

/// What decides whether gradient descent is stable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradientDescentStep {
    /// The learning rate.
    pub lr: f64,
    /// The weight decay.
    pub weight_decay: f64,
}

/// What a region's picture depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct RegionKey {
    surface: u64,
    view: View,
    region: Region,
    color: Rgba,
}

#[derive(Debug)]
struct Tint {
    key: RegionKey,
    extent: RegionExtent,
    raster: Arc<Raster>,
    contours: Contours,
    /// Its border where it lies now.
    border: Option<(ToPaper, Arc<[Polyline]>)>,
}

/// The regions' pictures, kept while nothing about them changes.
#[derive(Debug, Default)]
pub struct RegionTints {
    tints: Vec<Tint>,
}

impl RegionTints {
    /// The regions that are wanted, as far as their eigenvalues are known.
    pub fn items(
        &mut self,
        plot: &Plot,
        surface: u64,
        wanted: &[Region],
        regions: &Regions,
        captions: &mut Captions<'_>,
    ) -> Vec<Item> {
        let mut old = std::mem::take(&mut self.tints);
        let mut items = Vec::new();
        for region in wanted {
            let (grid, color) = match region {
                Region::Convex => (None, plot.scheme.convex),
                Region::Stable(step) => (*step, plot.scheme.stable),
            };
            let name = match region {
                Region::Convex => "positive definite Hessian".to_owned(),
                Region::Stable(Some(step)) => {
                    format!("gradient descent stable at α = {}", numbers::number(step.lr))
                }
                Region::Stable(None) => {
                    captions.corner(Corner::BottomLeft, "no learning rate to be stable at", color);
                    continue;
                }
            };
            let key = RegionKey { surface, view: regions.view(), region: *region, color };
            let kept = old.iter().position(|tint| tint.key == key).map(|index| old.swap_remove(index));
            let mut tint = kept.unwrap_or_else(|| {
                let definite = || regions.definite();
                Tint::new(key, &grid.map_or_else(definite, |step| regions.stable(step.lr, step.weight_decay)))
            });
            // Its name says so where its border is not to be seen.
            let extent = match tint.extent {
                RegionExtent::Nowhere => ": nowhere in view",
                RegionExtent::Partly => "",
                RegionExtent::Everywhere => ": everywhere in view",
            };
            captions.corner(Corner::BottomLeft, format!("{name}{extent}"), color);
            items.extend(tint.items(plot));
            self.tints.push(tint);
        }
        items
    }
}

impl Tint {
    fn new(key: RegionKey, grid: &Grid) -> Self {
        let fill =
            |margin: &f64| if *margin > 0.0 { key.color.faded(GROUND) } else { key.color.with_alpha(0) };
        let cells = (0..grid.rows()).rev().flat_map(|row| grid.row(row).iter().map(fill)).collect();
        let raster = Raster { columns: grid.columns(), rows: grid.rows(), cells, is_smooth: true };
        Self {
            key,
            extent: RegionExtent::of(grid),
            raster: Arc::new(raster),
            contours: Contours::trace(grid, &[0.0]),
            border: None,
        }
    }

    fn items(&mut self, plot: &Plot) -> Vec<Item> {
        let place = plot.to.rect(self.key.view);
        let mut items = vec![Item::Raster { raster: Arc::clone(&self.raster), place, opacity: 1.0 }];
        let border = match self.border.take() {
            Some((to, border)) if to == plot.to => border,
            _ => contour_lines(&self.contours, &plot.to).into(),
        };
        if !border.is_empty() {
            let strokes = vec![Stroke::new(1.5, self.key.color)];
            items.push(Item::Lines { lines: Arc::clone(&border), strokes });
        }
        self.border = Some((plot.to, border));
        items
    }
}
