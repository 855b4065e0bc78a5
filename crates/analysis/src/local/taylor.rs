//! The second-order Taylor model at a point: what gradient and Hessian there promise of a step, and how
//! far the promise holds.
//!
//! m(x + d) = f(x) + g·d + d'Hd/2. For a gradient step d = -εg the promised change is
//! -ε|g|² + ε²/2 g'Hg. Source: Goodfellow, Bengio and Courville, *Deep Learning* (2016), section 4.3.1,
//! equations 4.8 to 4.10.

use crate::field::grid::Grid;
use nalgebra::Vector2;
use thalweg_core::objective::derivatives::ValueGradientHessian;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;

/// The part of the change that the model predicts by which it may be off and still be trusted.
pub const TRUST: f64 = 0.1;

/// The second-order model at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaylorModel {
    /// The point.
    pub at: Vector2<f64>,
    /// Value, gradient and Hessian there.
    pub curvature: ValueGradientHessian,
}

/// What the model promises of a step and what the surface keeps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepChange {
    /// The step d.
    pub step: Vector2<f64>,
    /// g·d: what the slope alone promises.
    pub first: f64,
    /// d'Hd/2: what the curvature adds.
    pub second: f64,
    /// f(x + d) - f(x).
    pub actual: f64,
    /// How far the model is off there; see [`TaylorModel::off`].
    pub off: f64,
}

impl StepChange {
    /// The whole promise, g·d + d'Hd/2.
    pub fn predicted(&self) -> f64 {
        self.first + self.second
    }
}

/// How a surface curves along its own steepest descent, and what that does to a gradient step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CurvatureEffect {
    /// The gradient is zero: there is no step.
    Level,
    /// g'Hg < 0: the step falls by more than the gradient predicts.
    Faster,
    /// The second term is below one hundredth of the first.
    AsPredicted,
    /// g'Hg > 0: the step falls by less than the gradient predicts.
    Slower,
    /// g'Hg > 0, and the second term is the larger: in the model, the step goes uphill.
    Uphill,
    /// The model is not defined.
    Undefined,
}

/// A gradient step as the lectures read it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradientStep {
    /// The step -εg: `first` is -ε|g|², `second` is ε²/2 g'Hg.
    pub change: StepChange,
    /// What it means.
    pub reading: CurvatureEffect,
    /// The ε at which the model falls most, g'g/g'Hg; none where it falls without end.
    pub best: Option<f64>,
}

impl TaylorModel {
    /// The model at a point.
    pub fn of(objective: &Objective, at: Vector2<f64>) -> Self {
        Self { at, curvature: objective.value_gradient_hessian(at) }
    }

    /// Whether value, gradient and Hessian are finite, so that there is a model.
    pub fn is_defined(&self) -> bool {
        let ValueGradientHessian { value, gradient, hessian, .. } = &self.curvature;
        value.is_finite() && gradient.iter().chain(hessian.iter()).all(|entry| entry.is_finite())
    }

    /// What slope and curvature promise of a step: (g·d, d'Hd/2).
    pub fn terms(&self, step: Vector2<f64>) -> (f64, f64) {
        let ValueGradientHessian { gradient, hessian, .. } = &self.curvature;
        (gradient.dot(&step), step.dot(&(hessian * step)) / 2.0)
    }

    /// The model's value at any point of the plane.
    pub fn value(&self, p: Vector2<f64>) -> f64 {
        let (first, second) = self.terms(p - self.at);
        self.curvature.value + first + second
    }

    /// By which part of what it predicts the model is off at `at + step`, where f has the value `truth`:
    /// |f - m| / (|g·d| + |d'Hd|/2). The terms are taken by their sizes: where they cancel, no change is
    /// predicted, but not out of ignorance. What the rounding of the values may do is no fault of the
    /// model: 64 ulps of them are added below. Infinite where f is, NaN where f is not defined.
    pub fn off(&self, step: Vector2<f64>, truth: f64) -> f64 {
        let (error, size) = self.error(step, truth);
        if error == 0.0 { 0.0 } else { error.abs() / size }
    }

    /// f - m at `at + step`, where f has the value `truth`, and what it is measured by: both terms of
    /// [`TaylorModel::off`]. NaN, the first of them, where f is not defined.
    pub fn error(&self, step: Vector2<f64>, truth: f64) -> (f64, f64) {
        let (first, second) = self.terms(step);
        let value = self.curvature.value;
        let known = if truth.is_finite() { truth.abs() } else { 0.0 };
        let rounding = 64.0 * f64::EPSILON * (value.abs() + known);
        (truth - value - first - second, first.abs() + second.abs() + rounding)
    }

    /// What the model promises of a step, and what is kept.
    pub fn change(&self, objective: &Objective, step: Vector2<f64>) -> StepChange {
        let (first, second) = self.terms(step);
        let there = objective.value(self.at + step);
        let actual = there - self.curvature.value;
        StepChange { step, first, second, actual, off: self.off(step, there) }
    }

    /// The gradient step of the learning rate `eps`.
    pub fn gradient_step(&self, objective: &Objective, eps: f64) -> GradientStep {
        let gradient = self.curvature.gradient;
        let change = self.change(objective, -gradient * eps);
        let bend = gradient.dot(&(self.curvature.hessian * gradient));
        let best = gradient.norm_squared() / bend;
        let best = (bend > 0.0 && best.is_finite()).then_some(best);
        let reading = if !self.is_defined() {
            CurvatureEffect::Undefined
        } else if gradient == Vector2::zeros() {
            CurvatureEffect::Level
        } else if change.second > change.first.abs() {
            CurvatureEffect::Uphill
        } else if change.second.abs() < 0.01 * change.first.abs() {
            CurvatureEffect::AsPredicted
        } else if change.second < 0.0 {
            CurvatureEffect::Faster
        } else {
            CurvatureEffect::Slower
        };
        GradientStep { change, reading, best }
    }

