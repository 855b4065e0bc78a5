//! What is said of typed rules: the theory of the built-in methods whose lines they are, and of others what their steps
//! show.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::spectral::mode::Mode;
use thalweg_analysis::spectral::preconditioned::Preconditioned;
use thalweg_analysis::spectral::rate::{BestSettings, promised};
use thalweg_analysis::spectral::stability::{edge, sharpest};
use thalweg_core::Optimizer;
use thalweg_core::catalogue::{optimizers, surfaces, typed_rule};
use thalweg_core::formula::parsed_rule::ParsedRule;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_testing::variants_with_numbers;

fn rule(text: &str) -> Chosen<Optimizer> {
    typed_rule::chosen(&Arc::new(
        ParsedRule::read(text).unwrap_or_else(|mistake| panic!("{text}: {mistake}")),
    ))
}

/// Of every built-in method with a law whose lines are formulas, typed anew: the same roots and the same edge.
#[test]
fn rules_have_the_theory_of_the_methods_that_they_are() {
    let (mut compared, mut methods) = (0, Vec::new());
    for of in optimizers::ALL.iter().filter(|of| of.theory.law().is_some()) {
        for variant in variants_with_numbers(of) {
            let Some(typed) = typed_rule::rule_of(&variant) else { continue };
            // With an L2 penalty the error is the distance from another point than the minimum.
            let penalty =
                ["weight_decay"].iter().any(|key| variant.number(key).is_some_and(|decay| decay != 0.0));
            if penalty {
                assert!(
                    typed.of.theory.silence().is_some_and(|why| why.contains("minimum lies")),
                    "{variant:?}"
                );
                continue;
            }
            let (ours, theirs) = (variant.prepare(), typed.prepare());
            for lambda in [0.3, 1.0, 40.0] {
                let wanted = Mode::along(&variant.of, &ours, lambda).expect("a law");
                let text = typed.rule().map(|rule| rule.text().to_owned()).unwrap_or_default();
                let found = Mode::along(&typed.of, &theirs, lambda);
                let found = found.unwrap_or_else(|| panic!("{text}: {:?}", typed.of.theory.silence()));
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-12 * (1.0 + b.abs());
                let (a, b) = (found.recurrence, wanted.recurrence);
                assert!(
                    near(a.first, b.first) && near(a.now, b.now) && near(a.before, b.before),
                    "{text} at {lambda}: {a:?} is not {b:?}"
                );
                assert_eq!(found.regime, wanted.regime, "{text} at {lambda}");
                let edges = [edge(&typed.of, &theirs, lambda), edge(&variant.of, &ours, lambda)];
                let close = match edges {
                    [Some(a), Some(b)] => (a - b).abs() <= 1e-9 * b,
                    [a, b] => a == b,
                };
                assert!(close, "{text} at {lambda}: {edges:?}");
                compared += 1;
            }
            if !methods.contains(&of.name) {
                methods.push(of.name.clone());
            }
        }
    }
    for name in ["GradientDescent", "Momentum", "Nesterov", "Qhm", "Newton"] {
        assert!(methods.iter().any(|method| method == name), "{methods:?}");
    }
    assert!(compared >= 45, "{compared}");
}

