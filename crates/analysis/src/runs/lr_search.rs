//! The best learning rate of a method on a problem, found by trying: the same number of runs for
//! everybody.

use crate::sweep::line::SettingSweep;
use crate::sweep::outcome::CellResult;
use std::cmp::Ordering;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::param::{Kind, Param, Scale};

/// How many runs the search makes for each method: half of them over the whole slider, the others
/// between the neighbours of the best of those.
pub const RUNS: usize = 2 * HALF;
const HALF: usize = 48;

/// What the search found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TunedRate {
    /// The best learning rate of those that were tried.
    pub lr: f64,
    /// What became of its run.
    pub found: CellResult,
}

/// Which of two runs is better, the better one first: one that arrives before one that does not, of
/// those that arrive the one with fewer steps, of the others the one with the lower loss at its end.
/// One that left, or whose loss is not a number, comes last.
pub fn better(a: &CellResult, b: &CellResult) -> Ordering {
    let steps = |found: &CellResult| if found.outcome.has_arrived() { found.step } else { u32::MAX };
    let loss = |found: &CellResult| if found.outcome.has_left() { f64::NAN } else { found.loss };
    steps(a).cmp(&steps(b)).then_with(|| match (loss(a), loss(b)) {
        (a, b) if a.is_nan() || b.is_nan() => a.is_nan().cmp(&b.is_nan()),
        (a, b) => a.total_cmp(&b),
    })
}

/// The best learning rate for an entry on a problem, rounded to three digits, by [`RUNS`] runs. A run
/// has arrived from where on the gradient's length is at most `tolerance`, to its end; `scale` is the length of what is
/// looked at. `None` for a method without a learning rate, or where every run diverges.
///
/// A search by trying knows nothing of what lies between the rates that it tries.
pub fn best_rate(entry: RunSpec<'_>, problem: &Problem, scales: (f64, f64)) -> Option<TunedRate> {
    let mut search = LrSearch::new(entry, problem, scales);
    search.advance(|| false);
    search.found()
}

/// The search of [`best_rate`] in bites.
#[derive(Clone, Debug)]
pub struct LrSearch {
    /// The runs that are under way; none once all have ended.
    sweep: Option<SettingSweep>,
    /// The rates that they have.
    rates: Vec<f64>,
    /// Whether these are those around the best of the first.
    is_fine: bool,
    /// The best so far.
    best: Option<TunedRate>,
}

impl LrSearch {
    /// For an entry on a problem: see [`best_rate`].
    pub fn new(entry: RunSpec<'_>, problem: &Problem, scales: (f64, f64)) -> Self {
        let optimizer = &entry.optimizer.of;
        let lr = optimizer.params.iter().find(|param| param.key == "lr");
        let param = lr.filter(|_| optimizer.has_learning_rate());
        let rates = param.and_then(reach).map_or_else(Vec::new, |ends| spread(ends, HALF));
        let sweep = param.and_then(|param| SettingSweep::new(entry, problem, &param.key, scales));
        let sweep = sweep.and_then(|mut sweep| (!rates.is_empty() && sweep.begin(&rates)).then_some(sweep));
        Self { sweep, rates, is_fine: false, best: None }
    }

    /// Searches on until all runs have ended or `pause` says so: see
    /// [`BatchRunner::advance`](thalweg_core::run::batch::BatchRunner::advance). Whether they have.
    pub fn advance(&mut self, mut pause: impl FnMut() -> bool) -> bool {
        while let Some(sweep) = &mut self.sweep {
            let Some(found) = sweep.advance(&mut pause) else { return false };
            let first = (0..found.len()).min_by(|a, b| better(&found[*a], &found[*b]));
            let tuned = first.map(|first| TunedRate { lr: self.rates[first], found: found[first] });
            let is_better = |tuned: &TunedRate| {
                self.best.is_none_or(|best| better(&tuned.found, &best.found) == Ordering::Less)
            };
            self.best = tuned.filter(is_better).or(self.best);
            if let Some(first) = first.filter(|_| !self.is_fine) {
                self.is_fine = true;
                let neighbours = (self.rates[first.saturating_sub(1)], self.rates[(first + 1).min(HALF - 1)]);
                self.rates = spread(neighbours, HALF);
                if sweep.begin(&self.rates) {
                    continue;
                }
            }
            self.sweep = None;
        }
        true
    }

    /// What was found so far: see [`best_rate`].
    pub fn found(&self) -> Option<TunedRate> {
        self.best.filter(|tuned| !tuned.found.outcome.has_left())
    }
}

