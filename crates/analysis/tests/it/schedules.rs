//! The schedules: against the reference data, against what they say of themselves, and in a run.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
#![allow(clippy::expect_used, reason = "a test may stop at once")]

use nalgebra::Vector2;
use serde_json::Value as Json;
use std::f64::consts::PI;
use thalweg_analysis::spectral::spectral_report::SpectralReport;
use thalweg_core::catalogue::{optimizers, schedules, surfaces};
use thalweg_core::method::schedule::{Schedule, Sums};
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::surface::Surface;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::{Kind, Scale};
use thalweg_core::spec::range::Range;
use thalweg_core::spec::settings::{MAX_CHOICES, MAX_NUMBERS};
use thalweg_core::spec::steps::Steps;
use thalweg_core::spec::value::Value;
use thalweg_testing::choose;

fn schedule(name: &str, settings: &[(&str, f64)]) -> Chosen<Schedule> {
    choose(schedules::ALL, name, settings)
}

/// The schedule with one more value set.
fn with(mut chosen: Chosen<Schedule>, key: &str, value: &Value) -> Chosen<Schedule> {
    assert!(chosen.set(key, value.clone()), "{key} = {value:?}");
    chosen
}

fn factor(chosen: &Chosen<Schedule>, step: u32) -> f64 {
    chosen.factor_at(step)
}

fn data() -> Json {
    thalweg_testing::oracle("schedules")
}

/// A reference series in ours: the learning rate at a step.
fn series(name: &str, params: &Json) -> Box<dyn Fn(u32) -> f64> {
    let number = |key: &str| params[key].as_f64().unwrap_or_else(|| panic!("{name}: {key}"));
    let scaled = |lr0: f64, chosen: Chosen<Schedule>| -> Box<dyn Fn(u32) -> f64> {
        Box::new(move |step| lr0 * factor(&chosen, step))
    };
    let low = |first: &str, last: &str| ("min_factor", number(last) / number(first));
    let ours = match name {
        "constant" => schedule("Constant", &[]),
        "piecewise_constant" => {
            let milestones: Vec<u32> =
                serde_json::from_value(params["milestones"].clone()).expect("a list of steps");
            let list = milestones.into_iter().try_fold(Steps::NONE, Steps::then).expect("ascending");
            with(schedule("Piecewise", &[("gamma", number("gamma"))]), "milestones", &Value::Steps(list))
        }
        "exponential" => schedule("Exponential", &[("lambda", number("lam"))]),
        "exponential_gamma" => schedule("Exponential", &[("lambda", -number("gamma").ln())]),
        "step" => schedule("Step", &[("size", number("step_size")), ("gamma", number("gamma"))]),
        "inverse_time" => schedule("InverseTime", &[("c", number("c"))]),
        "polynomial" => schedule("Polynomial", &[("total", number("T")), ("power", number("power"))]),
        "cosine" => schedule("Cosine", &[("total", number("T_max")), low("lr0", "eta_min")]),
        "cosine_warm_restarts" => schedule(
            "WarmRestarts",
            &[("period", number("T_0")), ("mult", number("T_mult")), low("lr0", "eta_min")],
        ),
        "linear_warmup" => schedule(
            "LinearWarmup",
            &[("steps", number("total_iters")), ("start_factor", number("start_factor"))],
        ),
        // Our learning rate is the highest one; `lr0` means nothing to PyTorch here either.
        "one_cycle_cos" | "one_cycle_linear" => {
            let keys = ["pct_start", "div_factor", "final_div_factor"].map(|key| (key, number(key)));
            let cycle = schedule("OneCycle", &[&keys[..], &[("total", number("total_steps"))]].concat());
            let shape = usize::from(name == "one_cycle_linear");
            return scaled(number("max_lr"), with(cycle, "anneal", &Value::Choice(shape)));
        }
        // optax counts the last step in and puts the top on a whole step: one step longer.
        "optax_cosine_onecycle" => {
            let total = number("T") + 1.0;
            let top = (number("pct_start") * number("T")).floor();
            let settings = [
                ("total", total),
                ("pct_start", (top + 1.0) / total),
                ("div_factor", number("div")),
                ("final_div_factor", number("final_div")),
            ];
            return scaled(number("peak"), schedule("OneCycle", &settings));
        }
        "optax_warmup_cosine" => {
            let start = number("init") / number("peak");
            let steps = [("warmup", number("warmup")), ("total", number("decay_steps"))];
            let settings = [&steps[..], &[("start_factor", start), low("peak", "end")]].concat();
            return scaled(number("peak"), schedule("WarmupCosine", &settings));
        }
        // optax falls to a stated end; ours to 0, as PyTorch's.
        "optax_polynomial" => {
            let fall =
                schedule("Polynomial", &[("total", number("transition_steps")), ("power", number("power"))]);
            let (init, end) = (number("init"), number("end"));
            return Box::new(move |step| end + (init - end) * factor(&fall, step));
        }
        other => panic!("no schedule for {other}"),
    };
    scaled(number("lr0"), ours)
}

