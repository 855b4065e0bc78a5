//! The steps of a path that was made elsewhere.

use super::method_executor::Scalar;
use crate::data::recorded_path::RecordedPath;
use crate::method::oracle::{Evaluations, Oracle};
use crate::method::state::State;
use crate::method::step::{Cost, Input, ScalarMethod, StepOutcome};
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::sync::Arc;

/// Goes from point to point as recorded, from the path's own start.
#[derive(Clone, Debug)]
pub struct PathPlayback {
    path: Option<Arc<RecordedPath>>,
}

impl PathPlayback {
    /// Without a path: it stays where it is.
    pub const NONE: Scalar<Self> = Scalar(Self { path: None });

    /// Along this path.
    pub fn of(path: Arc<RecordedPath>) -> Scalar<Self> {
        Scalar(Self { path: Some(path) })
    }

    fn point(&self, step: u32) -> Option<Vector2<f64>> {
        self.path.as_ref()?.points.get(step as usize).map(|point| Vector2::from(*point))
    }
}

impl ScalarMethod for PathPlayback {
    const MAY_END: bool = true;
    /// It asks nothing; what its steps have cost where they were made is not known.
    const COST: Option<Cost<Self>> = Some(|_, _, _| Evaluations::default());

    fn start(&self, _settings: &Settings<f64>, state: &mut State<f64>) {
        state.position = self.point(0).unwrap_or(state.position);
    }

    fn step<L: Oracle<f64>>(&self, _input: &Input<'_, f64, L>, state: &mut State<f64>) -> StepOutcome {
        let next = state.step.saturating_add(1);
        if let Some(point) = self.point(next) {
            state.position = point;
        }
        let is_last = self.point(next.saturating_add(1)).is_none();
        if is_last { StepOutcome::Last } else { StepOutcome::Made }
    }
}

#[cfg(test)]
mod tests {
    use crate::catalogue::optimizers::recorded::RECORDED;
    use crate::catalogue::surfaces;
    use crate::data::recorded_path::RecordedPath;
    use crate::objective::objective::Objective;
    use crate::run::problem::Problem;
    use crate::run::race::Race;
    use crate::run::run::Run;
    use crate::run::trajectory::{Cause, Ending, Quantity};
    use crate::spec::chosen::Chosen;
    use crate::spec::value::Value;
    use nalgebra::Vector2;
    use std::sync::Arc;

    fn recorded(points: &[[f64; 2]]) -> Chosen<crate::run::optimizer::Optimizer> {
        let mut chosen = Chosen::with_defaults(&RECORDED);
        let path = RecordedPath { points: points.to_vec(), ..RecordedPath::default() };
        assert!(chosen.set("file", Value::Path(Arc::new(path))));
        chosen
    }

    fn problem(steps: u32) -> Problem {
        let saddle = Chosen::with_defaults(surfaces::find("Saddle").expect("Saddle"));
        Problem::new(Objective::new(&saddle), Vector2::new(9.0, 9.0), steps)
    }

    /// It begins where the path begins, goes where that went, and ends with it; each state is found again.
    #[test]
    fn a_path_is_gone_as_recorded() {
        let points: Vec<[f64; 2]> =
            (0..300).map(|step| [1.0 / f64::from(step + 1), f64::from(step) * 0.01]).collect();
        let problem = problem(1000);
        let mut run = Run::new(&recorded(&points), &problem);
        run.advance(&problem, 1000);
        let positions: Vec<[f64; 2]> =
            run.trajectory().samples().iter().map(|sample| sample.position.into()).collect();
        assert_eq!(positions, points);
        let sample = run.trajectory().at(7).expect("step 7");
        assert_eq!((sample.loss, sample.lr.is_nan()), (problem.objective.value(points[7].into()), true));
        assert_eq!(run.trajectory().ending(), Some(Ending { step: 299, cause: Cause::StepLimit }));
        for step in [0, 127, 128, 130, 299] {
            assert_eq!(<[f64; 2]>::from(run.state_at(&problem, step).position), points[step as usize]);
        }
        assert_eq!(run.cost(299), 0.0);
    }

    /// Beside others it is in lockstep, and the scenario's number of steps holds for it too.
    #[test]
    fn a_path_races() {
        let points: Vec<[f64; 2]> = (0..50).map(|step| [f64::from(step), 0.5]).collect();
        let problem = problem(20);
        let descent = Chosen::with_defaults(crate::catalogue::optimizers::ALL[0]);
        let recorded = recorded(&points);
        let mut race = Race::new(problem, [&recorded, &descent]);
        while !race.advance(|| false) {}
        let [path, other] = race.runs() else { panic!("two runs") };
        assert_eq!((path.trajectory().last_step(), other.trajectory().last_step()), (20, 20));
        assert_eq!(<[f64; 2]>::from(path.trajectory().samples()[20].position), points[20]);
    }

    #[test]
    fn a_path_that_diverges_is_told_so() {
        let problem = problem(100);
        let mut run = Run::new(&recorded(&[[1.0, 1.0], [f64::INFINITY, 2.0], [f64::NAN, 2.0]]), &problem);
        run.advance(&problem, 100);
        let cause = Cause::NotFinite(Quantity::Position);
        assert_eq!(run.trajectory().ending(), Some(Ending { step: 1, cause }));
    }

    #[test]
    fn a_path_has_a_step_at_least() {
        let mut chosen = Chosen::with_defaults(&RECORDED);
        assert!(!chosen.set("file", Value::Path(Arc::default())));
        let point = RecordedPath { points: vec![[0.0, 0.0]], ..RecordedPath::default() };
        assert!(!chosen.set("file", Value::Path(Arc::new(point))));
    }
}
