//! The presets that come with the program.

use super::Scenario;
use crate::diagnostic::LoadError;
use crate::names::nearest;
use crate::read::{load, parse};
use std::path::Path;

/// A lesson that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// The name under which it is opened.
    pub name: &'static str,
    /// What it is about: lessons of one topic stand together.
    pub topic: &'static str,
    /// The document.
    pub text: &'static str,
}

/// The lesson with that name, about that topic, with that document.
const fn lesson(name: &'static str, topic: &'static str, text: &'static str) -> Preset {
    Preset { name, topic, text }
}

// The topics, as the menu shows them.
const DESCENT: &str = "Descent and its rate";
const SCALING: &str = "Conditioning and scaling";
const MOMENTUM: &str = "Momentum";
const ADAPTIVE: &str = "Adaptive methods";
const SECOND: &str = "Second order";
const POINTS: &str = "Saddles, plateaus, minima";
const DATA: &str = "Losses on data";
const NOISE: &str = "Stochastic gradients";
const SCHEDULES: &str = "Schedules and stopping";
const OWN: &str = "Your own function";
const LABORATORY: &str = "The laboratory";

/// The presets, in the order of the lessons.
pub static ALL: &[Preset] = &[
    lesson("learning-rates", DESCENT, include_str!("../../../presets/learning-rates.ron")),
    lesson("learning-rate-search", DESCENT, include_str!("../../../presets/learning-rate-search.ron")),
    lesson("closed-form-decay", DESCENT, include_str!("../../../presets/closed-form-decay.ron")),
    lesson(
        "well-conditioned-quadratic",
        SCALING,
        include_str!("../../../presets/well-conditioned-quadratic.ron"),
    ),
    lesson(
        "ill-conditioned-quadratic",
        SCALING,
        include_str!("../../../presets/ill-conditioned-quadratic.ron"),
    ),
    lesson("zigzag", SCALING, include_str!("../../../presets/zigzag.ron")),
    lesson("coordinate-descent", SCALING, include_str!("../../../presets/coordinate-descent.ron")),
    lesson("feature-scaling-before", SCALING, include_str!("../../../presets/feature-scaling-before.ron")),
    lesson("feature-scaling-after", SCALING, include_str!("../../../presets/feature-scaling-after.ron")),
    lesson("momentum-damps-zigzag", MOMENTUM, include_str!("../../../presets/momentum-damps-zigzag.ron")),
    lesson("momentum-forms", MOMENTUM, include_str!("../../../presets/momentum-forms.ron")),
    lesson("momentum-taken-apart", MOMENTUM, include_str!("../../../presets/momentum-taken-apart.ron")),
    lesson("nesterov", MOMENTUM, include_str!("../../../presets/nesterov.ron")),
    lesson("adagrad-shrinking-steps", ADAPTIVE, include_str!("../../../presets/adagrad-shrinking-steps.ron")),
    lesson("rmsprop-cure", ADAPTIVE, include_str!("../../../presets/rmsprop-cure.ron")),
    lesson(
        "effective-learning-rates",
        ADAPTIVE,
        include_str!("../../../presets/effective-learning-rates.ron"),
    ),
    lesson("adam-taken-apart", ADAPTIVE, include_str!("../../../presets/adam-taken-apart.ron")),
    lesson("adam-bias-correction", ADAPTIVE, include_str!("../../../presets/adam-bias-correction.ron")),
    lesson("classic-five", ADAPTIVE, include_str!("../../../presets/classic-five.ron")),
    lesson("adam-vs-adamw", ADAPTIVE, include_str!("../../../presets/adam-vs-adamw.ron")),
    lesson("newton", SECOND, include_str!("../../../presets/newton.ron")),
    lesson("newton-and-its-model", SECOND, include_str!("../../../presets/newton-and-its-model.ron")),
    lesson("newton-saddle", SECOND, include_str!("../../../presets/newton-saddle.ron")),
    lesson("bfgs-learns-curvature", SECOND, include_str!("../../../presets/bfgs-learns-curvature.ron")),
    lesson("cost-of-a-step", SECOND, include_str!("../../../presets/cost-of-a-step.ron")),
    lesson("rosenbrock", SECOND, include_str!("../../../presets/rosenbrock.ron")),
    lesson("saddle", POINTS, include_str!("../../../presets/saddle.ron")),
    lesson("saddle-on-axis", POINTS, include_str!("../../../presets/saddle-on-axis.ron")),
    lesson("saddle-escape", POINTS, include_str!("../../../presets/saddle-escape.ron")),
    lesson("saddle-and-noise", POINTS, include_str!("../../../presets/saddle-and-noise.ron")),
    lesson("plateau", POINTS, include_str!("../../../presets/plateau.ron")),
    lesson("convex-starts", POINTS, include_str!("../../../presets/convex-starts.ron")),
    lesson("non-convex-starts", POINTS, include_str!("../../../presets/non-convex-starts.ron")),
    lesson("local-and-global-minimum", POINTS, include_str!("../../../presets/local-and-global-minimum.ron")),
    lesson("weight-symmetry", POINTS, include_str!("../../../presets/weight-symmetry.ron")),
    lesson(
        "squared-error-of-a-sigmoid",
        DATA,
        include_str!("../../../presets/squared-error-of-a-sigmoid.ron"),
    ),
    lesson(
        "cross-entropy-of-a-sigmoid",
        DATA,
        include_str!("../../../presets/cross-entropy-of-a-sigmoid.ron"),
    ),
    lesson("outliers", DATA, include_str!("../../../presets/outliers.ron")),
    lesson("outliers-given-up", DATA, include_str!("../../../presets/outliers-given-up.ron")),
    lesson("zero-one-loss", DATA, include_str!("../../../presets/zero-one-loss.ron")),
    lesson("weight-decay-separable", DATA, include_str!("../../../presets/weight-decay-separable.ron")),
    lesson(
        "batch-minibatch-stochastic",
        NOISE,
        include_str!("../../../presets/batch-minibatch-stochastic.ron"),
    ),
    lesson(
        "batch-size-standard-error",
        NOISE,
        include_str!("../../../presets/batch-size-standard-error.ron"),
    ),
    lesson("momentum-under-noise", NOISE, include_str!("../../../presets/momentum-under-noise.ron")),
    lesson("averaging", NOISE, include_str!("../../../presets/averaging.ron")),
    lesson("noise-floor-schedules", SCHEDULES, include_str!("../../../presets/noise-floor-schedules.ron")),
    lesson("warm-restarts", SCHEDULES, include_str!("../../../presets/warm-restarts.ron")),
    lesson("when-to-stop", SCHEDULES, include_str!("../../../presets/when-to-stop.ron")),
    lesson("your-own-function", OWN, include_str!("../../../presets/your-own-function.ron")),
    lesson("edges-of-stability", LABORATORY, include_str!("../../../presets/edges-of-stability.ron")),
    lesson("momentum-plane", LABORATORY, include_str!("../../../presets/momentum-plane.ron")),
    lesson("rmsprop-at-its-edge", LABORATORY, include_str!("../../../presets/rmsprop-at-its-edge.ron")),
    lesson("taylor-model", LABORATORY, include_str!("../../../presets/taylor-model.ron")),
    lesson("directional-curvature", LABORATORY, include_str!("../../../presets/directional-curvature.ron")),
    lesson("convex-or-not", LABORATORY, include_str!("../../../presets/convex-or-not.ron")),
    lesson("loss-by-component", LABORATORY, include_str!("../../../presets/loss-by-component.ron")),
    lesson("map-of-momentum", LABORATORY, include_str!("../../../presets/map-of-momentum.ron")),
    lesson("which-minimum", LABORATORY, include_str!("../../../presets/which-minimum.ron")),
    lesson("fair-comparison", LABORATORY, include_str!("../../../presets/fair-comparison.ron")),
    lesson("before-and-after", LABORATORY, include_str!("../../../presets/before-and-after.ron")),
];

/// The preset called `name`.
pub fn find(name: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.name == name)
}

/// The scenario in the file at `name_or_path`, or the preset of that name if there is no such file.
///
/// # Errors
/// There is neither, or the file is not a scenario.
pub fn open(name_or_path: &str) -> Result<Scenario, LoadError> {
    let path = Path::new(name_or_path);
    if path.is_file() {
        return load(path);
    }
    if let Some(preset) = find(name_or_path) {
        return parse(preset.text)
            .map_err(|diagnostics| LoadError::Refused { file: preset.name.to_owned(), diagnostics });
    }
    // What looks like a path is one: say why the file cannot be opened.
    let is_path = path.components().count() > 1 || path.extension().is_some() || path.exists();
    if is_path {
        return load(path);
    }
    let names: Vec<_> = ALL.iter().map(|preset| preset.name).collect();
    let hint = nearest(name_or_path, names.iter().copied())
        .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
    let message = format!(
        "there is neither a file nor a built-in preset `{name_or_path}`{hint} (built in: {})",
        names.join(", ")
    );
    Err(LoadError::Unknown { message })
}
