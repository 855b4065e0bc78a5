//! More lessons: each claim of their notes, with the numbers in them.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]

use super::stories::{arrival, changed, check_ends, end, moved, near, preset, run};
use nalgebra::{Matrix2, Vector2};
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::run::multi_start::MultiStart;
use thalweg_core::run::trajectory::{Cause, Trajectory};
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{PRESETS, Scenario, open_preset, parse};

pub const ZERO: [f64; 2] = [0.0, 0.0];

/// The preset with one setting of its surface changed.
pub fn on(name: &str, key: &str, value: f64) -> Vec<Trajectory> {
    let mut scenario = open_preset(name).unwrap();
    assert!(scenario.surface.set(key, Value::Number(value)));
    run(&scenario)
}

/// The preset with a part of its text replaced.
pub fn edited(name: &str, old: &str, new: &str) -> Scenario {
    let text = PRESETS.iter().find(|preset| preset.name == name).unwrap().text;
    assert!(text.contains(old), "{name} has no {old}");
    parse(&text.replace(old, new)).unwrap()
}

pub fn loss(run: &Trajectory) -> f64 {
    run.samples().last().unwrap().loss
}

pub fn at(run: &Trajectory, step: usize) -> Vector2<f64> {
    run.samples()[step].position
}

/// The root of the mean square distance from `goal` from step `from` on.
pub fn stray(run: &Trajectory, goal: [f64; 2], from: usize) -> f64 {
    let late = &run.samples()[from..];
    let goal = Vector2::from(goal);
    (late.iter().map(|sample| (sample.position - goal).norm_squared()).sum::<f64>() / late.len() as f64)
        .sqrt()
}

pub fn close(found: f64, told: f64, within: f64) {
    assert!((found - told).abs() <= within, "found {found}, the notes tell {told}");
}

pub fn hessian(scenario: &Scenario, at: [f64; 2]) -> Matrix2<f64> {
    scenario.problem().objective.value_gradient_hessian(at.into()).hessian
}

/// The eigenvalues, the smaller one first.
pub fn eigenvalues(matrix: Matrix2<f64>) -> [f64; 2] {
    let mean = matrix.trace() / 2.0;
    let half = ((matrix.m11 - matrix.m22) / 2.0).hypot(matrix.m12);
    [mean - half, mean + half]
}

/// Where the cloud's runs end with the given runner.
pub fn cloud(scenario: &Scenario, runner: usize) -> Vec<Trajectory> {
    let cloud = scenario.cloud.unwrap();
    let entry = scenario.entry(&scenario.runners[runner]);
    let mut multi_start = MultiStart::new(scenario.problem(), entry, cloud.points());
    assert!(multi_start.advance(|| false));
    multi_start.runs().iter().map(|run| run.trajectory().clone()).collect()
}

/// How many of the runs end within `within` of `goal`.
pub fn count(runs: &[Trajectory], goal: [f64; 2], within: f64) -> usize {
    runs.iter().filter(|run| near(end(run), goal, within)).count()
}

#[test]
fn titles_are_short_and_told_apart() {
    for (index, preset) in PRESETS.iter().enumerate() {
        let scenario = open_preset(preset.name).unwrap();
        assert!(scenario.title.chars().count() <= 40, "{}", preset.name);
        assert!(scenario.runners.len() <= 5, "{}", preset.name);
        let words = scenario.notes.split_whitespace().count();
        // A story's words are those of its scenes.
        let most = if scenario.scenes.is_empty() { 50..=140 } else { 20..=60 };
        assert!(most.contains(&words), "{}: {words} words", preset.name);
        for other in &PRESETS[..index] {
            assert_ne!(open_preset(other.name).unwrap().title, scenario.title);
        }
        for (number, runner) in scenario.runners.iter().enumerate() {
            let same = |other: &thalweg_scenario::Runner| other.name() == runner.name();
            assert!(!scenario.runners[..number].iter().any(same), "{}: {}", preset.name, runner.name());
        }
    }
}

