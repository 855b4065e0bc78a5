//! A sweep over one setting: the runs for a list of its values.

use super::axis::Varied;
use super::outcome::{CellResult, OutcomeClassifier};
use thalweg_core::run::batch::BatchRunner;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run_config::RunConfig;
use thalweg_core::run::run_spec::RunSpec;

/// What becomes of the runs of an entry with each of these values of the setting `key`, in their
/// order. `None` where the entry's optimizer has no such number or does not accept one of the values. For `tolerance`
/// and `scale` see [`SweepPlan::new`](super::plan::SweepPlan::new).
///
/// ```
/// use nalgebra::Vector2;
/// use thalweg_analysis::sweep::line::sweep_setting;
/// use thalweg_analysis::sweep::outcome::RunOutcome;
/// use thalweg_core::catalogue::{optimizers, surfaces};
/// use thalweg_core::objective::objective::Objective;
/// use thalweg_core::run::problem::Problem;
/// use thalweg_core::spec::chosen::Chosen;
///
/// // The sharpest direction of the bowl has the curvature 100: beyond α = 2/100 gradient descent diverges.
/// let bowl = Chosen::with_defaults(surfaces::find("Quadratic").ok_or("unknown")?);
/// let problem = Problem::new(Objective::new(&bowl), Vector2::new(1.0, 1.0), 5000);
/// let descent = Chosen::with_defaults(optimizers::find("GradientDescent").ok_or("unknown")?);
/// let rates = ("lr", &[0.019, 0.021][..]);
/// let found = sweep_setting(&descent, &problem, rates, (1e-6, 5.0)).ok_or("no such setting")?;
/// assert_eq!(found[0].outcome, RunOutcome::Minimum(0));
/// assert_eq!(found[1].outcome, RunOutcome::Diverged);
/// # Ok::<(), &str>(())
/// ```
pub fn sweep_setting<'a>(
    entry: impl Into<RunSpec<'a>>,
    problem: &Problem,
    (key, values): (&str, &[f64]),
    scales: (f64, f64),
) -> Option<Vec<CellResult>> {
    let mut sweep = SettingSweep::new(entry, problem, key, scales)?;
    if sweep.begin(values) { sweep.advance(|| false) } else { None }
}

/// [`sweep_setting`] in bites.
#[derive(Clone, Debug)]
pub struct SettingSweep {
    varied: Varied,
    trials: BatchRunner,
    judge: OutcomeClassifier,
}

impl SettingSweep {
    /// For values of the setting `key`; `None` where the entry's optimizer has no such number.
    pub fn new<'a>(
        entry: impl Into<RunSpec<'a>>,
        problem: &Problem,
        key: &str,
        (tolerance, scale): (f64, f64),
    ) -> Option<Self> {
        let entry = entry.into();
        let varied = Varied::setting(&entry.optimizer.of, entry.schedule.map(|chosen| &*chosen.of), key)?;
        let trials = BatchRunner::new(entry, problem).arriving(tolerance);
        Some(Self { varied, trials, judge: OutcomeClassifier::new(problem, tolerance, scale) })
    }

    /// Begins the runs with these values. Whether all of them are accepted; else nothing begins.
    pub fn begin(&mut self, values: &[f64]) -> bool {
        let Self { varied, trials, .. } = self;
        let with = |value: &f64| {
            let mut cell = trials.cell();
            varied.put(*value, &mut cell);
            cell
        };
        let are_accepted = values.iter().all(|value| varied.accepts(*value));
        let cells: Vec<RunConfig> = if are_accepted { values.iter().map(with).collect() } else { Vec::new() };
        trials.begin(cells);
        are_accepted
    }

    /// Goes on with the runs that were begun, until they have ended or `pause` says so: see
    /// [`BatchRunner::advance`]. What became of them; `None` where it paused.
    pub fn advance(&mut self, pause: impl FnMut() -> bool) -> Option<Vec<CellResult>> {
        Some(self.trials.advance(pause)?.iter().map(|finish| self.judge.judge(finish)).collect())
    }
}