/// To 1e-12 of each rate. PyTorch computes some series by recurrences, each step from the one
/// before, which wander some 1e-16 of the first rate from the closed form that we take: this
/// much is allowed beside it.
#[test]
fn the_reference_series_are_met() {
    let all = data();
    let all = all["schedules"].as_array().expect("a list");
    assert_eq!(all.len(), 15);
    for entry in all {
        let name = entry["name"].as_str().expect("a name");
        let rates: Vec<f64> = serde_json::from_value(entry["lr"].clone()).expect("numbers");
        let first = rates.iter().copied().fold(0.0, f64::max);
        let ours = series(name, &entry["params"]);
        for (step, rate) in (0..).zip(&rates) {
            let (found, slack) = (ours(step), 1e-12 * rate.abs() + 1e-15 * first.max(1.0));
            assert!((found - rate).abs() <= slack, "{name} at {step}: {found} instead of {rate}");
        }
    }
}

fn problem(surface: &Chosen<Surface>, start: [f64; 2], steps: u32) -> Problem {
    let start = Vector2::from(start);
    Problem::new(Objective::new(surface), start, steps)
}

fn run(optimizer: &Chosen<Optimizer>, schedule: &Chosen<Schedule>, problem: &Problem) -> Run {
    let mut run = Run::new(RunSpec { schedule: Some(schedule), ..RunSpec::from(optimizer) }, problem);
    run.advance(problem, u32::MAX);
    run
}

/// PyTorch's momentum under three schedules, the third with the momentum cycled along with the rate.
#[test]
fn the_reference_trajectories_are_met() {
    let all = data();
    let all = all["trajectories"].as_array().expect("a list");
    assert_eq!(all.len(), 3);
    for case in all {
        let number = |key: &str| case["params"][key].as_f64().expect(key);
        let (lr, chosen) = match case["schedule"].as_str().expect("a name") {
            "step" => (1e-3, schedule("Step", &[("size", number("step_size")), ("gamma", number("gamma"))])),
            "cosine_warm_restarts" => {
                (1e-3, schedule("WarmRestarts", &[("period", number("T_0")), ("mult", number("T_mult"))]))
            }
            "one_cycle_cos" => {
                let total = [("total", number("total_steps")), ("pct_start", number("pct_start"))];
                let cycle = schedule("OneCycle", &total);
                (number("max_lr"), with(cycle, "cycle_momentum", &Value::Switch(true)))
            }
            other => panic!("unknown schedule {other}"),
        };
        let rows: Vec<[f64; 3]> = serde_json::from_value(case["rows"].clone()).expect("rows");
        let rates: Vec<f64> = serde_json::from_value(case["lr_used"].clone()).expect("rates");
        let surface = schedule_free("Rosenbrock");
        let problem = problem(&surface, [rows[0][0], rows[0][1]], u32::try_from(rates.len()).expect("few"));
        let run =
            run(&choose(optimizers::ALL, "Momentum", &[("lr", lr), ("momentum", 0.9)]), &chosen, &problem);
        let samples = run.trajectory().samples();
        assert_eq!(samples.len(), rows.len());
        for (step, (sample, rate)) in samples.iter().zip(&rates).enumerate() {
            assert!((sample.lr - rate).abs() <= 1e-12 * rate + 1e-18, "{} at {step}", chosen.of.name);
        }
        for (step, (sample, [x, y, f])) in samples.iter().zip(&rows).enumerate() {
            let distance = (sample.position.x - x).abs().max((sample.position.y - y).abs());
            assert!(distance <= 1e-9 * x.abs().max(y.abs()).max(1.0), "{} at {step}", chosen.of.name);
            assert!((sample.loss - f).abs() <= 1e-7 * f.abs().max(1.0), "{} at {step}", chosen.of.name);
        }
    }
}

fn schedule_free(surface: &str) -> Chosen<Surface> {
    Chosen::with_defaults(surfaces::find(surface).expect("a known surface"))
}

