//! One method from many starts at once.

use super::problem::Problem;
use super::run::Run;
use super::run_spec::RunSpec;
use super::side_by_side::{advance_side_by_side, may_go_along};
use crate::math::wide::LANES;
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

    /// What they all run on; its start is that of none of them.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The runs, in the order of the starts.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Computes until all runs have ended or `stop` says so; see
    /// [`Race::advance`](super::race::Race::advance).
    pub fn advance(&mut self, mut stop: impl FnMut() -> bool) -> bool {
        let Self { problem, runs } = self;
        for group in runs.chunks_mut(LANES) {
            while let Some(steps) =
                group.iter().filter(|run| !run.is_done()).map(|run| run.turn(problem)).min()
            {
                advance_group(group, problem, steps);
                if stop() {
                    return self.runs.iter().all(Run::is_done);
                }
            }
        }
        true
    }
}

/// Computes at most `steps` further steps of all runs of a group that have not ended: side by side where their method can.
fn advance_group(group: &mut [Run], problem: &Problem, steps: u32) {
    let mut going: Vec<_> = group.iter_mut().filter(|run| !run.is_done()).map(Run::parts).collect();
    let Some((executor, first)) = going.first() else { return };
    let executor = *executor;
    let goes_along = may_go_along(executor, first);
    let mut runs: Vec<_> = going.iter_mut().map(|(_, run)| &mut **run).collect();
    if goes_along {
        advance_side_by_side(executor, problem, &mut runs, steps);
    } else {
        for run in runs {
            executor.advance(run, problem, steps);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{optimizers, surfaces};
    use crate::objective::objective::Objective;
    use crate::run::trajectory::Trajectory;
    use crate::spec::chosen::Chosen;

    /// The bits of all that is recorded.
    fn bits(trajectory: &Trajectory) -> (Vec<[u64; 5]>, String) {
        let samples = trajectory.samples().iter().map(|sample| {
            let [x, y] = sample.position.into();
            [x, y, sample.loss, sample.grad_norm, sample.lr].map(f64::to_bits)
        });
        (samples.collect(), format!("{:?}", trajectory.ending()))
    }

    /// Runs side by side have the bits that each has alone, inner states included, also where some end before the
    /// others, and where the arithmetic alone gives no numbers.
    #[test]
    fn runs_side_by_side_are_those_that_each_is_alone() {
        let starts: Vec<[f64; 2]> = (0..11)
            .map(|start| {
                let turn = f64::from(start);
                [0.4 * turn * libm::cos(turn), 0.3 * turn * libm::sin(turn) + 0.1]
            })
            .collect();
        for surface in ["Rosenbrock", "TinyNet", "Ackley"] {
            let surface = Chosen::with_defaults(surfaces::find(surface).expect("known"));
            let problem = Problem {
                tolerance: 1e-4,
                bound: 1e6,
                ..Problem::new(Objective::new(&surface), Vector2::zeros(), 150)
            };
            for optimizer in optimizers::ALL.iter().filter(|optimizer| optimizer.executor().is_wide()) {
                let optimizer = Chosen::with_defaults(*optimizer);
                let entry = RunSpec::from(&optimizer);
                let mut together = MultiStart::new(problem.clone(), entry, starts.iter().copied());
                // In several goes.
                let mut goes = 0;
                while !together.advance(|| true) {
                    goes += 1;
                }
                assert!(goes > 0);
                for (start, run) in starts.iter().zip(together.runs()) {
                    let problem = Problem { start: Vector2::from(*start), ..problem.clone() };
                    let mut alone = Run::new(entry, &problem);
                    alone.advance(&problem, u32::MAX);
                    let name = &optimizer.of.name;
                    assert_eq!(bits(run.trajectory()), bits(alone.trajectory()), "{name} from {start:?}");
                    for step in [0, 100, 149] {
                        let [here, there] = [run, &alone].map(|run| run.state_at(&problem, step));
                        assert_eq!(
                            format!("{here:?}"),
                            format!("{there:?}"),
                            "{name} from {start:?}, {step}"
                        );
                    }
                }
            }
        }
    }
}
