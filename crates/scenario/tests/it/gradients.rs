//! Noise and minibatches: drawn from seed and step alone, the same for everybody, and what they say
//! they are.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
#![allow(clippy::expect_used, reason = "a test that cannot begin fails")]

use nalgebra::Vector2;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::math::random;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::race::Race;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::run::stochastic_oracle::{EvaluationCounter, StochasticOracle};
use thalweg_core::run::trajectory::Cause;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{DataFile, FileSource, parse, parse_with, to_ron};

fn problem(surface: &str, steps: u32) -> Problem {
    let chosen = Chosen::with_defaults(surfaces::find(surface).expect("a known surface"));
    let objective = Objective::new(&chosen);
    let start = Vector2::from(objective.home().1);
    Problem::new(objective, start, steps)
}

fn optimizer(name: &str, lr: f64) -> Chosen<Optimizer> {
    let mut chosen = Chosen::with_defaults(optimizers::find(name).expect("a known optimizer"));
    // One that has no rate stays as it is.
    let _ = chosen.set("lr", Value::Number(lr));
    chosen
}

fn run(optimizer: &Chosen<Optimizer>, gradient: Gradient, problem: &Problem) -> Run {
    let mut run = Run::new(RunSpec { gradient, ..RunSpec::from(optimizer) }, problem);
    run.advance(problem, u32::MAX);
    run
}

fn bits(run: &Run) -> Vec<[u64; 2]> {
    let samples = run.trajectory().samples().iter();
    samples.map(|sample| [sample.position.x.to_bits(), sample.position.y.to_bits()]).collect()
}

const NOISE: Gradient = Gradient::Noise { sigma: 0.3, seed: 7 };

fn batch(size: u32, replacement: bool) -> Gradient {
    Gradient::Minibatch { size, seed: 7, replacement }
}

/// Every step of gradient descent gives away the gradient that it was given.
fn given(gradient: Gradient, problem: &Problem) -> Vec<Vector2<f64>> {
    let lr = 0.01;
    let run = run(&optimizer("GradientDescent", lr), gradient, problem);
    let samples = run.trajectory().samples();
    samples.windows(2).map(|pair| (pair[0].position - pair[1].position) / lr).collect()
}

#[test]
fn noise_is_the_exact_gradient_and_what_seed_and_step_draw() {
    let problem = problem("Booth", 300);
    let run = run(&optimizer("GradientDescent", 0.01), NOISE, &problem);
    for (step, (given, sample)) in given(NOISE, &problem).iter().zip(run.trajectory().samples()).enumerate() {
        let exact = problem.objective.value_gradient(sample.position).gradient;
        let noise = random::normals(7, step as u64) * 0.3;
        assert!((given - exact - noise).amax() < 1e-9, "step {step}");
        // The record tells the truth about the place, not what the step was told.
        assert_eq!(sample.grad_norm, exact.norm());
    }
}

