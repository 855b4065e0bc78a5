//! The surface: colours, contour lines and their levels, made in slices.

use crate::budget::{FigureBudget, FigurePart};
use crate::color::Rgba;
use crate::item::Item;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::raster::Raster;
use crate::scheme::{Scheme, Theme};
use crate::stroke::Stroke;
use crate::surface_lines::SurfaceLines;
use crate::viewport::Rect;
use std::sync::Arc;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::field::levels::Levels;
use thalweg_core::math::within::Within;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;

/// How many contour lines are aimed at.
const LINES: usize = 20;
/// Points of the paper between two nodes of the grid: while the view moves, and once it rests.
const COARSE: f64 = 5.0;
const FINE: f64 = 2.4;

/// What the picture depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PictureKey {
    surface: u64,
    view: View,
    frame: Rect,
    theme: Theme,
}

/// A picture under way: sampled, then its lines traced, bite by bite in as many goes as it takes.
#[derive(Debug)]
struct Painting {
    key: PictureKey,
    plot: Plot,
    objective: Objective,
    grid: Grid,
    /// The first node that is not sampled yet.
    next: usize,
    is_fine: bool,
    /// The levels and their lines, once all is sampled.
    traced: Option<(Levels, SurfaceLines)>,
}

impl Painting {
    fn new(key: PictureKey, plot: &Plot, objective: &Objective, is_fine: bool) -> Self {
        let spacing = if is_fine { FINE } else { COARSE };
        let nodes = |length: f64| (libm::ceil(length / spacing) as usize).within(2, 1024);
        let [columns, rows] = plot.frame.size().map(nodes);
        let grid = Grid::blank(plot.view, columns, rows);
        Self { key, plot: *plot, objective: objective.clone(), grid, next: 0, is_fine, traced: None }
    }

    /// Goes on while there is time. The picture, once it is whole.
    fn advance(mut self: Box<Self>, budget: &impl FigureBudget) -> Result<Shown, Box<Self>> {
        if !self.sample(budget) || budget.is_over() {
            return Err(self);
        }
        let (levels, mut lines) = self.traced.take().unwrap_or_else(|| {
            let levels = Levels::choose(&self.grid, LINES);
            let lines = SurfaceLines::new(&self.grid, levels.values());
            (levels, lines)
        });
        if !lines.advance(&self.grid, &self.plot.to, budget) || budget.is_over() {
            self.traced = Some((levels, lines));
            return Err(self);
        }
        let raster = Arc::new(shaded(&self.grid, &levels, &self.plot.scheme));
        let (lines, levels, is_too_dense) = lines.into_parts();
        Ok(Shown { key: self.key, is_fine: self.is_fine, raster, lines: lines.into(), levels, is_too_dense })
    }

    /// Samples on while there is time. Whether all is sampled.
    fn sample(&mut self, budget: &impl FigureBudget) -> bool {
        // A row at a time, or less where each node looks at much data.
        let examples = self.objective.examples().map_or(1, <[_]>::len).max(1);
        let bite = self.grid.columns().min(100_000 / examples).max(1);
        let all = self.grid.columns() * self.grid.rows();
        while self.next < all && !budget.is_over() {
            self.grid.fill_nodes(&self.objective, self.next, bite);
            self.next += bite;
        }
        self.next >= all
    }
}

/// A picture that is there.
#[derive(Debug)]
struct Shown {
    key: PictureKey,
    is_fine: bool,
    raster: Arc<Raster>,
    lines: Arc<[Polyline]>,
    levels: Vec<f64>,
    is_too_dense: bool,
}

/// The surface's picture, drawn anew only when the surface, the view or the theme changes.
#[derive(Debug, Default)]
pub struct SurfacePicture {
    shown: Option<Shown>,
    painting: Option<Box<Painting>>,
}

impl SurfacePicture {
    /// Goes on with what `plot` shows: a first picture as soon as possible, the fine one once nothing changes.
    /// A picture that has begun is brought to its end, or one that changes with every frame would never be
    /// seen. Whether nothing is left to do.
    pub fn update(
        &mut self,
        plot: &Plot,
        (objective, surface): (&Objective, u64),
        budget: &mut impl FigureBudget,
    ) -> bool {
        budget.begin(FigurePart::Picture);
        let key = PictureKey { surface, view: plot.view, frame: plot.frame, theme: plot.scheme.theme };
        let is_fine = self.shown.as_ref().is_some_and(|shown| shown.is_fine);
        let is_stale = self.shown.as_ref().is_none_or(|shown| shown.key != key);
        let begin = |is_fine| Some(Box::new(Painting::new(key, plot, objective, is_fine)));
        match &self.painting {
            // Of a fine picture that nobody will see nothing is lost.
            Some(painting) if painting.key != key && painting.is_fine => self.painting = begin(false),
            None if is_stale => self.painting = begin(false),
            None if !is_fine => self.painting = begin(true),
            _ => {}
        }
        match self.painting.take().map(|painting| painting.advance(budget)) {
            Some(Ok(shown)) => self.shown = Some(shown),
            Some(Err(painting)) => self.painting = Some(painting),
            None => {}
        }
        self.painting.is_none() && self.shown.as_ref().is_some_and(|shown| shown.is_fine && shown.key == key)
    }

    /// The levels of the contour lines, ascending; none while nothing is sampled yet.
    pub fn levels(&self) -> Option<&[f64]> {
        self.shown.as_ref().map(|shown| shown.levels.as_slice())
    }

    /// Whether the surface goes up and down so fast that its contour lines could not be told apart: none are drawn.
    pub fn is_too_dense(&self) -> bool {
        self.shown.as_ref().is_some_and(|shown| shown.is_too_dense)
    }

    /// The colours: those of an older picture lie where its part of the plane is now.
    pub fn colors(&self, plot: &Plot) -> Option<Item> {
        let shown = self.shown.as_ref()?;
        let place = plot.to.rect(shown.key.view);
        Some(Item::Raster { raster: Arc::clone(&shown.raster), place, opacity: 1.0 })
    }

    /// The contour lines, if they are those of what is seen.
    pub fn lines(&self, plot: &Plot) -> Option<Item> {
        let shown = self.shown.as_ref()?;
        let PictureKey { view, frame, theme, .. } = shown.key;
        let is_seen = (view, frame, theme) == (plot.view, plot.frame, plot.scheme.theme);
        let strokes = vec![Stroke::new(1.0, plot.scheme.contour)];
        (is_seen && !shown.lines.is_empty()).then(|| Item::Lines { lines: Arc::clone(&shown.lines), strokes })
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
