//! What one runner sees of the surface, step by step: the surface itself, or as much of it as a
//! noisy gradient or a minibatch shows. It also keeps the tally of what was asked.

use super::gradient::{Gradient, Turn};
use super::optimizer::Landscape;
use super::random;
use super::surface::{Slope, Terrain};
use nalgebra::{Matrix2, Vector2};
use std::cell::Cell;

/// How often the surface was asked, for each of the three questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evaluations {
    /// For f.
    pub values: u32,
    /// For the gradient of f.
    pub gradients: u32,
    /// For the Hessian of f.
    pub hessians: u32,
}

impl Evaluations {
    /// All three together: each counts as one.
    pub fn total(&self) -> u64 {
        u64::from(self.values) + u64::from(self.gradients) + u64::from(self.hessians)
    }
}

/// The landscape of one step after another. A step is begun with [`Scene::begin`], which draws
/// what is random about it.
#[derive(Debug)]
pub struct Scene<'a> {
    terrain: &'a Terrain,
    gradient: Gradient,
    /// The mean over the examples of this step's batch.
    batch: Option<Batch>,
    /// The noise of this step's gradients.
    tilt: Option<Tilt>,
    asked: Asked,
}

/// Noise in the gradient is a tilt of the surface: f(p) + by·(p - origin) has it everywhere, and
/// at the origin of the step the value of f.
#[derive(Clone, Copy, Debug)]
struct Tilt {
    by: Vector2<f64>,
    origin: Vector2<f64>,
}

/// The examples of a step.
#[derive(Debug)]
struct Batch {
    terrain: Terrain,
    epoch: Option<u64>,
    /// All examples in the order of the epoch.
    order: Vec<u32>,
    drawn: Vec<u32>,
}

/// What was asked so far, and where last: to ask the same again at the same point is not counted,
/// since any implementation keeps what it has just computed.
#[derive(Debug)]
struct Asked {
    count: Cell<Evaluations>,
    value: Cell<Vector2<f64>>,
    gradient: Cell<Vector2<f64>>,
    hessian: Cell<Vector2<f64>>,
}

impl Asked {
    /// A place that is not equal to any.
    const NOWHERE: Vector2<f64> = Vector2::new(f64::NAN, f64::NAN);

    fn from(count: Evaluations) -> Self {
        let nowhere = || Cell::new(Self::NOWHERE);
        Self { count: Cell::new(count), value: nowhere(), gradient: nowhere(), hessian: nowhere() }
    }

    fn forget(&self) {
        for place in [&self.value, &self.gradient, &self.hessian] {
            place.set(Self::NOWHERE);
        }
    }

    #[inline]
    fn note(&self, last: &Cell<Vector2<f64>>, p: Vector2<f64>, add: fn(&mut Evaluations)) {
        if last.replace(p) != p {
            let mut count = self.count.get();
            add(&mut count);
            self.count.set(count);
        }
    }
}

impl<'a> Scene<'a> {
    /// The surface as runs with this kind of gradient see it. `asked` is what was asked before.
    pub fn new(terrain: &'a Terrain, gradient: Gradient, asked: Evaluations) -> Self {
        // A minibatch of a surface that is no mean over data, or one of all examples, is the surface.
        let gradient = match gradient {
            Gradient::Minibatch { size, replacement, .. }
                if terrain
                    .examples()
                    .is_none_or(|examples| !replacement && size as usize >= examples.len()) =>
            {
                Gradient::Exact
            }
            other => other,
        };
        Self { terrain, gradient, batch: None, tilt: None, asked: Asked::from(asked) }
    }

    /// Begins the step that leaves from `origin` after `step` steps, where the surface has the
    /// given slope; gives the slope that the step sees.
    #[inline]
    pub fn begin(&mut self, step: u32, origin: Vector2<f64>, slope: Slope) -> Slope {
        match self.gradient {
            Gradient::Exact => slope,
            Gradient::Noise { sigma, seed } => {
                let by = random::normals(seed, step.into()) * sigma;
                self.tilt = Some(Tilt { by, origin });
                self.asked.forget();
                Slope { gradient: slope.gradient + by, ..slope }
            }
            Gradient::Minibatch { size, seed, replacement } => {
                self.draw(size, seed, replacement, step);
                self.asked.forget();
                self.seen().slope(origin)
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
    pub(super) fn take_gradient(&self, origin: Vector2<f64>) {
        self.asked.note(&self.asked.gradient, origin, |count| count.gradients += 1);
    }

    /// What was asked so far.
    pub fn evaluations(&self) -> Evaluations {
        self.asked.count.get()
    }

    #[inline]
    fn seen(&self) -> &Terrain {
        self.batch.as_ref().map_or(self.terrain, |batch| &batch.terrain)
    }

    #[cold]
    fn draw(&mut self, size: u32, seed: u64, replacement: bool, step: u32) {
        let all = self.terrain.examples().map_or(0, <[_]>::len) as u32;
        let batch = self.batch.get_or_insert_with(|| Batch {
            terrain: self.terrain.clone(),
            epoch: None,
            order: Vec::new(),
            drawn: Vec::new(),
        });
        batch.drawn.clear();
        if replacement {
            let draws = (0..size).map(|index| random::below(seed, step.into(), index.into(), all));
            batch.drawn.extend(draws);
        } else {
            let Turn { epoch, batch: place, .. } = Turn::of(step, size, all);
            if batch.epoch != Some(epoch.into()) {
                batch.epoch = Some(epoch.into());
                batch.order = random::shuffled(seed, epoch.into(), all);
            }
            let (from, to) = (place * size, ((place + 1) * size).min(all));
            batch.drawn.extend_from_slice(&batch.order[from as usize..to as usize]);
        }
        batch.terrain.take_examples(self.terrain, &batch.drawn);
    }
}

impl Landscape<f64> for Scene<'_> {
    #[inline]
    fn value(&self, p: Vector2<f64>) -> f64 {
        self.asked.note(&self.asked.value, p, |count| count.values += 1);
        let value = self.seen().value(p);
        self.tilt.map_or(value, |tilt| value + tilt.by.dot(&(p - tilt.origin)))
    }

    #[inline]
    fn gradient(&self, p: Vector2<f64>) -> Vector2<f64> {
        self.asked.note(&self.asked.gradient, p, |count| count.gradients += 1);
        let gradient = self.seen().slope(p).gradient;
        self.tilt.map_or(gradient, |tilt| gradient + tilt.by)
    }

    #[inline]
    fn hessian(&self, p: Vector2<f64>) -> Matrix2<f64> {
        self.asked.note(&self.asked.hessian, p, |count| count.hessians += 1);
        self.seen().curvature(p).hessian
    }
}
