//! The settings that theory calls best, and the rates that it promises of them.

use super::{assert_close, mode, optimizer, reference};
use thalweg_analysis::spectral::stability::optimal;
use thalweg_core::catalogue::optimizers;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

/// The largest radius on both ends of a spectrum, and at 50 eigenvalues between.
fn worst_radius(chosen: &Chosen<Optimizer>, mu: f64, l: f64) -> f64 {
    let between = (0..=50).map(|i| mu + (l - mu) * f64::from(i) / 50.0);
    between.map(|lambda| mode(chosen, lambda).radius).fold(0.0, f64::max)
}

#[test]
fn optimal_settings_and_their_rates() {
    for case in reference()["optimal"].as_array().expect("a list") {
        let get = |key: &str| case[key].as_f64().expect(key);
        let (mu, l) = (get("mu"), get("L"));
        let check = |name: &str, prefix: &str, rate: f64| {
            let defaults = optimizer(name, &[]);
            let best = optimal(&defaults.of, &defaults.prepare(), mu, l).expect("a bowl");
            for (key, column) in [("lr", "alpha"), ("momentum", "beta")] {
                if let Some((_, value)) = best.iter().find(|(found, _)| *found == key) {
                    assert_close(*value, get(&format!("{prefix}_{column}")), 1e-14, key);
                }
            }
            // At the optimum two roots meet, and a rounding moves them by its square root.
            assert_close(worst_radius(&optimizer(name, &best), mu, l), rate, 1e-7, name);
        };
        check("GradientDescent", "gd", get("gd_rate"));
        check("Momentum", "hb", get("hb_rate"));
        check("Nesterov", "nesterov", get("nesterov_rate_worst_mode"));
        let lessard = [("lr", get("nesterov_4_alpha")), ("momentum", get("nesterov_4_beta"))];
        assert_close(
            worst_radius(&optimizer("Nesterov", &lessard), mu, l),
            get("nesterov_4_rate"),
            1e-7,
            "4",
        );
    }
}

/// No neighbour is better, whatever the form, the dampening and the weight decay.
#[test]
fn optimal_settings_are_optimal_in_every_form() {
    let (mu, l) = (0.3, 45.0);
    let variants: [(&str, &[(&str, f64)]); 8] = [
        ("GradientDescent", &[]),
        ("GradientDescent", &[("weight_decay", 0.4)]),
        ("Momentum", &[]),
        ("Momentum", &[("form", 1.0), ("weight_decay", 0.2)]),
        ("Momentum", &[("form", 2.0)]),
        ("Momentum", &[("dampening", 0.5)]),
        ("Newton", &[]),
        ("SaddleFreeNewton", &[("damping", 0.5)]),
    ];
    for (name, fixed) in variants {
        let given = optimizer(name, fixed);
        let best = optimal(&given.of, &given.prepare(), mu, l).expect("a bowl");
        let with = |factor: &[f64]| {
            let mut chosen = given.clone();
            for ((key, value), factor) in best.iter().zip(factor) {
                chosen.set(key, Value::Number(value * factor));
            }
            worst_radius(&chosen, mu, l)
        };
        let radius = with(&[1.0, 1.0]);
        for lr in [0.98, 1.0, 1.02] {
            for momentum in [0.98, 1.0, 1.02] {
                assert!(
                    with(&[lr, momentum]) >= radius - 1e-7,
                    "{name} {fixed:?}: {lr} {momentum} is better"
                );
            }
        }
    }
    let momentum = optimizer("Momentum", &[("dampening", 1.0)]);
    assert_eq!(optimal(&momentum.of, &momentum.prepare(), mu, l), None, "no later gradient is let in");
    for (mu, l) in
        [(0.0, 1.0), (-1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (1.0, f64::INFINITY), (1.0, f64::NAN)]
    {
        for of in optimizers::ALL {
            assert_eq!(
                optimal(of, &Chosen::with_defaults(*of).prepare(), mu, l),
                None,
                "{} {mu} {l}",
                of.name
            );
        }
    }
}

/// What the table calls best are settings that it accepts.
#[test]
fn optimal_settings_are_accepted() {
    for of in optimizers::ALL {
        for (mu, l) in [(1.0, 1.0), (1e-3, 1e4), (1e-150, 1e150), (5.0, 5.1)] {
            let mut chosen = Chosen::with_defaults(*of);
            for (key, value) in optimal(of, &chosen.prepare(), mu, l).unwrap_or_default() {
                assert!(chosen.set(key, Value::Number(value)), "{}: {key} = {value}", of.name);
            }
        }
    }
}
