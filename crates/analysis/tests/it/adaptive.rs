//! The adaptive edge of stability, and rates: the theory against what runs really do.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test's helpers may fail the test")]
#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]

use nalgebra::{Matrix2, Vector2};
use thalweg_analysis::spectral::preconditioned::Preconditioned;
use thalweg_analysis::spectral::rate::ConvergenceRates;
use thalweg_analysis::spectral::sharpness::Sharpness;
use thalweg_analysis::spectral::stability::{edge, sharpest};
use thalweg_core::catalogue::{optimizers, surfaces};
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::step_record::StepRecord;
use thalweg_core::method::theory::{FrozenPreconditioner, Theory};
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_testing::{borrowed, choose, finished};

fn problem(surface: &str, settings: &[(&str, f64)], start: [f64; 2], steps: u32) -> Problem {
    Problem::new(Objective::new(&choose(surfaces::ALL, surface, settings)), Vector2::from(start), steps)
}

fn frozen(run: &Run, stride: &StepRecord) -> FrozenPreconditioner {
    let Theory::Preconditioned { frozen, .. } = run.optimizer().theory else {
        panic!("{} does not scale its coordinates", run.optimizer().name)
    };
    frozen(stride).expect("the step has scales")
}

/// The frozen step is the step: the sum of gradients that one step implies, carried on by the law's
/// weights, makes the next. Only that the scales differ from step to step parts law and run.
#[test]
fn frozen_steps_are_the_steps_that_are_made() {
    let problem = problem("Rosenbrock", &[], [-1.2, 1.0], 60);
    let variants: [(&str, &[(&str, f64)]); 17] = [
        ("AdaGrad", &[("lr", 0.1), ("lr_decay", 0.05)]),
        ("AdaGrad", &[("lr", 0.1), ("eps", 0.3), ("eps_inside", 1.0), ("initial_accumulator", 0.1)]),
        ("AdaDelta", &[]),
        ("RmsProp", &[("lr", 0.01)]),
        ("RmsProp", &[("lr", 0.01), ("eps_inside", 1.0), ("eps", 1e-3)]),
        ("RmsProp", &[("lr", 0.01), ("centered", 1.0), ("alpha", 0.9)]),
        ("Adam", &[("lr", 0.05)]),
        ("Adam", &[("lr", 0.05), ("bias_correction", 0.0), ("weight_decay", 0.3)]),
        ("Adam", &[("lr", 0.05), ("amsgrad", 1.0), ("beta2", 0.5)]),
        ("AdamW", &[("lr", 0.05), ("weight_decay", 0.4)]),
        ("Adamax", &[("lr", 0.05)]),
        ("NAdam", &[("lr", 0.05), ("momentum_decay", 0.3)]),
        ("RAdam", &[("lr", 1e-4)]),
        ("AdaBelief", &[("lr", 0.05)]),
        ("Yogi", &[("lr", 0.05)]),
        ("QhAdam", &[("lr", 0.05), ("nu1", 0.6), ("nu2", 0.8), ("beta1", 0.9)]),
        ("Sophia", &[("lr", 0.01), ("gamma", 1.0), ("clip", 1e3), ("interval", 3.0), ("beta2", 0.5)]),
    ];
    for of in optimizers::ALL {
        let scales = matches!(of.theory, Theory::Preconditioned { .. });
        let tested = variants.iter().any(|(name, _)| *name == of.name);
        assert_eq!(scales, tested, "{}", of.name);
    }
    for (name, settings) in variants {
        let run = finished(&choose(optimizers::ALL, name, settings), &problem);
        let mut sum = None;
        let mut told = 0;
        for stride in run.strides(&problem, &run.state_at(&problem, 0)).take(50) {
            let step = frozen(&run, &stride);
            let lr = stride.settings.numbers[0];
            let gradient = stride.gradient + stride.before.position * step.decay;
            for axis in 0..2 {
                let moved = stride.before.position[axis] * step.keep - stride.after.position[axis];
                let scale = lr * step.scales[axis];
                if let Some(last) = sum.map(|sum: Vector2<f64>| sum[axis]) {
                    let carried = last * step.memory + gradient[axis];
                    let made = scale * (step.average * carried + step.fresh * gradient[axis]);
                    // The position is rounded to 1e-16 of itself, and the last step with it.
                    let size = 1.0 + made.abs() + (scale * step.average * last).abs();
                    assert!((made - moved).abs() < 1e-9 * size, "{name} {settings:?}: {made} is not {moved}");
                    told += usize::from(moved.abs() > 1e-6);
                }
            }
            let implied = |axis: usize| {
                let moved = stride.before.position[axis] * step.keep - stride.after.position[axis];
                let along = moved / (lr * step.scales[axis]) - step.fresh * gradient[axis];
                if step.average == 0.0 { 0.0 } else { along / step.average }
            };
            // A clipped coordinate has no scale and implies nothing.
            sum = step.scales.iter().all(|scale| *scale > 0.0).then(|| Vector2::new(implied(0), implied(1)));
        }
        assert!(told > 40, "{name} {settings:?}: only {told} steps were looked at");
    }
}

