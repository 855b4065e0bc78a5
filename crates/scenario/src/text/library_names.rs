//! What other programs call things, and what they are called here.

use thalweg_core::catalogue::{modifiers, optimizers, schedules};
use thalweg_core::spec::described::Described;

/// What a key of another program is called here: the keys that take its place together, the first of these rows
/// that are all there. Letters count alike in either case.
const KEYS: &[(&str, &[&[&str]])] = &[
    // Optimizers: PyTorch, optax, Keras, papers.
    ("learning_rate", &[&["lr"], &["alpha0"], &["max_lr"]]),
    ("learningrate", &[&["lr"], &["alpha0"], &["max_lr"]]),
    ("max_learning_rate", &[&["max_lr"], &["lr"]]),
    ("step_size", &[&["lr"], &["alpha0"], &["size"]]),
    ("stepsize", &[&["lr"], &["alpha0"]]),
    ("eta", &[&["lr"], &["alpha0"]]),
    ("alpha", &[&["lr"], &["alpha0"]]),
    ("lr0", &[&["lr"], &["alpha0"]]),
    ("lr", &[&["alpha0"], &["max_lr"]]),
    ("epsilon", &[&["eps"]]),
    ("eps_adam", &[&["eps"]]),
    ("betas", &[&["beta1", "beta2", "beta3"], &["beta1", "beta2"]]),
    ("b1", &[&["beta1"]]),
    ("b2", &[&["beta2"]]),
    ("b3", &[&["beta3"]]),
    ("beta_1", &[&["beta1"]]),
    ("beta_2", &[&["beta2"]]),
    ("nus", &[&["nu1", "nu2"]]),
    ("beta", &[&["momentum"], &["beta1"], &["rho"], &["alpha"]]),
    ("mu", &[&["momentum"]]),
    ("mom", &[&["momentum"]]),
    ("decay", &[&["alpha"], &["rho"], &["momentum"], &["lambda"], &["gamma"]]),
    ("rho", &[&["alpha"]]),
    ("smoothing", &[&["alpha"], &["rho"]]),
    ("smoothing_constant", &[&["alpha"], &["rho"]]),
    ("wd", &[&["weight_decay"], &["l2"]]),
    ("l2", &[&["weight_decay"]]),
    ("weight_decay", &[&["l2"]]),
    ("initial_accumulator_value", &[&["initial_accumulator"]]),
    ("initial_scale", &[&["initial_accumulator"]]),
    ("etas", &[&["eta_minus", "eta_plus"]]),
    ("step_sizes", &[&["step_min", "step_max"]]),
    ("history_size", &[&["memory"]]),
    ("memory_size", &[&["memory"]]),
    ("m", &[&["memory"]]),
    ("line_search_fn", &[&["line_search"]]),
    ("update_period", &[&["interval"]]),
    ("k", &[&["interval"]]),
    // Schedules.
    ("lr_lambda", &[&["rate"]]),
    ("t_max", &[&["total"]]),
    ("t_0", &[&["period"]]),
    ("t_mult", &[&["mult"]]),
    ("eta_min", &[&["min_factor"]]),
    ("end_factor", &[&["min_factor"]]),
    ("total_steps", &[&["total"], &["steps"]]),
    ("total_iters", &[&["total"], &["steps"]]),
    ("decay_steps", &[&["total"], &["size"]]),
    ("transition_steps", &[&["total"], &["size"], &["steps"]]),
    ("warmup_steps", &[&["steps"]]),
    ("decay_rate", &[&["gamma"], &["lambda"]]),
    ("anneal_strategy", &[&["anneal"]]),
    ("min_lr", &[&["min_factor"]]),
    ("schedulers", &[&["parts"]]),
    ("schedules", &[&["parts"]]),
    ("boundaries", &[&["milestones"]]),
    // Surfaces, gradients and the document.
    ("condition_number", &[&["kappa"]]),
    ("batch_size", &[&["size"]]),
    ("std", &[&["sigma"]]),
    ("formula", &[&["f"]]),
    ("expression", &[&["f"]]),
    ("function", &[&["f"], &["surface"]]),
    ("objective", &[&["surface"]]),
    ("loss", &[&["surface"]]),
    ("optimizers", &[&["runners"]]),
    ("x0", &[&["start"]]),
    ("init", &[&["start"]]),
    ("initial", &[&["start"]]),
    ("epochs", &[&["steps"]]),
    ("iterations", &[&["steps"]]),
    ("max_iter", &[&["steps"]]),
    ("maxiter", &[&["steps"]]),
    ("n_steps", &[&["steps"]]),
    ("num_steps", &[&["steps"]]),
    ("scheduler", &[&["schedule"]]),
    ("lr_scheduler", &[&["schedule"]]),
    ("name", &[&["label"], &["title"]]),
    ("description", &[&["notes"]]),
    ("tol", &[&["gradient"], &["stop"]]),
    ("tolerance", &[&["gradient"], &["stop"]]),
    ("gtol", &[&["gradient"], &["stop"]]),
];

