//! The surface on a lattice, with its shades and its contour lines: sampled and traced in slices, coarse first.

use crate::budget::{FigureBudget, FigurePart};
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::surface_lines::{SurfaceLines, TracedLines};
use crate::viewport::{Rect, ToPaper};
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
/// How often the first samples look at an example of the data: a picture is there at once, whatever a node costs.
const FIRST_LOOKS: f64 = 100_000.0;

/// What the samples depend on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct SampleKey {
    surface: u64,
    view: View,
    frame: Rect,
}

impl SampleKey {
    fn of(surface: u64, plot: &Plot) -> Self {
        Self { surface, view: plot.view, frame: plot.frame }
    }
}

/// A lattice that is being sampled, and then its lines traced, bite by bite in as many goes as it takes.
#[derive(Debug)]
struct Sampling {
    key: SampleKey,
    objective: Objective,
    grid: Grid,
    /// The first node that is not sampled yet.
    next: usize,
    is_fine: bool,
    /// The levels and their lines, once all is sampled.
    traced: Option<(Levels, SurfaceLines)>,
}

impl Sampling {
    fn new(key: SampleKey, objective: &Objective, is_fine: bool) -> Self {
        let examples = objective.examples().map_or(1, <[_]>::len) as f64;
        let [width, height] = key.frame.size();
        let first = (width * height * examples / FIRST_LOOKS).max(0.0).sqrt().max(COARSE);
        let spacing = if is_fine { FINE } else { first };
        let nodes = |length: f64| (libm::ceil(length / spacing) as usize).within(2, 1024);
        let [columns, rows] = key.frame.size().map(nodes);
        let grid = Grid::blank(key.view, columns, rows);
        Self { key, objective: objective.clone(), grid, next: 0, is_fine, traced: None }
    }

    /// Goes on while there is time. The samples with this serial number, once they are whole.
    fn advance(
        mut self: Box<Self>,
        serial: u64,
        budget: &impl FigureBudget,
    ) -> Result<SampledSurface, Box<Self>> {
        if !self.sample(budget) || budget.is_over() {
            return Err(self);
        }
        let (levels, mut lines) = self.traced.take().unwrap_or_else(|| {
            let levels = Levels::choose(&self.grid, LINES);
            let lines = SurfaceLines::new(&self.grid, levels.values());
            (levels, lines)
        });
        let to = ToPaper::new(self.key.view, self.key.frame);
        if !lines.advance(&self.grid, &to, budget) || budget.is_over() {
            self.traced = Some((levels, lines));
            return Err(self);
        }
        let Self { key, grid, is_fine, .. } = *self;
        let TracedLines { intermediate, index, index_levels, levels: line_levels, is_too_dense } =
            lines.finish();
        let finite = grid.values().iter().copied().filter(|value| value.is_finite());
        let (low, high) = finite
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        Ok(SampledSurface {
            key,
            is_fine,
            serial,
            grid,
            levels,
            range: (low <= high).then_some((low, high)),
            lines: intermediate.into(),
            index_lines: index.into(),
            index_levels,
            line_levels,
            is_too_dense,
        })
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

/// The surface on a lattice.
#[derive(Debug)]
pub struct SampledSurface {
    key: SampleKey,
    is_fine: bool,
    /// A number that no other samples of the same sampler have.
    pub serial: u64,
    /// Its values.
    pub grid: Grid,
    /// The shade of every value.
    levels: Levels,
    /// Its smallest and its largest value; none where nothing is finite.
    pub range: Option<(f64, f64)>,
    /// Its contour lines but the index lines, in their places in the plot that was sampled.
    pub lines: Arc<[Polyline]>,
    /// Its index lines, those of every fifth level.
    pub index_lines: Arc<[Polyline]>,
    /// The level of each index line.
    pub index_levels: Vec<f64>,
    /// The levels of all lines, ascending.
    pub line_levels: Vec<f64>,
    /// Whether it goes up and down so fast that its contour lines could not be told apart: it has none.
    pub is_too_dense: bool,
}

impl SampledSurface {
    /// Whether it is what a plot shows, at the same size.
    pub fn is_of(&self, plot: &Plot) -> bool {
        (self.key.view, self.key.frame) == (plot.view, plot.frame)
    }

    /// The plot that was sampled, in these colours.
    pub fn plot(&self, scheme: Scheme) -> Plot {
        Plot::new(self.key.view, self.key.frame, scheme)
    }

    /// The colour scale.
    pub fn levels(&self) -> &Levels {
        &self.levels
    }

    /// The shade of a value, from 0 to 1; NaN where it is not finite.
    pub fn shade(&self, value: f64) -> f64 {
        if value.is_finite() { f64::from(self.levels.shade(value)) } else { f64::NAN }
    }
}

/// Samples a surface anew when it or the view changes.
#[derive(Debug, Default)]
pub struct SurfaceSampler {
    sampled: Option<Arc<SampledSurface>>,
    sampling: Option<Box<Sampling>>,
    serial: u64,
}

impl SurfaceSampler {
    /// Goes on with what `plot` shows: first samples as soon as possible, fine ones once nothing changes.
    /// What has begun is brought to its end, or a surface that changes with every frame would never be seen.
    /// Whether nothing is left to do.
    pub fn update(
        &mut self,
        plot: &Plot,
        (objective, surface): (&Objective, u64),
        budget: &mut impl FigureBudget,
    ) -> bool {
        budget.begin(FigurePart::Picture);
        let key = SampleKey::of(surface, plot);
        let is_fine = self.sampled.as_ref().is_some_and(|sampled| sampled.is_fine);
        let is_stale = self.sampled.as_ref().is_none_or(|sampled| sampled.key != key);
        let begin = |is_fine| Some(Box::new(Sampling::new(key, objective, is_fine)));
        // Where there is all the time that it takes, nobody sees the first ones.
        let first = budget.is_endless();
        match &self.sampling {
            // Of fine samples that nobody will see nothing is lost.
            Some(sampling) if sampling.key != key && sampling.is_fine => self.sampling = begin(first),
            None if is_stale => self.sampling = begin(first),
            None if !is_fine => self.sampling = begin(true),
            _ => {}
        }
        match self.sampling.take().map(|sampling| sampling.advance(self.serial + 1, budget)) {
            Some(Ok(sampled)) => {
                self.serial = sampled.serial;
                self.sampled = Some(Arc::new(sampled));
            }
            Some(Err(sampling)) => self.sampling = Some(sampling),
            None => {}
        }
        let is_ready = |sampled: &Arc<SampledSurface>| sampled.is_fine && sampled.key == key;
        self.sampling.is_none() && self.sampled.as_ref().is_some_and(is_ready)
    }

    /// The samples that there are; those of an older view or surface until the new ones are there.
    pub fn sampled(&self) -> Option<&Arc<SampledSurface>> {
        self.sampled.as_ref()
    }
}