#[test]
fn learning_rate_search() {
    let (_, runs) = preset("learning-rate-search");
    let goal = [1.0, 3.0];
    let ending = runs[0].ending().unwrap();
    assert!(ending.cause.is_divergence() && ending.step == 4);
    // Within a hundredth of the way at first.
    let first = |run: &Trajectory| arrival(run, goal, 0.01 * 6.0_f64.hypot(3.5));
    let (fast, medium) = (first(&runs[1]).unwrap(), first(&runs[2]).unwrap());
    assert!(medium > 3 * fast && runs[3..].iter().all(|run| first(run).is_none()), "{fast} {medium}");
    let left = |step| (at(&runs[4], step) - Vector2::from(goal)).norm();
    assert!(left(60) > left(0) / 2.0);
    assert!(near(end(&changed("learning-rate-search", 1, "lr", 0.11)[1]), goal, 0.5));
    assert!(
        changed("learning-rate-search", 1, "lr", 0.112)[1].samples()[150].loss > runs[1].samples()[0].loss
    );
}

#[test]
fn closed_form_decay() {
    let (_, runs) = preset("closed-form-decay");
    let (sin, cos) = 20f64.to_radians().sin_cos();
    let along = |p: Vector2<f64>| cos * p.x + sin * p.y;
    let across = |p: Vector2<f64>| cos * p.y - sin * p.x;
    let (start, ten) = (at(&runs[0], 0), at(&runs[0], 10));
    close(along(ten) / along(start), 0.11, 0.005);
    close(across(ten) / across(start), 0.006, 0.0005);
    assert!(across(at(&runs[0], 1)) * across(start) < 0.0);
    assert!(across(at(&runs[1], 1)).abs() < 1e-12);
    close(along(at(&runs[1], 8)) / along(at(&runs[1], 7)), 0.875, 1e-9);
    let best = changed("closed-form-decay", 0, "lr", 2.0 / 9.0);
    close((at(&best[0], 10).norm() / start.norm()).powf(0.1), 7.0 / 9.0, 1e-9);
}

#[test]
fn zigzag() {
    let (_, runs) = preset("zigzag");
    let step = |run: &Trajectory, number: usize| at(run, number) - at(run, number - 1);
    for number in 1..20 {
        let (this, next) = (step(&runs[0], number), step(&runs[0], number + 1));
        assert!(this.dot(&next).abs() < 1e-9 * this.norm() * next.norm());
        close(runs[0].samples()[number + 1].loss / runs[0].samples()[number].loss, 25.0 / 49.0, 1e-9);
        close(at(&runs[1], number + 1).y / at(&runs[1], number).y, -0.86, 1e-9);
    }
    close(25.0 / 49.0, 0.51, 0.001);
    assert!(step(&runs[2], 1).dot(&step(&runs[2], 2)) > 0.0);
    assert_eq!(arrival(&runs[2], ZERO, 1e-9), Some(2));
    assert_eq!(arrival(&moved("zigzag", [-2.7, 0.0])[0], ZERO, 1e-9), Some(1));
    assert_eq!(arrival(&on("zigzag", "kappa", 1.0)[0], ZERO, 1e-9), Some(1));
}