/// Keys of other programs for what is an optimizer, a schedule or a source of gradients of its own here.
const ENTRIES_FOR_KEYS: &[(&str, &str)] = &[
    ("modifiers", "`with: [ClipNorm(max: 1)]` of the runner"),
    ("clip", "`with: [ClipNorm(max: 1)]` of the runner"),
    ("clipnorm", "`with: [ClipNorm(max: 1)]` of the runner"),
    ("clipvalue", "`with: [ClipValue(max: 1)]` of the runner"),
    ("max_grad_norm", "`with: [ClipNorm(max: 1)]` of the runner"),
    ("maximize", "`with: [Ascent()]` of the runner"),
    ("nesterov", "the optimizer `Nesterov`"),
    ("use_nesterov", "the optimizer `Nesterov`"),
    ("batch_size", "the gradient `Minibatch(size: 8)` of the scenario or the runner"),
    ("noise", "the gradient `Noise(sigma: 0.1)` of the scenario or the runner"),
    (
        "fit_intercept",
        "a regression's alone, which has a formula for it: a classifier's intercept is fixed (`intercept`), or one of the two \
         weights, where the data have one feature",
    ),
    ("optimizer", "an element of `runners`, as `(optimizer: Adam(lr: 0.05))`"),
];

/// What an entry of another program's table is called here.
const ENTRIES: &[(&str, &str)] = &[
    // Optimizers.
    ("SGD", "`GradientDescent`, with momentum `Momentum` or `Nesterov`"),
    ("GD", "`GradientDescent`"),
    ("VanillaSGD", "`GradientDescent`"),
    ("SGDM", "`Momentum`"),
    ("SGDMomentum", "`Momentum`"),
    ("MomentumSGD", "`Momentum`"),
    ("HeavyBall", "`Momentum`"),
    ("Polyak", "`Momentum` for the heavy ball, `PolyakStep` for the step size"),
    ("NAG", "`Nesterov`"),
    ("SGDNesterov", "`Nesterov`"),
    ("AMSGrad", "`Adam` with `amsgrad: true`"),
    ("NadamW", "`NAdam`"),
    ("AdamWScheduleFree", "`ScheduleFreeAdamW`"),
    ("SGDScheduleFree", "`ScheduleFreeSgd`"),
    ("ScheduleFreeAdam", "`ScheduleFreeAdamW`"),
    ("QHMomentum", "`Qhm`"),
    ("CG", "`ConjugateGradient`"),
    ("BB", "`BarzilaiBorwein`"),
    ("L-BFGS-B", "`Lbfgs`"),
    ("LimitedMemoryBFGS", "`Lbfgs`"),
    ("Newton-CG", "`Newton`"),
    ("GaussNewton", "`Newton`"),
    ("SophiaH", "`Sophia`"),
    ("SophiaG", "`Sophia`"),
    ("LineSearch", "`SteepestDescent`"),
    ("Backtracking", "`SteepestDescent` with `line_search: Backtracking`"),
    // Schedules.
    ("ConstantLR", "`Constant`"),
    ("LambdaLR", "`Formula`, with the rate as a formula of the step"),
    ("MultiStepLR", "`Piecewise`"),
    ("piecewise_constant_schedule", "`Piecewise`"),
    ("ExponentialLR", "`Exponential`"),
    ("exponential_decay", "`Exponential`"),
    ("StepLR", "`Step`"),
    ("InverseTimeDecay", "`InverseTime`"),
    ("PolynomialLR", "`Polynomial`"),
    ("polynomial_schedule", "`Polynomial`"),
    ("LinearLR", "`LinearWarmup` for a growing rate, `Polynomial` for a falling one"),
    ("linear_schedule", "`LinearWarmup` for a growing rate, `Polynomial` for a falling one"),
    ("CosineAnnealingLR", "`Cosine`"),
    ("CosineAnnealing", "`Cosine`"),
    ("cosine_decay_schedule", "`Cosine`"),
    ("CosineAnnealingWarmRestarts", "`WarmRestarts`"),
    ("SGDR", "`WarmRestarts`"),
    ("sgdr_schedule", "`WarmRestarts`"),
    ("Warmup", "`LinearWarmup`"),
    ("SequentialLR", "`Sequence`"),
    ("ChainedScheduler", "`Sequence`"),
    ("join_schedules", "`Sequence`"),
    ("ReduceLROnPlateau", "`ReduceOnPlateau`"),
    ("reduce_on_plateau", "`ReduceOnPlateau`"),
    ("warmup_cosine_decay_schedule", "`WarmupCosine`"),
    ("WSD", "`WarmupStableDecay`"),
    ("Trapezoidal", "`WarmupStableDecay`"),
    ("CyclicLR", "`Cyclic`"),
    ("OneCycleLR", "`OneCycle`"),
    ("cosine_onecycle_schedule", "`OneCycle`"),
    // Modifiers.
    ("clip_grad_norm_", "`ClipNorm`"),
    ("clip_by_global_norm", "`ClipNorm`"),
    ("clipnorm", "`ClipNorm`"),
    ("GradientClipping", "`ClipNorm` or `ClipValue`"),
    ("clip_grad_value_", "`ClipValue`"),
    ("clip", "`ClipValue`"),
    ("add_decayed_weights", "`WeightDecay`"),
    ("L2", "`WeightDecay`"),
    ("SAM", "`Sharpness`"),
    ("maximize", "`Ascent`"),
    ("projection_box", "`Box`"),
    ("Projection", "`Box`"),
    ("PolyakAveraging", "`Average`"),
    ("EMA", "`Average` with `form: Ema`"),
    ("SWA", "`Average`"),
    ("AveragedModel", "`Average`"),
    // Gradients and surfaces.
    ("SGDNoise", "`Noise`"),
    ("Gaussian", "`Noise`"),
    ("Batch", "`Minibatch`"),
    ("MiniBatch", "`Minibatch`"),
    ("Sphere", "`Quadratic` with `kappa: 1`"),
    ("Bowl", "`Quadratic`"),
    ("Ellipse", "`Quadratic`"),
    ("Camel", "`ThreeHumpCamel` or `SixHumpCamel`"),
    ("Custom", "`Formula`"),
    ("Function", "`Formula`"),
    ("Linear", "`LinearRegression`"),
    ("LeastSquares", "`LinearRegression`"),
    ("Logistic", "`LogisticRegression`"),
    ("CrossEntropy", "`LogisticRegression`"),
    ("MLP", "`TinyNet`"),
];

