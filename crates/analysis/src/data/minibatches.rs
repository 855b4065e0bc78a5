//! The gradients that a step might have had: those of other batches, or with other noise, around
//! the full one. What theory says of their spread, and what is measured.

use nalgebra::Vector2;
use thalweg_core::math::random;
use thalweg_core::math::within::Within;
use thalweg_core::method::gradient::{BatchIndex, Gradient};
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::stochastic_oracle::{EvaluationCounter, StochasticOracle};

/// How many of the possible gradients the spread is measured over, where the work allows it.
pub const MEASURED: usize = 400;
/// How many of them are kept, to be drawn.
pub const KEPT: usize = 100;
/// The most examples that are drawn for all of them together: some milliseconds.
const WORK: usize = 400_000;

/// Other batches of the same source, drawn once: the same ones at every step, so that their
/// gradients move as the runner does and do not flicker.
#[derive(Clone, Debug)]
pub struct OtherBatches {
    source: Gradient,
    rows: u32,
    size: u32,
    /// The examples of one batch after another.
    places: Vec<u32>,
}

impl OtherBatches {
    /// Batches of `size` of `rows` examples, drawn as `source` draws them but from a seed of their
    /// own. Without replacement they are the parts of shuffles: as many whole shuffles as fit in
    /// [`MEASURED`] batches and in a limit of the work, at least a part of one.
    fn draw(source: Gradient, rows: u32, size: u32) -> Self {
        let mut places = Vec::new();
        if let Gradient::Minibatch { seed, replacement, .. } = source
            && size > 0
            && rows > 0
        {
            let seed = other(seed);
            if replacement {
                let batches = (WORK / size as usize).within(1, MEASURED) as u64;
                let batch = |batch| (0..size).map(move |i| random::below(seed, batch, i.into(), rows));
                places.extend((0..batches).flat_map(batch));
            } else {
                // The last part is smaller where the size does not divide the number of rows.
                let of_each = (rows / size).max(1) as usize;
                let shuffles = (MEASURED / of_each).min(WORK / rows as usize).max(1) as u64;
                for epoch in 0..shuffles {
                    let order = random::shuffled(seed, epoch, rows);
                    let whole = of_each.min(MEASURED) * size as usize;
                    places.extend_from_slice(&order[..whole.min(order.len())]);
                }
            }
        }
        Self { source, rows, size, places }
    }
}

/// A seed that has nothing to do with `seed`.
fn other(seed: u64) -> u64 {
    random::bits(seed, u64::MAX, u64::MAX)
}

/// What a step's gradient is drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GradientOrigin {
    /// Normal noise is added.
    Noise {
        /// Its standard deviation in each coordinate.
        sigma: f64,
    },
    /// It is the mean over some of the examples.
    Batch {
        /// How many, in this step.
        size: u32,
        /// Of how many.
        rows: u32,
        /// Which turn it is, where they are drawn without replacement.
        turn: Option<BatchIndex>,
    },
}

/// The gradient of a step that does not see the whole surface, among those that it might have had.
#[derive(Clone, Debug)]
pub struct GradientSample {
    /// What it is drawn from.
    pub origin: GradientOrigin,
    /// The gradient of the whole surface.
    pub full: Vector2<f64>,
    /// The gradient that this step is given.
    pub own: Vector2<f64>,
    /// Others that it might have been given, at most [`KEPT`].
    pub possible: Vec<Vector2<f64>>,
    /// The examples of this step by their places in the data; empty with added noise.
    pub drawn: Vec<u32>,
    /// σ: how far a single example's gradient is from the full one, the root of the mean square (of
    /// the covariance's trace); with added noise, the noise's own. In the unit of the gradient.
    pub sigma: f64,
    /// The root of the mean square distance of a single example's gradient from the full one,
    /// in each coordinate.
    pub along: [f64; 2],
    /// The standard error of this step's gradient by theory, the root of the mean square distance
    /// from the full one: σ/√B for B examples drawn with replacement, times √((n - B)/(n - 1))
    /// without (Cochran, Sampling Techniques, 3rd ed., theorem 2.2). With added noise σ√2.
    pub predicted: f64,
    /// The standard error of a step's gradient, measured over `measured_over` possible gradients.
    pub measured: f64,
    /// Over how many.
    pub measured_over: usize,
}