#[test]
fn descriptions_are_complete_and_consistent() {
    for (index, of) in schedules::ALL.iter().enumerate() {
        let name = of.name;
        assert!(schedules::ALL[..index].iter().all(|other| other.name != name), "two of {name}");
        for text in [of.name, of.summary, of.formula, of.source] {
            assert!(!text.is_empty() && text.trim() == text && !text.contains("  "), "{name}: {text:?}");
        }
        let (mut numbers, mut choices, mut lists) = (0, 0, 0);
        for (index, param) in of.params.iter().enumerate() {
            let key = &param.key;
            assert!(of.params[..index].iter().all(|other| other.key != *key), "{name}: two of {key}");
            assert!(param.accepts(&param.default_value()), "{name}: default of {key}");
            assert!(!param.doc.is_empty(), "{name}: {key} is not explained");
            match param.kind {
                Kind::Number { default, range, slider: (low, high), scale } => {
                    numbers += 1;
                    assert!(low < high && (scale == Scale::Linear || low > 0.0), "{name}: slider of {key}");
                    assert!(range.contains(low) && range.contains(high), "{name}: slider of {key}");
                    assert!((low..=high).contains(&default), "{name}: default of {key}");
                }
                Kind::Switch { .. } | Kind::Choice { .. } => choices += 1,
                Kind::Steps { .. } => lists += 1,
                // Of a formula, which is typed.
                Kind::Rate => assert_eq!(name, "Formula"),
                Kind::Rule | Kind::Formula { .. } | Kind::Data { .. } | Kind::Path | Kind::Grid => {
                    panic!("{} is no setting of a schedule", param.key)
                }
            }
        }
        assert!(numbers <= MAX_NUMBERS && choices <= MAX_CHOICES && lists <= 1, "{name}");
    }
}

/// Settings at the ends and in the middle of what is accepted: every factor is a number that is
/// not below zero, early and late, and the same each time it is asked for.
#[test]
fn factors_are_never_negative_and_never_panic() {
    for of in schedules::ALL {
        let mut all = vec![Chosen::with_defaults(*of)];
        for param in of.params.iter() {
            let values: Vec<Value> = match param.kind {
                Kind::Number { range, slider: (low, high), .. } => [0.0, 1.0, 2.0, 1e6, 1e-300, low, high]
                    .into_iter()
                    .filter(|number| range.contains(*number) && (range.whole || *number <= high))
                    .map(Value::Number)
                    .collect(),
                Kind::Switch { .. } => [false, true].map(Value::Switch).to_vec(),
                Kind::Choice { alternatives } => (0..alternatives.len()).map(Value::Choice).collect(),
                Kind::Rule
                | Kind::Rate
                | Kind::Formula { .. }
                | Kind::Data { .. }
                | Kind::Path
                | Kind::Grid => Vec::new(),
                Kind::Steps { .. } => [Steps::NONE, Steps::two(1, 1_000_000)].map(Value::Steps).to_vec(),
            };
            all = all
                .iter()
                .flat_map(|chosen| values.iter().map(|value| with(chosen.clone(), &param.key, value)))
                .collect();
        }
        for chosen in all {
            for step in [0, 1, 2, 49, 50, 299, 300, 999_999, 1_000_000, u32::MAX] {
                let found = factor(&chosen, step);
                assert!(
                    found >= 0.0 && found.to_bits() == factor(&chosen, step).to_bits(),
                    "{chosen:?} {step}"
                );
            }
        }
    }
}

