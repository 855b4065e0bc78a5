//! One method from many starts at once.

use super::problem::Problem;
use super::run::Run;
use super::run_spec::RunSpec;
use nalgebra::Vector2;

/// The runs of one entry from many starts, otherwise on the same problem.
#[derive(Clone, Debug)]
pub struct MultiStart {
    problem: Problem,
    runs: Vec<Run>,
}

impl MultiStart {
    /// Everyone at the start.
    pub fn new(problem: Problem, entry: RunSpec<'_>, starts: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let mut from = problem.clone();
        let run = |start| {
            from.start = Vector2::from(start);
            Run::new(entry, &from)
        };
        let runs = starts.into_iter().map(run).collect();
        Self { problem, runs }
    }

    /// The runs, in the order of the starts.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Computes until all runs have ended or `stop` says so; see
    /// [`Race::advance`](super::race::Race::advance).
    pub fn advance(&mut self, mut stop: impl FnMut() -> bool) -> bool {
        let mut all = true;
        for run in &mut self.runs {
            while !run.is_done() {
                run.advance(&self.problem, run.turn(&self.problem));
                if stop() {
                    all = false;
                    break;
                }
            }
            if !all {
                break;
            }
        }
        all || self.runs.iter().all(Run::is_done)
    }
}