/// What is kept may be a place, as the last x is: it moves with the minimum, and the law is the same as with a velocity.
#[test]
fn places_that_are_kept_have_a_law() {
    let nesterov = "y0 = x; y_new = x - lr*grad f(x); x = y_new + beta*(y_new - y); y = y_new";
    let heavy_ball = "x_new = x - lr*g + beta*(x - x_old); x_old = x; x = x_new";
    let triple = "y = (1 + gamma)*x - gamma*x_old; x_new = (1 + beta)*x - beta*x_old - lr*grad f(y); x_old = x; x = x_new";
    let (lr, beta, gamma) = (0.2, 0.9, 0.3);
    let with = |text: &str| {
        let mut rule = rule(text);
        for (key, value) in [("lr", lr), ("beta", beta), ("gamma", gamma)] {
            let _ = rule.set(key, Value::Number(value));
        }
        rule
    };
    for lambda in [0.3, 1.0, 4.0] {
        let near = |text: &str, wanted: [f64; 3]| {
            let rule = with(text);
            let found = Mode::along(&rule.of, &rule.prepare(), lambda);
            let found = found.unwrap_or_else(|| panic!("{text}: {:?}", rule.of.theory.silence())).recurrence;
            for (found, wanted) in [found.first, found.now, found.before].into_iter().zip(wanted) {
                assert!((found - wanted).abs() < 1e-12, "{text} at {lambda}: {found} is not {wanted}");
            }
        };
        let shrunk = 1.0 - lr * lambda;
        near(nesterov, [(1.0 + beta) * shrunk - beta, (1.0 + beta) * shrunk, -beta * shrunk]);
        near(&format!("{heavy_ball}; x_old0 = x"), [shrunk, shrunk + beta, -beta]);
        let now = 1.0 + beta - lr * lambda * (1.0 + gamma);
        let before = lr * lambda * gamma - beta;
        near(&format!("{triple}; x_old0 = x"), [now + before, now, before]);
        // A place that the first step does not ask for may begin anywhere.
        let first = "v = x - x_old if t > 1 else 0*x; x_old = x; x = x - lr*g + beta*v";
        near(first, [shrunk, shrunk + beta, -beta]);
    }
    // Without a first value it is at the origin, and the first step depends on where that is.
    let silence = with(heavy_ball).of.theory.silence();
    assert!(silence.is_some_and(|why| why.contains("minimum lies")), "{silence:?}");
}

/// What only looks on, whatever it is, leaves the law as it is.
#[test]
fn onlookers_do_not_change_a_law() {
    let plain = rule("m = beta*m + g; x = x - lr*m");
    let mode =
        |rule: &Chosen<Optimizer>| Mode::along(&rule.of, &rule.prepare(), 0.7).map(|mode| mode.recurrence);
    let wanted = mode(&plain).expect("a law");
    for onlooker in [
        "best0 = 1e9; best = min(best, f(x))",
        "n = n + 1; mean = mean + (x - mean)/n",
        "G = G + g*g^T",
        "a = a + (x - a)/t",
        "s = s + norm(x - last); last = x; last0 = x",
    ] {
        let rule = rule(&format!("{onlooker}; m = beta*m + g; x = x - lr*m"));
        assert_eq!(mode(&rule), Some(wanted), "{onlooker}: {:?}", rule.of.theory.silence());
    }
    // What comes back to x is none, however long it takes.
    let silence = rule("n = n + 1; c = n; x = x - lr*c*g").of.theory.silence();
    assert!(silence.is_some_and(|why| why.contains("It keeps numbers")), "{silence:?}");
}

/// A spread of gradients, which is a difference of two averages, scales coordinates as well.
#[test]
fn a_centred_rule_scales_its_coordinates() {
    let text = "v = a*v + (1 - a)*g^2; m = a*m + (1 - a)*g; x = x - lr*g/(sqrt(v - m^2) + eps)";
    assert!(rule(text).of.theory.scales_coordinates());
}

