//! What the spectrum at a point says of a runner: the contents of the spectral panel.

use super::mode::Mode;
use super::stability::{edge, factor_at, forgets, is_never_stable};
use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::description::Group;
use thalweg_core::method::theory::Law;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::derivatives::ValueGradientHessian;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;

/// The linear theory's statement about one eigenvector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearLaw {
    /// Recurrence, rate and regime; under a schedule those that the present learning rate has.
    pub mode: Mode,
    /// e_t / e_0 at the report's step; (1 - alpha lambda)^t for gradient descent. None where the
    /// rate changes and the method has memory: no power of a recurrence describes that.
    pub factor: Option<f64>,
}

/// One eigenvector of the Hessian, and what happens along it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EigenDirection {
    /// The eigenvalue: the curvature along the direction.
    pub lambda: f64,
    /// The eigenvector, of unit length.
    pub vector: Vector2<f64>,
    /// Learning rate times eigenvalue, for a first-order method that has a learning rate: for
    /// Newton's and its kin the product decides nothing.
    pub step: Option<f64>,
    /// What the linear theory says, where it applies.
    pub law: Option<LinearLaw>,
    /// The learning rate at the edge of stability; `None` where no rate is stable, or there is none.
    pub edge: Option<f64>,
}

/// How the error along an eigenvector develops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LawForm {
    /// By the factor 1 - alpha lambda a step: gradient descent.
    Spectral,
    /// By a factor a step, but another one: Newton's methods, or with weight decay.
    Factor,
    /// By a recurrence over two steps: methods with memory.
    TwoSteps,
}

/// How far the linear theory speaks of a runner at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TheoryScope {
    /// It does: exactly on a quadratic, elsewhere near a critical point.
    Law,
    /// f or its second derivatives are not finite there: there is no spectrum.
    NotFinite,
    /// No linear law describes the method: the reason that its description gives.
    NoLaw(&'static str),
}

/// Everything that the panel shows.
#[derive(Clone, Debug, PartialEq)]
pub struct SpectralReport {
    /// Where.
    pub point: Vector2<f64>,
    /// f, gradient and Hessian there.
    pub curvature: ValueGradientHessian,
    /// The Hessian's eigenvalues and eigenvectors.
    pub spectrum: Spectrum,
    /// The two directions, by ascending eigenvalue.
    pub directions: [EigenDirection; 2],
    /// The step t to which the factors belong.
    pub step: u32,
    /// What of this applies to the runner.
    pub scope: TheoryScope,
    /// How the error develops along both directions, where the theory applies.
    pub form: LawForm,
    /// Whether the learning rate changes from step to step.
    pub is_scheduled: bool,
    /// Whether no learning rate is stable here, whatever the edges along the two directions are.
    pub is_never_stable: bool,
    /// The local shape by the signs of the eigenvalues; none where they are not finite.
    pub shape: Option<PointKind>,
}

impl SpectralReport {
    /// The report on `point`, for `run` after `step` steps; without a run, on the surface alone.
    pub fn at(problem: &Problem, point: Vector2<f64>, run: Option<&Run>, step: u32) -> Self {
        let curvature = problem.objective.value_gradient_hessian(point);
        let spectrum = Spectrum::of(&curvature.hessian);
        // Formulas have derivatives also where they have no value: the logarithm below zero.
        let finite = curvature.value.is_finite() && spectrum.values.iter().all(|value| value.is_finite());
        let (mut scope, mut form) = (TheoryScope::Law, LawForm::Spectral);
        let directions = [0, 1].map(|i| {
            let lambda = spectrum.values[i];
            let mut direction =
                EigenDirection { lambda, vector: spectrum.vectors[i], step: None, law: None, edge: None };
            let Some(run) = run else { return direction };
            let settings = run.settings_at(step);
            if run.optimizer().has_learning_rate() && run.optimizer().group == Group::FirstOrder {
                direction.step = Some(settings.numbers[0] * lambda);
            }
            match run.optimizer().theory.law() {
                Some(law) if finite => {
                    let recurrence = law.at(&settings, lambda);
                    let forgets = forgets(run.optimizer(), run.settings(), lambda);
                    if !forgets {
                        form = LawForm::TwoSteps;
                    } else if form == LawForm::Spectral
                        && direction.step.map(|step| 1.0 - step) != Some(recurrence.first)
                    {
                        form = LawForm::Factor;
                    }
                    let factor = if run.is_scheduled() {
                        forgets.then(|| product(run, &law, lambda, step))
                    } else {
                        Some(factor_at(&recurrence, step))
                    };
                    direction.edge = edge(run.optimizer(), &settings, lambda);
                    direction.law = Some(LinearLaw { mode: Mode::of(recurrence), factor });
                }
                Some(_) => scope = TheoryScope::NotFinite,
                None => scope = run.optimizer().theory.silence().map_or(scope, TheoryScope::NoLaw),
            }
            direction
        });
        let nature = problem.objective.nature(point);
        let shape = (finite || nature.is_critical).then_some(nature.kind);
        let is_scheduled = run.is_some_and(Run::is_scheduled);
        let is_never_stable = finite
            && run
                .is_some_and(|run| is_never_stable(run.optimizer(), &run.settings_at(step), spectrum.values));
        Self {
            point,
            curvature,
            spectrum,
            directions,
            step,
            scope,
            form,
            is_scheduled,
            is_never_stable,
            shape,
        }
    }

