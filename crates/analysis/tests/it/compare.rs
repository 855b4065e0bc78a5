//! Wrong homework of every kind, as a student's program would make it, and right ones: what is said of them.

use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::compare::path_comparison::{ComparedRunner, PathComparison, PathStart};
use thalweg_analysis::compare::path_verdict::{PathCause, PathVerdict};
use thalweg_analysis::compare::precision::PathPrecision;
use thalweg_core::data::recorded_path::RecordedPath;
use thalweg_core::data::rows::Table;
use thalweg_core::method::oracle::Oracle;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_testing::{choose, finished, objective, optimizer, surface};

type V = Vector2<f64>;

const START: V = V::new(-1.2, 1.0);

fn rosenbrock() -> Problem {
    Problem::new(objective("Rosenbrock", &[]), START, 100)
}

/// What a student's program remembers.
struct Homework {
    of: Objective,
    m: V,
    v: V,
    /// The step, from 1.
    t: i32,
}

impl Homework {
    fn gradient(&self, at: V) -> V {
        Oracle::gradient(&self.of, at)
    }

    /// The path of so many steps.
    fn path(problem: &Problem, steps: usize, mut step: impl FnMut(&mut Self, V) -> V) -> RecordedPath {
        let mut homework = Self { of: problem.objective.clone(), m: V::zeros(), v: V::zeros(), t: 0 };
        let mut at = problem.start;
        let mut points = vec![<[f64; 2]>::from(at)];
        for _ in 0..steps {
            homework.t += 1;
            at = step(&mut homework, at);
            points.push(at.into());
        }
        RecordedPath { points, ..RecordedPath::default() }
    }
}

/// Adam with each of its parts as a student may write it.
#[derive(Clone, Copy)]
struct StudentAdam {
    lr: f64,
    beta: [f64; 2],
    eps: f64,
    correct: [bool; 2],
    shift: i32,
    inside: bool,
    square: fn(V) -> V,
    root: fn(f64) -> f64,
    fresh: [bool; 2],
    decay: (f64, f64),
    scale: f64,
    sign: f64,
}

const ADAM: StudentAdam = StudentAdam {
    lr: 0.05,
    beta: [0.9, 0.999],
    eps: 1e-8,
    correct: [true, true],
    shift: 0,
    inside: false,
    square: |g| g.component_mul(&g),
    root: f64::sqrt,
    fresh: [true, true],
    decay: (0.0, 0.0),
    scale: 1.0,
    sign: 1.0,
};

impl StudentAdam {
    fn path(self, problem: &Problem, steps: usize) -> RecordedPath {
        Homework::path(problem, steps, |h, x| {
            let (l2, decoupled) = self.decay;
            let g = h.gradient(x) * self.scale + x * l2;
            let [b1, b2] = self.beta;
            let [f1, f2] = self.fresh;
            h.m = h.m * b1 + g * if f1 { 1.0 - b1 } else { 1.0 };
            h.v = h.v * b2 + (self.square)(g) * if f2 { 1.0 - b2 } else { 1.0 };
            let power = |beta: f64| (0..h.t + self.shift).fold(1.0, |power, _| power * beta);
            let [c1, c2] = self.correct;
            let m = if c1 { h.m / (1.0 - power(b1)) } else { h.m };
            let v = if c2 { h.v / (1.0 - power(b2)) } else { h.v };
            let step = |m: f64, v: f64| {
                if self.inside { m / (self.root)(v + self.eps) } else { m / ((self.root)(v) + self.eps) }
            };
            let step = V::new(step(m.x, v.x), step(m.y, v.y));
            x * (1.0 - self.lr * decoupled) - step * (self.lr * self.sign)
        })
    }
}

fn compare(problem: &Problem, runner: &Chosen<Optimizer>, path: &RecordedPath) -> PathComparison {
    let schedule = Chosen::<Schedule>::default();
    PathComparison::of(problem, ComparedRunner { optimizer: runner, schedule: &schedule }, path)
}