#[test]
fn feature_scaling() {
    let (scenario, runs) = preset("feature-scaling-before");
    let [flat, steep] = eigenvalues_exactly("feature-scaling-before");
    close(steep, 49_000.0, 100.0);
    close(flat, 2e-6, 1e-7);
    close(steep / flat / 1e10, 2.4, 0.05);
    close(2.0 / steep, 0.00004, 1e-6);
    assert!(at(&runs[0], 4).x.abs() < 0.05 && at(&runs[0], 3).x.abs() < 0.1);
    assert!((at(&runs[0], 200).y - at(&runs[0], 4).y).abs() < 0.1);
    let half = -(0.5f64.ln()) / (2e-5 * flat);
    close(half / 1e9, 17.0, 0.5);
    close(half / 30.0 / (365.25 * 86_400.0), 18.0, 0.5);
    assert_eq!(arrival(&runs[2], end(&runs[2]), 0.01), Some(6));
    close(end(&runs[2])[1], 1486.7, 0.1);
    let fast = changed("feature-scaling-before", 1, "lr", 4.2e-5);
    assert!(at(&fast[1], 200).x.abs() > at(&fast[1], 0).x.abs());
    drop(scenario);

    let (_, runs) = preset("feature-scaling-after");
    let [flat, steep] = eigenvalues_exactly("feature-scaling-after");
    close(flat, 0.85, 0.005);
    close(steep, 1.15, 0.005);
    close(steep / flat, 1.35, 0.005);
    let goal = end(&runs[0]);
    let left = |run: &Trajectory, step| (at(run, step) - Vector2::from(goal)).norm();
    close(left(&runs[0], 1) / left(&runs[0], 0), 0.15, 0.001);
    assert!(left(&runs[0], 4) < 0.001 * left(&runs[0], 0));
    let slow = arrival(&runs[1], goal, 0.001 * left(&runs[1], 0)).unwrap();
    assert!((75..=85).contains(&slow), "{slow}");
    assert!(loss(&changed("feature-scaling-after", 0, "lr", 1.73)[0]) < 0.1);
    assert!(loss(&changed("feature-scaling-after", 0, "lr", 1.8)[0]) > 10.0);
}

/// The eigenvalues of a preset's Hessian at its start, the smaller one without cancellation.
fn eigenvalues_exactly(name: &str) -> [f64; 2] {
    let scenario = open_preset(name).unwrap();
    let matrix = hessian(&scenario, scenario.start.point());
    let [_, large] = eigenvalues(matrix);
    [matrix.determinant() / large, large]
}

#[test]
fn coordinate_descent() {
    let (_, runs) = preset("coordinate-descent");
    assert_eq!(arrival(&runs[0], ZERO, 0.01), Some(84));
    assert_eq!(arrival(&runs[1], ZERO, 0.01), Some(59));
    for number in 1..50 {
        let step = at(&runs[1], number) - at(&runs[1], number - 1);
        assert!(if number % 2 == 1 { step.y == 0.0 } else { step.x == 0.0 });
    }
    assert_eq!(arrival(&on("coordinate-descent", "angle", 0.0)[1], ZERO, 1e-9), Some(2));
    let worst = on("coordinate-descent", "angle", 45.0);
    assert!(arrival(&worst[1], ZERO, 0.01).unwrap() > 59);
    close(arrival(&worst[0], ZERO, 0.01).unwrap() as f64, 84.0, 2.0);
}

#[test]
fn adagrad_and_rmsprop() {
    let (scenario, runs) = preset("adagrad-shrinking-steps");
    let length = |run: &Trajectory, number: usize| (at(run, number) - at(run, number - 1)).norm();
    for (run, alpha) in runs.iter().zip([0.1, 0.3, 1.0]) {
        let first = at(run, 1) - at(run, 0);
        close(first.x.abs(), alpha, 1e-6);
        close(first.y.abs(), alpha, 1e-6);
    }
    close(length(&runs[0], 300), 0.0006, 0.00005);
    let xs: Vec<_> = runs.iter().map(|run| end(run)[0]).collect();
    assert!(xs[0] < -0.5 && xs[0] < xs[1] && xs[1] < xs[2], "{xs:?}");
    assert!(loss(&runs[2]) < loss(&runs[1]));
    assert!(end(&moved("adagrad-shrinking-steps", [-0.8, 0.6])[0])[0] > xs[1]);

    let (cure, runs) = preset("rmsprop-cure");
    assert_eq!((cure.start, &cure.surface), (scenario.start, &scenario.surface));
    let goal = [1.0, 1.0];
    assert!(end(&runs[0])[0] < -0.5);
    assert!(near(end(&runs[1]), goal, 0.1) && near(end(&runs[2]), goal, 0.1));
    for number in 350..=400 {
        close(length(&runs[1], number), 0.03, 0.005);
    }
    assert!(length(&runs[2], 399) < 0.001 && loss(&runs[2]) < loss(&runs[1]));
    assert!(!near(end(&changed("rmsprop-cure", 1, "alpha", 0.99)[1]), goal, 0.5));
}

