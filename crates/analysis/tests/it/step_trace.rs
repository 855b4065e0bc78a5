//! What the descriptions say of a step is what the program does: every line of every method, evaluated from
//! its own text, against the recorded run.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::Vector2;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::Optimizer;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::schedules;
use thalweg_core::catalogue::surfaces;
use thalweg_core::formula::shape::Tensor;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::update_equation::{EquationRule, ValueType};
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_testing::{modifier_lists, variants_with_numbers};

fn problem(surface: &str) -> Problem {
    let chosen = Chosen::with_defaults(surfaces::find(surface).expect(surface));
    let start = Vector2::from(chosen.of.start);
    let problem = Problem::new(Objective::new(&chosen), start, 40);
    Problem { bound: f64::INFINITY, ..problem }
}

fn is_near(a: Vector2<f64>, b: Vector2<f64>, scale: f64) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-12 * scale || a == b || (a.is_nan() && b.is_nan());
    near(a.x, b.x) && near(a.y, b.y)
}

/// How many lines were compared with what the program holds.
fn check(entry: RunSpec<'_>, problem: &Problem, what: &str) -> usize {
    let mut run = Run::new(entry, problem);
    run.advance(problem, u32::MAX);
    let of = run.optimizer();
    let mut compared = 0;
    for step in [0, 1, 2, 3, 10, 11, 30] {
        let Some(apart) = StepTrace::of(&run, problem, None, step) else {
            assert!(step >= run.trajectory().last_step(), "{what}: step {step} cannot be taken apart");
            continue;
        };
        let after = run.state_at(problem, step + 1);
        let last = |name: &str| apart.parts.iter().rev().find(|part| part.line.name == name);
        let x = last("x").expect("a new position");
        let Tensor::Vector(position) = x.value else { panic!("{what}: x is {:?}", x.value) };
        let scale = apart.state.position.norm().max(after.position.norm());
        let told = after.position;
        assert!(is_near(position, told, scale), "{what}, step {step}: {position} is not {told}\n{apart:#?}");
        assert!(is_near(apart.to, told, 0.0));
        assert_eq!(apart.parts.len(), StepTrace::count(&run), "{what}");
        compared += 1;
        // The estimate of the inverse Hessian that a line makes anew, where a slot holds it row by row.
        if let (Some(part), Some(told)) = (last("H"), of.estimate.and_then(|of| of(&after, run.settings())))
            && matches!(part.line.rule, EquationRule::Formula(_))
        {
            let (Tensor::Matrix(value), Some(Tensor::Matrix(old))) = (part.value, part.before) else {
                panic!("{what}: H is no matrix")
            };
            // What cancels in (I - s·yᵀ/(s·y))·H·(I - y·sᵀ/(s·y)) is as large as that.
            let vector = |name| last(name).map(|part| part.value);
            let (Some(Tensor::Vector(s)), Some(Tensor::Vector(y))) = (vector("s"), vector("y")) else {
                panic!("{what}: no s and y")
            };
            let turn = 1.0 + s.norm() * y.norm() / s.dot(&y).abs();
            let scale = (old.norm() * turn * turn).max(told.norm());
            for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let (a, b) = (value[(row, column)], told[(row, column)]);
                assert!((a - b).abs() <= 1e-12 * scale, "{what}, step {step}: H is {value}, not {told}");
            }
            compared += 1;
        }
        for (place, slot) in of.slots.iter().enumerate().map(|(index, slot)| (slot.at.unwrap_or(index), slot))
        {
            let told = after.slots[place];
            let Some(part) = last(&slot.symbol) else { continue };
            assert!(slot.exists(run.settings()), "{what}: {} is changed and does not exist", slot.name);
            let Tensor::Vector(value) = part.value else { panic!("{what}: {} is no vector", slot.name) };
            let scale = value.norm().max(told.norm());
            let name = &slot.name;
            assert!(is_near(value, told, scale), "{what}, step {step}: {name} = {value} is not {told}");
            compared += 1;
        }
    }
    compared
}