/// What is found, each finding's causes as the code calls them.
fn found(comparison: &PathComparison) -> Vec<String> {
    let cause = |cause: &PathCause| match cause {
        PathCause::Slip(kind) => format!("{kind:?}"),
        PathCause::Setting { key, found: Value::Number(number), .. } => format!("{key} = {number}"),
        PathCause::Setting { key, found, .. } => format!("{key} = {found:?}"),
        other => format!("{other:?}"),
    };
    match &comparison.verdict {
        PathVerdict::Found(findings) => {
            findings.iter().map(|one| one.causes.iter().map(cause).collect::<Vec<_>>().join(" + ")).collect()
        }
        other => vec![format!("{other:?}")],
    }
}

#[test]
fn every_mistake_in_adam_is_named() {
    let problem = rosenbrock();
    let adam = optimizer("Adam", &[("lr", 0.05)]);
    let coarse = optimizer("Adam", &[("lr", 0.05), ("eps", 1e-2)]);
    let rough = StudentAdam { eps: 1e-2, ..ADAM };
    let cases: [(&Chosen<Optimizer>, StudentAdam, &str); 22] = [
        (&adam, ADAM, "Same"),
        (&adam, StudentAdam { correct: [false, false], ..ADAM }, "NoBiasCorrection"),
        (&adam, StudentAdam { correct: [false, true], ..ADAM }, "NoCorrectionOfMean"),
        (&adam, StudentAdam { correct: [true, false], ..ADAM }, "NoCorrectionOfSquares"),
        (&adam, StudentAdam { shift: 1, ..ADAM }, "StepsCountedLate"),
        (&adam, StudentAdam { beta: [0.999, 0.9], ..ADAM }, "BetasSwapped"),
        (&adam, StudentAdam { beta: [0.9, 0.99], ..ADAM }, "beta2 = 0.99"),
        (&adam, StudentAdam { beta: [0.8, 0.999], ..ADAM }, "beta1 = 0.8"),
        (&adam, StudentAdam { beta: [0.37, 0.999], ..ADAM }, "beta1 = 0.37"),
        (&adam, StudentAdam { lr: 0.01, ..ADAM }, "lr = 0.01"),
        (&adam, StudentAdam { lr: 0.0123, ..ADAM }, "lr = 0.0123"),
        (&adam, StudentAdam { square: |g| g.abs(), ..ADAM }, "NoSquare"),
        (&adam, StudentAdam { square: |g| V::repeat(g.norm_squared()), ..ADAM }, "SquareOfLength"),
        (&adam, StudentAdam { root: |v| v, ..ADAM }, "NoRoot"),
        (&adam, StudentAdam { fresh: [false, true], ..ADAM }, "FreshShareWhole"),
        (&adam, StudentAdam { fresh: [true, false], ..ADAM }, "FreshShareWhole"),
        (&adam, StudentAdam { sign: -1.0, ..ADAM }, "Uphill"),
        (&coarse, rough, "Same"),
        (&coarse, StudentAdam { inside: true, ..rough }, "EpsilonInside"),
        (&coarse, StudentAdam { eps: 1e-3, ..rough }, "eps = 0.001"),
        (&coarse, StudentAdam { eps: 0.0, ..rough }, "NoEpsilon"),
        (&adam, StudentAdam { decay: (0.5, 0.0), ..ADAM }, "weight_decay = 0.5"),
    ];
    for (runner, homework, expected) in cases {
        let comparison = compare(&problem, runner, &homework.path(&problem, 60));
        let found = found(&comparison);
        assert!(found.iter().any(|one| one == expected), "{expected}: {found:?}");
        // What cannot be told apart is the same in effect: no other mistake beside one that changes the path much.
        assert!(found.len() <= 2, "{expected}: {found:?}");
        if expected != "Same" {
            assert!(
                comparison.first.is_some_and(|first| first.step <= 2),
                "{expected}: {:?}",
                comparison.first
            );
        }
    }
}

