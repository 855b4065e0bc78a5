//! A race in the coordinates of the Hessian's eigenvectors around a critical point, where a quadratic
//! falls apart into one problem for each direction.
//!
//! ξ = Q'(x - x*), and f = f* + λ₁ξ₁²/2 + λ₂ξ₂²/2 + what the quadratic does not explain. Source: Goh, *Why
//! Momentum Really Works*, Distill (2017), section "Decomposing the error".

use super::decay::KeptReference;
use crate::field::minmax_pyramid::MinMaxPyramid;
use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::critical_point::CriticalPoint;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;

/// A component has done its part once it is below this part of its first value.
pub const SMALL: f64 = 0.01;

/// The coordinate system of the eigenvectors at a critical point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EigenFrame {
    /// The critical point x*.
    pub origin: CriticalPoint,
    /// f there.
    pub value: f64,
    /// Eigenvalues and eigenvectors of the Hessian there.
    pub spectrum: Spectrum,
}

impl EigenFrame {
    /// The frame at a critical point; none where f or its Hessian is not finite.
    pub fn at(objective: &Objective, origin: CriticalPoint) -> Option<Self> {
        let here = objective.value_gradient_hessian(origin.at);
        let spectrum = Spectrum::of(&here.hessian);
        let defined = here.value.is_finite() && spectrum.values.iter().all(|value| value.is_finite());
        defined.then_some(Self { origin, value: here.value, spectrum })
    }

    /// ξ of a point of the plane.
    pub fn coordinates(&self, p: Vector2<f64>) -> Vector2<f64> {
        let [v, w] = self.spectrum.vectors;
        let from = p - self.origin.at;
        Vector2::new(v.dot(&from), w.dot(&from))
    }

    /// The point of the plane with these ξ.
    pub fn point(&self, xi: Vector2<f64>) -> Vector2<f64> {
        let [v, w] = self.spectrum.vectors;
        self.origin.at + v * xi.x + w * xi.y
    }

    /// What the quadratic gives to f - f* along each eigenvector: λξ²/2.
    pub fn parts(&self, p: Vector2<f64>) -> [f64; 2] {
        let xi = self.coordinates(p);
        let [low, high] = self.spectrum.values;
        [low * xi.x * xi.x / 2.0, high * xi.y * xi.y / 2.0]
    }
}

/// One component of the loss over the steps.
#[derive(Clone, Debug, Default)]
pub struct LossComponent {
    /// λξ²/2 at every step.
    pub series: MinMaxPyramid,
    first: f64,
    /// The last step at which it was not yet small.
    last_above: Option<u32>,
}

impl LossComponent {
    fn push(&mut self, part: f64) {
        let step = self.series.len() as u32;
        if step == 0 {
            self.first = part.abs();
        }
        // What is not a number is not small.
        let is_small = part.abs() < SMALL * self.first;
        if !is_small {
            self.last_above = Some(step);
        }
        self.series.push(part);
    }

    /// The first step from which on, as far as is computed, it stays below [`SMALL`] times its first
    /// value; none if it still does not, or if there was nothing to lose.
    pub fn small_from(&self) -> Option<u32> {
        let step = self.last_above? + 1;
        (self.first > 0.0 && (step as usize) < self.series.len()).then_some(step)
    }
}

/// The loss of one run, by its components about the critical point that it tends to; kept while the
/// run only grows.
#[derive(Clone, Debug, Default)]
pub struct LossComponents {
    run: Option<(u64, EigenFrame)>,
    reference: KeptReference,
    /// Along the first and the second eigenvector.
    parts: [LossComponent; 2],
    /// What the two do not explain of f - f*.
    rest: MinMaxPyramid,
    /// f - f*.
    total: MinMaxPyramid,
}

impl LossComponents {
    /// The coordinate system; none where no critical point with a Hessian is known.
    pub fn frame(&self) -> Option<&EigenFrame> {
        self.run.as_ref().map(|(_, frame)| frame)
    }

    /// The parts along the first and the second eigenvector.
    pub fn parts(&self) -> &[LossComponent; 2] {
        &self.parts
    }

    /// What the two do not explain of f - f*, step by step: nothing but rounding on a quadratic.
    pub fn rest(&self) -> &MinMaxPyramid {
        &self.rest
    }

    /// f - f*, step by step.
    pub fn total(&self) -> &MinMaxPyramid {
        &self.total
    }