/// The edges of the literature: Cohen et al. 2022 for Adam, and those of the laws that the others
/// have.
#[test]
fn adaptive_edges_have_their_textbook_values() {
    let problem = problem("Rosenbrock", &[], [-1.2, 1.0], 400);
    let edge_of = |name: &str, settings: &[(&str, f64)]| {
        let run = finished(&choose(optimizers::ALL, name, settings), &problem);
        Preconditioned::at(&run, &problem, 300).expect("scales").edge.expect("an edge")
    };
    let lr = 0.003;
    for beta in [0.0, 0.5, 0.9, 0.99] {
        let averaged = (2.0 + 2.0 * beta) / ((1.0 - beta) * lr);
        let check = |name: &str, settings: &[(&str, f64)], expected: f64, tolerance: f64| {
            let mut settings = settings.to_vec();
            settings.push(("lr", lr));
            let found = edge_of(name, &settings);
            assert!(
                (found / expected - 1.0).abs() < tolerance,
                "{name} {settings:?}: {found} is not {expected}"
            );
        };
        for name in ["Adam", "Adamax", "RAdam", "AdaBelief", "Yogi"] {
            check(name, &[("beta1", beta)], averaged, 1e-12);
        }
        check("Adam", &[("beta1", beta), ("bias_correction", 0.0)], averaged, 1e-12);
        check("Adam", &[("beta1", beta), ("amsgrad", 1.0)], averaged, 1e-12);
        check("AdamW", &[("beta1", beta), ("weight_decay", 0.0)], averaged, 1e-12);
        let shrunk = (1.0 + beta) * (2.0 - lr * 5.0) / ((1.0 - beta) * lr);
        check("AdamW", &[("beta1", beta), ("weight_decay", 5.0)], shrunk, 1e-12);
        check("RmsProp", &[("momentum", beta)], 2.0 * (1.0 + beta) / lr, 1e-12);
        // Nesterov's, with the rate (1 - β)α; its momentum has long risen, its corrections are gone.
        let nesterov = 2.0 * (1.0 + beta) / ((1.0 - beta) * (1.0 + 2.0 * beta) * lr);
        check(
            "NAdam",
            &[("beta1", beta), ("momentum_decay", 9.0)],
            nesterov,
            if beta < 0.95 { 1e-9 } else { 0.1 },
        );
        // Quasi-hyperbolic momentum's: of 1 + now - before = 0.
        let nu = 0.6;
        let mixed = 2.0 * (1.0 + beta) / ((1.0 + beta - 2.0 * nu * beta) * lr);
        let tolerance = if beta < 0.95 { 1e-9 } else { 0.1 };
        check("QhAdam", &[("beta1", beta), ("nu1", nu)], mixed, tolerance);
    }
    for name in ["AdaGrad", "AdaDelta"] {
        assert!((edge_of(name, &[("lr", lr)]) * lr / 2.0 - 1.0).abs() < 1e-12, "{name}");
    }
}