/// On a quadratic the steps themselves grow beyond the edge and shrink below it, also where no law is affine.
#[test]
fn the_edge_of_a_rule_is_where_its_runs_turn() {
    let quadratic = Chosen::with_defaults(surfaces::find("Quadratic").expect("Quadratic"));
    let objective = Objective::new(&quadratic);
    let largest = objective.value_gradient_hessian(Vector2::zeros()).hessian.m22;
    assert!(largest > objective.value_gradient_hessian(Vector2::zeros()).hessian.m11);
    for text in [
        "y = x - lr*grad(x); x = y - lr*grad(y)",
        "y = x + beta*m; m = beta*m - lr*grad(y); x = x + m",
        "m = beta*m + grad(x - 0.5*lr*grad(x)); x = x - lr*m",
        "x = x - lr*grad(x - 2*lr*grad(x))",
        "u = 0.5*u + grad(x); x = x - lr*(u + grad(x))",
    ] {
        let mut chosen = rule(text);
        let settings = chosen.prepare();
        let found = edge(&chosen.of, &settings, largest).unwrap_or_else(|| panic!("{text}: no edge"));
        for (part, grows) in [(0.99, false), (1.01, true)] {
            assert!(chosen.set("lr", Value::Number(found * part)));
            // Along the steep direction alone.
            let problem =
                Problem { bound: f64::MAX, ..Problem::new(objective.clone(), Vector2::new(0.0, 1.0), 6000) };
            let mut run = Run::new(&chosen, &problem);
            run.advance(&problem, u32::MAX);
            let samples = run.trajectory().samples();
            let end = samples.iter().rev().take(20).map(|sample| sample.position.y.abs()).fold(0.0, f64::max);
            assert_eq!(end > 1.0, grows, "{text} at {part} of {found}: {end}");
        }
        assert!(chosen.set("lr", Value::Number(found)));
        let sharp = sharpest(&chosen.of, &chosen.prepare()).expect("a sharpness");
        assert!((sharp - largest).abs() <= 1e-6 * largest, "{text}: {sharp}");
    }
}

#[test]
fn where_nothing_can_be_said_that_is_said() {
    for (text, words) in [
        ("x = x - lr*sign(g)", "no linear function"),
        ("m = beta*m + g; x = x - lr*sign(m)", "no linear function"),
        ("x = x - lr*g/norm(g)", "no linear function"),
        ("x = x - lr*(g + 0.1*normal())", "draws random numbers"),
        ("m = beta*m + g; x = x - lr*m/(1 - beta^t)", "changes with the number of steps"),
        ("x = x - lr*(g + 0.1*x)", "where the minimum lies"),
        ("n = n + 1; x = x - lr/n*g", "keeps numbers"),
        ("x = x - lr*e1*dot(e1, g)", "no linear function"),
        ("a = 0.9*a + g; b = 0.8*b + a; x = x - lr*b", "more than two roots"),
    ] {
        let silence = rule(text).of.theory.silence();
        assert!(silence.is_some_and(|why| why.contains(words)), "{text}: {silence:?}");
    }
    // What is kept and does not move x adds no root.
    let idle = rule("r = r + g; x = x - lr*g");
    let mode = Mode::along(&idle.of, &idle.prepare(), 2.0).expect("a law");
    assert!((mode.recurrence.now - (1.0 - 0.02)).abs() < 1e-15 && mode.recurrence.before == 0.0);
}

/// Of every built-in method that scales its coordinates, typed anew from its own lines: the same scales, the same law of a
/// step and the same edge, all along a run.
#[test]
fn rules_have_the_scales_of_the_methods_that_they_are() {
    let problem = Problem::new(
        Objective::new(&Chosen::with_defaults(surfaces::find("Rosenbrock").expect("known"))),
        Vector2::new(-1.2, 1.0),
        60,
    );
    let mut methods = Vec::new();
    for of in optimizers::ALL.iter().filter(|of| of.theory.scales_coordinates()) {
        for mut variant in variants_with_numbers(of) {
            let _ = variant.set("lr", Value::Number(0.01));
            let Some(typed) = typed_rule::rule_of(&variant) else { continue };
            let text = typed.rule().map(|rule| rule.text().to_owned()).unwrap_or_default();
            let [ours, theirs] = [&typed, &variant].map(|optimizer| {
                let mut run = Run::new(optimizer, &problem);
                run.advance(&problem, u32::MAX);
                run
            });
            for step in [3, 7, 20, 40] {
                let wanted = Preconditioned::at(&theirs, &problem, step);
                let found = Preconditioned::at(&ours, &problem, step);
                let (Some(wanted), Some(found)) = (wanted, found) else {
                    assert!(wanted.is_none() || !typed.of.theory.scales_coordinates(), "{text} at {step}");
                    continue;
                };
                let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * b.abs();
                // What is a scale and what a weight can be read in several ways where lines mix gradient and average; what
                // becomes of errors cannot.
                let mixes = ["QhAdam", "NAdam"].contains(&&*of.name) || text.contains("(β·B + ");
                if !mixes {
                    assert!(
                        near(found.rates.x, wanted.rates.x) && near(found.rates.y, wanted.rates.y),
                        "{text} at {step}: {:?} is not {:?}",
                        found.rates,
                        wanted.rates
                    );
                }
                let rooms = [found.room(), wanted.room()];
                assert!(
                    matches!(rooms, [Some(a), Some(b)] if near(a, b)) || rooms == [None; 2],
                    "{text} at {step}: {rooms:?}"
                );
                for (found, wanted) in found.modes.iter().zip(&wanted.modes) {
                    let off = (found.radius - wanted.radius).abs();
                    assert!(off < 1e-6, "{text} at {step}: {found:?}, not {wanted:?}");
                }
                if !methods.contains(&of.name) {
                    methods.push(of.name.clone());
                }
            }
        }
    }
    for name in ["AdaGrad", "RmsProp", "Adam", "AdamW", "AdaBelief", "Yogi", "QhAdam"] {
        assert!(methods.iter().any(|method| method == name), "{name} is not among {methods:?}");
    }
}