    /// How many steps are taken in.
    pub fn len(&self) -> usize {
        self.rest.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes in what was computed since the last call, until `stop` says so, which is asked after some
    /// steps. `version` tells one run from another. Returns whether all is taken in.
    pub fn update(
        &mut self,
        run: Option<(u64, &Run)>,
        problem: &Problem,
        mut stop: impl FnMut() -> bool,
    ) -> bool {
        const TURN: usize = 4096;
        let frame = run.and_then(|(version, run)| {
            let reference = self.reference.of(version, problem, run)?;
            Some((version, EigenFrame::at(&problem.objective, reference)?))
        });
        if self.run != frame {
            *self = Self { run: frame, reference: self.reference, ..Self::default() };
        }
        let (Some((_, frame)), Some((_, run))) = (frame, run) else { return true };
        let samples = run.trajectory().samples();
        while self.len() < samples.len() {
            for sample in samples[self.len()..].iter().take(TURN) {
                let parts = frame.parts(sample.position);
                for (component, part) in self.parts.iter_mut().zip(parts) {
                    component.push(part);
                }
                let total = sample.loss - frame.value;
                self.total.push(total);
                self.rest.push(total - (parts[0] + parts[1]));
            }
            if stop() {
                break;
            }
        }
        self.len() >= samples.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::optimizers;

    use thalweg_testing::problem;

    use thalweg_core::spec::chosen::Chosen;

    use thalweg_core::spec::value::Value;

    fn run(problem: &Problem, name: &str, lr: f64) -> Run {
        let mut optimizer = Chosen::with_defaults(optimizers::find(name).expect("known"));
        assert!(optimizer.set("lr", Value::Number(lr)));
        let mut run = Run::new(&optimizer, problem);
        run.advance(problem, u32::MAX);
        run
    }

    /// Each part of a quadratic's loss shrinks by (1 - αλ)² a step, and nothing is left over.
    #[test]
    fn the_parts_of_a_quadratic_are_its_loss() {
        let problem = problem("Quadratic", &[("kappa", 20.0), ("angle", 35.0)], 400);
        let run = run(&problem, "GradientDescent", 0.08);
        let mut components = LossComponents::default();
        assert!(components.update(Some((1, &run)), &problem, || false));
        let frame = *components.frame().expect("a minimum");
        for (index, factor) in [(0, 1.0 - 0.08), (1, 1.0 - 0.08 * 20.0)] {
            let values = components.parts()[index].series.values();
            let mut wanted = values[0];
            let mut small = None;
            for (step, value) in values.iter().enumerate() {
                // The coordinate is rounded where the point is.
                let off = (value.sqrt() - wanted.sqrt()).abs();
                assert!(off <= 1e-14 * values[0].sqrt(), "{step}: {value} is not {wanted}");
                small = small.or((wanted < SMALL * values[0]).then_some(step as u32));
                wanted *= factor * factor;
            }
            assert_eq!(components.parts()[index].small_from(), small);
        }
        assert!(components.rest().values().iter().all(|rest| rest.abs() < 1e-13));
        for sample in run.trajectory().samples() {
            let back = frame.point(frame.coordinates(sample.position));
            assert!((back - sample.position).norm() < 1e-14);
        }
    }

    /// It must stay below: momentum swings through zero and comes back.
    #[test]
    fn a_component_is_small_once_it_stays_so() {
        let problem = problem("Quadratic", &[("kappa", 1.0)], 400);
        let run = run(&problem, "Momentum", 0.05);
        let mut components = LossComponents::default();
        components.update(Some((1, &run)), &problem, || false);
        let component = &components.parts()[0];
        let values = component.series.values();
        let from = component.small_from().expect("it gets there") as usize;
        let below = |value: &f64| *value < SMALL * values[0];
        assert!(values[from..].iter().all(below) && !below(&values[from - 1]));
        assert!(values.iter().position(below).expect("early") < from, "it was below before");
    }

    #[test]
    fn pieces_versions_and_odd_runs() {
        let problem = problem("Rosenbrock", &[], 20_000);
        let run = run(&problem, "GradientDescent", 1e-3);
        let (mut whole, mut pieces) = (LossComponents::default(), LossComponents::default());
        assert!(whole.update(Some((1, &run)), &problem, || false));
        let mut calls = 1;
        while !pieces.update(Some((1, &run)), &problem, || true) {
            calls += 1;
        }
        assert!(calls >= 4);
        assert_eq!(whole.rest().values(), pieces.rest().values());
        assert_eq!(whole.parts()[0].small_from(), pieces.parts()[0].small_from());
        let loss = run.trajectory().samples()[0].loss;
        let parts = whole.parts().iter().map(|part| part.series.values()[0]).sum::<f64>();
        assert!((parts + whole.rest().values()[0] - loss).abs() < 1e-9);
        assert!(whole.rest().values()[0].abs() > 1.0, "Rosenbrock is no quadratic");
        pieces.update(Some((2, &run)), &problem, || true);
        assert!(pieces.len() < whole.len(), "another run begins anew");
        pieces.update(None, &problem, || false);
        assert!(pieces.is_empty() && pieces.frame().is_none());
        // A plain has no critical point to measure from.
        let plain = thalweg_testing::problem("ZeroOne", &[], 5);
        let run = self::run(&plain, "GradientDescent", 1.0);
        assert!(whole.update(Some((3, &run)), &plain, || false) && whole.frame().is_none());
    }
}