#[test]
fn decay_is_told_from_decay() {
    let problem = rosenbrock();
    let adam = optimizer("Adam", &[("lr", 0.05), ("weight_decay", 0.1)]);
    let adam_w = optimizer("AdamW", &[("lr", 0.05), ("weight_decay", 0.1)]);
    let (l2, decoupled) =
        (StudentAdam { decay: (0.1, 0.0), ..ADAM }, StudentAdam { decay: (0.0, 0.1), ..ADAM });
    for (runner, homework, expected) in [
        (&adam, l2, "Same"),
        (&adam_w, decoupled, "Same"),
        (&adam, decoupled, "DecayDecoupled"),
        (&adam_w, l2, "DecayCoupled"),
        (&adam_w, ADAM, "NoDecay"),
        (&adam, ADAM, "NoDecay"),
        (&adam_w, StudentAdam { decay: (0.0, 0.1 / 0.05), ..ADAM }, "DecayWithoutRate"),
    ] {
        let found = found(&compare(&problem, runner, &homework.path(&problem, 60)));
        assert!(found.iter().any(|one| one == expected), "{expected}: {found:?}");
    }
}

/// The learning rate and the momentum of the homework with momentum.
const A: f64 = 5e-4;
const B: f64 = 0.9;

/// A student's step.
type StudentStep = fn(&mut Homework, V) -> V;

/// RMSProp's, with ε inside the root, or with the shares of its average swapped.
fn rms_step<const INSIDE: bool, const SWAPPED: bool>(h: &mut Homework, x: V) -> V {
    let g = h.gradient(x);
    let (old, new) = if SWAPPED { (0.01, 0.99) } else { (0.99, 0.01) };
    h.v = h.v * old + g.component_mul(&g) * new;
    let rate = |v: f64| if INSIDE { 0.01 / (v + 1e-3).sqrt() } else { 0.01 / (v.sqrt() + 1e-3) };
    x - g.component_mul(&h.v.map(rate))
}