    /// How far from the point along `direction` (of unit length), at most `reach`, the model is not off by
    /// more than [`TRUST`]; none if it holds as far as that. Looked for at so many `places` and then
    /// halved: a shorter lapse in between may be missed.
    pub fn trusted(
        &self,
        objective: &Objective,
        direction: Vector2<f64>,
        reach: f64,
        places: u32,
    ) -> Option<f64> {
        let fails = |length: f64| {
            let step = direction * length;
            let off = self.off(step, objective.value(self.at + step));
            off.is_nan() || off > TRUST
        };
        let place = |index: u32| reach * f64::from(index) / f64::from(places);
        let first = (1..=places).find(|index| fails(place(*index)))?;
        let (mut holds, mut lapses) = (place(first - 1), place(first));
        for _ in 0..24 {
            let middle = f64::midpoint(holds, lapses);
            if fails(middle) { lapses = middle } else { holds = middle }
        }
        Some(holds)
    }

    /// The model's values over a view: for its contours.
    pub fn grid(&self, view: View, columns: usize, rows: usize) -> Grid {
        Grid::of(view, columns, rows, |x, y| self.value(Vector2::new(x, y)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use thalweg_testing::objective;

    fn close(found: f64, wanted: f64) {
        assert!((found - wanted).abs() <= 1e-12 * wanted.abs().max(1.0), "{found} is not {wanted}");
    }

    /// (x² + 100 y²)/2: the model is the surface, so that nothing is off anywhere.
    #[test]
    fn a_quadratic_is_its_own_model() {
        let bowl = objective("Quadratic", &[("angle", 25.0)]);
        let model = TaylorModel::of(&bowl, Vector2::new(-2.0, 1.3));
        let view = View::square(3.0);
        let truth = Grid::sample(&bowl, view, 21, 21);
        for (found, wanted) in model.grid(view, 21, 21).values().iter().zip(truth.values()) {
            close(*found, *wanted);
        }
        assert_eq!(model.trusted(&bowl, Vector2::x(), 1e3, 200), None);
    }

    /// At (1, 1) the gradient of (x² + 100 y²)/2 is (1, 100): |g|² = 10001 and g'Hg = 1 + 100³.
    #[test]
    fn the_lectures_reading_of_a_gradient_step() {
        let bowl = objective("Quadratic", &[]);
        let model = TaylorModel::of(&bowl, Vector2::new(1.0, 1.0));
        let best = 10_001.0 / 1_000_001.0;
        for (eps, reading) in [
            (1e-5, CurvatureEffect::AsPredicted),
            (0.01, CurvatureEffect::Slower),
            (2.0 * best * 0.999, CurvatureEffect::Slower),
            (2.0 * best * 1.001, CurvatureEffect::Uphill),
        ] {
            let step = model.gradient_step(&bowl, eps);
            assert_eq!(step.reading, reading, "{eps}");
            close(step.change.first, -eps * 10_001.0);
            close(step.change.second, eps * eps / 2.0 * 1_000_001.0);
            close(step.change.actual, step.change.predicted());
            assert_eq!(step.change.actual > 0.0, reading == CurvatureEffect::Uphill);
            close(step.best.expect("it curves up"), best);
        }
        // x² - y² at (0, 1): g'Hg = -8.
        let saddle = objective("Saddle", &[]);
        let step = TaylorModel::of(&saddle, Vector2::new(0.0, 1.0)).gradient_step(&saddle, 0.1);
        assert_eq!((step.reading, step.best), (CurvatureEffect::Faster, None));
        close(step.change.predicted(), -0.4 - 0.04);
        assert!(step.change.actual < step.change.first);
        let level = TaylorModel::of(&saddle, Vector2::zeros()).gradient_step(&saddle, 0.1);
        assert_eq!((level.reading, level.change.predicted()), (CurvatureEffect::Level, 0.0));
        let ackley = objective("Ackley", &[]);
        let tip = TaylorModel::of(&ackley, Vector2::zeros());
        assert!(!tip.is_defined());
        assert_eq!(tip.gradient_step(&ackley, 0.1).reading, CurvatureEffect::Undefined);
    }

    /// Rosenbrock at (1, 1) along x: f = t² + 100 (2t + t²)², m = 401 t². The error is 400 t³ + 100 t⁴.
    #[test]
    fn trust_ends_where_the_higher_terms_reach_a_tenth() {
        let valley = objective("Rosenbrock", &[]);
        let model = TaylorModel::of(&valley, Vector2::new(1.0, 1.0));
        let radius = model.trusted(&valley, Vector2::x(), 1.0, 200).expect("an end");
        assert!(((400.0 * radius + 100.0 * radius * radius) / 401.0 - TRUST).abs() < 1e-8);
        let step = Vector2::new(0.05, 0.0);
        let change = model.change(&valley, step);
        close(change.predicted(), 401.0 * 0.0025);
        close(change.off, (400.0 * 0.05 + 100.0 * 0.0025) / 401.0);
        assert_eq!(model.trusted(&valley, Vector2::x(), radius * 0.9, 200), None);
    }
}
