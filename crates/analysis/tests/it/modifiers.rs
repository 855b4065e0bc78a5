//! What the theory says of methods under modifiers, against the runs, and where it says nothing.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::Vector2;
use thalweg_analysis::spectral::stability::{self, edge, factors};
use thalweg_core::Problem;
use thalweg_core::method::theory::Theory;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::{Optimizer, Run};
use thalweg_testing::{finished, modifier, optimizer, problem};

/// The minimum of the surface below, the one curvature of which is 1 along x and 4 along y.
fn bowl(start: [f64; 2], steps: u32) -> Problem {
    let bowl = problem("Quadratic", &[("kappa", 4.0)], steps);
    Problem { start: Vector2::from(start), ..bowl }
}

fn law_of(method: &Chosen<Optimizer>, problem: &Problem) -> Run {
    finished(method, problem)
}

/// The errors along both axes are those that the law predicts, from where it says the run comes to rest.
fn check(method: &Chosen<Optimizer>) {
    let problem = bowl([1.0, 1.0], 30);
    let run = law_of(method, &problem);
    let (of, settings) = (run.optimizer(), run.settings());
    let law = of.theory.law().expect("a law");
    let center = {
        let objective = &problem.objective;
        // One step of Newton's method finds it, wherever it is.
        let at = objective.value_gradient_hessian(Vector2::new(0.3, 0.7));
        Vector2::new(0.3, 0.7) - at.hessian.try_inverse().expect("a bowl") * at.gradient
    };
    let hessian = problem.objective.value_gradient_hessian(center).hessian;
    let rest = stability::fixed_point(of, settings, center, &hessian).expect("it comes to rest");
    for axis in [0, 1] {
        let lambda = hessian[(axis, axis)];
        let predicted = factors(law.at(settings, lambda));
        let first = problem.start[axis] - rest[axis];
        for (sample, factor) in run.trajectory().samples().iter().zip(predicted) {
            let error = (sample.position[axis] - rest[axis]) / first;
            let size = factor.abs().max(1.0);
            assert!((error - factor).abs() <= 1e-11 * size, "{}: {error} is not {factor}", of.summary);
        }
    }
}

#[test]
fn laws_under_modifiers_are_those_of_the_runs() {
    let methods = [
        optimizer("GradientDescent", &[("lr", 0.1)]),
        optimizer("Momentum", &[("lr", 0.1), ("momentum", 0.7)]),
        optimizer("Nesterov", &[("lr", 0.1), ("momentum", 0.7)]),
        optimizer("GradientDescent", &[("lr", 0.1), ("weight_decay", 0.2)]),
    ];
    for method in &methods {
        let penalty = |weight: f64| modifier("WeightDecay", &[("weight_decay", weight)]);
        check(&method.under(&[penalty(0.5)]));
        check(&method.under(&[penalty(0.5), penalty(0.25)]));
        if method.number("weight_decay") == Some(0.0) {
            let unscaled = modifier("Sharpness", &[("rho", 0.2), ("normalized", 0.0)]);
            check(&method.under(std::slice::from_ref(&unscaled)));
            check(&method.under(&[unscaled, modifier("Ascent", &[])]));
        }
    }
    check(&optimizer("Newton", &[("lr", 0.5)]).under(&[modifier("Ascent", &[])]));
}

/// With λ(1 + ρλ) in λ's place, gradient descent is stable up to α = 2/(λ(1 + ρλ)).
#[test]
fn edges_are_where_the_law_says() {
    let method = optimizer("GradientDescent", &[("lr", 0.1)]);
    let run = |method: &Chosen<Optimizer>| law_of(method, &bowl([1.0, 1.0], 5));
    let edge_of = |method: &Chosen<Optimizer>, lambda: f64| {
        let run = run(method);
        edge(run.optimizer(), run.settings(), lambda).expect("an edge")
    };
    let penalized = method.under(&[modifier("WeightDecay", &[("weight_decay", 1.0)])]);
    assert!((edge_of(&penalized, 4.0) - 2.0 / 5.0).abs() < 1e-12);
    let unscaled = method.under(&[modifier("Sharpness", &[("rho", 0.5), ("normalized", 0.0)])]);
    assert!((edge_of(&unscaled, 4.0) - 2.0 / 12.0).abs() < 1e-9);
}

#[test]
fn where_nothing_can_be_said_it_is_said_why() {
    let momentum = optimizer("Momentum", &[("lr", 0.1)]);
    let silence = |method: &Chosen<Optimizer>, list: &[(&str, &[(&str, f64)])]| {
        let list: Vec<_> = list.iter().map(|(name, settings)| modifier(name, settings)).collect();
        let run = law_of(&method.under(&list), &bowl([1.0, 1.0], 2));
        run.optimizer().theory.silence().map(str::to_owned)
    };
    for (list, says) in [
        (&[("ClipNorm", &[][..])][..], "clipped"),
        (&[("Sharpness", &[])], "`normalized`"),
        (&[("WeightDecay", &[("form", 1.0)])], "Decoupled"),
        (&[("Average", &[])], "averaged"),
        (&[("Lookahead", &[])], "Every k steps"),
        (&[("Box", &[])], "projection"),
        (&[("Ascent", &[]), ("WeightDecay", &[])], "moves the minimum"),
    ] {
        let told = silence(&momentum, list);
        assert!(told.as_ref().is_some_and(|told| told.contains(says)), "{list:?}: {told:?}");
    }
    let adam = silence(&optimizer("Adam", &[]), &[("Ascent", &[])]);
    assert!(adam.is_some_and(|told| told.contains("step size of its own")));
    let unscaled = &[("Sharpness", &[("normalized", 0.0)][..])][..];
    assert!(silence(&optimizer("Newton", &[]), unscaled).is_some_and(|told| told.contains("Hessians")));
    // A choice changes what is known.
    let mut penalized = momentum.under(&[modifier("WeightDecay", &[])]);
    let form = thalweg_core::spec::value::Value::Choice(1);
    assert!(penalized.set("with.1.form", form));
    let run = law_of(&penalized, &bowl([1.0, 1.0], 2));
    assert!(matches!(run.optimizer().theory, Theory::None(_)));
}