#[test]
fn adam_bias_correction() {
    let (_, runs) = preset("adam-bias-correction");
    let first = |run: &Trajectory| (at(run, 1) - at(run, 0)).x.abs();
    close(first(&runs[0]), 0.1, 1e-6);
    close(first(&runs[1]) / 0.1, 3.2, 0.05);
    let steps = |run: &Trajectory| {
        let pairs = run.samples().windows(2);
        pairs.map(|pair| (pair[1].position - pair[0].position).norm()).collect::<Vec<_>>()
    };
    let longest = steps(&runs[1]).into_iter().fold(0.0, f64::max);
    assert_eq!(longest, steps(&runs[1])[2]);
    close(longest / steps(&runs[0])[2], 4.6, 0.05);
    let reach = runs[1].samples().iter().map(|sample| sample.position.x).fold(f64::MIN, f64::max);
    close(reach, 1.3, 0.05);
    let with = |beta2| first(&changed("adam-bias-correction", 1, "beta2", beta2)[1]) / 0.1;
    close(with(0.99), 1.0, 1e-6);
    close(with(0.9), 0.32, 0.005);
}

#[test]
fn newton_and_its_model() {
    let (_, runs) = preset("newton-and-its-model");
    assert_eq!(at(&runs[0], 1).y, 0.0);
    for number in 1..20 {
        close(at(&runs[0], number).x / at(&runs[0], number - 1).x, 2.0 / 3.0, 1e-9);
    }
    assert!(end(&runs[1])[0] < -0.15 && end(&runs[0])[0].abs() < 1e-6);
    let with = |p: f64| run(&edited("newton-and-its-model", "p: 4", &format!("p: {p}"))).swap_remove(0);
    close(at(&with(3.0), 5).x / at(&with(3.0), 4).x, 0.5, 1e-9);
    assert_eq!(at(&with(2.0), 1), Vector2::zeros());
    let swings = with(1.5);
    for number in 0..60 {
        close(at(&swings, number).x.abs(), 1.5, 1e-9);
    }
    assert!(end(&with(1.4))[0].abs() > 1e6);
}

#[test]
fn cost_of_a_step() {
    let scenario = open_preset("cost-of-a-step").unwrap();
    let mut race = scenario.race();
    race.finish();
    let told = [(21, 71), (34, 86), (21, 504), (300, 300)];
    for (run, (steps, total)) in race.runs().iter().zip(told) {
        let ending = run.trajectory().ending().unwrap();
        assert_eq!((ending.step, run.evaluations(steps).total()), (steps, total));
        assert_eq!(ending.cause == Cause::Converged, steps < 300);
    }
    assert_eq!(race.runs()[0].evaluations(21).hessians, 21);
    assert_eq!(race.runs()[1].evaluations(34).hessians, 0);
}

#[test]
fn bfgs_learns_curvature() {
    let scenario = open_preset("bfgs-learns-curvature").unwrap();
    let mut race = scenario.race();
    race.finish();
    let inverse = hessian(&scenario, ZERO).try_inverse().unwrap();
    let problem = scenario.problem();
    let error = |step| {
        let state = race.runs()[0].state_at(&problem, step);
        let estimate = Matrix2::new(state.slots[0].x, state.slots[0].y, state.slots[1].x, state.slots[1].y);
        (estimate - inverse).abs().max()
    };
    assert!(error(0) > 0.2 && error(2) < 0.02 && error(5) < 0.0001, "{} {} {}", error(0), error(2), error(5));
    let runs = run(&scenario);
    let endings: Vec<_> = runs.iter().map(|run| run.ending().unwrap()).collect();
    assert_eq!((endings[0].cause, endings[0].step), (Cause::Converged, 6));
    assert_eq!((endings[1].cause, endings[1].step), (Cause::Converged, 1));
    assert_eq!(endings[2].cause, Cause::StepLimit);
    for (x, y) in (-2..=2).flat_map(|x| (-2..=2).map(move |y| (f64::from(x), f64::from(y) * 0.6))) {
        let ending = moved("bfgs-learns-curvature", [1.1 * x + 0.13, y])[0].ending().unwrap();
        assert!(ending.cause == Cause::Converged && ending.step <= 12, "{x} {y}: {ending:?}");
    }
}

