//! The built-in presets do what their notes say.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]

use thalweg_analysis::spectral::decay::ErrorDecay;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::run::trajectory::{Cause, Trajectory};
use thalweg_core::spec::value::Value;
use thalweg_scenario::{MAX_LABEL, PRESETS, Scenario, Start, find_preset, open_preset};

/// The record of every runner.
pub(super) fn run(scenario: &Scenario) -> Vec<Trajectory> {
    let mut race = scenario.race();
    race.finish();
    race.runs().iter().map(|run| run.trajectory().clone()).collect()
}

pub(super) fn preset(name: &str) -> (Scenario, Vec<Trajectory>) {
    let scenario = open_preset(name).unwrap();
    let runs = run(&scenario);
    (scenario, runs)
}

/// The preset with one setting of one runner changed.
pub(super) fn changed(name: &str, runner: usize, key: &str, value: f64) -> Vec<Trajectory> {
    let mut scenario = open_preset(name).unwrap();
    assert!(scenario.runners[runner].optimizer.set(key, Value::Number(value)));
    run(&scenario)
}

pub(super) fn moved(name: &str, start: [f64; 2]) -> Vec<Trajectory> {
    let mut scenario = open_preset(name).unwrap();
    scenario.start = Start::At(start);
    run(&scenario)
}

pub(super) fn end(run: &Trajectory) -> [f64; 2] {
    run.samples().last().unwrap().position.into()
}

pub(super) fn near(at: [f64; 2], goal: [f64; 2], within: f64) -> bool {
    (at[0] - goal[0]).hypot(at[1] - goal[1]) <= within
}

/// The first step from which on the run stays within `within` of `goal`.
pub(super) fn arrival(run: &Trajectory, goal: [f64; 2], within: f64) -> Option<usize> {
    let outside = run.samples().iter().rposition(|sample| !near(sample.position.into(), goal, within));
    let step = outside.map_or(0, |step| step + 1);
    (step < run.samples().len()).then_some(step)
}

/// Where each runner ends, in the order of the preset.
pub(super) fn check_ends(name: &str, goals: &[[f64; 2]], within: f64) {
    let (_, runs) = preset(name);
    assert_eq!(runs.len(), goals.len(), "{name}");
    for (index, (run, goal)) in runs.iter().zip(goals).enumerate() {
        assert!(near(end(run), *goal, within), "{name}, runner {index}: {:?}, not {goal:?}", end(run));
    }
}

#[test]
fn every_preset_is_a_lesson() {
    for (index, preset) in PRESETS.iter().enumerate() {
        let scenario = open_preset(preset.name).unwrap();
        // A story's words are those of its scenes.
        if !scenario.scenes.is_empty() {
            continue;
        }
        let lines = scenario.notes.lines().filter(|line| !line.is_empty()).count();
        assert!(!scenario.title.is_empty() && (3..=8).contains(&lines), "{}: {lines} lines", preset.name);
        assert!(scenario.runners.iter().all(|runner| runner.label.len() <= MAX_LABEL));
        assert!(PRESETS[..index].iter().all(|other| other.name != preset.name));
        assert!(find_preset(preset.name).is_some());
    }
}

#[test]
fn nothing_diverges_but_what_is_said_to() {
    for preset in PRESETS {
        let scenario = open_preset(preset.name).unwrap();
        for (runner, run) in scenario.runners.iter().zip(run(&scenario)) {
            let cause = run.ending().unwrap().cause;
            let said = runner.label.contains("divergent");
            assert_eq!(cause.is_divergence(), said, "{}: {}: {cause:?}", preset.name, runner.name());
            // A picture needs its start in view.
            let (x, y) = (scenario.view.x, scenario.view.y);
            let [at_x, at_y] = scenario.start.point();
            assert!(x.0 < at_x && at_x < x.1 && y.0 < at_y && at_y < y.1, "{}", preset.name);
        }
    }
}

#[test]
fn runs_end_where_the_notes_say() {
    let zero = [0.0, 0.0];
    check_ends("well-conditioned-quadratic", &[zero; 2], 1e-9);
    check_ends("ill-conditioned-quadratic", &[zero; 2], 0.01);
    check_ends("momentum-damps-zigzag", &[zero; 2], 0.03);
    check_ends("saddle-on-axis", &[zero; 3], 1e-4);
    check_ends("saddle-escape", &[[1.0, 0.0]; 4], 1e-3);
    check_ends("newton-saddle", &[[3.0, 2.0], [0.0867, 2.8843], [3.0, 2.0]], 1e-3);
    let (shallow, deep) = ([0.9602, 0.0], [-1.0356, 0.0]);
    check_ends("classic-five", &[shallow, deep, shallow, shallow, shallow], 1e-3);
    // Where slope and pull cancel: (H + w I) x = H (1, 3) with H = [10 8; 8 10], w = 1/2.
    let ridge = [53.0 / 46.25, 127.0 / 46.25];
    check_ends("adam-vs-adamw", &[[1.0, 3.0], ridge, [1.8, 2.0]], 0.02);
}

