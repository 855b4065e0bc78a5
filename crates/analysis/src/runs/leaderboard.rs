//! How the runners stand against each other at one step.

use thalweg_core::objective::objective::Objective;
use thalweg_core::run::arrival::arrived_at;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Sample;

/// How one runner stands at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// f where it stands.
    pub loss: f64,
    /// |∇f| there.
    pub grad_norm: f64,
    /// How far it is from the nearest known minimum; none where no minimum is known.
    pub distance: Option<f64>,
    /// What its steps so far have cost, in evaluations over the whole data.
    pub cost: f64,
}

impl Standing {
    /// How a runner stands at `step`, or at its last step if that comes first; none before anything
    /// is computed.
    pub fn of(run: &Run, objective: &Objective, step: u32) -> Option<Self> {
        let Sample { position, loss, grad_norm, .. } = *run.trajectory().at(step)?;
        let distance = objective.nearest_minimum(position).map(|point| (point.at - position).norm());
        Some(Self { loss, grad_norm, distance, cost: run.cost(step) })
    }
}

/// How many steps are looked at in one go.
const INTAKE: usize = 1 << 17;

/// When a run arrived, looked for while the run grows: each step is looked at once. The rule is that of
/// [`arrived_at`].
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Arrival {
    /// What is looked for, in which run.
    of: Option<(u64, f64)>,
    seen: usize,
    step: Option<u32>,
}

impl Arrival {
    /// Looks at what was computed of a run since the last time, or at a part of it: a run that is pinned is
    /// there all at once. `version` tells the run from others. Returns whether all is looked at.
    pub fn update(&mut self, version: u64, tolerance: f64, samples: &[Sample]) -> bool {
        if self.of != Some((version, tolerance)) || self.seen > samples.len() {
            *self = Self { of: Some((version, tolerance)), ..Self::default() };
        }
        let until = samples.len().min(self.seen + INTAKE);
        let piece = &samples[self.seen..until];
        if let Some(arrived) = arrived_at(piece, tolerance) {
            // Who was there before the whole of this piece, and stays, has arrived before.
            if arrived > 0 || self.step.is_none() {
                self.step = u32::try_from(self.seen).ok().map(|seen| seen + arrived);
            }
        } else if !piece.is_empty() {
            self.step = None;
        }
        self.seen = until;
        self.seen == samples.len()
    }

    /// The step from which on the gradient's length has been at most the tolerance; none if it is longer at the
    /// last step so far.
    pub fn step(&self) -> Option<u32> {
        self.step
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Vector2;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;

    use thalweg_core::run::problem::Problem;
    use thalweg_core::spec::chosen::Chosen;

    use thalweg_core::spec::value::Value;

    /// Gradient descent on x²/2 + 2y² at α = 1/4: y is gone after a step, x is 3/4 of what it was.
    fn run() -> (Run, Problem) {
        let mut bowl = Chosen::with_defaults(surfaces::find("Quadratic").unwrap());
        assert!(bowl.set("kappa", Value::Number(4.0)));
        let problem = Problem::new(Objective::new(&bowl), Vector2::new(4.0, 1.0), 60);
        let mut descent = Chosen::with_defaults(optimizers::find("GradientDescent").unwrap());
        assert!(descent.set("lr", Value::Number(0.25)));
        (Run::new(&descent, &problem), problem)
    }

    #[test]
    fn a_standing_is_what_the_run_says() {
        let (mut run, problem) = run();
        run.advance(&problem, u32::MAX);
        for step in [0, 1, 7, 60, 99] {
            let standing = Standing::of(&run, &problem.objective, step).unwrap();
            let x = 4.0 * thalweg_core::math::number::Number::powi(0.75_f64, step.min(60));
            let y = f64::from(u8::from(step == 0));
            let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * b.abs().max(1e-12);
            assert!(close(standing.loss, x * x / 2.0 + 2.0 * y * y), "{step}");
            assert!(close(standing.grad_norm, libm::hypot(x, 4.0 * y)), "{step}");
            assert!(close(standing.distance.unwrap(), libm::hypot(x, y)), "{step}");
            assert_eq!(standing.cost, f64::from(step.min(60)), "{step}");
        }
    }

    /// However the run grows, the first step is found; another tolerance or run begins anew.
    #[test]
    fn an_arrival_is_the_first_step_below_the_tolerance() {
        let (mut run, problem) = run();
        let left = |step| 4.0 * thalweg_core::math::number::Number::powi(0.75_f64, step);
        let expected = |tolerance: f64| (1..=60).find(|step| left(*step) <= tolerance);
        let mut arrival = Arrival::default();
        let mut early = None;
        for pieces in 1..20 {
            run.advance(&problem, pieces);
            let samples = run.trajectory().samples();
            arrival.update(7, 0.01, samples);
            early = early.or(arrival.step());
            let reached = expected(0.01).filter(|step| (*step as usize) < samples.len());
            assert_eq!(arrival.step(), reached, "{}", samples.len());
        }
        assert_eq!(early, arrival.step());
        arrival.update(7, 1e-3, run.trajectory().samples());
        assert_eq!(arrival.step(), expected(1e-3));
        arrival.update(7, 1e-300, run.trajectory().samples());
        assert_eq!(arrival.step(), None);
        arrival.update(8, 1e9, run.trajectory().samples());
        assert_eq!(arrival.step(), Some(0));
    }
}
