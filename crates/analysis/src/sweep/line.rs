//! A sweep over one setting: the runs for a list of its values.

use super::axis::Varied;
use super::outcome::{CellResult, OutcomeClassifier};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use thalweg_core::run::batch::BatchRunner;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run_config::RunConfig;
use thalweg_core::run::run_spec::RunSpec;

/// What becomes of the runs of an entry with each of these values of the setting `key`, in their
/// order. `None` where the entry's optimizer has no such number or does not accept one of the values. Once
/// `stop` is set, the sweep ends soon, and its results are of no use. For `tolerance` and `scale` see
/// [`SweepPlan::new`](super::plan::SweepPlan::new).
///
/// ```
/// use nalgebra::Vector2;
/// use std::sync::Arc;
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
/// let found = sweep_setting(&descent, &problem, rates, (1e-6, 5.0), &Arc::default()).ok_or("no such setting")?;
/// assert_eq!(found[0].outcome, RunOutcome::Minimum(0));
/// assert_eq!(found[1].outcome, RunOutcome::Diverged);
/// # Ok::<(), &str>(())
/// ```
pub fn sweep_setting<'a>(
    entry: impl Into<RunSpec<'a>>,
    problem: &Problem,
    (key, values): (&str, &[f64]),
    (tolerance, scale): (f64, f64),
    stop: &Arc<AtomicBool>,
) -> Option<Vec<CellResult>> {
    let entry = entry.into();
    let varied = Varied::setting(&entry.optimizer.of, entry.schedule.map(|chosen| &*chosen.of), key)?;
    if !values.iter().all(|value| varied.accepts(*value)) {
        return None;
    }
    let mut trials = BatchRunner::new(entry, problem).arriving(tolerance).until(Arc::clone(stop));
    let judge = OutcomeClassifier::new(problem, tolerance, scale);
    let with = |value: &f64| {
        let mut cell = trials.cell();
        varied.put(*value, &mut cell);
        cell
    };
    let cells: Vec<RunConfig> = values.iter().map(with).collect();
    Some(trials.run(&cells).iter().map(|finish| judge.judge(finish)).collect())
}