#[test]
fn learning_rates() {
    let (_, runs) = preset("learning-rates");
    assert!(!near(end(&runs[0]), [0.0, 0.0], 0.5));
    assert!(near(end(&runs[1]), [0.0, 0.0], 1e-3) && near(end(&runs[2]), [0.0, 0.0], 1e-3));
    let swings = |run: &Trajectory| {
        run.samples().windows(2).filter(|pair| pair[0].position.y * pair[1].position.y < 0.0).count()
    };
    assert_eq!((swings(&runs[0]), swings(&runs[1])), (0, 0));
    assert_eq!(swings(&runs[2]), 100);
    assert_eq!(runs[3].ending().unwrap().cause, Cause::OutOfBounds);
}

#[test]
fn conditioning() {
    let (_, well) = preset("well-conditioned-quadratic");
    let (_, ill) = preset("ill-conditioned-quadratic");
    let steps = |run: &Trajectory| arrival(run, [0.0, 0.0], 0.01).unwrap();
    assert!(well.iter().all(|run| steps(run) <= 6), "{} {}", steps(&well[0]), steps(&well[1]));
    assert!(steps(&ill[0]) > 200 && steps(&ill[1]) < 50, "{} {}", steps(&ill[0]), steps(&ill[1]));
    assert!(changed("ill-conditioned-quadratic", 0, "lr", 0.0201)[0].samples().last().unwrap().loss > 100.0);
}

#[test]
fn momentum() {
    let (_, runs) = preset("momentum-damps-zigzag");
    let across = |run: &Trajectory| {
        arrival(run, [0.0, 0.0], f64::INFINITY).map(|_| run.samples()[20].position.y.abs())
    };
    assert!(across(&runs[0]).unwrap() > 0.09 && across(&runs[1]).unwrap() < 0.01);
    let loss = |run: &Trajectory| run.samples().last().unwrap().loss;
    let fast =
        |lr| [changed("momentum-damps-zigzag", 0, "lr", lr), changed("momentum-damps-zigzag", 1, "lr", lr)];
    let [gradient, momentum] = fast(0.041);
    assert!(loss(&gradient[0]) > 1e3 && loss(&momentum[1]) < 1e-3);
    assert!(loss(&fast(0.059)[1][1]) < 1.0 && loss(&fast(0.061)[1][1]) > 10.0);

    let (_, forms) = preset("momentum-forms");
    for (pytorch, (classical, (slow, quick))) in forms[0]
        .samples()
        .iter()
        .zip(forms[1].samples().iter().zip(forms[2].samples().iter().zip(forms[3].samples())))
    {
        assert!((pytorch.position - classical.position).norm() < 1e-12);
        assert!((pytorch.position - quick.position).norm() < 1e-12);
        assert!(slow.position.x.is_finite());
    }
    assert!((forms[0].samples()[15].position - forms[2].samples()[15].position).norm() > 0.5);
}

#[test]
fn nesterov() {
    let (_, runs) = preset("nesterov");
    let (sin, cos) = 20f64.to_radians().sin_cos();
    let across = |run: &Trajectory, step: usize| {
        let at = run.samples()[step].position;
        (cos * at.y - sin * at.x).abs()
    };
    let swing =
        |run: &Trajectory, from: usize| (from..from + 8).map(|step| across(run, step)).fold(0.0, f64::max);
    assert!(swing(&runs[1], 12) > 0.4, "{}", swing(&runs[1], 12));
    assert!(swing(&runs[2], 2) < 1e-9, "{}", swing(&runs[2], 2));
    let steps = |run: &Trajectory| arrival(run, [0.0, 0.0], 0.5).unwrap();
    assert!(steps(&runs[1]) < 60 && steps(&runs[2]) < 60 && steps(&runs[0]) > 140);
    assert!(runs[1..].iter().all(|run| run.samples().iter().any(|sample| sample.position.x > 0.1)));
}

