//! The linear theory against reference numbers, and against what runs really do.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test's helpers may fail the test")]
#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
#![allow(clippy::large_types_passed_by_value, reason = "a test need not be fast")]

mod best;

use nalgebra::{Matrix2, Vector2};
use proptest::prelude::*;
use serde_json::Value as Json;
use thalweg_analysis::spectral::mode::{Mode, Regime, Roots};
use thalweg_analysis::spectral::stability::{
    edge, factor_at, factors, fixed_point, is_never_stable, overall_edge, stable_rates,
};
use thalweg_core::catalogue::{optimizers, surfaces};
use thalweg_core::method::theory::Law;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_testing::{choose, optimizer};

fn reference() -> Json {
    thalweg_testing::oracle("quadratics")
}

fn list<T: serde::de::DeserializeOwned>(json: &Json) -> Vec<T> {
    serde_json::from_value(json.clone()).expect("a list")
}

fn mode(chosen: &Chosen<Optimizer>, lambda: f64) -> Mode {
    Mode::along(&chosen.of, &chosen.prepare(), lambda).expect("the theory applies")
}

fn law(of: &Optimizer) -> Option<Law> {
    of.theory.law()
}

fn path(chosen: &Chosen<Optimizer>, objective: Objective, start: [f64; 2], steps: u32) -> Vec<Vector2<f64>> {
    let problem = Problem { bound: f64::MAX, ..Problem::new(objective, Vector2::from(start), steps) };
    let mut run = Run::new(chosen, &problem);
    run.advance(&problem, u32::MAX);
    run.trajectory().samples().iter().map(|sample| sample.position).collect()
}

/// (λ x² + 1.7 y²)/2, of which only the first axis is looked at.
fn along_x(lambda: f64) -> Objective {
    Objective::new(&choose(surfaces::ALL, "QuadraticForm", &[("xx", lambda), ("xy", 0.0), ("yy", 1.7)]))
}

fn assert_close(found: f64, expected: f64, tolerance: f64, what: &str) {
    assert!(
        (found - expected).abs() <= tolerance * expected.abs().max(1.0),
        "{what}: {found} is not {expected}"
    );
}

#[test]
fn gradient_descent_has_its_closed_form() {
    for case in reference()["gd_closed_form"].as_array().expect("a list") {
        let params = &case["params"];
        let kappa = params["kappa"].as_f64().expect("a number");
        let angle = match (params["c"].as_f64(), params["s"].as_f64()) {
            (Some(c), Some(s)) => libm::atan2(s, c),
            _ => 0.0,
        };
        let alpha = case["alpha"].as_f64().expect("a number");
        let start: [f64; 2] = serde_json::from_value(case["x0"].clone()).expect("a point");
        let chosen = optimizer("GradientDescent", &[("lr", alpha)]);
        let objective =
            choose(surfaces::ALL, "Quadratic", &[("kappa", kappa), ("angle", angle.to_degrees())]);
        let (sin, cos) = angle.sin_cos();
        let (u, v) = (Vector2::new(cos, sin), Vector2::new(-sin, cos));
        let start_in_axes = [u, v].map(|axis| axis.dot(&Vector2::from(start)));
        let modes = [1.0, kappa].map(|lambda| mode(&chosen, lambda).recurrence);
        let rows: Vec<(u32, f64, f64)> = list(&case["rows"]);
        let last = rows.iter().map(|row| row.0).max().expect("rows");
        let walked = path(&chosen, Objective::new(&objective), start, last);
        let series = modes.map(|mode| factors(mode).take(last as usize + 1).collect::<Vec<_>>());
        for (step, x, y) in rows {
            let expected = Vector2::new(x, y);
            let from = |[along_u, along_v]: [f64; 2]| {
                u * (start_in_axes[0] * along_u) + v * (start_in_axes[1] * along_v)
            };
            let size = expected.amax().max(1.0);
            for (what, found) in [
                ("one factor", from(modes.map(|mode| factor_at(&mode, step)))),
                ("the series", from([0, 1].map(|axis: usize| series[axis][step as usize]))),
                ("the run", walked[step as usize]),
            ] {
                let off = (found - expected).amax() / size;
                assert!(
                    off <= 1e-12 * f64::from(step + 10),
                    "{what}, {} at {step}: off by {off}",
                    case["surface"]
                );
            }
        }
    }
}

