//! What one runner sees of the surface, step by step: the surface itself, or as much of it as a
//! noisy gradient or a minibatch shows. It also keeps the counter of what was asked.

use crate::math::random;
use crate::method::gradient::{BatchIndex, Gradient};
use crate::method::modifier_stack::ModifierStack;
use crate::method::oracle::{Evaluations, Oracle};
use crate::objective::derivatives::ValueGradient;
use crate::objective::objective::Objective;
use crate::spec::settings::Settings;
use nalgebra::{Matrix2, Vector2};
use std::cell::Cell;
use std::sync::Arc;

/// The oracle of one step after another. A step is begun with [`StochasticOracle::begin`], which draws
/// what is random about it.
#[derive(Debug)]
pub struct StochasticOracle<'a> {
    objective: &'a Objective,
    gradient: Gradient,
    /// The mean over the examples of this step's batch.
    batch: Option<Batch>,
    /// The noise of this step's gradients.
    tilt: Option<GradientNoise>,
    /// What the method's modifiers make of it, with the settings of the runner.
    modifiers: Option<(Arc<ModifierStack>, Settings<f64>)>,
    /// How many gradients of the surface one of the method's is made of.
    gradients: u32,
    asked: Asked,
}

/// Noise in the gradient is a tilt of the surface: f(p) + by·(p - origin) has it everywhere, and
/// at the origin of the step the value of f.
#[derive(Clone, Copy, Debug)]
struct GradientNoise {
    by: Vector2<f64>,
    origin: Vector2<f64>,
}

/// The examples of a step.
#[derive(Debug)]
struct Batch {
    objective: Objective,
    epoch: Option<u64>,
    /// All examples in the order of the epoch.
    order: Vec<u32>,
    drawn: Vec<u32>,
}

/// What was asked so far, and where last: to ask the same again at the same point is not counted,
/// since any implementation keeps what it has just computed.
#[derive(Clone, Copy, Debug)]
pub struct EvaluationCounter {
    count: Evaluations,
    value: Vector2<f64>,
    gradient: Vector2<f64>,
    hessian: Vector2<f64>,
}

impl EvaluationCounter {
    /// A place that is not equal to any.
    const NOWHERE: Vector2<f64> = Vector2::new(f64::NAN, f64::NAN);
}

impl Default for EvaluationCounter {
    /// Nothing was asked.
    fn default() -> Self {
        let (count, nowhere) = (Evaluations::default(), Self::NOWHERE);
        Self { count, value: nowhere, gradient: nowhere, hessian: nowhere }
    }
}

/// A [`EvaluationCounter`] that a question through a shared reference can change.
#[derive(Debug)]
struct Asked {
    count: Cell<Evaluations>,
    value: Cell<Vector2<f64>>,
    gradient: Cell<Vector2<f64>>,
    hessian: Cell<Vector2<f64>>,
}

impl Asked {
    fn from(EvaluationCounter { count, value, gradient, hessian }: EvaluationCounter) -> Self {
        Self {
            count: Cell::new(count),
            value: Cell::new(value),
            gradient: Cell::new(gradient),
            hessian: Cell::new(hessian),
        }
    }

    fn forget(&self) {
        for place in [&self.value, &self.gradient, &self.hessian] {
            place.set(EvaluationCounter::NOWHERE);
        }
    }

    #[inline]
    fn note(&self, last: &Cell<Vector2<f64>>, p: Vector2<f64>, add: impl Fn(&mut Evaluations)) {
        if last.replace(p) != p {
            let mut count = self.count.get();
            add(&mut count);
            self.count.set(count);
        }
    }
}

impl<'a> StochasticOracle<'a> {
    /// The surface as runs with this kind of gradient see it. `asked` is what was asked before.
    pub fn new(objective: &'a Objective, gradient: Gradient, asked: EvaluationCounter) -> Self {
        // A minibatch of a surface that is no mean over data, or one of all examples, is the surface.
        let gradient = match gradient {
            Gradient::Minibatch { size, replacement, .. }
                if objective
                    .examples()
                    .is_none_or(|examples| !replacement && size as usize >= examples.len()) =>
            {
                Gradient::Exact
            }
            other => other,
        };
        let asked = Asked::from(asked);
        Self { objective, gradient, batch: None, tilt: None, modifiers: None, gradients: 1, asked }
    }

    /// The surface as a method under these modifiers sees it, with the settings of its runner.
    pub fn under(self, modifiers: Option<&Arc<ModifierStack>>, settings: &Settings<f64>) -> Self {
        let gradients = modifiers.map_or(1, |modifiers| modifiers.gradients());
        Self { modifiers: modifiers.map(|modifiers| (Arc::clone(modifiers), *settings)), gradients, ..self }
    }

