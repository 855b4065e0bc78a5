//! A map before it is computed: its cells, in which order they come, and what is made of each.

use super::axis::{SweepAxis, Varied};
use super::order::SweepOrder;
use super::outcome::{CellResult, OutcomeClassifier};
use std::ops::Range;
use thalweg_core::math::wide::LANES;
use thalweg_core::objective::view::View;
use thalweg_core::run::batch::BatchRunner;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run_config::RunConfig;
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
    /// Without `y` the map is a strip, one cell high. A run has arrived from where on the gradient's length is
    /// at most `tolerance`, to its end. `scale` is the length of what is looked
    /// at, say the diagonal of the view: see [`OutcomeClassifier::new`].
    pub fn new<'a>(
        entry: impl Into<RunSpec<'a>>,
        problem: &Problem,
        (x, y): (SweepAxis, Option<SweepAxis>),
        tolerance: f64,
        scale: f64,
    ) -> Self {
        let order = SweepOrder::new(x.count(), y.as_ref().map_or(1, SweepAxis::count));
        let judge = match started_in(&x, y.as_ref()) {
            Some(seen) => OutcomeClassifier::with_points_in(seen, problem, tolerance, scale),
            None => OutcomeClassifier::new(problem, tolerance, scale),
        };
        Self { trials: BatchRunner::new(entry, problem).arriving(tolerance), x, y, order, judge }
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
        self.begin(trials, piece);
        self.advance(trials, || false).unwrap_or_default()
    }

    /// Begins a piece of the order.
    pub fn begin(&self, trials: &mut BatchRunner, piece: Range<usize>) {
        let places = piece.map(|index| self.order.place(index));
        trials.begin(places.map(|(column, row)| self.cell(column, row)).collect());
    }

    /// Goes on with the piece that the trials have begun, until it is done or `pause` says so: see
    /// [`BatchRunner::advance`]. What was found in its cells; `None` where it paused.
    pub fn advance(&self, trials: &mut BatchRunner, pause: impl FnMut() -> bool) -> Option<Vec<CellResult>> {
        Some(trials.advance(pause)?.iter().map(|finish| self.judge.judge(finish)).collect())
    }
}

/// The part of the plane in which the runs of a map over starts begin; of starts on a line just that.
fn started_in(x: &SweepAxis, y: Option<&SweepAxis>) -> Option<View> {
    let y = y.map_or(Some((0.0, 0.0)), |y| (*y.varied() == Varied::StartY).then(|| y.ends()))?;
    (*x.varied() == Varied::StartX).then(|| View { x: x.ends(), y })
}
