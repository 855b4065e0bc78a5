//! The presets that come with the program.

use crate::document::scenario::Scenario;
use crate::document_text::parse;
use crate::text::diagnostic::LoadError;
use crate::text::unknown::hint;

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

/// The lesson of this name, about this topic; its document is the file of its name.
macro_rules! lesson {
    ($name:literal, $topic:ident) => {
        Preset { name: $name, topic: $topic, text: include_str!(concat!("../../../presets/", $name, ".ron")) }
    };
}

// The topics, as the menu shows them.
const STORIES: &str = "Stories";
const CURVES: &str = "One variable";
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
    lesson!("story-one-variable", STORIES),
    lesson!("story-condition-number", STORIES),
    lesson!("story-momentum", STORIES),
    lesson!("story-adaptive", STORIES),
    lesson!("story-newton", STORIES),
    lesson!("story-noise", STORIES),
    lesson!("story-landscapes", STORIES),
    lesson!("story-edge-of-stability", STORIES),
    lesson!("one-variable-slope-and-step", CURVES),
    lesson!("one-variable-rates", CURVES),
    lesson!("one-variable-newton", CURVES),
    lesson!("one-variable-period-doubling", CURVES),
    lesson!("learning-rates", DESCENT),
    lesson!("learning-rate-search", DESCENT),
    lesson!("closed-form-decay", DESCENT),
    lesson!("well-conditioned-quadratic", SCALING),
    lesson!("ill-conditioned-quadratic", SCALING),
    lesson!("zigzag", SCALING),
    lesson!("coordinate-descent", SCALING),
    lesson!("feature-scaling-before", SCALING),
    lesson!("feature-scaling-after", SCALING),
    lesson!("momentum-damps-zigzag", MOMENTUM),
    lesson!("momentum-forms", MOMENTUM),
    lesson!("momentum-taken-apart", MOMENTUM),
    lesson!("nesterov", MOMENTUM),
    lesson!("adagrad-shrinking-steps", ADAPTIVE),
    lesson!("rmsprop-cure", ADAPTIVE),
    lesson!("effective-learning-rates", ADAPTIVE),
    lesson!("adam-taken-apart", ADAPTIVE),
    lesson!("adam-bias-correction", ADAPTIVE),
    lesson!("classic-five", ADAPTIVE),
    lesson!("adam-vs-adamw", ADAPTIVE),
    lesson!("newton", SECOND),
    lesson!("newton-and-its-model", SECOND),
    lesson!("newton-saddle", SECOND),
    lesson!("bfgs-learns-curvature", SECOND),
    lesson!("cost-of-a-step", SECOND),
    lesson!("rosenbrock", SECOND),
    lesson!("saddle", POINTS),
    lesson!("saddle-on-axis", POINTS),
    lesson!("saddle-escape", POINTS),
    lesson!("saddle-and-noise", POINTS),
    lesson!("plateau", POINTS),
    lesson!("convex-starts", POINTS),
    lesson!("non-convex-starts", POINTS),
    lesson!("local-and-global-minimum", POINTS),
    lesson!("weight-symmetry", POINTS),
    lesson!("squared-error-of-a-sigmoid", DATA),
    lesson!("cross-entropy-of-a-sigmoid", DATA),
    lesson!("outliers", DATA),
    lesson!("outliers-given-up", DATA),
    lesson!("zero-one-loss", DATA),
    lesson!("weight-decay-separable", DATA),
    lesson!("batch-minibatch-stochastic", NOISE),
    lesson!("batch-size-standard-error", NOISE),
    lesson!("momentum-under-noise", NOISE),
    lesson!("averaging", NOISE),
    lesson!("noise-floor-schedules", SCHEDULES),
    lesson!("warm-restarts", SCHEDULES),
    lesson!("when-to-stop", SCHEDULES),
    lesson!("your-own-function", OWN),
    lesson!("edges-of-stability", LABORATORY),
    lesson!("momentum-plane", LABORATORY),
    lesson!("rmsprop-at-its-edge", LABORATORY),
    lesson!("taylor-model", LABORATORY),
    lesson!("directional-curvature", LABORATORY),
    lesson!("convex-or-not", LABORATORY),
    lesson!("loss-by-component", LABORATORY),
    lesson!("map-of-momentum", LABORATORY),
    lesson!("which-minimum", LABORATORY),
    lesson!("fair-comparison", LABORATORY),
    lesson!("before-and-after", LABORATORY),
];

/// The preset called `name`.
pub fn find(name: &str) -> Option<&'static Preset> {
    ALL.iter().find(|preset| preset.name == name)
}

/// The preset that has nothing else in it than this scenario, if there is one.
pub fn lesson_of(scenario: &Scenario) -> Option<&'static Preset> {
    // Only those are read that could be it.
    let is_near = |preset: &&Preset| !scenario.title.is_empty() && preset.text.contains(&scenario.title);
    ALL.iter().filter(is_near).find(|preset| parse(preset.text).is_ok_and(|lesson| lesson == *scenario))
}

/// The scenario of the preset called `name`.
///
/// # Errors
/// There is none of that name.
pub fn open_preset(name: &str) -> Result<Scenario, LoadError> {
    let Some(preset) = find(name) else {
        let hint = hint(name, names());
        return Err(LoadError::Unknown { message: format!("there is no built-in preset `{name}`{hint}") });
    };
    parse(preset.text).map_err(|diagnostics| LoadError::Refused { file: preset.name.to_owned(), diagnostics })
}

/// The names of all presets.
pub fn names() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|preset| preset.name)
}