#[test]
fn the_companion_matrix_of_momentum() {
    let rows: Vec<[f64; 7]> = list(&reference()["companion"]);
    assert!(rows.len() >= 300);
    for [push, beta, re1, im1, re2, im2, radius] in rows {
        let what = format!("αλ = {push}, β = {beta}");
        let found = mode(&optimizer("Momentum", &[("lr", push), ("momentum", beta)]), 1.0);
        // Where the two roots meet, they are the square root of a rounding away from each other.
        let gap = libm::hypot(re1 - re2, im1 - im2);
        let tolerance = if gap > 1e-6 { 1e-14 / gap.min(1.0) } else { 1e-7 };
        assert_close(found.radius, radius, tolerance, &what);
        match found.roots {
            Roots::Pair { re, im } => {
                assert_close(re, re1, tolerance, &what);
                assert_close(im, im1.abs(), tolerance, &what);
                assert_close(-im, -im2.abs(), tolerance, &what);
            }
            Roots::Real(large, small) => {
                assert!(gap <= 1e-6 || im1 == 0.0, "{what}");
                let (first, second) = if re1.abs() >= re2.abs() { (re1, re2) } else { (re2, re1) };
                // Of two roots of one size, either may come first.
                let swap = (re1.abs() - re2.abs()).abs() < 1e-12 && (large - first).abs() > 1e-6;
                let (first, second) = if swap { (second, first) } else { (first, second) };
                assert_close(large, first, tolerance, &what);
                assert_close(small, second, tolerance, &what);
            }
        }
    }
}

#[test]
fn edges_have_their_textbook_values() {
    for lambda in [1e-12, 0.3, 2.0, 1e3, 1e15] {
        for beta in [0.0, 0.3, 0.9, 0.99] {
            let beyond = |name: &str, settings: &[(&str, f64)], expected: f64| {
                let mut settings = settings.to_vec();
                if name != "GradientDescent" && !name.contains("Newton") {
                    settings.push(("momentum", beta));
                }
                let chosen = optimizer(name, &settings);
                let found = edge(&chosen.of, &chosen.prepare(), lambda).expect(name);
                assert!((found / expected - 1.0).abs() < 1e-12, "{name} {settings:?} {lambda}: {found}");
                for (factor, diverges) in [(0.999, false), (1.001, true)] {
                    let mut beside = chosen.clone();
                    assert!(beside.set("lr", Value::Number(found * factor)));
                    assert_eq!(
                        mode(&beside, lambda).regime == Regime::Diverges,
                        diverges,
                        "{name} {settings:?}"
                    );
                }
            };
            beyond("GradientDescent", &[], 2.0 / lambda);
            beyond("GradientDescent", &[("weight_decay", 0.5)], 2.0 / (lambda + 0.5));
            beyond("Momentum", &[], 2.0 * (1.0 + beta) / lambda);
            beyond("Momentum", &[("form", 1.0)], 2.0 * (1.0 + beta) / lambda);
            beyond("Momentum", &[("form", 2.0)], 2.0 * (1.0 + beta) / (lambda * (1.0 - beta)));
            // As in PyTorch, dampening is of no account without momentum.
            let kept = if beta == 0.0 { 1.0 } else { 0.5 };
            beyond("Momentum", &[("dampening", 0.5)], 2.0 * (1.0 + beta) / (kept * lambda));
            beyond("Nesterov", &[], 2.0 * (1.0 + beta) / ((1.0 + 2.0 * beta) * lambda));
            beyond("Nesterov", &[("form", 1.0)], 2.0 * (1.0 + beta) / ((1.0 + 2.0 * beta) * lambda));
            beyond("Newton", &[], 2.0);
            beyond("SaddleFreeNewton", &[("damping", 1.0)], 2.0 * (lambda + 1.0) / lambda);
        }
    }
    let none = |name: &str, settings: &[(&str, f64)], lambda| {
        let chosen = optimizer(name, settings);
        assert_eq!(edge(&chosen.of, &chosen.prepare(), lambda), None, "{name} {settings:?} {lambda}");
    };
    none("Adam", &[], 1.0);
    none("GradientDescent", &[], -1.0);
    none("GradientDescent", &[], 0.0);
    none("GradientDescent", &[], f64::NAN);
    none("Momentum", &[("dampening", 1.0)], 1.0);
    none("Momentum", &[("momentum", 1.0)], 1.0);
    none("Newton", &[], 0.0);
}