#[test]
fn shapes_at_the_marked_steps() {
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-15, "{found} {expected}");
    let piecewise =
        with(schedule("Piecewise", &[("gamma", 0.5)]), "milestones", &Value::Steps(Steps::two(30, 60)));
    assert_eq!([0, 29, 30, 59, 60].map(|step| factor(&piecewise, step)), [1.0, 1.0, 0.5, 0.5, 0.25]);
    let cosine = schedule("Cosine", &[("total", 60.0)]);
    near(factor(&cosine, 20), f64::midpoint(1.0, (PI / 3.0).cos()));
    assert_eq!([0, 60, 120, 180].map(|step| factor(&cosine, step)), [1.0, 0.0, 1.0, 0.0]);
    let held = with(cosine, "hold", &Value::Switch(true));
    assert_eq!([60, 61, 120].map(|step| factor(&held, step)), [0.0; 3]);
    // Restarts at 20, 60 and 140.
    let restarts = schedule("WarmRestarts", &[("period", 20.0), ("mult", 2.0)]);
    assert_eq!([0, 20, 60, 140].map(|step| factor(&restarts, step)), [1.0; 4]);
    near(factor(&restarts, 40), 0.5);
    let cycle = schedule("OneCycle", &[("total", 100.0), ("pct_start", 0.3)]);
    near(factor(&cycle, 0), 0.04);
    assert_eq!(factor(&cycle, 29), 1.0);
    assert_eq!(factor(&cycle, 99), factor(&cycle, 1000));
    near(factor(&cycle, 99), 4e-6);
    let warm = Chosen::with_defaults(schedules::find("LinearWarmup").expect("there"));
    assert_eq!([factor(&warm, 5), factor(&warm, 9)], [1.0; 2]);
    // As PyTorch's CyclicLR gives them: triangular, and triangular2.
    let all = |chosen: &Chosen<Schedule>, wanted: &[(u32, f64)]| {
        for (step, rate) in wanted {
            assert!((factor(chosen, *step) - rate).abs() < 1e-14, "{chosen:?} at {step}");
        }
    };
    let cyclic = [("up", 4.0), ("down", 6.0)];
    all(
        &schedule("Cyclic", &cyclic),
        &[(0, 0.1), (1, 0.325), (4, 1.0), (5, 0.85), (9, 0.25), (10, 0.1), (14, 1.0), (23, 0.775)],
    );
    let halved = schedule("Cyclic", &[&cyclic[..], &[("gamma", 0.5)]].concat());
    all(&halved, &[(0, 0.1), (4, 1.0), (12, 0.325), (14, 0.55), (17, 0.325), (24, 0.325)]);
    // As its SequentialLR of LinearLR, ConstantLR and LinearLR.
    let trapezoid =
        [("warmup", 8.0), ("decay", 10.0), ("total", 30.0), ("start_factor", 0.25), ("min_factor", 0.1)];
    all(
        &schedule("WarmupStableDecay", &trapezoid),
        &[(0, 0.25), (4, 0.625), (8, 1.0), (19, 1.0), (20, 1.0), (25, 0.55), (30, 0.1), (39, 0.1)],
    );
}

/// What a schedule says of Σα and Σα² is what the sums do between 10⁴ and 10⁵ steps: those that
/// converge have stopped growing, those that do not still grow by a tenth or more.
#[test]
fn the_sums_are_as_stated() {
    let mut seen = Vec::new();
    for (name, settings) in [
        ("Constant", &[][..]),
        ("Piecewise", &[("gamma", 0.5)]),
        ("Exponential", &[]),
        ("Exponential", &[("lambda", 0.0)]),
        ("Step", &[]),
        ("Step", &[("gamma", 1.0)]),
        ("InverseTime", &[("c", 1.0)]),
        ("InverseTime", &[("c", 0.0)]),
        ("Polynomial", &[]),
        ("Cosine", &[]),
        ("WarmRestarts", &[]),
        ("WarmRestarts", &[("mult", 3.0)]),
        ("LinearWarmup", &[]),
        ("WarmupCosine", &[]),
        ("WarmupCosine", &[("min_factor", 0.2)]),
        ("WarmupCosine", &[("total", 20.0)]),
        ("WarmupStableDecay", &[]),
        ("WarmupStableDecay", &[("min_factor", 0.2)]),
        ("Cyclic", &[]),
        ("Cyclic", &[("min_factor", 0.0)]),
        ("Cyclic", &[("min_factor", 0.0), ("gamma", 0.5)]),
        ("Cyclic", &[("gamma", 0.5)]),
        ("OneCycle", &[("final_div_factor", 1.0)]),
        ("Sequence", &[]),
        ("ReduceOnPlateau", &[]),
        ("Formula", &[]),
    ] {
        let mut all = vec![schedule(name, settings)];
        if name == "Cosine" {
            all.push(with(all[0].clone(), "hold", &Value::Switch(true)));
        }
        for chosen in all {
            seen.push(chosen.of.name);
            let stated = chosen.sums();
            // Of one that watches the loss, or that was typed, nothing is said.
            if chosen.of.watch.is_some() || chosen.rate().is_some() {
                assert_eq!(stated, Sums::Unknown);
                continue;
            }
            let sum = |power: fn(f64) -> f64, end: u32| -> f64 {
                (0..end).map(|step| power(factor(&chosen, step))).sum()
            };
            let grows = |power| sum(power, 100_000) > 1.1 * sum(power, 10_000);
            assert_eq!(grows(|rate| rate), stated.rates_are_infinite(), "{chosen:?}");
            assert_eq!(!grows(|rate| rate * rate), stated.squares_are_finite(), "{chosen:?}");
            assert_eq!(
                stated == Sums::RobbinsMonro,
                stated.rates_are_infinite() && stated.squares_are_finite()
            );
        }
    }
    assert!(schedules::ALL.iter().all(|of| seen.contains(&of.name)));
}