#[test]
fn momentum_and_its_kin_are_told_apart() {
    let problem = rosenbrock();
    let settings = [("lr", 5e-4), ("momentum", 0.9)];
    let momentum = optimizer("Momentum", &settings);
    let nesterov = optimizer("Nesterov", &settings);
    let descent = optimizer("GradientDescent", &[("lr", 5e-4)]);
    let rms = optimizer("RmsProp", &[("lr", 0.01), ("eps", 1e-3)]);
    let heavy: StudentStep = |h: &mut Homework, x: V| {
        h.v = h.v * B + h.gradient(x);
        x - h.v * A
    };
    let classical: StudentStep = |h: &mut Homework, x: V| {
        h.v = h.v * B - h.gradient(x) * A;
        x + h.v
    };
    let averaged: StudentStep = |h: &mut Homework, x: V| {
        h.v = h.v * B + h.gradient(x) * (1.0 - B);
        x - h.v * A
    };
    let dampened: StudentStep = |h: &mut Homework, x: V| {
        let g = h.gradient(x);
        h.v = if h.t == 1 { g } else { h.v * B + g * 0.5 };
        x - h.v * A
    };
    let late: StudentStep = |h: &mut Homework, x: V| {
        let next = x - h.v * A;
        h.v = h.v * B + h.gradient(x);
        next
    };
    let look: StudentStep = |h: &mut Homework, x: V| {
        let g = h.gradient(x);
        h.v = h.v * B + g;
        x - (g + h.v * B) * A
    };
    let piled: StudentStep = |h: &mut Homework, x: V| {
        h.m += h.gradient(x);
        x - h.m * A
    };
    let seidel: StudentStep = |h: &mut Homework, x: V| {
        let first = x - V::new(h.gradient(x).x * A, 0.0);
        first - V::new(0.0, h.gradient(first).y * A)
    };
    let normed: StudentStep = |h: &mut Homework, x: V| x - h.gradient(x).normalize() * A;
    let inside: StudentStep = |h: &mut Homework, x: V| {
        h.v = (h.v + h.gradient(x)) * B;
        x - h.v * A
    };
    let whole: StudentStep = |h: &mut Homework, x: V| {
        h.v = h.v * B - h.gradient(x + h.v) * A;
        x + h.v
    };
    let back: StudentStep = |h: &mut Homework, x: V| {
        h.v = h.v * B - h.gradient(x - h.v * B) * A;
        x + h.v
    };
    let early: StudentStep = |h: &mut Homework, x: V| {
        let g = h.gradient(x);
        h.m = h.m * 0.99 + g * (1.0 - 0.99);
        let u = h.m * 0.9 + g * (1.0 - 0.9);
        x - u.map(|u| if u == 0.0 { 0.0 } else { u.signum() }) * 0.01
    };
    let sutskever = optimizer("Nesterov", &[("lr", 5e-4), ("momentum", 0.9), ("form", 1.0)]);
    let lion = optimizer("Lion", &[("lr", 0.01)]);
    let cases: [(&Chosen<Optimizer>, StudentStep, &[&str]); 19] = [
        (&momentum, inside, &["GradientForgotten", "lr = 0.00045"]),
        (&sutskever, whole, &["LookAheadWhole"]),
        (&sutskever, back, &["LookBack"]),
        // Held against another form of the method: that form, and the mistake in it.
        (&nesterov, whole, &["form = Choice(1) + LookAheadWhole"]),
        (&nesterov, back, &["form = Choice(1) + LookBack"]),
        (&lion, early, &["StateUpdatedEarly"]),
        (&momentum, heavy, &["Same"]),
        (&momentum, classical, &["Same"]),
        (&momentum, averaged, &["FreshShareOnly", "lr = 0.00005"]),
        (&momentum, dampened, &["dampening = 0.5"]),
        (&momentum, late, &["StateUpdatedLate"]),
        (&momentum, look, &["Method(\"Nesterov\")"]),
        (&nesterov, look, &["Same"]),
        (&descent, piled, &["GradientsPileUp"]),
        (&descent, seidel, &["CoordinatesInTurn"]),
        (&descent, normed, &["GradientNormed"]),
        (&rms, rms_step::<false, false>, &["Same"]),
        (&rms, rms_step::<true, false>, &["EpsilonInside"]),
        (&rms, rms_step::<false, true>, &["SharesSwapped", "alpha = 0.01"]),
    ];
    for (runner, step, expected) in cases {
        let path = Homework::path(&problem, 60, step);
        let compared = compare(&problem, runner, &path);
        let found = found(&compared);
        for expected in expected {
            assert!(found.iter().any(|one| one == expected), "{expected}: {found:?}");
        }
        // What should be and what is are not the same line twice.
        if let PathVerdict::Found(findings) = &compared.verdict {
            let lines = findings.iter().flat_map(|finding| &finding.lines);
            assert!(lines.into_iter().all(|(expected, found)| expected != found), "{findings:?}");
        }
        assert!(found.len() <= expected.len() + 1, "{expected:?}: {found:?}");
    }
}

/// A sum over the examples, a wrong factor, and the learning rate are one thing for gradient descent, and not for Adam.
#[test]
fn what_cannot_be_told_apart_is_listed() {
    let rows = (0..20).map(|row| [f64::from(row) / 10.0 - 1.0, 1.0, f64::from(row % 3)]).collect();
    let table = Table {
        name: "made up".to_owned(),
        columns: ["a", "b", "t"].map(str::to_owned),
        rows,
        ..Table::default()
    };
    let mut regression = surface("LinearRegression", &[]);
    assert!(regression.set("data", Value::Data(Arc::new(table))));
    let problem = Problem::new(Objective::new(&regression), V::new(-2.0, 1.5), 100);
    let descent = optimizer("GradientDescent", &[("lr", 0.01)]);
    let summed = Homework::path(&problem, 40, |h, x| x - h.gradient(x) * (20.0 * 0.01));
    let names = found(&compare(&problem, &descent, &summed));
    assert!(names.contains(&"LossSummed".to_owned()) && names.contains(&"lr = 0.2".to_owned()), "{names:?}");
    let doubled = Homework::path(&problem, 40, |h, x| x - h.gradient(x) * (2.0 * 0.01));
    let names = found(&compare(&problem, &descent, &doubled));
    assert!(
        names.contains(&"GradientDoubled".to_owned()) && names.contains(&"lr = 0.02".to_owned()),
        "{names:?}"
    );
    // With ε of some size Adam sees the factor, and no learning rate makes up for it.
    let adam = optimizer("Adam", &[("lr", 0.05), ("eps", 0.1)]);
    let summed = StudentAdam { eps: 0.1, scale: 20.0, ..ADAM }.path(&problem, 60);
    assert_eq!(found(&compare(&problem, &adam, &summed)), ["eps = 0.005", "LossSummed"]);
}

