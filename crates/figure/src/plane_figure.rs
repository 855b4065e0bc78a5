//! The plot of what is open: contours over the plane, or of a function of x alone its graph.

use crate::budget::{FigureBudget, Unbounded};
use crate::figure::Figure;
use crate::graph::graph_figure::GraphFigure;
use crate::plane::{ContourFigure, PlaneInput, Pointing};
use crate::plot::Plot;
use crate::run_paths::PathStep;
use crate::surface_sampler::SampledSurface;
use crate::text_measure::TextMeasure;
use nalgebra::Vector2;
use std::sync::Arc;

/// The plot of what is open, with what is kept from one figure to the next, so that only what changed is made anew.
#[derive(Debug, Default)]
pub struct PlaneFigure {
    contours: ContourFigure,
    graph: GraphFigure,
}

impl PlaneFigure {
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
        if input.objective.is_univariate() {
            self.graph.compose(input, plot, pointing, measure, budget)
        } else {
            self.contours.compose(input, plot, pointing, measure, budget)
        }
    }

    /// The whole figure, however long it takes.
    pub fn whole(&mut self, input: &PlaneInput<'_>, measure: &dyn TextMeasure) -> Figure {
        let (plot, pointing) = (input.plot(measure), Pointing::default());
        loop {
            let (figure, is_whole) = self.compose(input, &plot, &pointing, measure, &mut Unbounded);
            if is_whole {
                return figure;
            }
        }
    }

    /// What it has of the surface over the plane; none while nothing is sampled yet.
    pub fn sampled(&self) -> Option<&Arc<SampledSurface>> {
        self.contours.sampled()
    }

    /// The step of a visible path that is nearest to a place of the paper, and within its reach.
    pub fn nearest(&self, input: &PlaneInput<'_>, plot: &Plot, place: Vector2<f64>) -> Option<PathStep> {
        if input.objective.is_univariate() {
            self.graph.nearest(input, plot, place)
        } else {
            self.contours.nearest(input, plot, place)
        }
    }
}
