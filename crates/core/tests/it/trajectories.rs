//! Every reference trajectory is either run here and compared, or listed as waiting with a reason.
//!
//! The data were made with the real libraries (torch, optax, Keras) in double precision. A row is
//! compared to 1e-9, and further on, where the trajectory amplifies rounding, to 1e-6; beyond
//! `comparable_steps` nothing can be said.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

// The path keeps cargo from taking the module for a test of its own.
#[path = "trajectories/modern.rs"]
mod modern;

use nalgebra::Vector2;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use thalweg_core::catalogue::{optimizers, schedules, surfaces};
use thalweg_core::method::schedule::Schedule;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::surface::Surface;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::run::trajectory::Cause;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::{Described, find};
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;

/// How many cases run. Written down so that none drops out, or comes in, unnoticed.
const EXPRESSED: usize = 258;
const WAITING: usize = 0;

fn cases() -> Vec<Json> {
    let text = include_str!("../../../../tests/oracle/trajectories.json");
    let mut data: Json = serde_json::from_str(text).expect("valid JSON");
    serde_json::from_value(data["cases"].take()).expect("a list of cases")
}

/// A setting of the reference data in ours.
enum Setting {
    Number(&'static str, f64),
    Switch(&'static str, bool),
    Choice(&'static str, &'static str),
}
use Setting::{Choice, Number, Switch};

fn choose<D: Described>(table: &[&'static D], name: &str, settings: &[Setting]) -> Chosen<D> {
    let of = find(table, name).unwrap_or_else(|| panic!("no {} {name}", D::WHAT));
    let mut chosen = Chosen::with_defaults(of);
    for setting in settings {
        let (key, value) = match *setting {
            Number(key, number) => (key, Value::Number(number)),
            Switch(key, on) => (key, Value::Switch(on)),
            Choice(key, name) => {
                let param = of.params().iter().find(|param| param.key == key).expect(key);
                let Kind::Choice { alternatives } = param.kind else { panic!("{key} is no choice") };
                (key, Value::Choice(alternatives.iter().position(|a| a.name == name).expect(name)))
            }
        };
        assert!(chosen.set(key, value.clone()), "{} takes no {key}: {value:?}", of.name());
    }
    chosen
}

fn surface(key: &str) -> Chosen<Surface> {
    let quadratic = |kappa, angle: f64| {
        choose(surfaces::ALL, "Quadratic", &[Number("kappa", kappa), Number("angle", angle.to_degrees())])
    };
    let plain = |name| choose(surfaces::ALL, name, &[]);
    match key {
        "saddle" => plain("Saddle"),
        "saddle_half" => choose(surfaces::ALL, "Saddle", &[Number("scale", 0.5)]),
        "quad_1" => quadratic(1.0, 0.0),
        "quad_10" => quadratic(10.0, 0.0),
        "quad_100" => quadratic(100.0, 0.0),
        "quad_1000" => quadratic(1000.0, 0.0),
        "quad_rot_a" => quadratic(25.0, 0.5),
        "quad_rot_b" => quadratic(400.0, 2.0),
        "rosenbrock" => plain("Rosenbrock"),
        "beale" => plain("Beale"),
        "himmelblau" => plain("Himmelblau"),
        "booth" => plain("Booth"),
        "matyas" => plain("Matyas"),
        "three_hump" => plain("ThreeHumpCamel"),
        "six_hump" => plain("SixHumpCamel"),
        "styblinski" => plain("StyblinskiTang"),
        "rastrigin" => plain("Rastrigin"),
        "ackley" => plain("Ackley"),
        "mccormick" => plain("McCormick"),
        "goldstein" => plain("GoldsteinPrice"),
        "easom" => plain("Easom"),
        "monkey" => plain("MonkeySaddle"),
        "levy13" => plain("LevyN13"),
        other => panic!("unknown surface {other}"),
    }
}

/// Reference optimizers that wait, and for what.
const WAITING_FOR: &[(&str, &str)] = &[];

/// Why a case waits, if it does.
fn waiting(case: &Json) -> Option<&'static str> {
    let name = case["optimizer"].as_str().expect("a name");
    WAITING_FOR.iter().find(|(waiting, _)| *waiting == name).map(|(_, why)| *why)
}

/// The schedule of a case in ours.
fn schedule(case: &Json) -> Chosen<Schedule> {
    let described = &case["lr_schedule"];
    if described.is_null() {
        assert!(case["lr_used"].is_null(), "{}: rates without a schedule", case["id"]);
        // The authors' schedule-free methods have a warm-up of their own: min(1, (t + 1)/W).
        let warmup = case["hyper"]["warmup_steps"].as_f64().filter(|steps| *steps > 1.0);
        return warmup.map_or_else(Chosen::default, |steps| {
            let settings = [Number("steps", steps - 1.0), Number("start_factor", 1.0 / steps)];
            choose(schedules::ALL, "LinearWarmup", &settings)
        });
    }
    let read = |key: &str| number(&described[key]);
    match described["kind"].as_str().expect("a kind") {
        "exponential" => choose(schedules::ALL, "Exponential", &[Number("lambda", -read("gamma").ln())]),
        "cosine" => {
            let lowest = read("eta_min") / case["lr"].as_f64().expect("a number");
            choose(schedules::ALL, "Cosine", &[Number("total", read("T_max")), Number("min_factor", lowest)])
        }
        "inverse_time" => choose(schedules::ALL, "InverseTime", &[Number("c", read("c"))]),
        "step" => choose(
            schedules::ALL,
            "Step",
            &[Number("size", read("step_size")), Number("gamma", read("gamma"))],
        ),
        other => panic!("unknown schedule {other}"),
    }
}

/// A case's optimizer in ours, if we have it. A setting that is not read is an error: what we
/// cannot express is not run as something else.
fn expressed(case: &Json) -> Option<Chosen<Optimizer>> {
    let mut unread: BTreeMap<String, Json> =
        serde_json::from_value(case["hyper"].clone()).expect("named settings");
    let mut lookup = |key: &str| unread.remove(key);
    let mut settings = vec![Number("lr", case["lr"].as_f64().expect("a number"))];
    let name = match (case["optimizer"].as_str()?, case["rule"].as_str()?) {
        ("gd" | "sgd_momentum" | "sgd_momentum_dampening" | "sgd_weight_decay" | "sgd_nesterov", "sgd")
        | ("heavy_ball_two_point" | "heavy_ball_optimal", "heavy_ball") => {
            let nesterov = flag(lookup("nesterov"));
            let [momentum, dampening, weight_decay] =
                ["momentum", "dampening", "weight_decay"].map(|key| lookup(key).map(|v| number(&v)));
            settings.extend(weight_decay.map(|w| Number("weight_decay", w)));
            if momentum.is_some_and(|momentum| momentum != 0.0) {
                settings.extend(momentum.map(|momentum| Number("momentum", momentum)));
                settings.extend(dampening.map(|dampening| Number("dampening", dampening)));
                if nesterov { "Nesterov" } else { "Momentum" }
            } else {
                assert!(!nesterov && dampening.is_none_or(|dampening| dampening == 0.0));
                "GradientDescent"
            }
        }
        ("momentum_classical", "momentum_classical") => {
            settings.push(Number("momentum", number(&lookup("momentum")?)));
            settings.push(Choice("form", "Classical"));
            "Momentum"
        }
        ("nesterov_keras", "nesterov_keras") => {
            settings.push(Number("momentum", number(&lookup("momentum")?)));
            settings.push(Choice("form", "Keras"));
            "Nesterov"
        }
        ("nesterov_sutskever", "nesterov_sutskever") => {
            settings.push(Number("momentum", number(&lookup("momentum")?)));
            settings.push(Choice("form", "Sutskever"));
            "Nesterov"
        }
        ("adagrad" | "adagrad_insqrt", rule @ ("adagrad" | "adagrad_insqrt")) => {
            settings.push(Number("eps", number(&lookup("eps")?)));
            settings.push(Number("initial_accumulator", number(&lookup("initial_accumulator_value")?)));
            settings.extend(lookup("lr_decay").map(|decay| Number("lr_decay", number(&decay))));
            settings.push(Switch("eps_inside", rule == "adagrad_insqrt"));
            "AdaGrad"
        }
        (
            "rmsprop"
            | "rmsprop_centered"
            | "rmsprop_momentum"
            | "rmsprop_insqrt"
            | "rmsprop_insqrt_centered"
            | "rmsprop_insqrt_momentum"
            | "rmsprop_keras",
            rule @ ("rmsprop" | "rmsprop_insqrt"),
        ) => {
            let alpha = lookup("alpha").or_else(|| lookup("decay"))?;
            settings.push(Number("alpha", number(&alpha)));
            settings.push(Number("eps", number(&lookup("eps")?)));
            settings.extend(lookup("momentum").map(|momentum| Number("momentum", number(&momentum))));
            settings.push(Switch("centered", flag(lookup("centered"))));
            settings.push(Switch("eps_inside", rule == "rmsprop_insqrt"));
            settings.push(Switch("nesterov", flag(lookup("nesterov"))));
            "RmsProp"
        }
        (
            name @ ("adam" | "adam_default" | "adam_no_bias" | "adam_l2" | "adamw" | "amsgrad"
            | "amsgrad_paper" | "amsgrad_corrected" | "adam_eps_hat"),
            "adam",
        ) => {
            let [beta1, beta2] = serde_json::from_value(lookup("betas")?).expect("two numbers");
            settings.extend([Number("beta1", beta1), Number("beta2", beta2)]);
            settings.push(Number("eps", number(&lookup("eps")?)));
            settings.push(Switch("amsgrad", flag(lookup("amsgrad"))));
            for (key, form) in [("amsgrad_corrected", "Optax"), ("eps_hat", "Keras")] {
                settings.extend(flag(lookup(key)).then_some(Choice("form", form)));
            }
            settings.extend(lookup("weight_decay").map(|w| Number("weight_decay", number(&w))));
            settings.extend(lookup("bias").map(|bias| Switch("bias_correction", flag(Some(bias)))));
            assert_eq!(flag(lookup("decoupled")), name == "adamw");
            if name == "adamw" { "AdamW" } else { "Adam" }
        }
        ("newton" | "newton_damped", "newton") => {
            settings.extend(lookup("damping").map(|damping| Number("damping", number(&damping))));
            "Newton"
        }
        ("saddle_free_newton", "saddle_free_newton") => {
            settings.push(Number("damping", number(&lookup("damping")?)));
            "SaddleFreeNewton"
        }
        (name @ ("newton_armijo" | "gd_armijo"), "newton_armijo" | "gd_armijo") => {
            settings.clear();
            for (key, ours) in [("alpha0", "alpha0"), ("rho", "shrink"), ("c1", "c1")] {
                settings.push(Number(ours, number(&lookup(key)?)));
            }
            if name == "gd_armijo" {
                settings.push(Choice("line_search", "Armijo"));
                "SteepestDescent"
            } else {
                "NewtonArmijo"
            }
        }
        ("steepest_descent_exact", "sd_exact") => {
            settings = vec![Choice("line_search", "Exact")];
            "SteepestDescent"
        }
        ("coordinate_descent_exact", "coordinate") => {
            settings.clear();
            "CoordinateDescent"
        }
        ("cg_fletcher_reeves_exact" | "cg_polak_ribiere_plus_exact", "cg_exact") => {
            let formula = match (lookup("beta")?.as_str()?, lookup("restart")?.as_u64()?) {
                ("FR", 2) => "FletcherReeves",
                ("PR", 0) => "PolakRibierePlus",
                _ => return None,
            };
            settings = vec![Choice("formula", formula)];
            "ConjugateGradient"
        }
        ("barzilai_borwein_1" | "barzilai_borwein_2", "barzilai_borwein") => {
            let variant = if lookup("variant")?.as_u64()? == 1 { "1" } else { "2" };
            settings = vec![Number("lr", number(&lookup("alpha0")?)), Choice("variant", variant)];
            "BarzilaiBorwein"
        }
        ("chebyshev", "chebyshev") => {
            settings = vec![Number("mu", number(&lookup("mu")?)), Number("l", number(&lookup("L")?))];
            "Chebyshev"
        }
        case => {
            if let Some((name, modifier)) = modern::under_lookahead(case, &mut lookup, &mut settings) {
                assert!(unread.is_empty(), "{}: settings that were not read: {unread:?}", case.0);
                return Some(choose(optimizers::ALL, name, &settings).under(&[modifier]));
            }
            modern::read(case, &mut lookup, &mut settings)?
        }
    };
    assert!(unread.is_empty(), "{}: settings that were not read: {unread:?}", case["id"]);
    Some(choose(optimizers::ALL, name, &settings))
}

fn number(json: &Json) -> f64 {
    json.as_f64().expect("a number")
}

fn flag(json: Option<Json>) -> bool {
    json.is_some_and(|json| json.as_bool().expect("true or false"))
}

/// Runs a case and gives the number of compared rows, or what went wrong.
fn compare(case: &Json, optimizer: &Chosen<Optimizer>) -> Result<usize, String> {
    let rows: Vec<[f64; 3]> = serde_json::from_value(case["rows"].clone()).expect("rows of numbers");
    let [fine, coarse] = ["comparable_steps_1e12", "comparable_steps"]
        .map(|key| usize::try_from(case[key].as_u64().expect("a count")).expect("a small count"));
    let problem = Problem {
        bound: 1e300,
        ..Problem::new(
            Objective::new(&surface(case["surface"].as_str().expect("a name"))),
            Vector2::new(rows[0][0], rows[0][1]),
            u32::try_from(coarse).expect("a small count"),
        )
    };
    let mut run = Run::new(RunSpec { schedule: Some(&schedule(case)), ..RunSpec::from(optimizer) }, &problem);
    run.advance(&problem, u32::MAX);
    let samples = run.trajectory().samples();
    // Where its search finds no step a run ends; the reference stays there, too.
    let ending = run.trajectory().ending();
    if samples.len() <= coarse && ending.is_none_or(|ending| ending.cause != Cause::NoStep) {
        return Err(format!("ended early: {ending:?}"));
    }
    if let Some(rates) = case["lr_used"].as_array() {
        for (step, (sample, rate)) in samples.iter().zip(rates).enumerate() {
            let rate = number(rate);
            // To the rounding of a recurrence from the first rate on: see tests/schedules.rs.
            if (sample.lr - rate).abs() > 1e-12 * rate + 1e-15 * samples[0].lr {
                return Err(format!("step {step}: a rate of {} instead of {rate}", sample.lr));
            }
        }
    }
    let stays = samples.iter().chain(samples.last().into_iter().cycle());
    for (step, (sample, [x, y, f])) in stays.zip(&rows).enumerate().take(coarse + 1) {
        let tolerance = if step <= fine { 1e-9 } else { 1e-6 };
        let size = x.abs().max(y.abs()).max(1.0);
        let distance = (sample.position.x - x).abs().max((sample.position.y - y).abs()) / size;
        // A NaN must fail, so the comparison is for what passes.
        if !matches!(
            distance.partial_cmp(&tolerance),
            Some(std::cmp::Ordering::Less | std::cmp::Ordering::Equal)
        ) {
            return Err(format!("step {step}: {:?} instead of ({x}, {y}), f = {f}", sample.position));
        }
        // At the same point up to rounding, the loss is the same up to what the slope makes of it.
        let slack = tolerance * (f.abs().max(1.0) + sample.grad_norm * size);
        if step <= fine && (sample.loss - f).abs() > slack {
            return Err(format!("step {step}: f = {} instead of {f}", sample.loss));
        }
    }
    Ok(coarse + 1)
}

#[test]
fn every_reference_trajectory_is_run_or_waits_for_a_reason() {
    let (mut run, mut waits, mut failures) = (0, 0, Vec::new());
    for case in cases() {
        let id = case["id"].as_str().expect("a name");
        match (expressed(&case), waiting(&case)) {
            (None, None) => failures.push(format!("{id}: neither expressed nor waiting")),
            (Some(_), Some(why)) => failures.push(format!("{id}: expressed, yet waiting: {why}")),
            (None, Some(_)) => waits += 1,
            (Some(optimizer), None) => {
                run += 1;
                if let Err(what) = compare(&case, &optimizer) {
                    failures.push(format!("{id}: {what}"));
                }
            }
        }
    }
    assert!(failures.is_empty(), "{} of {run} failed:\n{}", failures.len(), failures.join("\n"));
    assert_eq!((run, waits), (EXPRESSED, WAITING), "the number of cases changed: write it down");
}

#[test]
fn nobody_waits_in_vain() {
    let cases = cases();
    for (name, _) in WAITING_FOR {
        assert!(cases.iter().any(|case| case["optimizer"] == *name), "no case is called {name}");
    }
}