#[test]
fn two_mistakes_are_found_together() {
    let problem = rosenbrock();
    let adam = optimizer("Adam", &[("lr", 0.05), ("eps", 1e-2)]);
    let both = StudentAdam { correct: [false, false], inside: true, eps: 1e-2, ..ADAM };
    let names = found(&compare(&problem, &adam, &both.path(&problem, 60)));
    assert_eq!(names, ["NoBiasCorrection + EpsilonInside"]);
    let rate = StudentAdam { correct: [false, false], lr: 0.02, eps: 1e-2, ..ADAM };
    let names = found(&compare(&problem, &adam, &rate.path(&problem, 60)));
    assert!(names.contains(&"NoBiasCorrection + lr = 0.02".to_owned()), "{names:?}");
}

/// What is none of the known mistakes is called so, and a path of few steps says little.
#[test]
fn there_is_no_wrong_certainty() {
    let problem = rosenbrock();
    let adam = optimizer("Adam", &[("lr", 0.05)]);
    let strange = Homework::path(&problem, 60, |h, x| {
        let g = h.gradient(x);
        x - g.map(|g| 0.01 * g / (1.0 + g.abs()).sqrt()) + V::new(1e-3, 0.0) * f64::from(h.t % 3)
    });
    assert!(matches!(compare(&problem, &adam, &strange).verdict, PathVerdict::Unknown));
    let short = StudentAdam { correct: [false, false], ..ADAM }.path(&problem, 2);
    assert!(matches!(compare(&problem, &adam, &short).verdict, PathVerdict::TooShort));
    let mut bent = ADAM.path(&problem, 60);
    bent.points[41][0] += 1e-9;
    let comparison = compare(&problem, &adam, &bent);
    assert!(matches!(comparison.verdict, PathVerdict::Unknown), "{:?}", comparison.verdict);
    assert_eq!(comparison.first.map(|first| first.step), Some(41));
}

#[test]
fn rows_out_of_place_are_seen() {
    let problem = rosenbrock();
    let adam = optimizer("Adam", &[("lr", 0.05)]);
    let whole = ADAM.path(&problem, 60);
    let without = RecordedPath { points: whole.points[1..].to_vec(), ..whole.clone() };
    let comparison = compare(&problem, &adam, &without);
    assert_eq!((found(&comparison), comparison.start), (vec!["Same".to_owned()], PathStart::AfterFirstStep));
    let mut twice = whole.clone();
    twice.points.insert(0, twice.points[0]);
    let comparison = compare(&problem, &adam, &twice);
    assert_eq!((found(&comparison), comparison.start), (vec!["Same".to_owned()], PathStart::StartTwice));
    // Another start is no mistake in the method.
    let elsewhere = Problem { start: V::new(0.5, -0.5), ..problem.clone() };
    let comparison = compare(&problem, &adam, &ADAM.path(&elsewhere, 60));
    assert_eq!((found(&comparison), comparison.start), (vec!["Same".to_owned()], PathStart::AtStart));
    assert!((comparison.start_off - 1.7).abs() < 1e-12);
}

/// A method against its own run, each of the catalogue: the same, whatever it remembers.
#[test]
fn every_method_is_its_own() {
    for of in thalweg_core::catalogue::optimizers::ALL {
        let problem = Problem::new(objective("Himmelblau", &[]), V::new(-0.3, 0.4), 30);
        let mut chosen = Chosen::with_defaults(*of);
        // Of those that have one.
        let _ = chosen.set("lr", Value::Number(1e-3));
        let run = finished(&chosen, &problem);
        let points: Vec<[f64; 2]> =
            run.trajectory().samples().iter().map(|sample| sample.position.into()).collect();
        if points.len() < 4 || points.iter().flatten().any(|value| !value.is_finite()) {
            continue;
        }
        let comparison = compare(&problem, &chosen, &RecordedPath { points, ..RecordedPath::default() });
        assert!(matches!(comparison.verdict, PathVerdict::Same), "{}: {:?}", of.name, comparison.first);
        assert!(comparison.worst < 1e-14, "{}: {}", of.name, comparison.worst);
    }
}

