//! Maps: what becomes of a run when two of its settings, or its start, are others.
//!
//! A cell of a map is exactly the run that the race would make, with its schedule, its noise and its
//! divergence bound; only the tolerance at which the gradient counts as vanished is the map's own.

mod axis;
mod order;
mod outcome;
#[cfg(test)]
mod tests;
mod theory;

pub use axis::{SweepAxis, Varied};
pub use order::SweepOrder;
pub use outcome::{CellResult, OutcomeClassifier, RunOutcome};
pub use theory::{SweepTheory, constant_eigenvalues, usual};

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use thalweg_core::math::wide::LANES;
use thalweg_core::run::batch::{BatchRunner, RunConfig};
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run_spec::RunSpec;

/// A map before it is computed: which runs it is made of, and in which order.
#[derive(Clone, Debug)]
pub struct SweepPlan {
    trials: BatchRunner,
    x: SweepAxis,
    y: Option<SweepAxis>,
    order: SweepOrder,
    judge: OutcomeClassifier,
}

impl SweepPlan {
    /// The runs of an entry on a problem with what varies along the axes in place of the entry's own.
    /// Without `y` the map is a strip, one cell high. A run has arrived when the gradient's length is
    /// at most `tolerance`, which stands in for the problem's. `scale` is the length of what is looked
    /// at, say the diagonal of the view: see [`OutcomeClassifier::new`].
    pub fn new<'a>(
        entry: impl Into<RunSpec<'a>>,
        problem: &Problem,
        (x, y): (SweepAxis, Option<SweepAxis>),
        tolerance: f64,
        scale: f64,
    ) -> Self {
        let problem = Problem { tolerance, ..problem.clone() };
        let order = SweepOrder::new(x.count(), y.as_ref().map_or(1, SweepAxis::count));
        let judge = OutcomeClassifier::new(&problem, scale);
        Self { trials: BatchRunner::new(entry, &problem), x, y, order, judge }
    }

    /// What varies from left to right.
    pub fn x(&self) -> &SweepAxis {
        &self.x
    }

    /// What varies from bottom to top.
    pub fn y(&self) -> Option<&SweepAxis> {
        self.y.as_ref()
    }

    /// In which order the cells are computed, coarse to fine.
    pub fn order(&self) -> &SweepOrder {
        &self.order
    }

    /// What the outcomes mean.
    pub fn judge(&self) -> &OutcomeClassifier {
        &self.judge
    }

    /// What the runs are made with; each thread needs its own.
    pub fn trials(&self) -> BatchRunner {
        self.trials.clone()
    }

    /// The run in a column and a row, counted from the lower left.
    pub fn cell(&self, column: usize, row: usize) -> RunConfig {
        let mut cell = self.trials.cell();
        self.x.put(column, &mut cell);
        if let Some(y) = &self.y {
            y.put(row, &mut cell);
        }
        cell
    }

    /// The order cut into pieces of some milliseconds' work, none of which reaches beyond a level.
    pub fn pieces(&self) -> Vec<Range<usize>> {
        const STEPS: usize = 1 << 20;
        let steps = self.trials.problem().steps.max(1) as usize;
        let rows = self.trials.problem().objective.examples().map_or(1, <[_]>::len).max(1);
        let cells = if self.trials.is_wide() {
            (STEPS / steps / rows / LANES).max(1) * LANES
        } else {
            // They take ten times as long, and nobody waits for a run that is left over.
            (STEPS / 10 / steps / rows).max(1)
        };
        let mut pieces = Vec::new();
        for level in 0..self.order.levels() {
            let Range { mut start, end } = self.order.level(level);
            while start < end {
                let next = end.min(start + cells);
                pieces.push(start..next);
                start = next;
            }
        }
        pieces
    }

    /// Computes a piece of the order, with trials of [`SweepPlan::trials`]: what was found in its cells.
    pub fn compute(&self, trials: &mut BatchRunner, piece: Range<usize>) -> Vec<CellResult> {
        let places = piece.map(|index| self.order.place(index));
        let cells: Vec<RunConfig> = places.map(|(column, row)| self.cell(column, row)).collect();
        trials.run(&cells).iter().map(|finish| self.judge.judge(finish)).collect()
    }
}

/// What becomes of the runs of an entry with each of these values of the setting `key`, in their
/// order; `None` where the entry's optimizer has no such number or does not accept one of the values.
/// For the rest see [`SweepPlan::new`].
pub fn line<'a>(
    entry: impl Into<RunSpec<'a>>,
    problem: &Problem,
    (key, values): (&str, &[f64]),
    tolerance: f64,
    scale: f64,
) -> Option<Vec<CellResult>> {
    line_until(entry, problem, (key, values), (tolerance, scale), &Arc::default())
}

/// The same; once `stop` is set, it ends soon, and what it gives is of no use.
pub fn line_until<'a>(
    entry: impl Into<RunSpec<'a>>,
    problem: &Problem,
    (key, values): (&str, &[f64]),
    (tolerance, scale): (f64, f64),
    stop: &Arc<AtomicBool>,
) -> Option<Vec<CellResult>> {
    let entry = entry.into();
    let varied = Varied::setting(entry.optimizer.of, entry.schedule.map(|chosen| chosen.of), key)?;
    if !values.iter().all(|value| varied.accepts(*value)) {
        return None;
    }
    let problem = Problem { tolerance, ..problem.clone() };
    let mut trials = BatchRunner::new(entry, &problem).until(Arc::clone(stop));
    let judge = OutcomeClassifier::new(&problem, scale);
    let with = |value: &f64| {
        let mut cell = trials.cell();
        varied.put(*value, &mut cell);
        cell
    };
    let cells: Vec<RunConfig> = values.iter().map(with).collect();
    Some(trials.run(&cells).iter().map(|finish| judge.judge(finish)).collect())
}