#[test]
fn saddles() {
    let (_, on) = preset("saddle-on-axis");
    assert!(on.iter().all(|run| run.samples().iter().all(|sample| sample.position.y == 0.0)));
    assert!(moved("saddle-on-axis", [-1.5, 1e-6]).iter().all(|run| end(run)[1] > 0.1));
    let (_, off) = preset("saddle");
    for run in &off {
        let norms: Vec<_> = run.samples().iter().map(|sample| sample.grad_norm).collect();
        let lowest = norms.iter().copied().fold(f64::INFINITY, f64::min);
        assert!(lowest < norms[0] / 5.0 && norms[norms.len() - 1] > 3.0 * lowest, "{norms:?}");
        assert!(end(run)[1] > 0.9 && run.samples().last().unwrap().loss < -0.5);
    }
    let (_, escape) = preset("saddle-escape");
    let leaves = |run: &Trajectory| run.samples().iter().position(|sample| sample.position.x > 0.5).unwrap();
    let steps: Vec<_> = escape.iter().map(leaves).collect();
    assert!(
        (100..130).contains(&steps[0]) && steps[1..].iter().all(|step| *step < steps[0] / 2),
        "{steps:?}"
    );
    assert!(moved("saddle-escape", [-1e-4, 1.2]).iter().all(|run| near(end(run), [-1.0, 0.0], 1e-3)));
}

#[test]
fn newton() {
    let (_, runs) = preset("newton");
    let ending = runs[2].ending().unwrap();
    assert_eq!((ending.cause, ending.step), (Cause::Converged, 1));
    let steps = |run: &Trajectory| arrival(run, [0.0, 0.0], 0.1);
    assert!(steps(&runs[0]).unwrap() > 100 && (10..60).contains(&steps(&runs[1]).unwrap()));
    let slow = &changed("newton", 2, "lr", 0.1)[2];
    for pair in slow.samples()[..50].windows(2) {
        assert!((pair[1].position - pair[0].position * 0.9).norm() < 1e-12);
    }
    let (scenario, runs) = preset("newton-saddle");
    let objective = scenario.problem().objective;
    let determinant = |run: &Trajectory| {
        objective.value_gradient_hessian(run.samples().last().unwrap().position).hessian.determinant()
    };
    assert!(determinant(&runs[1]) < 0.0 && determinant(&runs[2]) > 0.0);
}

#[test]
fn long_ways() {
    let (_, banana) = preset("rosenbrock");
    let losses: Vec<_> = banana.iter().map(|run| run.samples().last().unwrap().loss).collect();
    assert!(losses[1] < losses[2] && losses[2] < 1e-5 && losses[0] > 1e-3, "{losses:?}");

    let (_, plateau) = preset("plateau");
    let goal = [9f64.ln() / 2.0, 0.0];
    let waits = |run: &Trajectory| (run.samples()[200].position - run.samples()[0].position).norm() < 0.8;
    let steps = |run: &Trajectory| arrival(run, goal, 0.1);
    assert!(waits(&plateau[0]) && waits(&plateau[1]));
    let arrivals: Vec<_> = plateau.iter().map(steps).collect();
    assert!(
        arrivals[0].unwrap() > 350 && arrivals[2].unwrap() < 150 && arrivals[3].unwrap() < 300,
        "{arrivals:?}"
    );
    assert_eq!(steps(&changed("plateau", 3, "beta2", 0.999)[3]), None);

    assert!(end(&changed("classic-five", 1, "momentum", 0.75)[1])[0] > 0.9);
    let left: Vec<_> = moved("classic-five", [-1.8, 1.1]).iter().map(|run| end(run)[0] < 0.0).collect();
    assert_eq!(left, [true, false, true, true, true]);
    let w = changed("adam-vs-adamw", 2, "weight_decay", 0.3);
    assert!(near(end(&w[2]), [1.0, 3.0], 0.02), "{:?}", end(&w[2]));
}

/// Newton's method goes to the saddle between two minima, gradient descent to one of them: each error is
/// measured from where its run ends.
#[test]
fn an_error_is_measured_from_where_the_run_ends() {
    let mut scenario = open_preset("convex-or-not").expect("built-in");
    scenario.steps = 400;
    let mut race = scenario.race();
    race.advance(|| false);
    let reference = |name: &str| {
        let run = race.runs().iter().find(|run| run.optimizer().name == name).expect("a runner");
        let mut decay = ErrorDecay::default();
        assert!(decay.update(Some((1, run)), race.problem(), || false));
        decay.reference().expect("a critical point")
    };
    let (newton, descent) = (reference("Newton"), reference("GradientDescent"));
    assert_eq!((newton.kind, descent.kind), (PointKind::Saddle, PointKind::Minimum));
    assert!(newton.at.norm() < 1e-9 && (descent.at.x - 1.0).hypot(descent.at.y) < 1e-6, "{descent:?}");
}
