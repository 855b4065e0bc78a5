//! The search for the best learning rate of every runner, as a job.

use crate::jobs::job::{Job, Work};
use crate::runtime::Runtime;
use thalweg_analysis::runs::lr_search::{LrSearch, TunedRate};
use thalweg_core::run::problem::Problem;
use thalweg_scenario::{Scenario, ViewState};

/// A document whose runners are tuned: a piece is a runner.
struct TuningWork {
    scenario: Scenario,
    problem: Problem,
}

impl Work for TuningWork {
    type Tools = Option<LrSearch>;
    type Answer = Option<TunedRate>;

    fn pieces(&self) -> usize {
        self.scenario.runners.len()
    }

    fn tools(&self) -> Option<LrSearch> {
        None
    }

    fn begin(&self, search: &mut Option<LrSearch>, piece: usize) {
        let entry = self.scenario.entry(&self.scenario.runners[piece]);
        let ViewState { tolerance, .. } = self.scenario.show;
        *search = Some(LrSearch::new(entry, &self.problem, (tolerance, self.scenario.view.diagonal())));
    }

    fn advance(
        &self,
        search: &mut Option<LrSearch>,
        pause: impl FnMut() -> bool,
    ) -> Option<Option<TunedRate>> {
        let search = search.as_mut()?;
        search.advance(pause).then(|| search.found())
    }

    fn ends_stage(&self, _: usize) -> bool {
        true
    }
}

/// A search under way, or finished. Whoever drops it, ends it.
pub struct TuningJob {
    job: Job<TuningWork>,
    /// For each runner: nothing yet, or what was found.
    #[allow(clippy::option_option, reason = "nothing is known yet, or it is known that no rate is better")]
    found: Vec<Option<Option<TunedRate>>>,
}

impl TuningJob {
    /// Begins. `wake` is called from the threads when a runner is tuned.
    pub fn begin(scenario: Scenario, runtime: Runtime, wake: impl Fn() + Clone + Send + 'static) -> Self {
        let found = vec![None; scenario.runners.len()];
        let problem = scenario.problem();
        Self { job: Job::begin(TuningWork { scenario, problem }, runtime, wake), found }
    }

    /// Takes in what there is.
    pub fn poll(&mut self, late: impl FnMut() -> bool) {
        for (index, tuned) in self.job.poll(late) {
            self.found[index] = Some(tuned);
        }
    }

    /// The document that it is about.
    pub fn scenario(&self) -> &Scenario {
        &self.job.work().scenario
    }

    /// How many runners are tuned.
    pub fn done(&self) -> usize {
        self.job.done()
    }

    /// Whether the caller has to ask on.
    pub fn needs_polling(&self) -> bool {
        self.job.needs_polling()
    }

    /// Whether nothing will come any more although not all are tuned.
    pub fn has_ended_early(&self) -> bool {
        self.job.has_ended_early()
    }

    /// What was found for each runner, in their order, once all are tuned: nothing for one that has no learning
    /// rate, or that diverges at every one.
    pub fn rates(&self) -> Option<Vec<Option<TunedRate>>> {
        self.found.iter().copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_analysis::runs::lr_search::best_rate;

    #[test]
    fn every_runner_is_tuned() {
        let scenario = thalweg_scenario::open_preset("nesterov").expect("a lesson");
        let mut job = TuningJob::begin(scenario.clone(), Runtime::synchronous(), || ());
        let mut polls = 0;
        while job.done() == 0 {
            assert_eq!(job.rates(), None);
            job.poll(|| true);
            polls += 1;
        }
        assert!(polls > 4, "the first runner is done in {polls} bites");
        job.poll(|| false);
        let scales = (scenario.show.tolerance, scenario.view.diagonal());
        let wanted: Vec<_> =
            scenario.entries().map(|entry| best_rate(entry, &scenario.problem(), scales)).collect();
        assert_eq!(job.rates(), Some(wanted));
    }
}
