//! Where a runner's gradients come from: exact, with noise, or from a part of the data.

use crate::spec::chosen::Chosen;
use crate::spec::described::Described;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::Param;
use crate::spec::range::Range;
use crate::spec::settings::Settings;

/// The description of a way to get gradients.
#[derive(Debug)]
pub struct GradientMode {
    /// The name, as presets write it.
    pub name: &'static str,
    /// The name for people, as it is written in the middle of a sentence; empty where it is the name.
    pub title: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// The gradient g of step t in symbols.
    pub formula: &'static str,
    /// Where it comes from: paper or book section.
    pub source: &'static str,
    /// Its parameters.
    pub params: &'static [Param],
    /// The gradient that given settings make.
    pub gradient: fn(&Settings<f64>) -> Gradient,
}

/// Which gradient the steps of a run are given. What is drawn at random comes from the seed and the
/// step alone: it is the same for every runner, in any order, and after scrubbing back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gradient {
    /// The exact gradient of the surface.
    Exact,
    /// The exact gradient plus independent normal noise in both coordinates.
    Noise {
        /// The standard deviation of each coordinate of the noise.
        sigma: f64,
        /// What the noise is drawn from.
        seed: u64,
    },
    /// The gradient of the mean over a few of the examples that the surface is a mean over.
    Minibatch {
        /// How many examples a step sees.
        size: u32,
        /// What the examples are drawn from.
        seed: u64,
        /// Whether a step draws from all examples anew; else they are shuffled, and every one has
        /// its turn before they are shuffled again.
        replacement: bool,
    },
}

/// The place of a step among the batches that are drawn without replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchIndex {
    /// How often all examples have had their turn before, from 0.
    pub epoch: u32,
    /// Which batch of the epoch it is, from 0.
    pub batch: u32,
    /// How many batches an epoch has. The last one is smaller where `size` does not divide `rows`.
    pub batches: u32,
}

impl BatchIndex {
    /// The batch of the step after `step` steps, with batches of `size` (at least 1) of `rows` examples.
    pub fn of(step: u32, size: u32, rows: u32) -> Self {
        let batches = rows.div_ceil(size).max(1);
        Self { epoch: step / batches, batch: step % batches, batches }
    }
}

/// The seed of everything that is drawn at random.
pub(crate) const SEED: Param = Param::number(
    "seed",
    "",
    1.0,
    Range::whole(0, u32::MAX),
    (0.0, 100.0),
    "what the random numbers are drawn from: the same seed gives the same run",
);

/// The exact gradient.
pub static EXACT: GradientMode = GradientMode {
    name: "Exact",
    title: "exact",
    summary: "The exact gradient of the surface: batch gradient descent, where the surface is a mean over data.",
    formula: "g = ∇f(x)",
    source: "Cauchy (1847)",
    params: &[],
    gradient: |_| Gradient::Exact,
};

/// What noise can be told.
const NOISE_PARAMS: &[Param] = &[
    Param::number(
        "sigma",
        "σ",
        0.1,
        Range::NOT_NEGATIVE,
        (1e-3, 10.0),
        "the standard deviation of the noise in each coordinate of the gradient",
    )
    .named("noise")
    .log(),
    SEED,
];

/// Additive noise.
pub static NOISE: GradientMode = GradientMode {
    name: "Noise",
    title: "noise",
    summary: "The exact gradient plus normal noise, the same at a given step for every runner.",
    formula: "g = ∇f(x) + σ·(ξ₁, ξ₂), ξ standard normal, drawn from the seed and the step",
    source: "Robbins and Monro (1951); Bottou, Curtis and Nocedal, SIAM Review 60 (2018), section 4",
    params: NOISE_PARAMS,
    gradient: |settings| {
        const SIGMA: NumberKey = NumberKey::of(NOISE_PARAMS, "sigma");
        const SEED: NumberKey = NumberKey::of(NOISE_PARAMS, "seed");
        Gradient::Noise { sigma: settings[SIGMA], seed: settings[SEED] as u64 }
    },
};

/// What minibatches can be told.
const MINIBATCH_PARAMS: &[Param] = &[
    Param::number(
        "size",
        "B",
        8.0,
        Range::whole(1, 10_000),
        (1.0, 64.0),
        "how many examples a step sees: 1 is stochastic gradient descent, all of them the exact gradient",
    )
    .named("batch size"),
    SEED,
    Param::switch(
        "replacement",
        false,
        "whether each step draws from all examples anew; else they are shuffled, and each has its turn in every epoch",
    ),
];

/// Gradients from a part of the data.
pub static MINIBATCH: GradientMode = GradientMode {
    name: "Minibatch",
    title: "minibatch",
    summary: "The gradient over a few examples instead of all: cheap and noisy. For surfaces that are means over data.",
    formula: "g = mean of the examples' ∇f(x) over this step's batch",
    source: "Goodfellow, Bengio and Courville, Deep Learning (2016), sections 5.9 and 8.1.3",
    params: MINIBATCH_PARAMS,
    gradient: |settings| {
        const SIZE: NumberKey = NumberKey::of(MINIBATCH_PARAMS, "size");
        const SEED: NumberKey = NumberKey::of(MINIBATCH_PARAMS, "seed");
        const REPLACEMENT: ChoiceKey = ChoiceKey::of(MINIBATCH_PARAMS, "replacement");
        let (size, seed) = (settings[SIZE] as u32, settings[SEED] as u64);
        Gradient::Minibatch { size, seed, replacement: settings[REPLACEMENT] == 1 }
    },
};

/// Every source of gradients, in the order of lists and menus.
pub static ALL: &[&GradientMode] = &[&EXACT, &NOISE, &MINIBATCH];

impl PartialEq for GradientMode {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Described for GradientMode {
    const WHAT: &'static str = "gradient";
    fn name(&self) -> &str {
        self.name
    }
    fn own_title(&self) -> &str {
        self.title
    }
    fn summary(&self) -> &str {
        self.summary
    }
    fn params(&self) -> &[Param] {
        self.params
    }
}

impl GradientMode {
    /// Whether it asks for a surface that is a mean over data.
    pub fn needs_data(&self) -> bool {
        *self == MINIBATCH
    }
}

impl Default for Chosen<GradientMode> {
    /// The exact gradient.
    fn default() -> Self {
        Self::with_defaults(&EXACT)
    }
}

impl Chosen<GradientMode> {
    /// The gradient that the settings make.
    pub fn gradient(&self) -> Gradient {
        (self.of.gradient)(&self.prepare())
    }
}
