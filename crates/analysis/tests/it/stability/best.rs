//! The settings that theory calls best, and the rates that it promises of them.

use super::{assert_close, mode, optimizer, reference};
use thalweg_analysis::spectral::stability::optimal;
use thalweg_core::catalogue::optimizers;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_testing::borrowed;

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
            assert_close(worst_radius(&optimizer(name, &borrowed(&best)), mu, l), rate, 1e-7, name);
        };
        check("GradientDescent", "gd", get("gd_rate"));
        check("Momentum", "hb", get("hb_rate"));
        check("Nesterov", "nesterov_4", get("nesterov_4_rate"));
        let textbook = [("lr", get("nesterov_alpha")), ("momentum", get("nesterov_beta"))];
        let rate = worst_radius(&optimizer("Nesterov", &textbook), mu, l);
        assert_close(rate, get("nesterov_rate_worst_mode"), 1e-7, "1/L");
    }
}

/// No neighbour is better, whatever the form, the dampening and the weight decay.
#[test]
fn optimal_settings_are_optimal_in_every_form() {
    let (mu, l) = (0.3, 45.0);
    let variants: [(&str, &[(&str, f64)]); 9] = [
        ("GradientDescent", &[]),
        ("GradientDescent", &[("weight_decay", 0.4)]),
        ("Momentum", &[]),
        ("Momentum", &[("form", 1.0), ("weight_decay", 0.2)]),
        ("Momentum", &[("form", 2.0)]),
        ("Momentum", &[("dampening", 0.5)]),
        ("Nesterov", &[("weight_decay", 0.2)]),
        ("Newton", &[]),
        ("SaddleFreeNewton", &[("damping", 0.5)]),
    ];
    for (name, fixed) in variants {
        let given = optimizer(name, fixed);
        let best = optimal(&given.of, &given.prepare(), mu, l).expect("a bowl");
        let with = |factor: &[f64]| {
            let mut chosen = given.clone();
            for ((key, value), factor) in best.iter().zip(factor) {
                assert!(chosen.set(key, Value::Number(value * factor)));
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

/// A fine search over what a method calls its best settings finds none better: over the whole of their ranges, and
/// once more around what it has found. Whatever the other settings are.
#[test]
fn no_search_finds_better_settings() {
    const FINE: u32 = 40;
    let mut searched = 0;
    for of in optimizers::ALL.iter().filter(|of| of.best.is_some() && of.theory.law().is_some()) {
        for (mu, l) in [(1.0, 10.0), (0.3, 45.0), (2.0, 2.0), (1.0, 1000.0), (0.01, 0.02)] {
            for fixed in
                [&[][..], &[("weight_decay", 0.2)], &[("dampening", 0.5)], &[("form", 1.0)], &[("form", 2.0)]]
            {
                let mut given = Chosen::with_defaults(*of);
                let is_given = fixed.iter().all(|(key, value)| {
                    given.set(key, Value::Number(*value)) || given.set(key, Value::Choice(*value as usize))
                });
                if !is_given {
                    continue;
                }
                let best = optimal(&given.of, &given.prepare(), mu, l).expect("a bowl");
                let radius_at = |values: &[f64]| {
                    let mut chosen = given.clone();
                    let is_set =
                        best.iter().zip(values).all(|((key, _), v)| chosen.set(key, Value::Number(*v)));
                    if is_set { worst_radius(&chosen, mu, l) } else { f64::INFINITY }
                };
                let promised = radius_at(&best.iter().map(|(_, value)| *value).collect::<Vec<_>>());
                // Rates from nothing to more than is stable, and shares from 0 to 1.
                let mut ends: Vec<(f64, f64)> = best
                    .iter()
                    .map(|(key, value)| match &**key {
                        "lr" => (0.0, 4.0 * value),
                        "momentum" => (0.0, 1.0),
                        "damping" => (0.0, 2.0 * l),
                        other => panic!("{}: {other} is not searched", of.name),
                    })
                    .collect();
                let (mut lowest, mut found) = (f64::INFINITY, Vec::new());
                for _ in 0..4 {
                    let at = |(from, to): (f64, f64), part: u32| {
                        from + (to - from) * f64::from(part) / f64::from(FINE)
                    };
                    for one in 0..=FINE {
                        for other in 0..=(if ends.len() > 1 { FINE } else { 0 }) {
                            let values: Vec<_> =
                                ends.iter().zip([one, other]).map(|(ends, part)| at(*ends, part)).collect();
                            let radius = radius_at(&values);
                            if radius < lowest {
                                (lowest, found) = (radius, values);
                            }
                        }
                    }
                    for (ends, middle) in ends.iter_mut().zip(&found) {
                        let reach = (ends.1 - ends.0) / f64::from(FINE) * 3.0;
                        *ends = ((middle - reach).max(0.0), middle + reach);
                    }
                }
                // At the best two roots meet, and a rounding moves them by its square root.
                assert!(
                    lowest >= promised - 1e-7,
                    "{} {fixed:?}, {mu} to {l}: {lowest} is below {promised}",
                    of.name
                );
                assert!(lowest <= promised + 1e-2, "{} {fixed:?}: the search is coarse: {lowest}", of.name);
                searched += 1;
            }
        }
    }
    assert!(searched >= 50, "{searched}");
}

/// What the table calls best are settings that it accepts.
#[test]
fn optimal_settings_are_accepted() {
    for of in optimizers::ALL {
        for (mu, l) in [(1.0, 1.0), (1e-3, 1e4), (1e-150, 1e150), (5.0, 5.1)] {
            let mut chosen = Chosen::with_defaults(*of);
            for (key, value) in optimal(of, &chosen.prepare(), mu, l).unwrap_or_default() {
                assert!(chosen.set(&key, Value::Number(value)), "{}: {key} = {value}", of.name);
            }
        }
    }
}
