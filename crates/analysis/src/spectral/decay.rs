//! The error along each eigenvector, step by step: measured, and as the linear theory predicts.

use super::stability::{Factors, factors, fixed_point, forgets};
use crate::field::minmax_pyramid::MinMaxPyramid;
use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::theory::Law;
use thalweg_core::objective::critical_point::CriticalPoint;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::settings::Settings;

/// The error along one eigenvector.
#[derive(Clone, Debug)]
pub struct ErrorComponent {
    /// |v · (x_t - x*)| at every step.
    pub measured: MinMaxPyramid,
    /// |e_t / e_0| of the linear theory times the measured error at step 0, where it applies.
    pub predicted: Option<MinMaxPyramid>,
    direction: Vector2<f64>,
    initial: f64,
    prediction: Option<ErrorPrediction>,
}

/// The series e_t / e_0 of the linear theory.
#[derive(Clone, Debug)]
enum ErrorPrediction {
    /// At a rate that stays.
    Steady(Factors),
    /// At rates that change, for a method that forgets: the product of the steps' factors.
    Product { law: Law, settings: Box<Settings<f64>>, lambda: f64, present: f64 },
}

impl ErrorPrediction {
    /// `None` where the theory says nothing.
    fn of(run: &Run, lambda: f64) -> Option<Self> {
        let law = run.optimizer().theory.law()?;
        let settings = *run.settings();
        if !run.is_scheduled() {
            return Some(Self::Steady(factors(law.at(&settings, lambda))));
        }
        let forgets = forgets(run.optimizer(), &settings, lambda);
        forgets.then(|| Self::Product { law, settings: Box::new(settings), lambda, present: 1.0 })
    }

    /// The next term, at a step that is left with the rate `lr`.
    fn next(&mut self, lr: f64) -> f64 {
        match self {
            Self::Steady(factors) => factors.next().unwrap_or(f64::NAN),
            Self::Product { law, settings, lambda, present } => {
                settings.numbers[0] = lr;
                let factor = *present;
                *present *= law.at(settings, *lambda).first;
                factor
            }
        }
    }
}

/// Why the linear theory predicts no errors for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MissingPrediction {
    /// No critical point of the surface is known: there is nothing to measure errors from.
    NoCriticalPoint,
    /// The surface has no second derivatives at the critical point.
    NoHessian,
    /// No linear law describes the method: the reason that its description gives.
    NoLaw(&'static str),
    /// The learning rate changes and steps depend on the one before: no recurrence with fixed weights
    /// describes that.
    ChangingRate,
}

/// The errors of one run about the critical point that it tends to, kept while the run only grows.
#[derive(Clone, Debug, Default)]
pub struct ErrorDecay {
    run: Option<(u64, CriticalPoint)>,
    reference: KeptReference,
    /// How often it has begun anew.
    beginnings: u64,
    /// Where the method comes to rest: the critical point, or where weight decay pulls it.
    rest: Vector2<f64>,
    components: Vec<ErrorComponent>,
    missing: Option<MissingPrediction>,
}

impl ErrorDecay {
    /// The components along the first and the second eigenvector; none where no critical point
    /// is known, or its Hessian does not exist.
    pub fn components(&self) -> &[ErrorComponent] {
        &self.components
    }

    /// The critical point that errors are measured from.
    pub fn reference(&self) -> Option<CriticalPoint> {
        self.run.map(|(_, critical)| critical)
    }

    /// Why there is no prediction, if there is none.
    pub fn missing(&self) -> Option<MissingPrediction> {
        self.missing
    }