#[test]
fn a_constant_schedule_changes_no_bit() {
    let problem = problem(&schedule_free("Rosenbrock"), [-1.2, 1.0], 2000);
    for of in optimizers::ALL {
        let optimizer = Chosen::with_defaults(*of);
        let mut alone = Run::new(&optimizer, &problem);
        alone.advance(&problem, u32::MAX);
        let constant = run(&optimizer, &schedule("Constant", &[]), &problem);
        let still = run(&optimizer, &schedule("Exponential", &[("lambda", 0.0)]), &problem);
        for other in [constant, still] {
            assert!(alone.states(&problem).eq(other.states(&problem)), "{}", of.name);
            assert_eq!(
                format!("{:?}", alone.trajectory().samples()),
                format!("{:?}", other.trajectory().samples()),
                "{}",
                of.name
            );
        }
    }
}

/// In pieces, replayed and from checkpoints: the rate depends on the step alone.
#[test]
fn scheduled_runs_replay_to_the_bit() {
    let problem = problem(&schedule_free("Rosenbrock"), [-1.2, 1.0], 3000);
    for of in schedules::ALL {
        let schedule = Chosen::with_defaults(*of);
        let optimizer = choose(optimizers::ALL, "Momentum", &[("lr", 5e-4)]);
        let whole = run(&optimizer, &schedule, &problem);
        let mut pieces =
            Run::new(RunSpec { schedule: Some(&schedule), ..RunSpec::from(&optimizer) }, &problem);
        while !pieces.is_done() {
            pieces.advance(&problem, 7);
        }
        assert_eq!(whole.trajectory().samples(), pieces.trajectory().samples(), "{}", of.name);
        for (step, (state, sample)) in (0..).zip(whole.states(&problem).zip(whole.trajectory().samples())) {
            assert_eq!(state.position, sample.position, "{} at {step}", of.name);
            if of.watch.is_none() {
                assert_eq!(sample.lr, 5e-4 * factor(&schedule, step), "{} at {step}", of.name);
            }
            assert_eq!(sample.lr, whole.learning_rate(step), "{} at {step}", of.name);
        }
        for step in [1, 128, 129, 2999] {
            let there = whole.trajectory().samples()[step as usize].position;
            assert_eq!(whole.state_at(&problem, step).position, there, "{} at {step}", of.name);
        }
    }
}

/// On a quadratic the report's factor is what the run measures, for a method that forgets; of one
/// with memory nothing is claimed.
#[test]
fn the_theory_multiplies_the_factors_or_is_silent() {
    let surface = choose(surfaces::ALL, "Quadratic", &[("kappa", 10.0)]);
    let problem = problem(&surface, [1.0, 1.0], 60);
    for of in schedules::ALL {
        let schedule = Chosen::with_defaults(*of);
        let plain = run(&choose(optimizers::ALL, "GradientDescent", &[("lr", 0.1333)]), &schedule, &problem);
        let memory = run(&choose(optimizers::ALL, "Nesterov", &[("lr", 0.1)]), &schedule, &problem);
        for (step, sample) in (0..=60).zip(plain.trajectory().samples()) {
            let report = SpectralReport::at(&problem, Vector2::zeros(), Some(&plain), step);
            for direction in report.directions {
                let factor = direction.law.expect("it applies").factor.expect("a product");
                let measured = sample.position.dot(&direction.vector) / problem.start.dot(&direction.vector);
                let slack = 1e-10 * measured.abs() + 1e-300;
                assert!((factor - measured).abs() <= slack, "{} at {step}: {factor} {measured}", of.name);
                assert_eq!(direction.step, Some(sample.lr * direction.lambda));
            }
            let report = SpectralReport::at(&problem, Vector2::zeros(), Some(&memory), step);
            let claims =
                report.directions.map(|direction| direction.law.expect("it applies").factor.is_some());
            assert_eq!(claims, [of.is_constant(); 2], "{} at {step}", of.name);
        }
    }
}

#[test]
fn whole_numbers_only() {
    assert!(Range::STEPS.contains(3.0) && !Range::STEPS.contains(3.5) && !Range::STEPS.contains(0.0));
    assert_eq!(Range::whole(1, 8).to_string(), "a whole number from 1 to 8");
    assert_eq!(Range::STEPS.rounded(2.6), 3.0);
    let mut step = schedule("Step", &[]);
    assert!(!step.set("size", Value::Number(2.5)) && step.set("size", Value::Number(3.0)));
}
