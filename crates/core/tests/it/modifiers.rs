//! Modifiers: against reference values, against the methods that have them built in, and what they cost.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use thalweg_core::Problem;
use thalweg_core::catalogue::{modifiers, optimizers};
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::modifier::Modifier;
use thalweg_core::method::oracle::Evaluations;
use thalweg_core::nalgebra::Vector2;
use thalweg_core::run::arrival::arrived_at;
use thalweg_core::run::multi_start::MultiStart;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::{BatchRunner, Optimizer, Run, RunConfig, Value};
use thalweg_testing::{finished, modifier, modifier_lists, optimizer, problem};

fn rosenbrock(steps: u32) -> Problem {
    Problem { start: Vector2::new(-1.5, 2.0), ..problem("Rosenbrock", &[], steps) }
}

fn end(method: &Chosen<Optimizer>, with: &[Chosen<Modifier>], problem: &Problem) -> Vector2<f64> {
    assert_eq!(method.modifiers_fault(with), None);
    let run = finished(&method.under(with), problem);
    run.trajectory().samples().last().expect("a sample").position
}

fn bits_of(p: Vector2<f64>) -> [u64; 2] {
    [p.x.to_bits(), p.y.to_bits()]
}

fn assert_near(what: &str, ours: Vector2<f64>, theirs: [f64; 2]) {
    let distance = (ours - Vector2::from(theirs)).amax();
    assert!(distance <= 1e-11, "{what}: {ours:?} is not {theirs:?}, {distance:e} apart");
}

/// Made by `tools/modifiers.py` with torch 2.15 and optax 0.2.8, after 60 steps.
#[allow(clippy::unreadable_literal, reason = "as they were printed")]
const REFERENCE: &[(&str, [f64; 2])] = &[
    ("clip_norm", [-1.3142420286855305, 1.7278732466466133]),
    ("clip_value", [-1.33677307299225, 1.7927570104678872]),
    ("adamw", [-1.2988974769453787, 1.6884752839816968]),
    ("l2", [-1.4001787125779925, 1.961885501243743]),
    ("maximize", [-3.043111802256472, 0.4892951995291003]),
    ("sam", [-1.4142659401982398, 2.0056031713484233]),
    ("box", [-1.1746278390194962, 1.4064484220593771]),
    ("lookahead", [-1.4160268781183194, 2.0113610839212255]),
    ("mean", [-1.2087773148462155, 1.49254441363622]),
    ("ema", [-1.0549866393316663, 1.127228576529777]),
    ("chain", [-1.1510451992795272, 1.315963992054925]),
    ("optax_clip", [-1.3142435671394577, 1.7278760300941007]),
    ("optax_lookahead", [-1.4160268781183192, 2.0113610839212246]),
];

#[test]
fn modifiers_do_what_the_libraries_do() {
    let (adam, heavy) =
        (optimizer("Adam", &[("lr", 0.02)]), optimizer("Momentum", &[("lr", 1e-3), ("momentum", 0.9)]));
    let clip = |eps: f64| modifier("ClipNorm", &[("max", 5.0), ("eps", eps)]);
    let decay = |form: f64| modifier("WeightDecay", &[("weight_decay", 0.1), ("form", form)]);
    let region = || modifier("Box", &[("x_min", -1.2), ("x_max", 0.8), ("y_min", 0.5), ("y_max", 1.9)]);
    for (name, theirs) in REFERENCE {
        let (method, with) = match *name {
            "clip_norm" => (&heavy, vec![clip(1e-6)]),
            "optax_clip" => (&heavy, vec![clip(0.0)]),
            "clip_value" => (&heavy, vec![modifier("ClipValue", &[("max", 3.0)])]),
            "adamw" => (&adam, vec![decay(1.0)]),
            "l2" => (&adam, vec![decay(0.0)]),
            "maximize" => (&adam, vec![modifier("Ascent", &[])]),
            "sam" => (&adam, vec![modifier("Sharpness", &[])]),
            "box" => (&adam, vec![region()]),
            "lookahead" | "optax_lookahead" => (&adam, vec![modifier("Lookahead", &[])]),
            "mean" => (&heavy, vec![modifier("Average", &[])]),
            "ema" => (&heavy, vec![modifier("Average", &[("form", 1.0)])]),
            "chain" => (&adam, vec![clip(1e-6), modifier("Sharpness", &[]), decay(0.0), region()]),
            other => panic!("{other} is no case"),
        };
        assert_near(name, end(method, &with, &rosenbrock(60)), *theirs);
    }
}