/// Of a rule that is a method with a formula for its best settings, the search finds these, or such as promise the same.
#[test]
fn the_best_settings_of_a_rule_are_found_by_search() {
    let promise = |of: &Chosen<Optimizer>, eigenvalues: [f64; 2]| {
        BestSettings::of(&of.of, &of.prepare(), eigenvalues).unwrap_or_else(|| panic!("{of:?}"))
    };
    for (mu, l) in [(1.0, 10.0), (0.3, 45.0), (1.0, 1000.0), (1e-3, 1e3), (2.0, 2.0)] {
        for name in ["GradientDescent", "Momentum", "Nesterov"] {
            let built_in = Chosen::with_defaults(optimizers::find(name).expect("known"));
            let typed = typed_rule::rule_of(&built_in).expect("all its lines are formulas");
            let (wanted, found) = (promise(&built_in, [mu, l]), promise(&typed, [mu, l]));
            let (wanted_rate, found_rate) = (wanted.rate.expect("a law"), found.rate.expect("a law"));
            assert!(
                (wanted_rate - found_rate).abs() < 1e-6,
                "{name}, {mu} to {l}: {found:?}, not {wanted:?}"
            );
        }
    }
    // No formula is known of these; a little beside it nothing is better.
    for text in [
        "m = beta*m + (1 - beta)*g; x = x - lr*m",
        "m = b*m + g; x = x - lr*(g + b*m)",
        "y = x - lr*grad(x); x = y - lr*grad(y)",
        "m = beta*m + (1 - beta)*g; x = x - lr*((1 - nu)*g + nu*m)",
        "m = 0.5*m + g; x = x - lr*m",
    ] {
        let (mu, l) = (0.7, 60.0);
        let given = rule(text);
        let best = promise(&given, [mu, l]);
        let rate = |factors: [f64; 2]| {
            let mut chosen = given.clone();
            for ((key, value), factor) in best.settings.iter().zip(factors) {
                assert!(chosen.set(key, Value::Number(value * factor)), "{text}: {key}");
            }
            promised(&chosen.of, &chosen.prepare(), [mu, l]).expect("a law")
        };
        let here = rate([1.0; 2]);
        assert!(here < 0.97 && (here - best.rate.expect("a law")).abs() < 1e-12, "{text}: {best:?}");
        for factors in [[0.99, 1.0], [1.01, 1.0], [1.0, 0.99], [1.0, 1.004], [0.99, 0.99], [1.01, 1.004]] {
            assert!(rate(factors) >= here - 1e-7, "{text}: {factors:?} is better than {best:?}");
        }
    }
    // Where there is no law, there are no best settings.
    let adaptive = rule("v = v + g^2; x = x - lr*g/sqrt(v)");
    assert_eq!(BestSettings::of(&adaptive.of, &adaptive.prepare(), [1.0, 10.0]), None);
}