impl GradientSample {
    /// What the step after `step` steps, which leaves from `p`, is given by `gradient`; none if that
    /// is the exact gradient. `others` is kept between calls, to draw the other batches only once.
    pub fn at(
        objective: &Objective,
        gradient: Gradient,
        step: u32,
        p: Vector2<f64>,
        others: &mut Option<OtherBatches>,
    ) -> Option<Self> {
        let slope = objective.value_gradient(p);
        let mut scene = StochasticOracle::new(objective, gradient, EvaluationCounter::default());
        let own = scene.begin(step, p, slope).gradient;
        let full = slope.gradient;
        match scene.gradient_source() {
            Gradient::Exact => None,
            Gradient::Noise { sigma, seed } => {
                let seed = other(seed);
                let all: Vec<_> =
                    (0..MEASURED as u64).map(|index| full + random::normals(seed, index) * sigma).collect();
                let both = sigma * std::f64::consts::SQRT_2;
                let origin = GradientOrigin::Noise { sigma };
                Some(Self::among(origin, full, own, all, Vec::new(), (both, [sigma; 2], both)))
            }
            source @ Gradient::Minibatch { size: asked, replacement, .. } => {
                let drawn = scene.drawn()?.to_vec();
                let (rows, size) = (objective.examples()?.len() as u32, drawn.len() as u32);
                let fits = |old: &OtherBatches| old.source == source && old.rows == rows && old.size == size;
                if !others.as_ref().is_some_and(fits) {
                    *others = None;
                }
                let others = others.get_or_insert_with(|| OtherBatches::draw(source, rows, size));
                let each: Vec<_> = objective.example_gradients(p).collect();
                let mean = |places: &[u32]| {
                    let sum: Vector2<f64> = places.iter().filter_map(|place| each.get(*place as usize)).sum();
                    sum / places.len() as f64
                };
                let all = others.places.chunks_exact(size.max(1) as usize).map(mean).collect();
                let along = [0, 1].map(|axis| {
                    let squares = each.iter().map(|one| (one[axis] - full[axis]) * (one[axis] - full[axis]));
                    (squares.sum::<f64>() / f64::from(rows)).sqrt()
                });
                let sigma = libm::hypot(along[0], along[1]);
                let (n, b) = (f64::from(rows), f64::from(size));
                let left = if replacement || rows < 2 { 1.0 } else { ((n - b) / (n - 1.0)).sqrt() };
                let predicted = sigma / b.sqrt() * left;
                let turn = (!replacement).then(|| BatchIndex::of(step, asked, rows));
                let origin = GradientOrigin::Batch { size, rows, turn };
                Some(Self::among(origin, full, own, all, drawn, (sigma, along, predicted)))
            }
        }
    }

    fn among(
        origin: GradientOrigin,
        full: Vector2<f64>,
        own: Vector2<f64>,
        mut possible: Vec<Vector2<f64>>,
        drawn: Vec<u32>,
        (sigma, along, predicted): (f64, [f64; 2], f64),
    ) -> Self {
        let squares: f64 = possible.iter().map(|one| (one - full).norm_squared()).sum();
        let measured_over = possible.len();
        let measured = (squares / measured_over as f64).sqrt();
        possible.truncate(KEPT);
        Self { origin, full, own, possible, drawn, sigma, along, predicted, measured, measured_over }
    }

    /// The angle between this step's gradient and the full one, in radians from 0 to π; none where
    /// one of them is zero or not finite.
    pub fn angle(&self) -> Option<f64> {
        let (a, b) = (unit(self.own)?, unit(self.full)?);
        Some(libm::atan2((a.x * b.y - a.y * b.x).abs(), a.dot(&b)))
    }

    /// How many times as long this step's gradient is as the full one; none where that is zero or
    /// one of them is not finite.
    pub fn ratio(&self) -> Option<f64> {
        let length = |v: Vector2<f64>| libm::hypot(v.x, v.y);
        let ratio = length(self.own) / length(self.full);
        (ratio.is_finite() && length(self.full) > 0.0).then_some(ratio)
    }
}

/// `v` made one long, whatever its size; none if it is zero or not finite.
fn unit(v: Vector2<f64>) -> Option<Vector2<f64>> {
    let size = v.x.abs().max(v.y.abs());
    (size > 0.0 && size.is_finite() && !(v.x.is_nan() || v.y.is_nan())).then(|| (v / size).normalize())
}

#[cfg(test)]
#[path = "minibatches_tests.rs"]
mod tests;
