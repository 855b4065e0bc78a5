//! The lessons on data, noise, schedules and stopping do what their notes say.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]

use super::lessons::{ZERO, at, close, cloud, count, edited, eigenvalues, hessian, loss, on, stray};
use super::stories::{changed, check_ends, end, moved, near, preset, run};
use nalgebra::{Matrix2, Vector2};
use thalweg_core::data;
use thalweg_core::run::trajectory::{Cause, Trajectory};
use thalweg_scenario::{Scenario, open_preset, parse};

/// The share of wrong points of `data` at the weights.
fn wrong(data: &str, weights: [f64; 2]) -> f64 {
    let text = format!("(surface: ZeroOne(data: {data}), runners: [])");
    parse(&text).unwrap().problem().objective.value_gradient_hessian(weights.into()).value
}

#[test]
fn weight_symmetry() {
    let scenario = open_preset("weight-symmetry").unwrap();
    let ends = cloud(&scenario, 0);
    let (one, twin) = ([1.986, -0.683], [-0.683, 1.986]);
    assert_eq!((count(&ends, one, 0.1), count(&ends, twin, 0.1)), (53, 47));
    let objective = scenario.problem().objective;
    assert_eq!(
        objective.value_gradient_hessian([0.3, -1.7].into()).value,
        objective.value_gradient_hessian([-1.7, 0.3].into()).value
    );
    let copies = &moved("weight-symmetry", [-1.0, -1.0])[0];
    assert!(copies.samples().iter().all(|sample| sample.position.x == sample.position.y));
    let [low, high] = eigenvalues(hessian(&scenario, end(copies)));
    assert!(low < 0.0 && high > 0.0);
}

#[test]
fn batches() {
    let (_, runs) = preset("batch-minibatch-stochastic");
    let goal = [1.4576, -0.4901];
    close(runs[0].samples()[1].loss, 4.3, 0.05);
    close(runs[1].samples()[8].loss, 0.10, 0.005);
    close(runs[2].samples()[64].loss, 0.049, 0.0005);
    close(loss(&runs[0]), 0.047, 0.0005);
    close(stray(&runs[2], goal, 96), 0.12, 0.005);
    close(stray(&runs[1], goal, 96), 0.03, 0.005);
    let slow = changed("batch-minibatch-stochastic", 2, "lr", 0.02);
    assert!((at(&slow[2], 20) - Vector2::from(goal)).norm() > 1.0);
    let still = |run: &Trajectory| (at(run, 192) - at(run, 191)).norm();
    assert!(still(&slow[2]) < still(&runs[2]));

    let (_, runs) = preset("batch-size-standard-error");
    for (run, told) in runs.iter().zip([0.15, 0.08, 0.04, 0.02]) {
        close(stray(run, goal, 100), told, 0.1 * told);
    }
    let quiet = changed("batch-size-standard-error", 0, "lr", 0.02);
    assert!(stray(&quiet[0], goal, 300) < 0.06);
}

#[test]
fn momentum_under_noise() {
    let (_, runs) = preset("momentum-under-noise");
    for (run, told) in runs.iter().zip([0.20, 0.53, 0.20]) {
        close(stray(run, ZERO, 250), told, 0.005);
    }
}

#[test]
fn averaging() {
    let (_, runs) = preset("averaging");
    for (run, told) in runs.iter().zip([0.83, 0.19, 0.13]) {
        close(stray(run, ZERO, 250), told, 0.005);
    }
    let first = |run: &Trajectory| run.samples().iter().position(|sample| sample.position.norm() < 0.75);
    let (fast, slow) = (first(&runs[0]).unwrap(), first(&runs[1]).unwrap());
    assert_eq!((fast, slow), (3, 51));
    assert!(first(&runs[2]).unwrap() < 10);
    assert!(stray(&changed("averaging", 2, "momentum", 0.0)[2], ZERO, 250) < 0.2);
}

#[test]
fn losses_of_a_sigmoid() {
    let (squared, runs) = preset("squared-error-of-a-sigmoid");
    close(runs[0].samples()[0].loss, 0.45, 0.005);
    close(runs[0].samples()[100].loss, 0.43, 0.005);
    assert!(loss(&runs[0]) < 0.03 && runs[1].samples()[100].loss < 0.03);
    let start = squared.start.point();
    assert!(eigenvalues(hessian(&squared, start))[1] < 0.0);
    let far = moved("squared-error-of-a-sigmoid", [-5.7, -3.8]);
    assert!(far[0].samples()[200].loss > 0.45);

    let (entropy, runs) = preset("cross-entropy-of-a-sigmoid");
    assert_eq!(entropy.start, squared.start);
    let slope = |scenario: &Scenario| {
        scenario.problem().objective.value_gradient_hessian(start.into()).gradient.norm()
    };
    close(slope(&entropy), 1.5, 0.05);
    close(slope(&entropy) / slope(&squared), 180.0, 5.0);
    close(runs[0].samples()[5].loss, 0.27, 0.005);
    assert!(loss(&runs[0]) < loss(&runs[1]) && near(end(&runs[0]), [3.6, 3.1], 0.5));
    close(wrong("Blobs", [3.607, 3.124]), 4.0 / 64.0, 0.0);
}

