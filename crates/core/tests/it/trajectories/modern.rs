//! The reference data's optimizers since AdaDelta in ours.

use super::{Json, Setting, number};
use Setting::{Choice, Number};
use thalweg_core::method::modifier::Modifier;
use thalweg_core::spec::chosen::Chosen;

/// The optimizer's name, with its settings read by `lookup` and added to `settings`, which holds
/// the learning rate. `None` if we do not have it, or a setting has no place in ours.
pub fn read(
    (name, rule): (&str, &str),
    lookup: &mut impl FnMut(&str) -> Option<Json>,
    settings: &mut Vec<Setting>,
) -> Option<&'static str> {
    let mut take = |from: &str, to: &'static str| {
        settings.push(Number(to, number(&lookup(from)?)));
        Some(())
    };
    match (name, rule) {
        ("adadelta", "adadelta") => {
            take("rho", "rho")?;
            take("eps", "eps")?;
            Some("AdaDelta")
        }
        ("sign_sgd", "sign_sgd") => Some("SignSgd"),
        ("signum", "signum") => {
            take("beta", "momentum")?;
            Some("Signum")
        }
        ("polyak_step", "polyak") => {
            take("max_lr", "max_lr")?;
            take("f_min", "f_min")?;
            // Optax's factor beside the step size, which ours does not have.
            assert!(matches!(settings.remove(0), Number("lr", 1.0)));
            Some("PolyakStep")
        }
        ("rprop", "rprop") | ("rprop_optax", "rprop_optax") => {
            let keys = [("etas", ["eta_minus", "eta_plus"]), ("step_sizes", ["step_min", "step_max"])];
            for (from, to) in keys {
                let values: [f64; 2] = serde_json::from_value(lookup(from)?).expect("two numbers");
                settings.extend(to.into_iter().zip(values).map(|(key, value)| Number(key, value)));
            }
            if name == "rprop_optax" {
                settings.push(Choice("form", "Optax"));
            }
            Some("Rprop")
        }
        ("schedule_free_sgd", "schedule_free_sgd") => {
            take("momentum", "momentum")?;
            take("weight_decay", "weight_decay")?;
            // A schedule is made of it.
            lookup("warmup_steps")?;
            Some("ScheduleFreeSgd")
        }
        _ => with_betas((name, rule), lookup, settings),
    }
}

/// The name of ours under Lookahead, with its settings, and the modifier; none where the case is another one.
pub fn under_lookahead(
    (name, rule): (&str, &str),
    lookup: &mut impl FnMut(&str) -> Option<Json>,
    settings: &mut Vec<Setting>,
) -> Option<(&'static str, Chosen<Modifier>)> {
    let inner = match (name, rule) {
        ("lookahead_sgd", "lookahead") => "Momentum",
        ("lookahead_adam", "lookahead") => "Adam",
        _ => return None,
    };
    assert_eq!(lookup("inner")?.as_str(), Some(if inner == "Adam" { "adam" } else { "sgd" }));
    let hyper = lookup("inner_hyper")?;
    if inner == "Adam" {
        let betas: [f64; 2] = serde_json::from_value(hyper["betas"].clone()).expect("two numbers");
        settings.extend(["beta1", "beta2"].into_iter().zip(betas).map(|(key, beta)| Number(key, beta)));
        settings.push(Number("eps", number(&hyper["eps"])));
    } else {
        settings.push(Number("momentum", number(&hyper["momentum"])));
    }
    let numbers = [("k", number(&lookup("k")?)), ("alpha", number(&lookup("alpha")?))];
    Some((inner, thalweg_testing::modifier("Lookahead", &numbers)))
}

/// The family of Adam: a decay rate for each of several averages.
fn with_betas(
    case: (&str, &str),
    lookup: &mut impl FnMut(&str) -> Option<Json>,
    settings: &mut Vec<Setting>,
) -> Option<&'static str> {
    // The name of ours, and the settings beside betas and epsilon.
    let (name, others): (_, &[(&str, &'static str)]) = match case {
        ("adamax" | "adamax_keras", "adamax") => ("Adamax", &[]),
        ("nadam" | "nadam_keras", "nadam") => ("NAdam", &[("momentum_decay", "momentum_decay")]),
        ("nadam_optax", "nadam_dozat_simple") => ("NAdam", &[]),
        ("radam" | "radam_optax", "radam") => ("RAdam", &[]),
        ("adabelief", "adabelief") => ("AdaBelief", &[("eps_root", "eps_root")]),
        ("yogi", "yogi") => ("Yogi", &[("init", "initial_accumulator")]),
        ("lion", "lion") => ("Lion", &[("weight_decay", "weight_decay")]),
        ("adan", "adan") => ("Adan", &[("weight_decay", "weight_decay")]),
        ("adan_optax", "adan") => ("Adan", &[("eps_root", "eps_root")]),
        ("schedule_free_adamw", "schedule_free_adamw") => {
            // A schedule is made of it.
            lookup("warmup_steps")?;
            ("ScheduleFreeAdamW", &[("weight_decay", "weight_decay")])
        }
        ("sophia_exact_diag", "sophia") => {
            let others = &[
                ("gamma", "gamma"),
                ("clip", "clip"),
                ("update_interval", "interval"),
                ("weight_decay", "weight_decay"),
            ];
            ("Sophia", others)
        }
        _ => return None,
    };
    let betas: Vec<f64> = serde_json::from_value(lookup("betas")?).expect("numbers");
    settings.extend(["beta1", "beta2", "beta3"].into_iter().zip(betas).map(|(key, beta)| Number(key, beta)));
    settings.extend(lookup("eps").map(|eps| Number("eps", number(&eps))));
    for (from, to) in others {
        settings.push(Number(to, number(&lookup(from)?)));
    }
    for (key, form) in [("eps_after", "Keras"), ("optax", "Optax")] {
        if lookup(key).is_some_and(|is_so| is_so == true) {
            settings.push(Choice("form", form));
        }
    }
    if case.0 == "nadam_optax" {
        settings.push(Choice("form", "Optax"));
    }
    Some(name)
}
