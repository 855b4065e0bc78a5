//! The lockstep race: every runner makes the same number of steps from the same start.

use super::problem::Problem;
use super::run::Run;
use super::run_spec::RunSpec;
use crate::method::state::State;

/// All runners of a scenario on one problem.
#[derive(Clone, Debug)]
pub struct Race {
    problem: Problem,
    runs: Vec<Run>,
}

impl Race {
    /// Everyone at the start.
    pub fn new<'a, E: Into<RunSpec<'a>>>(problem: Problem, entries: impl IntoIterator<Item = E>) -> Self {
        let runs = entries.into_iter().map(|entry| Run::new(entry, &problem)).collect();
        Self { problem, runs }
    }

    /// The race of runs that may have begun, all on this problem.
    pub fn of_runs(problem: Problem, runs: Vec<Run>) -> Self {
        Self { problem, runs }
    }

    /// What all runners share.
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    /// The runners, in the scenario's order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Sends everybody back to the start of another problem, in the memory of the runs before.
    pub fn restart<'a, E: Into<RunSpec<'a>>>(
        &mut self,
        problem: Problem,
        entries: impl IntoIterator<Item = E>,
    ) {
        self.problem = problem;
        let mut rooms = std::mem::take(&mut self.runs).into_iter().map(Run::into_room);
        let problem = &self.problem;
        let run = |entry: E| Run::with_room(entry.into(), problem, rooms.next().unwrap_or_default());
        self.runs = entries.into_iter().map(run).collect();
    }

    /// Puts the runs in another order, on the same problem. Each place takes the run at the index that it names,
    /// as far as it is computed; one that names none begins its entry anew.
    pub fn rearrange<'a, E: Into<RunSpec<'a>>>(
        &mut self,
        places: impl IntoIterator<Item = (Option<usize>, E)>,
    ) {
        let mut old: Vec<_> = std::mem::take(&mut self.runs).into_iter().map(Some).collect();
        let mut take = |index: Option<usize>| old.get_mut(index?)?.take();
        let places: Vec<_> = places.into_iter().map(|(index, entry)| (take(index), entry)).collect();
        // The memory of those that are left over serves those that begin.
        let mut rooms = old.into_iter().flatten().map(Run::into_room);
        let problem = &self.problem;
        let run = |(kept, entry): (Option<Run>, E)| {
            kept.unwrap_or_else(|| Run::with_room(entry.into(), problem, rooms.next().unwrap_or_default()))
        };
        self.runs = places.into_iter().map(run).collect();
    }

    /// Whether every run has ended.
    pub fn is_done(&self) -> bool {
        self.runs.iter().all(Run::is_done)
    }

    /// The state of runner `index` at `step`; see [`Run::state_at`].
    pub fn state_at(&self, index: usize, step: u32) -> Option<State<f64>> {
        self.runs.get(index).map(|run| run.state_at(&self.problem, step))
    }

    /// Computes, the runner that is farthest back first, until all runs have ended or `stop` says so. `stop` is
    /// asked between turns of some hundred steps. Returns whether all runs have ended.
    pub fn advance(&mut self, mut stop: impl FnMut() -> bool) -> bool {
        // Whoever has made the fewest steps is next: nobody waits for the slow ones of others.
        while let Some(run) =
            self.runs.iter_mut().filter(|run| !run.is_done()).min_by_key(|run| run.trajectory().last_step())
        {
            run.advance(&self.problem, run.turn(&self.problem));
            if stop() {
                return self.is_done();
            }
        }
        true
    }