/// What a method has built in, the modifier does to the same bits, or where the order of operations differs, to rounding.
#[test]
fn built_in_decay_is_the_modifier() {
    let problem = rosenbrock(80);
    for name in ["GradientDescent", "Momentum", "Adam", "Nesterov"] {
        let settings = [("lr", 1e-4)];
        let plain = optimizer(name, &settings);
        let built_in = optimizer(name, &[("lr", 1e-4), ("weight_decay", 0.3)]);
        let with = [modifier("WeightDecay", &[("weight_decay", 0.3)])];
        let own = finished(&built_in, &problem).trajectory().samples().last().expect("a sample").position;
        assert_eq!(end(&plain, &with, &problem), own, "{name}");
    }
    let with = [modifier("WeightDecay", &[("weight_decay", 0.3), ("form", 1.0)])];
    let own = optimizer("AdamW", &[("lr", 0.01), ("weight_decay", 0.3)]);
    let own = finished(&own, &problem).trajectory().samples().last().expect("a sample").position;
    assert_near("AdamW", end(&optimizer("Adam", &[("lr", 0.01)]), &with, &problem), own.into());
}

/// Averages know their method's points, and a run under one costs what it did; a sharpness-aware one twice as much.
#[test]
fn what_modifiers_ask_is_counted() {
    for of in optimizers::ALL {
        let method = Chosen::with_defaults(*of);
        let problem = problem("Rosenbrock", &[], 20);
        let asked = |method: &Chosen<Optimizer>, gradient: Gradient| {
            let mut run = Run::new(RunSpec { gradient, ..RunSpec::from(method) }, &problem);
            // In pieces: what is asked at the border between two counts once.
            while !run.is_done() {
                run.advance(&problem, 3);
            }
            run.evaluations(10)
        };
        for gradient in [Gradient::Exact, Gradient::Noise { sigma: 1e-3, seed: 5 }] {
            let own = asked(&method, gradient);
            let sam = asked(&method.under(&[modifier("Sharpness", &[("rho", 0.0)])]), gradient);
            // ρ = 0 leaves the steps as they are.
            let twice = Evaluations { gradients: 2 * own.gradients, ..own };
            assert_eq!(sam, twice, "{} with {gradient:?}", of.name);
            let average = asked(&method.under(&[modifier("Average", &[])]), gradient);
            assert_eq!(average, own, "{} with {gradient:?}", of.name);
        }
    }
}

/// Starts near and far, until the numbers overflow; more than one vector of them.
fn starts_near_and_far(from: Vector2<f64>) -> Vec<Vector2<f64>> {
    let far = [
        [0.13, -0.07],
        [-0.9, 0.4],
        [7.0, -3.0],
        [-40.0, 30.0],
        [1e3, 1e3],
        [-1e8, 1e8],
        [1e80, 0.0],
        [1.3e159, -7e158],
    ];
    [[0.0, 0.0], [0.5, 0.5]].into_iter().chain(far).map(|way| from + Vector2::from(way)).collect()
}

/// Runs in vector lanes end where the single ones do, to the bit, and arrive when they do.
#[test]
fn runs_under_modifiers_are_the_same_side_by_side() {
    const ARRIVAL: f64 = 0.3;
    let mut lists = modifier_lists();
    lists.push(Vec::new());
    let number = |number: f64| if number.is_nan() { f64::NAN } else { number }.to_bits();
    for (turn, list) in lists.iter().enumerate() {
        // Each method meets each third list, and each kind of modifier thereby; the far starts take their time.
        for (_, of) in optimizers::ALL.iter().enumerate().filter(|(place, _)| (turn + place) % 3 == 0) {
            let mut modified = Chosen::with_defaults(*of).under(list);
            let _ = modified.set("with.1.max", Value::Number(2.0));
            for surface in ["Rosenbrock", "LogisticRegression"] {
                let mut problem = Problem { tolerance: 1e-2, ..problem(surface, &[], 20) };
                let mut batch = BatchRunner::new(&modified, &problem).arriving(ARRIVAL);
                if !batch.is_wide() {
                    continue;
                }
                let cells: Vec<_> = starts_near_and_far(problem.start)
                    .into_iter()
                    .map(|start| RunConfig { start, ..batch.cell() })
                    .collect();
                for (cell, together) in cells.iter().zip(batch.run(&cells)) {
                    problem.start = cell.start;
                    let alone = finished(&modified, &problem);
                    let samples = alone.trajectory().samples();
                    let last = samples.last().expect("a sample");
                    let what =
                        format!("{} on {surface} from {:?}: {}", of.name, cell.start, modified.of.summary);
                    assert_eq!(Some(together.ending), alone.trajectory().ending(), "{what}");
                    assert_eq!(
                        together.position.map(number),
                        last.position.map(number),
                        "{what} {together:?} {last:?}"
                    );
                    assert_eq!(
                        together.arrived,
                        arrived_at(samples, ARRIVAL),
                        "{what} {together:?} {last:?}"
                    );
                }
            }
        }
    }
}