#[test]
fn every_description_says_what_its_method_does() {
    let decay = Chosen::with_defaults(schedules::find("Cosine").expect("Cosine"));
    for of in optimizers::ALL {
        let mut compared = 0;
        for chosen in variants_with_numbers(of) {
            for surface in ["Quadratic", "Rosenbrock", "Himmelblau", "Saddle", "LogisticRegression"] {
                let problem = problem(surface);
                let sources = [
                    Gradient::Exact,
                    Gradient::Noise { sigma: 0.1, seed: 3 },
                    Gradient::Minibatch { size: 5, seed: 3, replacement: false },
                ];
                for (gradient, schedule) in sources.into_iter().zip([Some(&decay), None, None]) {
                    let what = format!("{} {:?} on {surface}, {gradient:?}", of.name, chosen.values);
                    compared += check(RunSpec { optimizer: &chosen, schedule, gradient }, &problem, &what);
                }
            }
        }
        assert!(compared > 60, "{}: {compared} comparisons are no test", of.name);
    }
}

/// So is what they say of a method under modifiers, in the order in which these act.
#[test]
fn every_description_says_what_modifiers_do() {
    let decay = Chosen::with_defaults(schedules::find("Cosine").expect("Cosine"));
    for (index, list) in modifier_lists().into_iter().enumerate() {
        let mut compared = 0;
        // A search that is given gradients of another function than f may fail, and what it falls back on is in no line;
        // and of differences of gradients clipping leaves nothing but rounding.
        let bends =
            list.iter().any(|modifier| ["ClipNorm", "ClipValue", "Sharpness"].contains(&modifier.of.name));
        let searches = |of: &Optimizer| {
            let lines =
                of.lines(&Chosen::with_defaults(optimizers::find(&of.name).expect("known")).prepare());
            lines.iter().any(|line| matches!(line.rule, EquationRule::Searched(..)))
        };
        let is_told =
            |of: &Optimizer| !bends || !(searches(of) || ["BarzilaiBorwein", "Adan"].contains(&&*of.name));
        for of in optimizers::ALL.iter().filter(|of| is_told(of)) {
            let method = Chosen::with_defaults(*of);
            let modified = method.under(&list);
            assert_eq!(method.modifiers_fault(&list), None);
            for surface in ["Quadratic", "Rosenbrock", "LogisticRegression"] {
                let problem = problem(surface);
                let noise = Gradient::Noise { sigma: 0.1, seed: 3 };
                for (gradient, schedule) in [(Gradient::Exact, Some(&decay)), (noise, None)] {
                    let what = format!("{} under list {index} on {surface}, {gradient:?}", of.name);
                    compared += check(RunSpec { optimizer: &modified, schedule, gradient }, &problem, &what);
                }
            }
            let mut symbols: Vec<_> = modified
                .of
                .slots
                .iter()
                .map(|slot| slot.symbol.as_ref())
                .chain(modified.of.symbols())
                .collect();
            let all = symbols.len();
            symbols.sort_unstable();
            symbols.dedup();
            assert_eq!(symbols.len(), all, "{} under list {index}: {symbols:?}", of.name);
        }
        assert!(compared > 500, "list {index}: {compared} comparisons are no test");
    }
}

/// Every slot that CSV files show is explained by some line, and no symbol means two things.
#[test]
fn descriptions_name_all_that_is_remembered() {
    for of in optimizers::ALL {
        let slots: Vec<_> = of.slots.iter().map(|slot| slot.symbol.as_ref()).collect();
        let mut symbols: Vec<_> = slots.iter().copied().chain(of.symbols()).collect();
        symbols.extend(["x", "t", "I", "e₁", "e₂", "α₀", "σ"]);
        if !of.has_learning_rate() {
            // Some of these methods call the first trial of their search so.
            symbols.retain(|symbol| *symbol != "α₀");
        }
        for symbol in &symbols {
            assert!(!symbol.is_empty(), "{}: a number without a symbol", of.name);
            assert_eq!(symbols.iter().filter(|other| other == &symbol).count(), 1, "{}: {symbol}", of.name);
        }
        let all: Vec<_> =
            variants_with_numbers(of).iter().flat_map(|chosen| of.lines(&chosen.prepare())).collect();
        for slot in slots {
            let is_matrix = ["H₁", "H₂"].contains(&slot);
            let name = if is_matrix { "H" } else { slot };
            assert!(all.iter().any(|line| line.name == name), "{}: no line changes {slot}", of.name);
        }
        for line in all {
            assert!(!line.says.is_empty() && !line.name.is_empty(), "{}: {line:?}", of.name);
            if let EquationRule::Searched(along, how) = line.rule {
                assert!(along == "d" && !how.words().is_empty() && line.sort == ValueType::Number);
            }
        }
    }
}