#[test]
fn saddle_and_noise() {
    let (_, runs) = preset("saddle-and-noise");
    assert!(
        runs[0].samples().iter().all(|sample| sample.position.x == 0.0) && near(end(&runs[0]), ZERO, 1e-3)
    );
    assert!(near(end(&runs[1]), [-1.0, 0.0], 0.1) && near(end(&runs[2]), [1.0, 0.0], 0.1));
    assert!(near(end(&runs[3]), [1.0, 0.0], 0.1));
    let leaves = |run: &Trajectory| {
        let step = run.samples().iter().position(|sample| sample.position.x.abs() > 0.5);
        step.unwrap() as f64
    };
    close(leaves(&runs[1]), 70.0, 10.0);
    close(leaves(&runs[2]), 70.0, 10.0);
    close(leaves(&runs[3]), 140.0, 10.0);
    let tiny = run(&edited("saddle-and-noise", "sigma: 0.003", "sigma: 0.00001"));
    assert!(near(end(&tiny[3]), [1.0, 0.0], 0.01));
    close(1.0 + 0.02 * 4.0, 1.08, 1e-9);
    close(eigenvalues(hessian(&open_preset("saddle-and-noise").unwrap(), ZERO))[0], -4.0, 1e-9);
}

#[test]
fn convex_starts() {
    let mut scenario = open_preset("convex-starts").unwrap();
    assert_eq!(count(&cloud(&scenario, 0), ZERO, 0.01), 100);
    let [_, steep] = eigenvalues(hessian(&scenario, ZERO));
    close(steep, 8.0 / 3.0, 1e-9);
    close(2.0 / steep, 0.75, 1e-9);
    let slope = |x: f64| scenario.problem().objective.value_gradient_hessian([x, 0.3].into());
    assert!(eigenvalues(slope(-4.0).hessian)[0] < 0.01 && (slope(-4.0).gradient.norm() - 2.0).abs() < 0.05);
    assert!(scenario.runners[0].optimizer.set("lr", Value::Number(0.8)));
    assert_eq!(count(&cloud(&scenario, 0), ZERO, 0.01), 0);
    scenario.runners[0].optimizer = Chosen::with_defaults(optimizers::find("Newton").unwrap());
    let newton = cloud(&scenario, 0);
    let diverged = newton.iter().filter(|run| run.ending().unwrap().cause.is_divergence()).count();
    assert!(diverged > 50, "{diverged}");
}

#[test]
fn non_convex_starts() {
    let scenario = open_preset("non-convex-starts").unwrap();
    let places = [[-3.779, -3.283], [3.0, 2.0], [3.584, -1.848], [-2.805, 3.131]];
    let ends = cloud(&scenario, 0);
    assert_eq!(places.map(|place| count(&ends, place, 0.05)), [31, 28, 26, 15]);
    // Across a border, and the run ends far away.
    let [left, right] = [-1.5, 0.3].map(|x| end(&moved("non-convex-starts", [x, -2.5])[0]));
    assert!(!near(left, right, 5.0), "{left:?} {right:?}");
    let momentum = edited("non-convex-starts", "GradientDescent(lr: 0.003)", "Momentum(lr: 0.003)");
    let ends = cloud(&momentum, 0);
    let counts = places.map(|place| count(&ends, place, 0.1));
    assert_eq!(counts.iter().sum::<usize>(), 100);
    assert_ne!(counts, [31, 28, 26, 15]);
    let maximum = eigenvalues(hessian(&scenario, [-0.2708, -0.9230]));
    assert!(maximum[1] < 0.0);
}

