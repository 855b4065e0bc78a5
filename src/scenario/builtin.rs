//! The presets that come with the program.

use super::Scenario;
use super::names::nearest;
use super::problem::LoadError;
use super::read::{load, parse};
use std::path::Path;

/// A lesson that comes with the program.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// The name under which it is opened.
    pub name: &'static str,
    /// The document.
    pub text: &'static str,
}

/// The presets, in the order of the lessons.
pub static ALL: &[Preset] = &[
    Preset { name: "learning-rates", text: include_str!("../../presets/learning-rates.ron") },
    Preset { name: "learning-rate-search", text: include_str!("../../presets/learning-rate-search.ron") },
    Preset { name: "closed-form-decay", text: include_str!("../../presets/closed-form-decay.ron") },
    Preset {
        name: "well-conditioned-quadratic",
        text: include_str!("../../presets/well-conditioned-quadratic.ron"),
    },
    Preset {
        name: "ill-conditioned-quadratic",
        text: include_str!("../../presets/ill-conditioned-quadratic.ron"),
    },
    Preset { name: "zigzag", text: include_str!("../../presets/zigzag.ron") },
    Preset { name: "coordinate-descent", text: include_str!("../../presets/coordinate-descent.ron") },
    Preset { name: "feature-scaling-before", text: include_str!("../../presets/feature-scaling-before.ron") },
    Preset { name: "feature-scaling-after", text: include_str!("../../presets/feature-scaling-after.ron") },
    Preset { name: "momentum-damps-zigzag", text: include_str!("../../presets/momentum-damps-zigzag.ron") },
    Preset { name: "momentum-forms", text: include_str!("../../presets/momentum-forms.ron") },
    Preset { name: "nesterov", text: include_str!("../../presets/nesterov.ron") },
    Preset {
        name: "adagrad-shrinking-steps",
        text: include_str!("../../presets/adagrad-shrinking-steps.ron"),
    },
    Preset { name: "rmsprop-cure", text: include_str!("../../presets/rmsprop-cure.ron") },
    Preset { name: "adam-bias-correction", text: include_str!("../../presets/adam-bias-correction.ron") },
    Preset { name: "classic-five", text: include_str!("../../presets/classic-five.ron") },
    Preset { name: "adam-vs-adamw", text: include_str!("../../presets/adam-vs-adamw.ron") },
    Preset { name: "newton", text: include_str!("../../presets/newton.ron") },
    Preset { name: "newton-and-its-model", text: include_str!("../../presets/newton-and-its-model.ron") },
    Preset { name: "newton-saddle", text: include_str!("../../presets/newton-saddle.ron") },
    Preset { name: "bfgs-learns-curvature", text: include_str!("../../presets/bfgs-learns-curvature.ron") },
    Preset { name: "cost-of-a-step", text: include_str!("../../presets/cost-of-a-step.ron") },
    Preset { name: "rosenbrock", text: include_str!("../../presets/rosenbrock.ron") },
    Preset { name: "saddle", text: include_str!("../../presets/saddle.ron") },
    Preset { name: "saddle-on-axis", text: include_str!("../../presets/saddle-on-axis.ron") },
    Preset { name: "saddle-escape", text: include_str!("../../presets/saddle-escape.ron") },
    Preset { name: "saddle-and-noise", text: include_str!("../../presets/saddle-and-noise.ron") },
    Preset { name: "plateau", text: include_str!("../../presets/plateau.ron") },
    Preset { name: "convex-starts", text: include_str!("../../presets/convex-starts.ron") },
    Preset { name: "non-convex-starts", text: include_str!("../../presets/non-convex-starts.ron") },
    Preset {
        name: "local-and-global-minimum",
        text: include_str!("../../presets/local-and-global-minimum.ron"),
    },
    Preset { name: "weight-symmetry", text: include_str!("../../presets/weight-symmetry.ron") },
    Preset {
        name: "squared-error-of-a-sigmoid",
        text: include_str!("../../presets/squared-error-of-a-sigmoid.ron"),
    },
    Preset {
        name: "cross-entropy-of-a-sigmoid",
        text: include_str!("../../presets/cross-entropy-of-a-sigmoid.ron"),
    },
    Preset { name: "outliers", text: include_str!("../../presets/outliers.ron") },
    Preset { name: "outliers-given-up", text: include_str!("../../presets/outliers-given-up.ron") },
    Preset { name: "zero-one-loss", text: include_str!("../../presets/zero-one-loss.ron") },
    Preset { name: "weight-decay-separable", text: include_str!("../../presets/weight-decay-separable.ron") },
    Preset {
        name: "batch-minibatch-stochastic",
        text: include_str!("../../presets/batch-minibatch-stochastic.ron"),
    },
    Preset {
        name: "batch-size-standard-error",
        text: include_str!("../../presets/batch-size-standard-error.ron"),
    },
    Preset { name: "momentum-under-noise", text: include_str!("../../presets/momentum-under-noise.ron") },
    Preset { name: "averaging", text: include_str!("../../presets/averaging.ron") },
    Preset { name: "noise-floor-schedules", text: include_str!("../../presets/noise-floor-schedules.ron") },
    Preset { name: "warm-restarts", text: include_str!("../../presets/warm-restarts.ron") },
    Preset { name: "when-to-stop", text: include_str!("../../presets/when-to-stop.ron") },
    Preset { name: "your-own-function", text: include_str!("../../presets/your-own-function.ron") },
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
            .map_err(|problems| LoadError::Refused { file: preset.name.to_owned(), problems });
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