/// The name without what differs between spellings of it.
fn folded(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-')).flat_map(char::to_lowercase).collect()
}

fn row<'t, T>(table: &'t [(&str, T)], name: &str) -> impl Iterator<Item = &'t T> {
    let name = folded(name);
    table.iter().filter(move |(foreign, _)| folded(foreign) == name).map(|(_, ours)| ours)
}

/// Of a key that others have, so many are named.
const MOST_OWNERS: usize = 4;

/// What the key `name` of another program is here, where there are `keys`: "here it is `lr`".
pub fn for_key(name: &str, keys: &[&str]) -> Option<String> {
    let mut rows = row(KEYS, name).flat_map(|rows| rows.iter());
    if let Some(ours) = rows.find(|ours| ours.iter().all(|key| keys.contains(key))) {
        let ours: Vec<_> = ours.iter().map(|key| format!("`{key}`")).collect();
        return Some(format!("here it is {}", ours.join(" and ")));
    }
    if let Some(ours) = row(ENTRIES_FOR_KEYS, name).next() {
        return Some(format!("here that is {ours}"));
    }
    let has_it: Vec<_> = having(optimizers::ALL, name)
        .chain(having(schedules::ALL, name))
        .chain(having(modifiers::ALL, name))
        .map(|entry| format!("`{entry}`"))
        .collect();
    match has_it.get(..MOST_OWNERS) {
        Some(some) => Some(format!("{} and others have it", some.join(", "))),
        None if has_it.is_empty() => None,
        None => Some(format!("{} {} it", has_it.join(", "), if has_it.len() == 1 { "has" } else { "have" })),
    }
}

