//! What became of a run.

use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::critical_point::{CriticalPoint, PointKind};
use thalweg_core::objective::view::View;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run_result::RunResult;
use thalweg_core::run::trajectory::Cause;

/// What became of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RunOutcome {
    /// It arrived, the gradient staying as small as the tolerance to the end, at a known minimum: which of the
    /// surface's known critical points.
    Minimum(usize),
    /// It arrived at a known critical point of another kind: a saddle, a maximum.
    CriticalPoint(usize),
    /// It arrived where no critical point is known.
    Elsewhere,
    /// It made all its steps and f no longer falls: the lowest f of the second half is not below that
    /// of the first. It oscillates, or is stuck. Or it was stopped for that reason, or found no step.
    NoLongerFalling,
    /// It made all its steps and f was still falling, or was stopped where the gradient is not as small as the
    /// tolerance.
    OnItsWay,
    /// It left for where f falls for ever.
    FallsForEver,
    /// It diverged.
    Diverged,
}

impl RunOutcome {
    /// Whether the gradient became as small as the tolerance, and stayed so.
    pub fn has_arrived(self) -> bool {
        matches!(self, Self::Minimum(_) | Self::CriticalPoint(_) | Self::Elsewhere)
    }

    /// Whether it left for infinity, or for where f is not defined.
    pub fn has_left(self) -> bool {
        matches!(self, Self::Diverged | Self::FallsForEver)
    }
}

/// What is kept of a run in a map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellResult {
    /// What became of it.
    pub outcome: RunOutcome,
    /// The step at which it arrived, to stay; else its last one, as that at which it was found to have diverged.
    pub step: u32,
    /// f at the end.
    pub loss: f64,
    /// Where the end is.
    pub end: Vector2<f64>,
}

/// What ends mean on a surface.
#[derive(Clone, Debug)]
pub struct OutcomeClassifier {
    points: Vec<(CriticalPoint, f64)>,
}

impl OutcomeClassifier {
    /// A classifier by the known critical points of a problem's surface. A run that has arrived, by this tolerance, is
    /// at the nearest of them, if that lies within a fiftieth of `scale` (the length of what is looked at), or where
    /// the ground is flat farther off: as far as the gradient is no larger than twice the tolerance by the
    /// smallest of the curvatures there.
    pub fn new(problem: &Problem, tolerance: f64, scale: f64) -> Self {
        Self::by(problem.objective.critical_points(), problem, tolerance, scale)
    }

    /// A classifier that knows the critical points of a part of the plane, too.
    pub fn with_points_in(seen: View, problem: &Problem, tolerance: f64, scale: f64) -> Self {
        Self::by(&problem.objective.critical_points_with(seen), problem, tolerance, scale)
    }

    fn by(points: &[CriticalPoint], problem: &Problem, tolerance: f64, scale: f64) -> Self {
        let reach = |point: &CriticalPoint| {
            let [low, high] =
                Spectrum::of(&problem.objective.value_gradient_hessian(point.at).hessian).values;
            let flattest = 2.0 * tolerance / low.abs().min(high.abs());
            let near = scale / 50.0;
            if flattest.is_finite() { flattest.max(near) } else { near }
        };
        Self { points: points.iter().map(|point| (*point, reach(point))).collect() }
    }

    /// The known critical point with this index.
    pub fn point(&self, index: usize) -> Option<CriticalPoint> {
        self.points.get(index).map(|(point, _)| *point)
    }

    /// Which of the known minima, from 0, the known critical point with this index is: what
    /// [`Basins::numbered`](crate::runs::basins::Basins::numbered) calls it.
    pub fn minimum_number(&self, index: usize) -> usize {
        let before = self.points.iter().take(index);
        before.filter(|(point, _)| point.kind == PointKind::Minimum).count()
    }

    /// What became of a run.
    pub fn judge(&self, finish: &RunResult) -> CellResult {
        let RunResult { ending, arrived, position, loss, lowest: [before, after] } = *finish;
        let outcome = match ending.cause {
            Cause::OutOfBounds | Cause::NotFinite(_) => RunOutcome::Diverged,
            Cause::FallsForEver => RunOutcome::FallsForEver,
            _ if arrived.is_some() => self.place(position),
            Cause::Converged => RunOutcome::OnItsWay,
            Cause::StepLimit if after < before => RunOutcome::OnItsWay,
            Cause::StepLimit | Cause::Stalled | Cause::NoStep | Cause::NoGradient => {
                RunOutcome::NoLongerFalling
            }
        };
        let step = if outcome.has_arrived() { arrived.unwrap_or(ending.step) } else { ending.step };
        CellResult { outcome, step, loss, end: position }
    }

    fn place(&self, at: Vector2<f64>) -> RunOutcome {
        let far = |point: &CriticalPoint| (point.at - at).norm();
        let points = self.points.iter().enumerate();
        let nearest = points.min_by(|(_, (a, _)), (_, (b, _))| far(a).total_cmp(&far(b)));
        match nearest {
            Some((index, (point, reach))) if far(point) <= *reach => match point.kind {
                PointKind::Minimum => RunOutcome::Minimum(index),
                _ => RunOutcome::CriticalPoint(index),
            },
            _ => RunOutcome::Elsewhere,
        }
    }
}