/// Where f falls away along one direction no rate is stable, and the edge along the other is none.
#[test]
fn an_indefinite_form_has_no_edge() {
    let overall = |name: &str, eigenvalues: [f64; 2]| {
        let chosen = optimizer(name, &[]);
        let settings = chosen.prepare();
        let never = is_never_stable(&chosen.of, &settings, eigenvalues);
        (overall_edge(&chosen.of, &settings, eigenvalues), never)
    };
    for name in ["GradientDescent", "Momentum", "Nesterov", "Qhm", "SaddleFreeNewton"] {
        for eigenvalues in [[-2.0, 1.0], [-1e-6, 5.0], [-3.0, -1.0]] {
            assert_eq!(overall(name, eigenvalues), (None, true), "{name} {eigenvalues:?}");
        }
    }
    let (descent, newton) = ("GradientDescent", "Newton");
    assert_eq!(overall(descent, [1.0, 4.0]), (Some(0.5), false));
    // A flat direction, also one that is below zero by rounding alone, grows at no rate.
    assert_eq!(overall(descent, [0.0, 4.0]), (Some(0.5), false));
    assert_eq!(overall(descent, [-1e-17, 4.0]), (Some(0.5), false));
    assert_eq!(overall(descent, [0.0, 0.0]), (None, false));
    assert_eq!(overall(newton, [-2.0, 1.0]), (Some(2.0), false));
    assert_eq!(overall("Adam", [-2.0, 1.0]), (None, false));
}

/// The stable rates are where the spectral radius of the iteration matrix, found here by the power of
/// the matrix, is below 1: on both sides of both ends.
#[test]
fn the_stable_rates_are_where_powers_of_the_iteration_matrix_vanish() {
    let shrinks = |chosen: &Chosen<Optimizer>, lambda: f64| {
        let mut power = mode(chosen, lambda).recurrence.matrix();
        for _ in 0..40 {
            power = power * power;
            // Kept from overflowing: what has grown so far does not come back.
            if power.amax() > 1e100 {
                return false;
            }
        }
        power.amax() < 1e-3
    };
    let mut found = 0;
    for unit in [[0.3, 0.9, 0.2, 0.1], [0.8, 0.5, 0.9, 0.0], [0.01, 0.99, 0.0, 0.4]] {
        for mut chosen in linear_methods(unit) {
            for lambda in [0.02, 1.0, 40.0] {
                let (low, high) = stable_rates(&chosen.of, &chosen.prepare(), lambda).expect("a bowl");
                assert!(low == 0.0 && high.is_finite(), "{}: {low} {high}", chosen.of.name);
                for (rate, stable) in
                    [(1e-4, true), (0.5, true), (0.9999, true), (1.0001, false), (3.0, false)]
                {
                    assert!(chosen.set("lr", Value::Number(high * rate)));
                    assert_eq!(
                        shrinks(&chosen, lambda),
                        stable,
                        "{} {unit:?} {lambda} {rate}",
                        chosen.of.name
                    );
                    found += 1;
                }
            }
            // Against a decay that is as strong, a negative curvature is none.
            let bent = stable_rates(&chosen.of, &chosen.prepare(), -0.9);
            assert!(bent.is_none() || chosen.of.name == "SaddleFreeNewton" || chosen.of.name == "Newton");
        }
    }
    assert!(found > 400);
}