    /// Computes everything.
    pub fn finish(&mut self) {
        self.advance(|| false);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::optimizers;
    use crate::method::gradient::Gradient;

    use crate::run::run::tests::{optimizer, problem};
    use crate::run::trajectory::{Cause, Ending};
    use crate::spec::chosen::Chosen;
    use nalgebra::Vector2;

    #[test]
    fn computing_in_pieces_gives_the_same_bits() {
        let problem = problem("Rosenbrock", 3000);
        let optimizers = [optimizer("Momentum", 1e-4), optimizer("Adam", 0.01)];
        let mut whole = Race::new(problem.clone(), &optimizers);
        whole.finish();
        let mut pieces = Race::new(problem, &optimizers);
        while !pieces.advance(|| true) {}
        for (whole, pieces) in whole.runs().iter().zip(pieces.runs()) {
            assert_eq!(whole.trajectory().samples(), pieces.trajectory().samples());
            assert_eq!(whole.trajectory().samples().len(), 3001);
        }
    }

    /// One whose steps take long must not keep the others from theirs: the cursor goes only as far as
    /// everybody is.
    #[test]
    fn nobody_waits_for_the_slow_ones_of_others() {
        let problem = problem("LogisticRegression", 2000);
        let slow = Chosen::with_defaults(optimizers::find("SteepestDescent").expect("known"));
        let mut race = Race::new(problem, &[slow, optimizer("Adam", 0.01), optimizer("Momentum", 0.01)]);
        for turn in 1..60 {
            race.advance(|| true);
            // Who finds no further step has ended, and keeps nobody waiting.
            let steps =
                race.runs().iter().filter(|run| !run.is_done()).map(|run| run.trajectory().last_step());
            let (least, most) = (steps.clone().min(), steps.max());
            assert!(
                turn < 3 || least.is_none_or(|least| least > 0),
                "after {turn} turns somebody is still at the start"
            );
            assert!(most.unwrap_or(0) <= least.unwrap_or(0) + 256, "{least:?} {most:?}");
        }
        // What a turn costs is bounded, whatever a step looks at.
        let adam = optimizer("Adam", 0.01);
        let entry = |size| RunSpec {
            gradient: Gradient::Minibatch { size, seed: 1, replacement: true },
            ..RunSpec::from(&adam)
        };
        let turn = |size| Run::new(entry(size), race.problem()).turn(race.problem());
        assert!(turn(8) > 100 && turn(10_000) <= 2);
    }

    #[test]
    fn runs_end_with_a_reason_and_a_step() {
        let ending = |surface, name, lr, edit: fn(&mut Problem)| {
            let mut problem = problem(surface, 200);
            edit(&mut problem);
            let mut race = Race::new(problem, &[optimizer(name, lr)]);
            race.finish();
            let trajectory = race.runs()[0].trajectory();
            let ending = trajectory.ending().expect("finished");
            assert_eq!(trajectory.last_step(), ending.step);
            ending
        };
        assert_eq!(
            ending("Quadratic", "GradientDescent", 0.01, |_| ()),
            Ending { step: 200, cause: Cause::StepLimit }
        );
        let converged = ending("Quadratic", "GradientDescent", 0.0198, |problem| problem.tolerance = 10.0);
        assert!(converged.cause == Cause::Converged && converged.step < 200, "{converged:?}");
        // |1 - 0.03 * 100| = 2: the bound 1e12 is passed after 40 doublings of 1.
        assert_eq!(
            ending("Quadratic", "GradientDescent", 0.03, |_| ()),
            Ending { step: 40, cause: Cause::OutOfBounds }
        );
        let infinite = ending("Rosenbrock", "GradientDescent", 1.0, |problem| problem.bound = 1e308);
        assert!(matches!(infinite.cause, Cause::NotFinite(_)), "{infinite:?}");
        // Along y the saddle falls for ever, and along x its walls rise.
        let falls = ending("Saddle", "GradientDescent", 0.2, |_| ());
        assert!(falls.cause == Cause::FallsForEver && falls.cause.is_escape(), "{falls:?}");
        let climbs = ending("Saddle", "GradientDescent", 1.1, |problem| problem.start.y = 0.0);
        assert_eq!(climbs.cause, Cause::OutOfBounds);
        // At the minimum there is no step to be found.
        for name in
            ["SteepestDescent", "ConjugateGradient", "CoordinateDescent", "NewtonArmijo", "Bfgs", "Lbfgs"]
        {
            let mut problem = problem("Quadratic", 500);
            problem.start = Vector2::new(0.5, -0.25);
            let mut run = Run::new(&Chosen::with_defaults(optimizers::find(name).expect(name)), &problem);
            run.advance(&problem, u32::MAX);
            let ending = run.trajectory().ending().expect("finished");
            assert!(ending.cause == Cause::NoStep && ending.step < 500, "{name}: {ending:?}");
            let [.., before, last] = run.trajectory().samples() else { panic!("{name}: no step") };
            assert_eq!(before.position, last.position, "{name}");
            assert!(last.grad_norm < 1e-6, "{name}: {}", last.grad_norm);
        }
    }
}