    /// Begins the step that leaves from `origin` after `step` steps, where the surface has the
    /// given slope; gives the slope that the step sees.
    #[inline]
    pub fn begin(&mut self, step: u32, origin: Vector2<f64>, slope: ValueGradient) -> ValueGradient {
        let seen = self.begin_drawing(step, origin, slope);
        match &self.modifiers {
            None => seen,
            Some((modifiers, settings)) => ValueGradient {
                value: modifiers.value(settings, origin, seen.value),
                gradient: modifiers.gradient(settings, origin, seen.gradient, &|p| self.drawn_gradient(p)),
            },
        }
    }

    /// Draws what is random about the step; gives the slope as it is without modifiers.
    #[inline]
    fn begin_drawing(&mut self, step: u32, origin: Vector2<f64>, slope: ValueGradient) -> ValueGradient {
        match self.gradient {
            Gradient::Exact => slope,
            Gradient::Noise { sigma, seed } => {
                let by = self.objective.in_domain(random::normals(seed, step.into()) * sigma);
                self.tilt = Some(GradientNoise { by, origin });
                self.asked.forget();
                ValueGradient { gradient: slope.gradient + by, ..slope }
            }
            Gradient::Minibatch { size, seed, replacement } => {
                self.draw(size, seed, replacement, step);
                self.asked.forget();
                self.seen().value_gradient(origin)
            }
        }
    }

    /// Which gradients the steps are given: a minibatch that is all of the data is the exact one.
    pub fn gradient_source(&self) -> Gradient {
        self.gradient
    }

    /// The examples that this step sees, by their places in the data, one as often as it was drawn;
    /// none where it sees the whole surface.
    pub fn drawn(&self) -> Option<&[u32]> {
        self.batch.as_ref().map(|batch| batch.drawn.as_slice())
    }

    /// The step takes the gradient that it was given.
    #[inline]
    pub(crate) fn take_gradient(&self, origin: Vector2<f64>) {
        let each = self.gradients;
        self.asked.note(&self.asked.gradient, origin, |count| count.gradients += each);
    }

    /// The gradient without modifiers; not counted.
    #[inline]
    fn drawn_gradient(&self, p: Vector2<f64>) -> Vector2<f64> {
        let gradient = self.seen().value_gradient(p).gradient;
        self.tilt.map_or(gradient, |tilt| gradient + tilt.by)
    }

    /// What was asked so far.
    pub fn evaluations(&self) -> Evaluations {
        self.asked.count.get()
    }

    /// The counter with where the oracle was asked last, for one that goes on where this one stops.
    pub(crate) fn counter(&self) -> EvaluationCounter {
        let Asked { count, value, gradient, hessian } = &self.asked;
        EvaluationCounter {
            count: count.get(),
            value: value.get(),
            gradient: gradient.get(),
            hessian: hessian.get(),
        }
    }

    /// How many examples this step sees; none where it sees the whole surface.
    #[inline]
    pub(crate) fn batch_size(&self) -> Option<usize> {
        self.batch.as_ref().map(|batch| batch.drawn.len())
    }

    #[inline]
    fn seen(&self) -> &Objective {
        self.batch.as_ref().map_or(self.objective, |batch| &batch.objective)
    }

    #[cold]
    fn draw(&mut self, size: u32, seed: u64, replacement: bool, step: u32) {
        let all = self.objective.examples().map_or(0, <[_]>::len) as u32;
        let batch = self.batch.get_or_insert_with(|| Batch {
            objective: self.objective.clone(),
            epoch: None,
            order: Vec::new(),
            drawn: Vec::new(),
        });
        batch.drawn.clear();
        if replacement {
            let draws = (0..size).map(|index| random::below(seed, step.into(), index.into(), all));
            batch.drawn.extend(draws);
        } else {
            let BatchIndex { epoch, batch: place, .. } = BatchIndex::of(step, size, all);
            if batch.epoch != Some(epoch.into()) {
                batch.epoch = Some(epoch.into());
                batch.order = random::shuffled(seed, epoch.into(), all);
            }
            let (from, to) = (place * size, ((place + 1) * size).min(all));
            batch.drawn.extend_from_slice(&batch.order[from as usize..to as usize]);
        }
        batch.objective.take_examples(self.objective, &batch.drawn);
    }
}