/// The entries of a table that have the key `name`.
fn having<'t, D: Described>(
    table: &'t [&'static D],
    name: &'t str,
) -> impl Iterator<Item = &'static str> + 't {
    let has = move |entry: &&&'static D| entry.params().iter().any(|param| param.key == name);
    table.iter().filter(has).map(|entry| entry.name())
}

/// What the entry `name` of another program's table is here: "here it is `Momentum`".
pub fn for_entry(name: &str) -> Option<String> {
    row(ENTRIES, name).next().map(|ours| format!("here it is {ours}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::runner::Runner;
    use crate::document::scenario::Scenario;
    use crate::document::stop::Stop;
    use crate::format::record::Record;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::method::gradient;
    use thalweg_core::method::schedule_sequence::PARTS;

    /// The keys of every entry and struct, each with its own.
    fn all_keys() -> Vec<Vec<String>> {
        fn of<D: Described>(table: &[&'static D]) -> Vec<Vec<String>> {
            let keys =
                |entry: &&'static D| entry.params().iter().map(|param| param.key.to_string()).collect();
            table.iter().map(keys).collect()
        }
        fn record<R: Record>() -> Vec<String> {
            R::fields().iter().map(|field| field.key.to_owned()).collect()
        }
        let tables = [
            of(optimizers::ALL),
            of(schedules::ALL),
            of(modifiers::ALL),
            of(gradient::ALL),
            of(surfaces::ALL),
        ];
        let records = [record::<Scenario>(), record::<Runner>(), record::<Stop>()];
        // A sequence is no plain list of numbers: it is written with its parts.
        let sequence = vec!["milestones".to_owned(), PARTS.to_owned()];
        let records = records.into_iter().chain([sequence]);
        tables.into_iter().flatten().chain(records).collect()
    }

    #[test]
    fn every_pointer_leads_to_what_is_there() {
        let all = all_keys();
        for (foreign, rows) in KEYS {
            for ours in *rows {
                let owner =
                    all.iter().find(|keys| ours.iter().all(|ours| keys.iter().any(|key| key == ours)));
                let owner = owner.unwrap_or_else(|| panic!("{foreign}: nobody has {ours:?}"));
                let owner: Vec<_> = owner.iter().map(String::as_str).collect();
                assert!(
                    for_key(foreign, &owner).is_some_and(|told| told.starts_with("here it is")),
                    "{foreign}"
                );
            }
        }
        let names: Vec<&str> = optimizers::ALL
            .iter()
            .map(|entry| entry.name())
            .chain(schedules::ALL.iter().map(|entry| entry.name()))
            .chain(modifiers::ALL.iter().map(|entry| entry.name()))
            .chain(gradient::ALL.iter().map(|entry| entry.name()))
            .chain(surfaces::ALL.iter().map(|entry| entry.name()))
            .collect();
        for (foreign, ours) in ENTRIES {
            let first = ours.split('`').nth(1).expect("a name in quotes");
            assert!(names.contains(&first), "{foreign}: {first}");
            assert!(!names.contains(foreign), "{foreign} is a name here");
            assert!(for_entry(&foreign.to_lowercase()).is_some(), "{foreign}");
        }
    }

    #[test]
    fn what_others_have_is_told() {
        assert_eq!(
            for_key("nesterov", &["lr", "momentum"]).as_deref(),
            Some("here that is the optimizer `Nesterov`")
        );
        let told = for_key("momentum", &["lr", "weight_decay"]).expect("others have it");
        assert!(told.starts_with("`Momentum`, `Nesterov`") && told.ends_with("and others have it"), "{told}");
        assert_eq!(for_key("frobnication", &["lr"]), None);
    }
}