/// `edge` solves with two evaluations because the law is affine in the rate: so it must be.
#[test]
fn every_law_is_affine_in_the_learning_rate() {
    for of in optimizers::ALL {
        let (Some(law), true) = (law(of), of.has_learning_rate()) else { continue };
        let mut settings = Chosen::with_defaults(*of).prepare();
        let mut at = |lr| {
            settings.numbers[0] = lr;
            law.at(&settings, 0.7)
        };
        let (low, middle, high) = (at(0.5), at(1.0), at(1.5));
        assert_close(low.now + high.now, 2.0 * middle.now, 1e-15, &of.name);
        assert_close(low.before + high.before, 2.0 * middle.before, 1e-15, &of.name);
    }
}

/// Where weight decay moves the minimum, the law is about the point where the run comes to rest.
#[test]
fn the_error_is_measured_from_where_the_method_rests() {
    let booth = Objective::new(&choose(surfaces::ALL, "Booth", &[]));
    let minimum = Vector2::new(1.0, 3.0);
    let hessian = booth.value_gradient_hessian(minimum).hessian;
    for (name, form) in
        [("GradientDescent", None), ("Momentum", Some(0.0)), ("Nesterov", Some(0.0)), ("Nesterov", Some(1.0))]
    {
        let mut settings = vec![("lr", 0.03), ("weight_decay", 0.7)];
        settings.extend(form.map(|form| ("form", form)));
        let chosen = optimizer(name, &settings);
        let rest = fixed_point(&chosen.of, &chosen.prepare(), minimum, &hessian).expect("the theory applies");
        assert!((rest - minimum).norm() > 0.1);
        let walked = path(&chosen, booth.clone(), [-2.0, 1.0], 2000);
        assert!((walked.last().expect("steps") - rest).amax() < 1e-12, "{name}");
        let spectrum = hessian.symmetric_eigen();
        for axis in 0..2 {
            let direction = spectrum.eigenvectors.column(axis);
            let start = direction.dot(&(walked[0] - rest));
            let law = mode(&chosen, spectrum.eigenvalues[axis]).recurrence;
            for (step, factor) in factors(law).take(60).enumerate() {
                assert_close(direction.dot(&(walked[step] - rest)), start * factor, 1e-12, name);
            }
        }
    }
    let plain = optimizer("GradientDescent", &[]);
    assert_eq!(fixed_point(&plain.of, &plain.prepare(), minimum, &hessian), Some(minimum));
    let adam = optimizer("AdamW", &[]);
    assert_eq!(fixed_point(&adam.of, &adam.prepare(), minimum, &hessian), None);
    let decayed = optimizer("GradientDescent", &[("weight_decay", 1.0)]);
    assert_eq!(fixed_point(&decayed.of, &decayed.prepare(), minimum, &-Matrix2::identity()), None);
}

/// Settings of every method that the theory knows, from numbers in [0, 1].
fn linear_methods(unit: [f64; 4]) -> Vec<Chosen<Optimizer>> {
    let [lr, momentum, dampening, decay] = unit;
    let mut methods = vec![optimizer("GradientDescent", &[("lr", lr + 1e-3), ("weight_decay", decay)])];
    for form in [0.0, 1.0, 2.0] {
        methods.push(optimizer(
            "Momentum",
            &[
                ("lr", lr + 1e-3),
                ("momentum", momentum),
                ("dampening", dampening),
                ("weight_decay", decay),
                ("form", form),
            ],
        ));
    }
    for form in [0.0, 1.0] {
        methods.push(optimizer(
            "Nesterov",
            &[("lr", lr + 1e-3), ("momentum", momentum), ("weight_decay", decay), ("form", form)],
        ));
    }
    // Any mix of gradient and average, and the average alone.
    for nu in [dampening, 1.0] {
        methods.push(optimizer("Qhm", &[("lr", lr + 1e-3), ("momentum", momentum), ("nu", nu)]));
    }
    for name in ["Newton", "SaddleFreeNewton"] {
        methods.push(optimizer(name, &[("lr", 2.0 * lr + 1e-3), ("damping", dampening)]));
    }
    methods
}