/// So do those of a cloud, with their records.
#[test]
fn a_cloud_under_modifiers_is_its_runs_alone() {
    for list in modifier_lists() {
        for name in ["Adam", "Nesterov"] {
            let modified = Chosen::with_defaults(optimizers::find(name).expect(name)).under(&list);
            let problem = problem("Rosenbrock", &[], 40);
            let starts = [[0.1, 0.2], [-1.0, 1.5], [1.4, 0.0]];
            let mut cloud = MultiStart::new(problem.clone(), RunSpec::from(&modified), starts);
            while !cloud.advance(|| true) {}
            for (start, run) in starts.into_iter().zip(cloud.runs()) {
                let alone = finished(&modified, &Problem { start: start.into(), ..problem.clone() });
                assert_eq!(
                    run.trajectory().samples(),
                    alone.trajectory().samples(),
                    "{}",
                    modified.of.summary
                );
            }
        }
    }
}

#[test]
fn a_replayed_run_under_modifiers_is_the_run_that_was() {
    for list in modifier_lists() {
        for name in ["Adam", "Bfgs", "Lbfgs", "ScheduleFreeSgd", "Nesterov"] {
            let modified = Chosen::with_defaults(optimizers::find(name).expect(name)).under(&list);
            for gradient in [Gradient::Exact, Gradient::Noise { sigma: 0.1, seed: 9 }] {
                let problem = problem("Rosenbrock", &[], 300);
                let mut run = Run::new(RunSpec { gradient, ..RunSpec::from(&modified) }, &problem);
                while !run.is_done() {
                    run.advance(&problem, 37);
                }
                let recorded = run.trajectory().samples().iter().map(|sample| bits_of(sample.position));
                let replayed = run.states(&problem).map(|state| bits_of(state.position));
                assert!(replayed.eq(recorded), "{name} under {}", modified.of.summary);
            }
        }
    }
}

#[test]
fn parts_come_apart_again() {
    for list in modifier_lists() {
        let method = optimizer("Adam", &[("beta1", 0.8)]);
        let modified = method.under(&list);
        assert_eq!(modified.method(), method);
        assert_eq!(modified.modifiers(), list);
        assert_eq!(modified.refreshed(), modified);
        assert_eq!(modified.under(&[]), method);
        let turned = modified.turned_into_method(optimizers::find("AdamW").expect("AdamW"));
        assert_eq!((turned.number("beta1"), turned.modifiers()), (Some(0.8), list));
    }
    let fault = |list: &[Chosen<Modifier>]| optimizer("Adam", &[]).modifiers_fault(list);
    let average = || modifier("Average", &[]);
    assert!(fault(&[average(), average()]).is_some_and(|(index, why)| index == 0 && why.contains("last")));
    let flat = modifier("Box", &[("x_min", 2.0)]);
    assert!(fault(&[flat]).is_some_and(|(_, why)| why.contains("`x_min` below `x_max`")));
    let many: Vec<_> = (0..7).map(|_| modifier("Ascent", &[])).collect();
    assert!(fault(&many).is_some_and(|(index, _)| index == 6));
    let boxes: Vec<_> = (0..6).map(|_| modifier("Box", &[])).collect();
    assert!(fault(&boxes).is_some_and(|(index, why)| index == 2 && why.contains("no room")));
    // A modifier that is of another kind is no equal, though its number is the same.
    let [norm, value] = ["ClipNorm", "ClipValue"].map(|name| modifier(name, &[]));
    assert_ne!(optimizer("Adam", &[]).under(&[norm]), optimizer("Adam", &[]).under(&[value]));
    assert_eq!(modifiers::ALL.len(), 8);
}