/// D^½ H D^½ has the eigenvalues of D H, D being what the library's formula makes of the record.
#[test]
fn the_preconditioned_eigenvalues_are_those_of_the_product() {
    let problem = problem("Beale", &[], [1.0, 1.5], 80);
    let run = finished(&choose(optimizers::ALL, "Adam", &[("lr", 0.02), ("beta2", 0.95)]), &problem);
    let (mut v, mut told, mut powers) = (Vector2::zeros(), 0, [1.0; 2]);
    for step in 0..70_u32 {
        let position = run.trajectory().samples()[step as usize].position;
        let curvature = problem.objective.value_gradient_hessian(position);
        v = v * 0.95 + curvature.gradient.component_mul(&curvature.gradient) * (1.0 - 0.95);
        powers = [powers[0] * 0.9, powers[1] * 0.95];
        let corrections = powers.map(|power| 1.0 - power);
        let scales = v.map(|v| 1.0 / (corrections[0] * ((v / corrections[1]).sqrt() + 1e-8)));
        let product = Matrix2::from_diagonal(&scales) * curvature.hessian;
        let (half, det) = (product.trace() / 2.0, product.determinant());
        let away = (half * half - det).sqrt();
        let found = Preconditioned::at(&run, &problem, step).expect("scales");
        assert!((found.sharpness() - (half + away)).abs() < 1e-11 * half.abs().max(1.0), "{step}");
        assert!((found.spectrum.values[0] - (half - away)).abs() < 1e-9 * half.abs().max(1.0), "{step}");
        assert!((found.rates - scales * 0.02).amax() < 1e-12 * scales.amax());
        told += usize::from(found.room().is_some());
    }
    assert!(told > 30);
}

/// A decay is added to the curvature before it is scaled.
#[test]
fn an_l2_penalty_curves_the_surface_that_the_method_sees() {
    let problem = problem("QuadraticForm", &[("xx", 3.0), ("xy", 1.0), ("yy", 2.0)], [1.0, 1.5], 80);
    let with = |decay: f64| {
        let run =
            finished(&choose(optimizers::ALL, "Adam", &[("lr", 0.02), ("weight_decay", decay)]), &problem);
        let [_, v, _, powers, ..] = run.state_at(&problem, 31).slots;
        let seen = Preconditioned::at(&run, &problem, 30).expect("scales");
        let scale = |v: f64| 1.0 / ((1.0 - powers.x) * ((v / (1.0 - powers.y)).sqrt() + 1e-8));
        let (dx, dy) = (scale(v.x), scale(v.y));
        let product = Matrix2::new(dx * (3.0 + decay), dx, dy, dy * (2.0 + decay));
        (
            seen.spectrum.values.iter().sum::<f64>() / product.trace(),
            seen.spectrum.values.iter().product::<f64>() / product.determinant(),
        )
    };
    for decay in [0.0, 0.7] {
        let (trace, determinant) = with(decay);
        assert!(
            (trace - 1.0).abs() < 1e-12 && (determinant - 1.0).abs() < 1e-12,
            "{decay}: {trace} {determinant}"
        );
    }
}

/// Cohen et al.'s observation: full-batch Adam and its kin do not go beyond their edge, they hover
/// about it. On a quadratic the gradients shrink until the scales have taken the sharpness there.
#[test]
fn adaptive_runs_hover_at_their_edge() {
    let problem = problem("Quadratic", &[("kappa", 20.0), ("angle", 30.0)], [2.0, 1.0], 6000);
    for (name, settings) in [
        ("RmsProp", &[("lr", 0.01), ("alpha", 0.9)][..]),
        ("RmsProp", &[("lr", 0.01), ("alpha", 0.9), ("momentum", 0.5)]),
        ("Adam", &[("lr", 0.05), ("beta2", 0.95)]),
        ("Adam", &[("lr", 0.05), ("beta1", 0.5), ("beta2", 0.95)]),
        ("NAdam", &[("lr", 0.05), ("beta2", 0.95), ("momentum_decay", 0.1)]),
    ] {
        let run = finished(&choose(optimizers::ALL, name, settings), &problem);
        let mut sharpness = Sharpness::default();
        assert!(sharpness.update(Some((1, &run)), &problem, || false));
        let parts: Vec<f64> = sharpness.preconditioned.values()[3000..]
            .iter()
            .zip(&sharpness.edge.values()[3000..])
            .map(|(sharpness, edge)| (sharpness / edge).ln())
            .collect();
        let mean = (parts.iter().sum::<f64>() / parts.len() as f64).exp();
        println!("{name} {settings:?}: {mean}");
        assert!((0.7..1.4).contains(&mean), "{name} {settings:?}: {mean} of the edge");
    }
}