/// Where learning rates are looked for: along the slider.
fn reach(param: &Param) -> Option<(f64, f64)> {
    match param.kind {
        Kind::Number { slider, scale: Scale::Log, .. } => Some(slider),
        _ => None,
    }
}

/// So many rates in equal ratios, rounded to three digits, so that the one found can be told.
fn spread((from, to): (f64, f64), count: usize) -> Vec<f64> {
    let part = |index: usize| index as f64 / (count - 1) as f64;
    let exact = (0..count).map(|index| from * libm::pow(to / from, part(index)));
    exact.map(|rate| format!("{rate:.2e}").parse().unwrap_or(rate)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sweep::line::sweep_setting;
    use crate::sweep::outcome::RunOutcome;
    use nalgebra::Vector2;

    use thalweg_core::catalogue::surfaces;
    use thalweg_core::objective::objective::Objective;
    use thalweg_core::run::arrival::arrived_at;
    use thalweg_testing::{optimizer, problem};

    use thalweg_core::spec::chosen::Chosen;

    use thalweg_core::spec::value::Value;

    /// On a quadratic of κ = 10 the textbook's 2/(L + μ) is the best for most starts; of two rates the
    /// search tries, none may beat the one that it gives.
    #[test]
    fn the_textbooks_rate_is_found() {
        let mut bowl = Chosen::with_defaults(surfaces::find("Quadratic").unwrap());
        assert!(bowl.set("kappa", Value::Number(10.0)));
        let problem = Problem::new(Objective::new(&bowl), Vector2::new(1.0, 1.0), 400);
        let descent = optimizer("GradientDescent", &[]);
        let tuned = best_rate((&descent).into(), &problem, (1e-8, 5.0)).unwrap();
        assert!((tuned.lr - 2.0 / 11.0).abs() < 0.01, "{}", tuned.lr);
        assert!(matches!(tuned.found.outcome, RunOutcome::Minimum(_)));
        let (key, tried) = ("lr", [tuned.lr / 2.0, tuned.lr * 0.9, tuned.lr * 1.1, tuned.lr * 2.0]);
        for other in sweep_setting(&descent, &problem, (key, &tried), (1e-8, 5.0)).unwrap() {
            assert_ne!(better(&other, &tuned.found), Ordering::Less);
        }
    }

    /// What is promised is what the runner with that rate does.
    #[test]
    fn what_was_found_is_what_the_race_does() {
        for (surface, name) in
            [("Rosenbrock", "Adam"), ("Beale", "Momentum"), ("Himmelblau", "BarzilaiBorwein")]
        {
            let problem = problem(surface, &[], 500);
            let mut chosen = optimizer(name, &[]);
            let tuned = best_rate((&chosen).into(), &problem, (1e-3, 5.0)).unwrap();
            assert!(chosen.set("lr", Value::Number(tuned.lr)));
            let mut run = thalweg_core::run::run::Run::new(&chosen, &problem);
            run.advance(&problem, u32::MAX);
            let last = run.trajectory().samples().last().unwrap();
            assert_eq!((last.position, last.loss), (tuned.found.end, tuned.found.loss), "{name}");
            let arrived = arrived_at(run.trajectory().samples(), 1e-3);
            assert_eq!(arrived, Some(tuned.found.step), "{name}");
        }
    }

    #[test]
    fn who_has_no_rate_is_not_tuned() {
        let problem = problem("Rosenbrock", &[], 50);
        for name in ["Bfgs", "CoordinateDescent", "Chebyshev"] {
            assert_eq!(best_rate((&optimizer(name, &[])).into(), &problem, (1e-3, 5.0)), None, "{name}");
        }
    }

    #[test]
    fn better_is_an_order() {
        let found = |outcome, step, loss| CellResult { outcome, step, loss, end: Vector2::zeros() };
        let ranked = [
            found(RunOutcome::Elsewhere, 3, 9.0),
            found(RunOutcome::Minimum(0), 4, 0.0),
            found(RunOutcome::OnItsWay, 99, -1.0),
            found(RunOutcome::NoLongerFalling, 99, 5.0),
            found(RunOutcome::OnItsWay, 99, f64::INFINITY),
            found(RunOutcome::Diverged, 7, -1e9),
        ];
        for (i, a) in ranked.iter().enumerate() {
            for (j, b) in ranked.iter().enumerate() {
                assert_eq!(better(a, b), i.cmp(&j), "{i} {j}");
            }
        }
    }
}