#[test]
fn the_same_seed_gives_the_same_run_whatever_races_beside_it() {
    let names = ["Momentum", "Nesterov", "Adam", "SteepestDescent", "Bfgs", "ScheduleFreeSgd", "PolyakStep"];
    for (surface, gradient) in [
        ("Rosenbrock", NOISE),
        ("LogisticRegression", batch(5, false)),
        ("LogisticRegression", batch(5, true)),
        ("LogisticRegression", batch(1, false)),
    ] {
        let problem = problem(surface, 1100);
        let optimizers: Vec<_> = names.iter().map(|name| optimizer(name, 1e-3)).collect();
        let entries = optimizers.iter().map(|optimizer| RunSpec { gradient, ..RunSpec::from(optimizer) });
        let mut race = Race::new(problem.clone(), entries);
        // In turns, which end in the middle of an epoch.
        while !race.advance(|| true) {}
        for (optimizer, raced) in optimizers.iter().zip(race.runs()) {
            let alone = run(optimizer, gradient, &problem);
            assert_eq!(bits(&alone), bits(raced), "{} on {surface}", optimizer.of.name);
            // Scrubbing back replays the very same steps.
            let states =
                raced.states(&problem).map(|state| [state.position.x, state.position.y].map(f64::to_bits));
            assert!(states.eq(bits(raced)), "{} on {surface}", optimizer.of.name);
            let last = raced.trajectory().last_step();
            let at = raced.state_at(&problem, last / 2).position;
            assert_eq!(at, raced.trajectory().samples()[last as usize / 2].position);
        }
        let other = match gradient {
            Gradient::Noise { sigma, .. } => Gradient::Noise { sigma, seed: 8 },
            Gradient::Minibatch { size, replacement, .. } => {
                Gradient::Minibatch { size, replacement, seed: 8 }
            }
            Gradient::Exact => gradient,
        };
        assert_ne!(bits(&run(&optimizers[0], other, &problem)), bits(&race.runs()[0]), "{surface}");
    }
}

#[test]
fn an_epoch_shows_every_example_once_and_a_whole_batch_is_the_gradient() {
    let problem = problem("LinearRegression", 60);
    let count = problem.objective.examples().expect("data").len() as u32;
    let at = Vector2::new(0.3, -0.8);
    let exact = problem.objective.value_gradient(at);
    // 5 does not divide the number of examples: the last batch of an epoch is smaller.
    for size in [1, 5, 8, count - 1] {
        let mut scene =
            StochasticOracle::new(&problem.objective, batch(size, false), EvaluationCounter::default());
        let batches = count.div_ceil(size);
        for epoch in 0..3 {
            let mut sum = Vector2::zeros();
            for place in 0..batches {
                let seen = (count - place * size).min(size);
                let slope = scene.begin(epoch * batches + place, at, exact);
                sum += slope.gradient * (f64::from(seen) / f64::from(count));
            }
            assert!((sum - exact.gradient).amax() < 1e-12, "size {size}");
        }
    }
    for size in [count, count + 1, 10_000] {
        assert_eq!(given(batch(size, false), &problem), given(Gradient::Exact, &problem));
    }
    assert_ne!(given(batch(count, true), &problem), given(Gradient::Exact, &problem));
}

/// The spread of minibatch gradients is sigma/sqrt(B), with the finite population's correction
/// where nothing is drawn twice.
#[test]
fn minibatches_have_the_standard_error_that_statistics_predicts() {
    let problem = problem("LogisticRegression", 10);
    let at = Vector2::new(1.0, 0.5);
    let exact = problem.objective.value_gradient(at);
    let rows = problem.objective.examples().expect("data");
    let count = rows.len() as f64;
    let mut single = StochasticOracle::new(&problem.objective, batch(1, false), EvaluationCounter::default());
    let squares = (0..rows.len() as u32)
        .map(|step| (single.begin(step, at, exact).gradient - exact.gradient).norm_squared());
    let variance = squares.sum::<f64>() / count;
    for (size, replacement) in [(2, true), (8, true), (2, false), (8, false), (32, false)] {
        let mut scene =
            StochasticOracle::new(&problem.objective, batch(size, replacement), EvaluationCounter::default());
        let draws = 40_000;
        let squares =
            (0..draws).map(|step| (scene.begin(step, at, exact).gradient - exact.gradient).norm_squared());
        let measured = (squares.sum::<f64>() / f64::from(draws)).sqrt();
        let correction = if replacement { 1.0 } else { ((count - f64::from(size)) / (count - 1.0)).sqrt() };
        let predicted = (variance / f64::from(size)).sqrt() * correction;
        assert!((measured / predicted - 1.0).abs() < 0.02, "{size}: {measured} for {predicted}");
    }
}