    /// The length of the gradient.
    pub fn gradient_norm(&self) -> f64 {
        libm::hypot(self.curvature.gradient.x, self.curvature.gradient.y)
    }
}

/// e_t / e_0 of a method that forgets: the product of its factors at the rates of the steps made.
fn product(run: &Run, law: &Law, lambda: f64, step: u32) -> f64 {
    let mut settings = *run.settings();
    let samples = run.trajectory().samples();
    // What is recorded need not be computed again.
    let recorded = samples.iter().map(|sample| sample.lr);
    let beyond = (samples.len()..).map(|step| run.learning_rate(u32::try_from(step).unwrap_or(u32::MAX)));
    let mut factor = 1.0;
    for lr in recorded.chain(beyond).take(step as usize) {
        settings.numbers[0] = lr;
        factor *= law.at(&settings, lambda).first;
        if factor == 0.0 || !factor.is_finite() {
            break;
        }
    }
    factor
}

/// The Hessian's eigenvalues at a point, ascending; none where they are not finite.
pub fn eigenvalues(problem: &Problem, point: Vector2<f64>) -> Option<[f64; 2]> {
    let values = Spectrum::of(&problem.objective.value_gradient_hessian(point).hessian).values;
    values.iter().all(|value| value.is_finite()).then_some(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::objective::objective::Objective;

    use thalweg_core::spec::chosen::Chosen;

    use thalweg_core::spec::value::Value;

    /// (1 - αλ)^t is said of gradient descent alone, and no α·λ of a method that it does not decide.
    #[test]
    fn the_spectral_factor_is_claimed_only_where_it_holds() {
        let bowl = Chosen::with_defaults(surfaces::find("Quadratic").expect("known"));
        let problem = Problem::new(Objective::new(&bowl), Vector2::from(bowl.of.start), 10);
        // At α = 1/λ₂ the memory of Nesterov's method vanishes along one direction, not from the method.
        for (name, settings, form, has_step) in [
            ("GradientDescent", &[("lr", 0.015)][..], LawForm::Spectral, true),
            ("GradientDescent", &[("lr", 0.015), ("weight_decay", 0.1)], LawForm::Factor, true),
            ("Momentum", &[("lr", 0.015)], LawForm::TwoSteps, true),
            ("Nesterov", &[("lr", 0.01)], LawForm::TwoSteps, true),
            ("Newton", &[("lr", 0.5)], LawForm::Factor, false),
            ("SaddleFreeNewton", &[("lr", 0.5), ("damping", 1.0)], LawForm::Factor, false),
        ] {
            let mut optimizer = Chosen::with_defaults(optimizers::find(name).expect("known"));
            for (key, value) in settings {
                assert!(optimizer.set(key, Value::Number(*value)));
            }
            let run = Run::new(&optimizer, &problem);
            let report = SpectralReport::at(&problem, Vector2::zeros(), Some(&run), 3);
            assert_eq!(report.form, form, "{name} {settings:?}");
            let holds = report.directions.map(|direction| {
                assert_eq!(direction.step.is_some(), has_step, "{name}");
                let factor = direction.law.and_then(|law| law.factor).expect("the theory applies");
                let once = 1.0 - settings[0].1 * direction.lambda;
                (factor - once * once * once).abs() < 1e-12
            });
            assert_eq!(holds == [true, true], form == LawForm::Spectral, "{name} {settings:?}");
        }
    }
}
