//! The graph of a function of x alone as a ground: a point lies as high as f is there.

use crate::ground::{Ground, LaidLines, Spot};
use crate::plot::{Plot, is_finite};
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::trajectory::Sample;

/// The graph of a function of x alone.
#[derive(Debug)]
pub struct GraphGround<'a> {
    /// The plot of x and f.
    pub plot: Plot,
    /// The function.
    pub objective: &'a Objective,
}

impl Ground for GraphGround<'_> {
    fn plot(&self) -> &Plot {
        &self.plot
    }

    fn frame(&self) -> Option<Rect> {
        Some(self.plot.frame)
    }

    fn moves_steps(&self) -> bool {
        true
    }

    fn step(&self, sample: &Sample) -> Vector2<f64> {
        Vector2::new(sample.position.x, sample.loss)
    }

    fn version(&self) -> u64 {
        0
    }

    fn spot(&self, point: Vector2<f64>) -> Option<Spot> {
        let on_graph = Vector2::new(point.x, self.objective.value(self.objective.in_domain(point)));
        is_finite(on_graph).then(|| Spot { at: self.plot.to.place(on_graph), is_hidden: false })
    }

    fn shows(&self, place: Vector2<f64>, margin: f64) -> bool {
        self.plot.shows(place, margin)
    }

    fn lay(&self, line: &[[f32; 2]], before: f64, laid: &mut LaidLines) {
        // The steps' places are on the graph already; the lines between them are chords.
        self.plot.lay(line, before, laid);
    }
}
