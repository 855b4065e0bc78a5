//! Rules that draw random numbers: from the seed, the step and the place in the text alone.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_core::catalogue::{surfaces, typed_rule};
use thalweg_core::formula::parsed_rule::ParsedRule;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

fn rule(text: &str) -> Arc<ParsedRule> {
    Arc::new(ParsedRule::read_without_slips(text, |_| false).unwrap_or_else(|told| panic!("{text}: {told}")))
}

/// The positions of a run from (0, 0), where nothing else moves it.
fn path(text: &str, seed: f64, steps: u32) -> Vec<Vector2<f64>> {
    let mut chosen = typed_rule::chosen(&rule(text));
    if rule(text).draws() {
        assert!(chosen.set("seed", Value::Number(seed)), "{text}");
    }
    let surface = Chosen::with_defaults(surfaces::find("Quadratic").expect("known"));
    let problem =
        Problem { bound: f64::MAX, ..Problem::new(Objective::new(&surface), Vector2::zeros(), steps) };
    let mut run = Run::new(&chosen, &problem);
    run.advance(&problem, u32::MAX);
    run.trajectory().samples().iter().map(|sample| sample.position).collect()
}

#[test]
fn the_same_seed_draws_the_same_and_another_one_does_not() {
    let text = "x = x + normal()";
    assert_eq!(path(text, 3.0, 50), path(text, 3.0, 50));
    assert_ne!(path(text, 3.0, 50)[1], path(text, 4.0, 50)[1]);
    // A run of more steps begins like one of fewer.
    assert_eq!(path(text, 3.0, 80)[..=50], path(text, 3.0, 50));
    assert!(rule(text).draws() && !rule("x = x - lr*g").draws());
}

#[test]
fn draws_have_their_distributions_and_are_unrelated() {
    let drawn = |text: &str| -> Vec<Vector2<f64>> { path(text, 7.0, 20_000).split_off(1) };
    let normal = drawn("x = normal()");
    let uniform = drawn("x = uniform()");
    let other = drawn("u = normal(); x = normal()");
    let mean = |of: &dyn Fn(usize) -> f64| (0..normal.len()).map(of).sum::<f64>() / normal.len() as f64;
    for axis in 0..2 {
        // The standard errors are 0.007, 0.01 and 0.002.
        assert!(mean(&|at| normal[at][axis]).abs() < 0.03);
        assert!((mean(&|at| normal[at][axis] * normal[at][axis]) - 1.0).abs() < 0.05);
        assert!((mean(&|at| uniform[at][axis]) - 0.5).abs() < 0.01);
        assert!(uniform.iter().all(|drawn| (0.0..1.0).contains(&drawn[axis])));
        assert!(
            mean(&|at| normal[at][axis] * other[at][axis]).abs() < 0.03,
            "the second draw is another one"
        );
        assert!(mean(&|at| normal[at][axis] * (uniform[at][axis] - 0.5)).abs() < 0.01);
    }
    assert!(mean(&|at| normal[at].x * normal[at].y).abs() < 0.03);
}

#[test]
fn a_draw_is_told_by_its_place_in_the_text() {
    // Of one name twice there is one draw, and of two calls there are two.
    let once = path("u = normal(); x = u - u", 1.0, 5);
    assert!(once.iter().all(|place| *place == Vector2::zeros()));
    assert_ne!(path("x = normal() - normal()", 1.0, 5)[1], Vector2::zeros());
    // With its number it is the same wherever it stands.
    assert_eq!(path("u = normal(); x = normal()", 1.0, 5), path("x = normal(2)", 1.0, 5));
    let lines = rule("u = normal(); v = uniform(); x = x + u + v + normal()").lines();
    let printed: Vec<&str> = lines.iter().map(|(_, formula, _)| formula.as_str()).collect();
    assert_eq!(printed, ["normal()", "uniform(2)", "x + u + v + normal(3)"]);
}

#[test]
fn what_is_wrong_with_a_draw_is_told() {
    for (text, at, words) in [
        ("x = x + normal", 8, "write `normal()`"),
        ("x = x + normal(0, 1)", 15, "takes nothing but the number of the draw"),
        ("x = x + uniform(-1, 1)", 16, "scale it outside"),
        ("x = x + normal(", 14, "never closed"),
        ("x = x + randn()", 8, "`normal()`"),
        ("x = x + rand()", 8, "`uniform()`"),
    ] {
        let told = ParsedRule::read_without_slips(text, |_| false).expect_err(text);
        assert!(told.message.contains(words) && told.at == at, "{text}: {told:?}");
    }
}