    /// A number for what it shows: another one whenever its series begin anew, be it for another run or
    /// for another critical point of the same run. While it stays, they only grow.
    pub fn version(&self) -> (u64, u64) {
        (self.run.map_or(0, |(version, _)| version), self.beginnings)
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
        let beginnings = self.beginnings + 1;
        let Some((version, run)) = run else {
            *self = Self { beginnings, ..Self::default() };
            return true;
        };
        let reference = self.reference.of(version, problem, run);
        if self.run.map(|(version, critical)| (version, Some(critical))) != Some((version, reference)) {
            let kept = self.reference;
            *self = Self { beginnings, reference: kept, ..Self::begin(version, reference, problem, run) };
        }
        let samples = run.trajectory().samples();
        // Both have taken in as many steps.
        while let Some(component) = self.components.first()
            && component.measured.len() < samples.len()
        {
            for component in &mut self.components {
                for sample in samples[component.measured.len()..].iter().take(TURN) {
                    let error = (sample.position - self.rest).dot(&component.direction).abs();
                    component.measured.push(error);
                    if let (Some(predicted), Some(series)) =
                        (&mut component.predicted, &mut component.prediction)
                    {
                        predicted.push(series.next(sample.lr).abs() * component.initial);
                    }
                }
            }
            if stop() {
                break;
            }
        }
        self.components.first().is_none_or(|component| component.measured.len() >= samples.len())
    }

    fn begin(version: u64, reference: Option<CriticalPoint>, problem: &Problem, run: &Run) -> Self {
        let nothing = |missing| Self { missing: Some(missing), ..Self::default() };
        let Some(critical) = reference else {
            return nothing(MissingPrediction::NoCriticalPoint);
        };
        let hessian = problem.objective.value_gradient_hessian(critical.at).hessian;
        let spectrum = Spectrum::of(&hessian);
        if !spectrum.values.iter().all(|value| value.is_finite()) {
            return nothing(MissingPrediction::NoHessian);
        }
        let rest = fixed_point(run.optimizer(), run.settings(), critical.at, &hessian).unwrap_or(critical.at);
        let components = [0, 1].map(|i| {
            let direction = spectrum.vectors[i];
            let prediction = ErrorPrediction::of(run, spectrum.values[i]);
            ErrorComponent {
                measured: MinMaxPyramid::default(),
                predicted: prediction.as_ref().map(|_| MinMaxPyramid::default()),
                direction,
                initial: (problem.start - rest).dot(&direction).abs(),
                prediction,
            }
        });
        let missing = match run.optimizer().theory.silence() {
            Some(reason) => Some(MissingPrediction::NoLaw(reason)),
            None if components.iter().any(|component| component.prediction.is_none()) => {
                Some(MissingPrediction::ChangingRate)
            }
            None => None,
        };
        let (run, components) = (Some((version, critical)), components.to_vec());
        Self { run, rest, components, missing, ..Self::default() }
    }
}

/// A run has come to a critical point where it ended so much nearer to it than to any minimum.
const ARRIVED: f64 = 1e-3;

/// The critical point that a run is measured from: the minimum nearest to where it stands last. Where it came to another
/// kind of point instead, or no minimum is near, that is the nearest critical point of any kind. Points that are not
/// known are looked for around the end of a run that has ended.
pub(crate) fn reference(problem: &Problem, run: &Run) -> Option<CriticalPoint> {
    let last = run.trajectory().samples().last()?.position;
    let from = if last.x.is_finite() && last.y.is_finite() { last } else { problem.start };
    let points = if run.is_done() {
        problem.objective.critical_points_near(from)
    } else {
        problem.objective.critical_points().into()
    };
    let distance = |point: &CriticalPoint| (point.at - from).norm();
    let nearest = CriticalPoint::nearest(points.iter(), from);
    match (CriticalPoint::nearest_minimum(points.iter(), from), nearest) {
        (Some(minimum), Some(nearest)) if distance(&nearest) > ARRIVED * distance(&minimum) => Some(minimum),
        _ => nearest,
    }
}

/// The [`reference`] of a run, kept while the run does not grow: to look for it may take a while.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct KeptReference {
    of: Option<(u64, u32, bool)>,
    found: Option<CriticalPoint>,
}

impl KeptReference {
    /// The reference of `run`, which `version` tells from others.
    pub fn of(&mut self, version: u64, problem: &Problem, run: &Run) -> Option<CriticalPoint> {
        let key = Some((version, run.trajectory().last_step(), run.is_done()));
        if self.of != key {
            *self = Self { of: key, found: reference(problem, run) };
        }
        self.found
    }
}