/// The numbers in a file of a path.
fn stored(text: &str) -> RecordedPath {
    let numbers = |line: &str| -> Option<[f64; 2]> {
        let line = line.trim_start_matches("tensor([").trim_end_matches("])");
        let (x, y) = line.split_once(',')?;
        Some([x.trim().parse().ok()?, y.trim().parse().ok()?])
    };
    RecordedPath { points: text.lines().filter_map(numbers).collect(), ..RecordedPath::default() }
}

/// PyTorch's own optimizers, and programs in PyTorch with one mistake, in both precisions (`tools/homework.py`).
#[test]
fn paths_of_pytorch_are_known() {
    let adam = choose(thalweg_core::catalogue::optimizers::ALL, "Adam", &[("lr", 0.05)]);
    let coarse = optimizer("Adam", &[("lr", 0.05), ("eps", 1.0)]);
    let adam_w = optimizer("AdamW", &[("lr", 0.05), ("weight_decay", 0.1)]);
    let momentum = optimizer("Momentum", &[("lr", 5e-4), ("momentum", 0.9)]);
    let descent = optimizer("GradientDescent", &[("lr", 2e-4)]);
    let single = PathPrecision::Single;
    let double = PathPrecision::Double;
    for (text, runner, precision, expected) in [
        (include_str!("paths/adam_double.csv"), &adam, double, "Same"),
        (include_str!("paths/adam_single.csv"), &adam, single, "Same"),
        (include_str!("paths/adamw_single.csv"), &adam_w, single, "Same"),
        (include_str!("paths/momentum_single.csv"), &momentum, single, "Same"),
        (include_str!("paths/dampened_double.csv"), &momentum, double, "dampening = 0.9"),
        (include_str!("paths/no_zero_grad_single.csv"), &descent, single, "GradientsPileUp"),
        (include_str!("paths/uncorrected_single.csv"), &adam, single, "NoBiasCorrection"),
        (include_str!("paths/late_double.csv"), &adam, double, "StepsCountedLate"),
        (include_str!("paths/beta_single.csv"), &adam, single, "beta2 = 0.99"),
        (include_str!("paths/adamw_single.csv"), &adam, single, "Method(\"AdamW\") + weight_decay = 0.1"),
        // Four decimals do not tell on which side of the root ε stands, where gradients are large.
        (include_str!("paths/printed_inside.txt"), &coarse, PathPrecision::Decimals(4), "Same"),
    ] {
        let path = stored(text);
        assert_eq!(path.points.len(), 61);
        let comparison = compare(&rosenbrock(), runner, &path);
        let found = found(&comparison);
        assert_eq!(comparison.precision, precision, "{expected}");
        assert!(found.iter().any(|one| one == expected), "{expected}: {found:?}");
    }
}

/// Paths as pandas and `str` print single precision: with no more digits than tell its numbers apart.
#[test]
fn single_precision_is_known_however_it_is_printed() {
    let adam = optimizer("Adam", &[("lr", 0.05)]);
    let momentum = optimizer("Momentum", &[("lr", 5e-4), ("momentum", 0.9)]);
    let descent = optimizer("GradientDescent", &[("lr", 2e-4)]);
    for (text, runner, expected) in [
        (include_str!("paths/adam_single.csv"), &adam, "Same"),
        (include_str!("paths/momentum_single.csv"), &momentum, "Same"),
        (include_str!("paths/no_zero_grad_single.csv"), &descent, "GradientsPileUp"),
        (include_str!("paths/uncorrected_single.csv"), &adam, "NoBiasCorrection"),
    ] {
        let path = stored(text);
        for print in [|value: f64| format!("{}", value as f32), |value: f64| format!("{:.7}", value as f32)] {
            let printed = |point: &[f64; 2]| point.map(|value| print(value).parse().unwrap_or(f64::NAN));
            let path = RecordedPath { points: path.points.iter().map(printed).collect(), ..path.clone() };
            let found = found(&compare(&rosenbrock(), runner, &path));
            assert!(found.iter().any(|one| one == expected), "{expected}: {found:?}");
        }
    }
}