fn run(name: &str, settings: &[(&str, f64)], problem: &Problem) -> Run {
    let mut chosen = Chosen::with_defaults(optimizers::find(name).expect(name));
    for (key, value) in settings {
        assert!(chosen.set(key, Value::Number(*value)), "{name}: {key}");
    }
    let mut run = Run::new(&chosen, problem);
    run.advance(problem, u32::MAX);
    run
}

/// Adam's first step by hand: m̂ is the gradient itself, √v̂ its size, and so each coordinate moves by α.
#[test]
fn adams_first_step_is_as_computed_by_hand() {
    let problem = problem("Quadratic");
    let run = run("Adam", &[("lr", 0.1), ("eps", 0.0)], &problem);
    let apart = StepTrace::of(&run, &problem, None, 0).expect("a first step");
    let texts: Vec<_> = apart.parts.iter().map(|part| part.text.as_str()).collect();
    let lines = [
        "g = ∇f(x)",
        "m ← β₁·m + (1 - β₁)·g",
        "v ← β₂·v + (1 - β₂)·g²",
        "m̂ = m/(1 - β₁^t)",
        "v̂ = v/(1 - β₂^t)",
        "η = α/(√v̂ + ε)",
        "x ← x - η⊙m̂",
    ];
    assert_eq!(texts, lines);
    let gradient = problem.objective.value_gradient(problem.start).gradient;
    let value = |index: usize| match apart.parts[index].value {
        Tensor::Vector(vector) => vector,
        other => panic!("{other:?}"),
    };
    assert!(is_near(value(1), gradient * 0.1, gradient.norm()));
    assert!(is_near(value(3), gradient, gradient.norm()));
    assert!(is_near(value(4), gradient.map(|g| g * g), gradient.norm_squared()));
    for (i, rate) in apart.effective().into_iter().enumerate() {
        let expected = 0.1 / gradient[i].abs();
        assert!((rate.expect("a gradient") - expected).abs() < 1e-12, "{rate:?} is not {expected}");
        assert!((apart.change()[i].abs() - 0.1).abs() < 1e-14);
    }
    assert_eq!(apart.gradient(), Some(gradient));
}

/// Where the run ends, no step leaves, and before it every one does.
#[test]
fn no_step_leaves_from_the_end_of_a_run() {
    let problem = Problem { bound: 1e3, ..problem("Quadratic") };
    let run = run("GradientDescent", &[("lr", 1.0)], &problem);
    let last = run.trajectory().last_step();
    assert!(last > 0 && last < problem.steps, "it diverges");
    for step in 0..last {
        assert!(StepTrace::of(&run, &problem, None, step).is_some(), "step {step}");
    }
    assert!(StepTrace::of(&run, &problem, None, last).is_none());
    assert!(StepTrace::of(&run, &problem, None, u32::MAX).is_none());
}

/// A schedule is a line of its own, and the rate that it leads to is the recorded one.
#[test]
fn a_schedule_comes_first() {
    let problem = problem("Quadratic");
    let decay = Chosen::with_defaults(schedules::find("Exponential").expect("Exponential"));
    let optimizer = Chosen::with_defaults(optimizers::find("AdaDelta").expect("AdaDelta"));
    let entry = RunSpec { optimizer: &optimizer, schedule: Some(&decay), gradient: Gradient::Exact };
    let mut run = Run::new(entry, &problem);
    run.advance(&problem, u32::MAX);
    let apart = StepTrace::of(&run, &problem, None, 5).expect("a step");
    assert_eq!(apart.parts[0].text, "α ← α₀·σ");
    let Tensor::Number(rate) = apart.parts[0].value else { panic!("no number") };
    let recorded = run.trajectory().at(5).expect("recorded").lr;
    assert!(recorded < 1.0 && (rate - recorded).abs() < 1e-15, "{rate} is not {recorded}");
}
