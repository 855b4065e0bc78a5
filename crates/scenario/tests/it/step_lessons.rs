//! The lessons that take a step apart: every number in their notes, read off the page's own lines.

use super::lessons::close;
use super::stories::{changed, preset};
use nalgebra::Vector2;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::formula::shape::Tensor;
use thalweg_core::run::race::Race;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Layer, Page, open_preset};

fn race(name: &str) -> Race {
    let scenario = open_preset(name).unwrap();
    assert_eq!(scenario.show.page, Page::named("Step"));
    assert!(scenario.show.layers.has(Layer::Vectors));
    let mut race = scenario.race();
    race.finish();
    race
}

fn apart(race: &Race, runner: usize, step: u32) -> StepTrace {
    StepTrace::of(&race.runs()[runner], race.problem(), None, step).unwrap()
}

/// The last value that the lines give a symbol.
fn vector(apart: &StepTrace, name: &str) -> Vector2<f64> {
    match apart.parts.iter().rev().find(|part| part.line.name == name).unwrap().value {
        Tensor::Vector(vector) => vector,
        other => panic!("{name} is {other:?}"),
    }
}

fn both(found: Vector2<f64>, told: [f64; 2], within: f64) {
    close(found.x, told[0], within);
    close(found.y, told[1], within);
}

#[test]
fn adam_taken_apart() {
    let race = race("adam-taken-apart");
    let first = apart(&race, 0, 0);
    let gradient = vector(&first, "g");
    both(gradient, [-2.0, 10.0], 1e-12);
    both(vector(&first, "m"), [-0.2, 1.0], 1e-12);
    both(vector(&first, "v"), [0.004, 0.1], 1e-12);
    both(vector(&first, "m̂"), [-2.0, 10.0], 1e-9);
    both(vector(&first, "v̂"), [4.0, 100.0], 1e-9);
    both(vector(&first, "η"), [0.05, 0.01], 1e-6);
    both(first.change().abs(), [0.1, 0.1], 1e-6);
    let late = apart(&race, 0, 12);
    assert!(late.state.position.y < 0.0);
    close(vector(&late, "g").y, -0.59, 0.005);
    close(vector(&late, "m̂").y, 3.1, 0.05);
    close(late.to.y, -0.115, 0.0005);
    let lowest = |beta| {
        let runs = changed("adam-taken-apart", 0, "beta1", beta);
        runs[0].samples().iter().map(|sample| sample.position.y).fold(f64::INFINITY, f64::min)
    };
    close(lowest(0.9), -0.27, 0.005);
    close(lowest(0.5), 0.0, 0.001);
}

#[test]
fn momentum_taken_apart() {
    let race = race("momentum-taken-apart");
    let five = apart(&race, 0, 5);
    close(vector(&five, "v").x / vector(&five, "g").x, 5.5, 0.05);
    close(five.effective()[0].unwrap(), 0.11, 0.001);
    let nine = apart(&race, 0, 9);
    close(vector(&nine, "g").y, -14.9, 0.05);
    close(vector(&nine, "v").y, -1.8, 0.05);
    let (before, two) = (apart(&race, 0, 1), apart(&race, 0, 2));
    assert!(vector(&before, "g").y > 0.0 && vector(&two, "g").y < 0.0 && vector(&two, "v").y > 0.0);
    assert!(two.to.y < two.state.position.y);
    close(two.to.y, -0.557, 0.0005);
    // The gradient that stays: the velocity is its geometric series.
    let series = (0..500).fold(0.0, |sum, _| 0.9 * sum + 1.0);
    close(series, 10.0, 1e-9);
    let mut calmer = open_preset("momentum-taken-apart").unwrap();
    assert!(calmer.runners[0].optimizer.set("momentum", Value::Number(0.5)));
    let mut calmer = calmer.race();
    calmer.finish();
    let ratio = |step| {
        let apart = apart(&calmer, 0, step);
        vector(&apart, "v").x / vector(&apart, "g").x
    };
    close((0..150).map(ratio).fold(0.0, f64::max), 2.1, 0.05);
}

#[test]
fn effective_learning_rates() {
    let race = race("effective-learning-rates");
    let rate = |runner: usize, step: u32| vector(&apart(&race, runner, step), "η");
    for runner in [0, 1] {
        let first = apart(&race, runner, 0);
        close(vector(&first, "g").y / vector(&first, "g").x, -40.0, 1e-9);
        close(rate(runner, 0).x / rate(runner, 0).y, 40.0, 1e-3);
    }
    close(rate(1, 0).x, 0.2, 1e-6);
    close(rate(1, 199).x, 0.105, 0.0001);
    for step in 1..200 {
        let (old, new) = (rate(1, step - 1), rate(1, step));
        assert!(new.x <= old.x && new.y <= old.y, "step {step}");
    }
    close(rate(0, 50).y, 0.0083, 0.00005);
    close(rate(0, 100).y, 0.056, 0.0005);
    let (_, runs) = preset("effective-learning-rates");
    let y = |step: usize| runs[0].samples()[step].position.y;
    close(y(50), 2e-9, 2e-10);
    close(y(100), 0.025, 0.0005);
    let stray = |lr| {
        let runs = changed("effective-learning-rates", 0, "lr", lr);
        runs[0].samples()[60..].iter().map(|sample| sample.position.y.abs()).fold(0.0, f64::max)
    };
    assert!(stray(0.025) < 0.6 * stray(0.05), "{} and {}", stray(0.025), stray(0.05));
}