/// Right homework, printed in every way that programs have: none of it is called wrong, and a mistake is found all the same.
#[test]
fn right_paths_are_right_however_they_are_printed() {
    let problem = Problem::new(objective("Himmelblau", &[]), V::new(-1.2, -0.7), 60);
    let momentum = optimizer("Momentum", &[("lr", 1e-3), ("momentum", 0.9)]);
    let with = |beta: f64| {
        Homework::path(&problem, 60, |of, x| {
            of.m = of.m * beta + of.gradient(x);
            x - of.m * 1e-3
        })
    };
    let prints: [fn(f64) -> String; 9] = [
        |value| format!("{value:.3e}"),
        |value| format!("{value:.5e}"),
        |value| format!("{value:.9e}"),
        |value| format!("{value:.11e}"),
        |value| format!("{value:.4}"),
        |value| format!("{value:.6}"),
        |value| format!("{value:.8}"),
        |value| format!("{value:.10}"),
        |value| format!("{value:.12}"),
    ];
    for (at, print) in prints.into_iter().enumerate() {
        let printed = |path: RecordedPath| {
            let point = |point: &[f64; 2]| point.map(|value| print(value).parse().unwrap_or(f64::NAN));
            RecordedPath { points: path.points.iter().map(point).collect(), ..path }
        };
        let right = compare(&problem, &momentum, &printed(with(0.9)));
        assert_eq!(found(&right), ["Same"], "{}: {:?}", print(1.0 / 7.0), right.precision);
        let wrong = found(&compare(&problem, &momentum, &printed(with(0.8))));
        // Of few digits other mistakes come as near.
        assert!(wrong.iter().any(|one| one == "momentum = 0.8"), "{}: {wrong:?}", print(1.0 / 7.0));
        assert!(at == 0 || !wrong.iter().any(|one| one == "Same"));
    }
}

/// A sum of four in place of their mean is, to Adam, an ε of a quarter: a number that hardly shows is found, too.
#[test]
fn a_number_that_hardly_shows_is_found() {
    let problem = rosenbrock();
    let adam = optimizer("Adam", &[("lr", 0.05)]);
    let comparison = compare(&problem, &adam, &StudentAdam { scale: 4.0, ..ADAM }.path(&problem, 40));
    assert_eq!(found(&comparison), ["eps = 0.0000000025"]);
}

/// Gradients by finite differences, and PyTorch's NAdam, which keeps a product in single precision: almost the runner's.
#[test]
fn steps_that_are_almost_the_runners_are_told_to_be() {
    let problem = rosenbrock();
    let descent = optimizer("GradientDescent", &[("lr", 2e-4)]);
    let square = |u: f64| u * u;
    let value = |x: V| square(1.0 - x.x) + 100.0 * square(x.y - x.x * x.x);
    let differences = Homework::path(&problem, 40, |_, x| {
        let along = |axis: V| (value(x + axis * 1e-6) - value(x)) / 1e-6;
        x - V::new(along(V::x()), along(V::y())) * 2e-4
    });
    let comparison = compare(&problem, &descent, &differences);
    assert!(matches!(comparison.verdict, PathVerdict::Unknown));
    assert!(comparison.nearness > 1e-9 && comparison.nearness < 1e-3, "{}", comparison.nearness);
    let nadam = optimizer("NAdam", &[("lr", 0.05)]);
    let comparison = compare(&problem, &nadam, &stored(include_str!("paths/nadam_double.csv")));
    assert!(matches!(comparison.verdict, PathVerdict::Unknown));
    assert!(comparison.nearness > 1e-10 && comparison.nearness < 1e-6, "{}", comparison.nearness);
    // What is another step altogether is not almost the same.
    let wrong = Homework::path(&problem, 40, |of, x| x - of.gradient(x) * (2e-4 / f64::from(of.t)));
    assert!(compare(&problem, &descent, &wrong).nearness > 0.1);
}