#[test]
fn outliers() {
    check_ends("outliers", &[[-0.29, 1.51]; 3], 0.02);
    close(wrong("Outliers", [-0.2893, 1.5084]), 16.0 / 64.0, 0.0);
    assert!(on("outliers", "l2", 0.1).iter().all(|run| end(run)[0] < -0.05));

    let (_, runs) = preset("outliers-given-up");
    assert!(near(end(&runs[0]), [-0.20, 1.36], 0.01));
    close(loss(&runs[0]), 0.087, 0.0005);
    for run in &runs[1..] {
        assert!(near(end(run), [2.4, 2.3], 0.25));
        close(loss(run), 0.067, 0.0005);
        close(wrong("Outliers", end(run)), 10.0 / 64.0, 0.0);
        let [w1, w2] = end(run);
        let rows = data::find("Outliers").unwrap().table().rows;
        let lost = |row: &&[f64; 3]| (w1 * row[0] + w2 * row[1] >= 0.0) != (row[2] == 1.0);
        assert_eq!(rows[58..].iter().filter(lost).count(), 6);
    }
    let given_up = moved("outliers-given-up", [1.0, 1.0]);
    assert!(given_up.iter().all(|run| end(run)[0] > 1.5 && loss(run) < 0.068));
}

#[test]
fn zero_one_loss() {
    let (scenario, runs) = preset("zero-one-loss");
    let start = scenario.start.point();
    close(runs[0].samples()[0].loss, 51.0 / 64.0, 0.0);
    assert!(runs.iter().all(|run| run.samples().iter().all(|sample| near(
        sample.position.into(),
        start,
        0.0
    ))));
    assert_eq!(hessian(&scenario, start), Matrix2::zeros());
    let pulled = on("zero-one-loss", "l2", 0.1);
    assert!(
        pulled.iter().all(|run| near(end(run), ZERO, 0.2)),
        "{:?}",
        pulled.iter().map(end).collect::<Vec<_>>()
    );
}

#[test]
fn weight_decay_on_separable_data() {
    let (_, runs) = preset("weight-decay-separable");
    for (step, told) in [(100, 5.0), (200, 5.9), (400, 6.9)] {
        close(at(&runs[0], step).norm(), told, 0.05);
    }
    assert!(loss(&runs[1]) < loss(&runs[0]));
    assert!(runs.iter().all(|run| run.samples().windows(2).skip(50).all(|pair| pair[1].loss < pair[0].loss)));
    let decayed = on("weight-decay-separable", "l2", 0.01);
    assert!(decayed.iter().all(|run| near(at(run, 100).into(), [1.9, 2.8], 0.06)));
    let strong = on("weight-decay-separable", "l2", 0.1);
    assert!(strong.iter().all(|run| near(end(run), [0.8, 1.3], 0.07)));
    close(wrong("Separable", end(&strong[0])), 0.0, 0.0);
}

#[test]
fn noise_floor() {
    let (_, runs) = preset("noise-floor-schedules");
    close(stray(&runs[0], ZERO, 200), 0.84, 0.005);
    close(stray(&runs[2], ZERO, 200), 0.15, 0.005);
    close(stray(&runs[3], ZERO, 200), 0.11, 0.005);
    // The variance of x <- (1 - αλ)x + α·noise is (ασ)²/(1 - (1 - αλ)²).
    let variance = |lambda: f64| (0.2f64 * 2.0).powi(2) / (1.0 - (1.0 - 0.2 * lambda).powi(2));
    close((variance(1.0) + variance(4.0)).sqrt(), 0.78, 0.005);
    let length = |from: usize| {
        let pairs = runs[1].samples()[from..from + 50].windows(2);
        pairs.map(|pair| (pair[1].position - pair[0].position).norm()).sum::<f64>() / 49.0
    };
    assert!(length(150) > 0.15 && length(350) < 0.02, "{} {}", length(150), length(350));
    close(at(&runs[4], 400).norm(), 0.42, 0.005);
    assert!((at(&runs[4], 400) - at(&runs[4], 50)).norm() < 0.02);
    let slower = edited("noise-floor-schedules", "lambda: 0.1", "lambda: 0.01");
    assert!(end(&run(&slower)[4])[0].hypot(end(&run(&slower)[4])[1]) < 0.3);
}

#[test]
fn warm_restarts() {
    let (_, runs) = preset("warm-restarts");
    let changes = |run: &Trajectory| {
        run.samples().windows(2).filter(|pair| pair[0].position.x * pair[1].position.x < 0.0).count()
    };
    assert!(changes(&runs[0]) > 10, "{}", changes(&runs[0]));
    assert!(at(&runs[1], 99).x > 0.8 && end(&runs[1])[0] > 0.8 && at(&runs[1], 100) == at(&runs[1], 299));
    let ends = [99, 199, 299].map(|step| at(&runs[2], step).x);
    assert!(ends[0] > 0.8 && ends[1] < -0.8 && ends[2] < -0.8, "{ends:?}");
    for number in 0..99 {
        assert_eq!(at(&runs[1], number), at(&runs[2], number));
    }
}

#[test]
fn when_to_stop() {
    let (_, runs) = preset("when-to-stop");
    let endings: Vec<_> = runs.iter().map(|run| run.ending().unwrap()).collect();
    assert_eq!((endings[1].cause, endings[1].step), (Cause::Converged, 47));
    assert_eq!((endings[2].cause, endings[2].step), (Cause::StepLimit, 300));
    assert!(runs[2].samples().windows(2).all(|pair| pair[1].loss < pair[0].loss));
    assert_eq!((endings[3].cause, endings[3].step), (Cause::Stalled, 151));
    assert_eq!((endings[0].cause, endings[0].step), (Cause::OutOfBounds, 23));
    let cause = |runner, lr| changed("when-to-stop", runner, "lr", lr)[runner].ending().unwrap().cause;
    assert_eq!(cause(0, 0.2), Cause::Stalled);
}
