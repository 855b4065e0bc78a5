//! What paths and marks lie on: the plane, the surface in relief, or the graph of a function of one variable.

use crate::plot::{Plot, is_finite};
use crate::polyline::{Polyline, without_straight_points};
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_core::run::trajectory::Sample;

/// Where a point of the plane lies on the paper.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// The place.
    pub at: Vector2<f64>,
    /// Whether something lies before it.
    pub is_hidden: bool,
}

/// A line as it lies on the paper, in pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaidLines {
    /// The pieces that are seen.
    pub seen: Vec<Polyline>,
    /// The pieces that something lies before.
    pub hidden: Vec<Polyline>,
}

/// Lines as they lie on the paper, shared with the figures that show them.
#[derive(Clone, Debug, Default)]
pub struct GroundLines {
    /// The pieces that are seen.
    pub seen: Arc<[Polyline]>,
    /// The pieces that something lies before.
    pub hidden: Arc<[Polyline]>,
}

impl From<LaidLines> for GroundLines {
    fn from(lines: LaidLines) -> Self {
        let longer = |lines: Vec<Polyline>| lines.into_iter().filter(|line| line.points.len() > 1).collect();
        Self { seen: longer(lines.seen), hidden: longer(lines.hidden) }
    }
}

/// What paths and marks lie on.
pub trait Ground {
    /// The plot that says what of a path can be told apart: paths are reduced to that before they are laid.
    fn plot(&self) -> &Plot;

    /// What a place outside of which has left the view; none where there is no such frame.
    fn frame(&self) -> Option<Rect> {
        None
    }

    /// Whether the steps of runs lie elsewhere in that plot than at their positions.
    fn moves_steps(&self) -> bool {
        false
    }

    /// Where a step of a run lies in that plot.
    fn step(&self, sample: &Sample) -> Vector2<f64> {
        sample.position
    }

    /// A number that no other ground of the same plot has had: what lies on another lies elsewhere.
    fn version(&self) -> u64;

    /// Where a point of the plane lies; none where it is nowhere.
    fn spot(&self, point: Vector2<f64>) -> Option<Spot>;

    /// Whether a place lies within what is seen, or at most `margin` points beyond.
    fn shows(&self, place: Vector2<f64>, margin: f64) -> bool;

    /// Lays a line of the plot; `before` is how long what it continues is, in points.
    fn lay(&self, line: &[[f32; 2]], before: f64, laid: &mut LaidLines);
}

impl Ground for Plot {
    fn plot(&self) -> &Plot {
        self
    }

    fn frame(&self) -> Option<Rect> {
        Some(self.frame)
    }

    fn version(&self) -> u64 {
        0
    }

    fn spot(&self, point: Vector2<f64>) -> Option<Spot> {
        is_finite(point).then(|| Spot { at: self.to.place(point), is_hidden: false })
    }

    fn shows(&self, place: Vector2<f64>, margin: f64) -> bool {
        Plot::shows(self, place, margin)
    }

    fn lay(&self, line: &[[f32; 2]], before: f64, laid: &mut LaidLines) {
        let places = line.iter().map(|point| Vector2::from(point.map(f64::from)));
        // No more points than its bends need.
        laid.seen.push(Polyline { before, ..Polyline::open(without_straight_points(places)) });
    }
}