#[test]
fn the_properties_below_reach_every_method_with_a_theory() {
    let methods = linear_methods([0.5; 4]);
    for of in optimizers::ALL.iter().filter(|of| law(of).is_some()) {
        assert!(methods.iter().any(|method| method.of.name == of.name), "{} is not tested", of.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The law is what the run does, step by step, whether it decays or diverges.
    #[test]
    fn runs_obey_the_law(unit in [0.0..1.0, 0.0..0.99, 0.0..1.0, 0.0..0.5], lambda in 0.01..3.0_f64) {
        for chosen in linear_methods(unit) {
            let law = mode(&chosen, lambda);
            let walked = path(&chosen, along_x(lambda), [1.0, 0.0], 60);
            let mut largest = 1.0_f64;
            for (step, (position, factor)) in walked.iter().zip(factors(law.recurrence)).enumerate() {
                largest = largest.max(factor.abs());
                prop_assert!(
                    (position.x - factor).abs() <= 1e-11 * largest,
                    "{} {:?} at {step}: {} is not {factor}", chosen.of.name, chosen.values, position.x
                );
            }
        }
    }

    /// The measured rate of a long run is the predicted radius.
    #[test]
    fn measured_rates_are_the_predicted_radii(
        unit in [0.05..1.0, 0.0..0.95, 0.0..0.9, 0.0..0.5],
        lambda in 0.1..3.0_f64,
    ) {
        for chosen in linear_methods(unit) {
            let law = mode(&chosen, lambda);
            // After 400 steps the rest is over or under what a double can hold.
            if !(0.3..2.0).contains(&law.radius) {
                continue;
            }
            let steps = 400;
            let walked = path(&chosen, along_x(lambda), [1.0, 0.0], steps);
            prop_assert_eq!(walked.len(), steps as usize + 1);
            // The largest of a window, so that a swing's zero crossings do not matter.
            let size = |from: usize| walked[from..from + 100].iter().map(|p| p.x.abs()).fold(0.0, f64::max);
            let windows = [size(100), size(300)];
            let measured = libm::pow(windows[1] / windows[0], 1.0 / 200.0);
            prop_assert!(
                (measured - law.radius).abs() <= 0.03 * law.radius,
                "{} {:?}: measured {measured}, predicted {}", chosen.of.name, chosen.values, law.radius
            );
        }
    }

    /// Below the edge a run decays, above it it diverges.
    #[test]
    fn runs_diverge_beyond_the_edge_only(
        unit in [0.05..1.0, 0.0..0.95, 0.0..0.9, 0.0..0.5],
        lambda in 0.1..3.0_f64,
    ) {
        for mut chosen in linear_methods(unit) {
            let edge = edge(&chosen.of, &chosen.prepare(), lambda).expect("a positive eigenvalue has an edge");
            for (factor, diverges) in [(0.95, false), (1.05, true)] {
                prop_assert!(chosen.set("lr", Value::Number(edge * factor)));
                let law = mode(&chosen, lambda);
                prop_assert_eq!(law.regime == Regime::Diverges, diverges, "{} {}", chosen.of.name, law.radius);
                let walked = path(&chosen, along_x(lambda), [1.0, 0.0], 3000);
                let last = walked[walked.len() - 50..].iter().map(|p| p.x.abs()).fold(0.0, f64::max);
                prop_assert_eq!(last > 1.0, diverges, "{} {:?}: {}", chosen.of.name, &chosen.values, last);
            }
        }
    }
}