/// The series over a run is what one step after another is asked, whatever the slices.
#[test]
fn the_series_grow_with_the_run_in_any_slices() {
    let problem = problem("Rosenbrock", &[], [-1.2, 1.0], 1500);
    for name in ["Adam", "GradientDescent", "Momentum", "Newton", "Lion"] {
        let chosen = choose(optimizers::ALL, name, &[("lr", 1e-3)]);
        let mut run = Run::new(&chosen, &problem);
        let (mut whole, mut sliced) = (Sharpness::default(), Sharpness::default());
        let mut calls = 0;
        while !run.is_done() {
            run.advance(&problem, 333);
            while !sliced.update(Some((7, &run)), &problem, || true) {
                calls += 1;
            }
        }
        assert!(calls > 15 && whole.update(Some((7, &run)), &problem, || false));
        let same = |a: &[f64], b: &[f64]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
        };
        assert!(same(whole.plain.values(), sliced.plain.values()), "{name}");
        assert!(same(whole.preconditioned.values(), sliced.preconditioned.values()), "{name}");
        assert!(same(whole.edge.values(), sliced.edge.values()), "{name}");
        assert_eq!(whole.plain.len(), 1501);
        assert_eq!(whole.preconditioned.len(), if name == "Adam" { 1501 } else { 0 });
        for step in [0_u32, 1, 70, 128, 1500] {
            let position = run.trajectory().samples()[step as usize].position;
            let plain = Spectrum::of(&problem.objective.value_gradient_hessian(position).hessian).values[1];
            assert_eq!(whole.plain.values()[step as usize], plain);
            if let Some(seen) = Preconditioned::at(&run, &problem, step) {
                assert_eq!(whole.preconditioned.values()[step as usize], seen.sharpness(), "{step}");
            }
        }
        let settled = whole.edge.values().first().copied();
        match name {
            "GradientDescent" => assert!((settled.unwrap() / 2000.0 - 1.0).abs() < 1e-12),
            "Momentum" => assert!((settled.unwrap() / 3800.0 - 1.0).abs() < 1e-12),
            "Newton" => assert!(settled.unwrap().is_nan()),
            "Lion" => assert_eq!(settled, None),
            _ => {}
        }
        // Another run begins anew; none leaves nothing.
        let other = finished(&choose(optimizers::ALL, "GradientDescent", &[("lr", 5e-4)]), &problem);
        assert!(sliced.update(Some((8, &other)), &problem, || false));
        assert!((sliced.edge.values()[3] / 4000.0 - 1.0).abs() < 1e-12 && sliced.preconditioned.is_empty());
        assert!(sliced.update(None, &problem, || false) && sliced.plain.is_empty());
    }
}

/// The sharpest stable curvature is the other side of the edge: at it the present rate is the edge.
#[test]
fn the_sharpest_stable_curvature_has_the_present_rate_for_its_edge() {
    for (name, settings) in [
        ("GradientDescent", &[("lr", 0.03)][..]),
        ("GradientDescent", &[("lr", 0.03), ("weight_decay", 0.4)]),
        ("Momentum", &[("lr", 0.03), ("momentum", 0.7)]),
        ("Momentum", &[("lr", 0.03), ("form", 2.0)]),
        ("Nesterov", &[("lr", 0.03), ("momentum", 0.8), ("weight_decay", 0.1)]),
        ("Qhm", &[("lr", 0.3), ("momentum", 0.9)]),
    ] {
        let chosen = choose(optimizers::ALL, name, settings);
        let settings = chosen.prepare();
        let sharpest = sharpest(&chosen.of, &settings).expect("an edge");
        let edge = edge(&chosen.of, &settings, sharpest).expect("an edge");
        assert!((edge / settings.numbers[0] - 1.0).abs() < 1e-12, "{name}: {edge}");
    }
}