/// A tilted surface is consistent: what a line search sees has the noisy gradient for its slope.
#[test]
fn what_a_step_sees_of_a_noisy_surface_fits_together() {
    for (surface, gradient) in [("Rosenbrock", NOISE), ("TinyNet", batch(3, true))] {
        use thalweg_core::method::oracle::Oracle;
        let problem = problem(surface, 10);
        let origin = Vector2::new(0.4, -0.3);
        let mut scene = StochasticOracle::new(&problem.objective, gradient, EvaluationCounter::default());
        let seen = scene.begin(3, origin, problem.objective.value_gradient(origin));
        assert_eq!(Oracle::gradient(&scene, origin), seen.gradient);
        assert_eq!(Oracle::value(&scene, origin), seen.value);
        let (p, step) = (Vector2::new(-0.2, 0.9), 1e-5);
        for axis in [Vector2::x(), Vector2::y()] {
            let rise = Oracle::value(&scene, p + axis * step) - Oracle::value(&scene, p - axis * step);
            let slope = Oracle::gradient(&scene, p).dot(&axis);
            assert!((rise / (2.0 * step) - slope).abs() < 1e-5 * (1.0 + slope.abs()), "{surface}");
        }
    }
}

#[test]
fn a_run_ends_when_the_loss_no_longer_falls() {
    let open = |patience: u32| {
        let text = format!(
            "(surface: Quadratic(kappa: 10), steps: 500, gradient: Noise(sigma: 1, seed: 3), \
             stop: (patience: {patience}), runners: [(optimizer: GradientDescent(lr: 0.1))])"
        );
        let mut race = parse(&text).expect("right").race();
        race.finish();
        race.runs()[0].trajectory().clone()
    };
    assert_eq!(open(0).ending().expect("over").cause, Cause::StepLimit);
    for patience in [1, 5, 40] {
        let run = open(patience);
        let ending = run.ending().expect("over");
        assert_eq!(ending.cause, Cause::Stalled, "{patience}");
        let losses: Vec<f64> = run.samples().iter().map(|sample| sample.loss).collect();
        // By hand: the first step that lies `patience` steps behind the lowest loss before it.
        let mut lowest = 0;
        let stalled = (0..losses.len()).find(|step| {
            if losses[*step] < losses[lowest] {
                lowest = *step;
            }
            step - lowest >= patience as usize
        });
        assert_eq!(stalled, Some(ending.step as usize), "{patience}");
        assert_eq!(losses.len(), ending.step as usize + 1);
    }
}

/// A file in memory, whatever it is called.
struct OneFile(String);

impl FileSource for OneFile {
    fn read(&mut self, name: &str) -> Result<DataFile, String> {
        Ok(DataFile { name: name.to_owned(), bytes: self.0.clone().into_bytes() })
    }
}

/// Data of absurd sizes have a view and a start all the same, within what a run allows.
#[test]
fn every_table_has_a_home_that_can_be_raced_from() {
    for [x, t] in [[1e-9, 1e6], [1.0, 3e-323], [1e-300, 1.0], [1e100, 1e-100], [1e-160, 1e100], [0.0, 0.0]] {
        let mut file = OneFile(format!("{x},{},{t}\n{},{x},{}\n{x},{x},0\n", x * 0.3, -x, t / 2.0));
        for standardize in [false, true] {
            let text = format!(
                "(surface: LinearRegression(data: \"odd.csv\", standardize: {standardize}), steps: 3, \
                 runners: [(optimizer: GradientDescent(lr: 1e-300))])"
            );
            let scenario = parse_with(&text, &mut file).expect("right");
            let (view, [x, y]) = (scenario.view, scenario.start.point());
            assert!(view.x.0 < x && x < view.x.1 && view.y.0 < y && y < view.y.1, "{view:?} {x} {y}");
            assert!(view.x.1 <= 1e11 && view.x.1 > 1e-11);
            assert_eq!(parse_with(&to_ron(&scenario), &mut file).expect("reads back"), scenario);
        }
    }
}