impl Oracle<f64> for StochasticOracle<'_> {
    #[inline]
    fn value(&self, p: Vector2<f64>) -> f64 {
        self.asked.note(&self.asked.value, p, |count| count.values += 1);
        let value = self.seen().value(p);
        let value = self.tilt.map_or(value, |tilt| value + tilt.by.dot(&(p - tilt.origin)));
        match &self.modifiers {
            None => value,
            Some((modifiers, settings)) => modifiers.value(settings, p, value),
        }
    }

    #[inline]
    fn gradient(&self, p: Vector2<f64>) -> Vector2<f64> {
        self.take_gradient(p);
        let gradient = self.drawn_gradient(p);
        match &self.modifiers {
            None => gradient,
            Some((modifiers, settings)) => {
                modifiers.gradient(settings, p, gradient, &|p| self.drawn_gradient(p))
            }
        }
    }

    #[inline]
    fn hessian(&self, p: Vector2<f64>) -> Matrix2<f64> {
        self.asked.note(&self.asked.hessian, p, |count| count.hessians += 1);
        let hessian = self.seen().value_gradient_hessian(p).hessian;
        match &self.modifiers {
            None => hessian,
            Some((modifiers, settings)) => modifiers.hessian(settings, hessian),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::optimizers;
    use crate::catalogue::surfaces;
    use crate::math::number::Number;
    use crate::objective::loss_function::{Constants, LossFunction, SurfaceData};
    use crate::objective::surface::{Surface, SurfaceFunctions};

    use crate::run::problem::Problem;
    use crate::run::run::Run;
    use crate::run::run_spec::RunSpec;
    use crate::spec::chosen::Chosen;

    use std::sync::Arc;

    /// The mean of ((x - a)² + (y - b)²)/2 over ten examples (a, b).
    struct MeanOfExamples;

    impl LossFunction for MeanOfExamples {
        const HAS_MATTER: bool = true;

        fn prepare(constants: Constants) -> Constants {
            let examples = (0..10).map(|i| [f64::from(i), f64::from(i * i) / 10.0, 0.0]).collect();
            Constants { matter: SurfaceData::Examples(Arc::new(examples)), ..constants }
        }

        fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
            let SurfaceData::Examples(examples) = &constants.matter else { return x };
            let square = |[a, b, _]: &[f64; 3]| (x - T::of(*a)).square() + (y - T::of(*b)).square();
            examples.iter().map(square).fold(T::of(0.0), |sum, next| sum + next)
                / (2.0 * examples.len() as f64)
        }
    }

    fn problem(steps: u32) -> Problem {
        let surface = Surface { functions: SurfaceFunctions::of::<MeanOfExamples>(), ..*surfaces::ALL[0] };
        let objective = Objective::new(&Chosen::with_defaults(Arc::new(surface)));
        Problem::new(objective, Vector2::new(1.0, 2.0), steps)
    }

    fn costs(name: &str, size: u32, replacement: bool) -> Vec<f64> {
        let problem = problem(30);
        let chosen = Chosen::with_defaults(optimizers::find(name).expect("a known optimizer"));
        let gradient = Gradient::Minibatch { size, seed: 7, replacement };
        let mut run = Run::new(RunSpec { optimizer: &chosen, schedule: None, gradient }, &problem);
        while !run.is_done() {
            run.advance(&problem, 4);
        }
        let costs: Vec<_> = (0..=31).map(|step| run.cost(step)).collect();
        let total = run.evaluations(30).total() as f64;
        assert!(costs[30] == costs[31] && costs[30] <= total, "{name}");
        costs
    }

    /// Of ten examples in batches of 4, 4 and 2 an epoch is three steps long, and costs one gradient.
    #[test]
    fn a_minibatch_costs_its_share() {
        let descent = costs("GradientDescent", 4, false);
        assert_eq!(descent[..8], [0.0, 0.4, 0.8, 1.0, 1.4, 1.8, 2.0, 2.4]);
        assert_eq!(descent[30], 10.0);
        // Sophia's first step and its eleventh ask for the Hessian too, of batches of 4.
        let sophia = costs("Sophia", 4, false);
        assert_eq!((sophia[1], sophia[3], sophia[10], sophia[11]), (0.8, 1.4, 3.8, 4.6));
        // Drawn with replacement every batch is full, and all of them are not the whole.
        assert_eq!(costs("GradientDescent", 4, true)[..4], [0.0, 0.4, 0.8, 1.2]);
        assert_eq!(costs("GradientDescent", 10, true)[2], 2.0);
        // A batch of all is the surface.
        assert_eq!(costs("Newton", 10, false)[30], 60.0);
        // A search asks as often as it needs, each time its own batch.
        let search = costs("Bfgs", 5, false);
        assert!(search.windows(2).all(|pair| pair[0] <= pair[1]) && search[1] >= 2.0);
    }
}