#[test]
fn local_and_global_minimum() {
    let scenario = open_preset("local-and-global-minimum").unwrap();
    let (left, right) = ([-1.0356, 0.0], [0.9602, 0.0]);
    for (goal, told) in [(left, -0.305), (right, 0.294)] {
        let here = scenario.problem().objective.value_gradient_hessian(goal.into());
        close(here.value, told, 0.0006);
        assert!(eigenvalues(here.hessian)[0] > 0.0);
    }
    let told = [(48, 52), (52, 48)];
    for (runner, (to_left, to_right)) in told.into_iter().enumerate() {
        let ends = cloud(&scenario, runner);
        assert_eq!((count(&ends, left, 0.01), count(&ends, right, 0.01)), (to_left, to_right));
    }
    let crosses = |run: &&Trajectory| run.samples()[0].position.x * end(run)[0] < 0.0;
    let momentum = cloud(&scenario, 1);
    let both: Vec<_> = momentum.iter().filter(crosses).map(|run| end(run)[0] > 0.0).collect();
    assert!(both.contains(&true) && both.contains(&false));
    let mut tilted = scenario.clone();
    assert!(tilted.surface.set("tilt", Value::Number(1.6)));
    let ends = cloud(&tilted, 0);
    assert!(ends.iter().all(|run| end(run)[0] < -1.0));
}

#[test]
fn your_own_function() {
    let places = [[2.077, 0.684], [0.696, -0.696], [1.6, 0.21]];
    check_ends("your-own-function", &places, 0.01);
    let scenario = open_preset("your-own-function").unwrap();
    let lower = places.map(|place| eigenvalues(hessian(&scenario, place))[0]);
    assert!(lower[0] > 0.0 && lower[1] > 0.0 && lower[2] < 0.0, "{lower:?}");
    let (_, runs) = preset("your-own-function");
    assert!(loss(&runs[1]) < loss(&runs[0]));
    assert!(run(&edited("your-own-function", "a: 0.5", "a: 0")).iter().all(|run| near(end(run), ZERO, 0.03)));
    assert_eq!(scenario.surface.of.name, surfaces::find("Formula").unwrap().name);

    // What the notes say to type.
    let typed = |text: &str| {
        assert!(scenario.notes.contains(&format!("`{text}`")), "{text}");
        let mut scenario = scenario.clone();
        let formula = format!("(surface: Formula(f: \"{text}\"), runners: [])");
        scenario.surface = parse(&formula).unwrap().surface;
        run(&scenario)
    };
    let saddle = typed("x^2 - y^2");
    assert!(saddle[..2].iter().all(|run| loss(run) < -1e6) && near(end(&saddle[2]), ZERO, 1e-9));
    let edge = &typed("abs(x) + abs(y)")[0];
    assert!((100..200).all(|number| {
        let step = at(edge, number + 1) - at(edge, number);
        (step.x.abs() - 0.1).abs() < 1e-9 && at(edge, number).norm() < 0.2
    }));
    let plain = typed("-exp(-x^2 - y^2)");
    assert!(plain.iter().all(|run| !near(end(run), ZERO, 3.0)));
}

#[test]
fn the_page_of_lessons_has_them_in_their_order() {
    let list = include_str!("../../../../docs/lessons.md");
    let named: Vec<_> =
        list.split('`').filter(|word| open_preset(word).is_ok() && !word.contains('/')).collect();
    let all: Vec<_> = PRESETS.iter().map(|preset| preset.name).collect();
    assert_eq!(named, all);
    // A topic's lessons stand together, in one row.
    for group in PRESETS.chunk_by(|one, next| one.topic == next.topic) {
        let row = list.lines().find(|line| line.starts_with(&format!("| {} |", group[0].topic))).unwrap();
        assert_eq!(row.matches('`').count(), 2 * group.len(), "{}", group[0].topic);
    }
}