/// The rates of runs on a quadratic are those that the theory promises, at the settings given and at
/// the best ones.
#[test]
fn runs_keep_the_rates_that_are_promised() {
    let (kappa, steps) = (50.0, 1200);
    let surface = [("lambda_min", 0.5), ("kappa", kappa), ("angle", 25.0)];
    let problem = problem("Quadratic", &surface, [3.0, -2.0], steps);
    let rates = |chosen: &Chosen<Optimizer>, step: u32| {
        ConvergenceRates::at(&finished(chosen, &problem), &problem, step).expect("a minimum")
    };
    for (name, settings) in [
        ("GradientDescent", &[("lr", 0.07)][..]),
        ("GradientDescent", &[("lr", 0.01)]),
        ("GradientDescent", &[("lr", 0.081)]),
        ("GradientDescent", &[("lr", 0.07), ("weight_decay", 0.3)]),
        ("Momentum", &[("lr", 0.05), ("momentum", 0.9)]),
        ("Momentum", &[("lr", 0.05), ("momentum", 0.3)]),
        ("Momentum", &[("lr", 0.152), ("momentum", 0.9)]),
        ("Nesterov", &[("lr", 0.03), ("momentum", 0.9)]),
        ("Qhm", &[("lr", 0.3), ("momentum", 0.95)]),
        ("SaddleFreeNewton", &[("lr", 0.1), ("damping", 2.0)]),
    ] {
        let found = rates(&choose(optimizers::ALL, name, settings), steps);
        let (promised, measured) = (found.promised.expect("a law"), found.measured.expect("a rate"));
        println!("{name} {settings:?}: promised {promised}, measured {measured}");
        assert!((measured - promised).abs() < 3e-3, "{name} {settings:?}: {promised}, measured {measured}");
        assert!((found.eigenvalues[1] / found.eigenvalues[0] / kappa - 1.0).abs() < 1e-12);
    }
    // At its best both roots of the outer eigenvalues meet, and the error is (a + bt)·σ^t: the slope
    // of its logarithm over the second half of t steps is ln σ + ln 2/(t/2) at most, about.
    let momentum = choose(optimizers::ALL, "Momentum", &[("lr", 0.01)]);
    let found = rates(&momentum, steps);
    let best = found.best.expect("known");
    let root = (libm::sqrt(kappa) - 1.0) / (libm::sqrt(kappa) + 1.0);
    assert!((best.rate.expect("a law") - root).abs() < 1e-7);
    let tuned = choose(optimizers::ALL, "Momentum", &borrowed(&best.settings));
    let found = rates(&tuned, steps);
    let (promised, measured) = (found.promised.expect("a law"), found.measured.expect("a rate"));
    println!("momentum at its best: promised {promised}, measured {measured}");
    assert!((promised - root).abs() < 1e-7);
    assert!(measured > promised && measured < promised + 0.02, "{promised}, measured {measured}");
    for name in ["GradientDescent", "Nesterov"] {
        let given = rates(&choose(optimizers::ALL, name, &[("lr", 0.01)]), steps).best.expect("known");
        let found = rates(&choose(optimizers::ALL, name, &borrowed(&given.settings)), steps);
        let promised = found.promised.expect("a law");
        println!("{name} at its best: promised {promised}, measured {:?}", found.measured);
        assert!((promised - given.rate.expect("a law")).abs() < 1e-12);
        assert!((found.measured.expect("a rate") - promised).abs() < 0.01);
    }
    // Long after arriving, where rounding alone moves the run, the rate is that of its way there.
    for (x, y) in [(0.0, 0.0), (3.0, 0.5), (-4.0, 2.5)] {
        for form in ["0.25*u^2 + 12.5*v^2", "6.5*u^2 + 12*u*v + 6.5*v^2", "u^2 + v^2 - 1e3"] {
            let text = form.replace('u', &format!("(x - ({x}))")).replace('v', &format!("(y - ({y}))"));
            let mut surface = Chosen::with_defaults(surfaces::find("Formula").expect("known"));
            assert!(surface.set("f", Value::Formula(ParsedFormula::read(&text).expect("right"))));
            let problem = Problem::new(Objective::new(&surface), Vector2::new(x + 3.0, y - 2.0), 6000);
            for (name, settings) in [
                ("GradientDescent", &[("lr", 0.05)][..]),
                ("Momentum", &[("lr", 0.05), ("momentum", 0.8)]),
                ("Nesterov", &[("lr", 0.03), ("momentum", 0.8)]),
            ] {
                let chosen = choose(optimizers::ALL, name, settings);
                let found = ConvergenceRates::at(&finished(&chosen, &problem), &problem, 6000);
                let found = found.expect("a minimum");
                let (promised, measured) = (found.promised.expect("a law"), found.measured.expect("a rate"));
                assert!(
                    (measured - promised).abs() < 0.03,
                    "{name} on {text}: {promised}, measured {measured}"
                );
            }
        }
    }
    let chebyshev = rates(&choose(optimizers::ALL, "Chebyshev", &[]), steps);
    assert_eq!((chebyshev.promised, chebyshev.best.map(|best| best.rate)), (None, Some(None)));
    let adam = rates(&choose(optimizers::ALL, "Adam", &[]), steps);
    assert!(adam.promised.is_none() && adam.best.is_none() && adam.measured.is_some());
}
