//! Learning rates that were typed as formulas of the step: against the schedules of the table, in runs, side by side, one
//! after another, and taken apart.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

use std::sync::Arc;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::catalogue::{schedules, typed_schedule};
use thalweg_core::formula::parsed_rate::ParsedRate;
use thalweg_core::formula::shape::Tensor;
use thalweg_core::method::schedule::{Schedule, Sums};
use thalweg_core::method::schedule_sequence::{sequence, sequence_fault};
use thalweg_core::nalgebra::Vector2;
use thalweg_core::run::batch::BatchRunner;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::steps::Steps;
use thalweg_core::spec::value::Value;
use thalweg_testing::{choose, optimizer, problem};

fn typed(text: &str, settings: &[(&str, f64)]) -> Chosen<Schedule> {
    let rate =
        ParsedRate::read_without_slips(text, |_| false).unwrap_or_else(|told| panic!("{text}: {told}"));
    let mut chosen = typed_schedule::chosen(&Arc::new(rate));
    for (key, number) in settings {
        assert!(chosen.set(key, Value::Number(*number)), "{text}: {key}");
    }
    chosen
}

fn entry(name: &str, settings: &[(&str, f64)]) -> Chosen<Schedule> {
    choose(schedules::ALL, name, settings)
}

/// The schedules of the table, and the same as formulas.
fn pairs() -> Vec<(Chosen<Schedule>, Chosen<Schedule>)> {
    vec![
        (entry("Constant", &[]), typed("lr", &[])),
        (entry("Exponential", &[("lambda", 0.03)]), typed("lr*exp(-lambda*t)", &[("lambda", 0.03)])),
        (
            entry("Step", &[("size", 7.0), ("gamma", 0.5)]),
            typed("lr*gamma^floor(t/size)", &[("size", 7.0), ("gamma", 0.5)]),
        ),
        (entry("InverseTime", &[("c", 0.2)]), typed("lr/(1 + c*t)", &[("c", 0.2)])),
        (entry("Polynomial", &[("total", 40.0)]), typed("lr*(1 - min(t, T)/T)", &[("total", 40.0)])),
        (
            entry("Cosine", &[("total", 30.0), ("min_factor", 0.1)]),
            typed("lr*(m + (1 - m)*(1 + cos(pi*t/T))/2)", &[("total", 30.0), ("m", 0.1)]),
        ),
        (
            entry("LinearWarmup", &[("steps", 9.0), ("start_factor", 0.25)]),
            typed("α₀·(s + (1 - s)·min(t, W)/W)", &[("W", 9.0), ("s", 0.25)]),
        ),
        (
            entry("WarmupCosine", &[("warmup", 10.0), ("total", 50.0)]),
            typed(
                "lr*t/W if t < W else lr*(1 + cos(pi*(min(t, T) - W)/(T - W)))/2",
                &[("W", 10.0), ("total", 50.0)],
            ),
        ),
    ]
}

#[test]
fn formulas_of_the_tables_schedules_are_those_schedules() {
    let problem = Problem { start: Vector2::new(-1.2, 1.0), ..problem("Rosenbrock", &[], 70) };
    for (entry, typed) in pairs() {
        for step in 0..70 {
            let [one, other] = [&entry, &typed].map(|schedule| schedule.factor_at(step));
            assert!((one - other).abs() < 1e-14, "{} at {step}: {one} and {other}", entry.of.name);
        }
        let [one, other] = [&entry, &typed].map(|schedule| {
            let optimizer = optimizer("Adam", &[("lr", 0.02)]);
            let mut run =
                Run::new(RunSpec { schedule: Some(schedule), ..RunSpec::from(&optimizer) }, &problem);
            run.advance(&problem, u32::MAX);
            run
        });
        let ends = [one, other].map(|run| run.trajectory().samples().last().expect("a sample").position);
        assert!((ends[0] - ends[1]).amax() < 1e-11, "{}: {ends:?}", entry.of.name);
        assert_eq!(typed.sums(), Sums::Unknown);
    }
}

/// Also where the rate that is set is no factor of it, and settings differ from run to run.
#[test]
fn runs_side_by_side_have_the_rates_of_single_runs() {
    let problem = Problem { start: Vector2::new(-1.2, 1.0), ..problem("Rosenbrock", &[], 60) };
    let formula = typed("min(lr, 0.002*c/(1 + t/T))", &[("total", 20.0), ("c", 1.5)]);
    let parts = [entry("LinearWarmup", &[("steps", 5.0)]), formula.clone()];
    let behind = sequence(&parts, Steps::one(10));
    let optimizer = optimizer("Momentum", &[("lr", 2e-3)]);
    for schedule in [formula, behind] {
        let spec = RunSpec { schedule: Some(&schedule), ..RunSpec::from(&optimizer) };
        let mut batch = BatchRunner::new(spec, &problem);
        assert!(batch.is_wide());
        let place = schedule.settings().filter(|(_, value)| matches!(value, Value::Number(_)));
        let place = place.map(|(param, _)| param.key.clone()).position(|key| key.ends_with('c')).expect("c");
        let cells: Vec<_> = (0..12)
            .map(|cell| {
                let mut config = batch.cell();
                config.settings.numbers[0] = 2e-3 * f64::from(cell % 4 + 1);
                if let Some(settings) = &mut config.schedule {
                    settings.numbers[place] = f64::from(cell / 4 + 1);
                }
                config
            })
            .collect();
        let ends = batch.run(&cells);
        for (cell, end) in cells.iter().zip(&ends) {
            let mut own = schedule.clone();
            let key = own
                .of
                .params
                .iter()
                .map(|param| param.key.clone())
                .find(|key| key.ends_with('c'))
                .expect("c");
            assert!(own.set(&key, Value::Number(cell.schedule.expect("settings").numbers[place])));
            let mut optimizer = optimizer.clone();
            assert!(optimizer.set("lr", Value::Number(cell.settings.numbers[0])));
            let mut run = Run::new(RunSpec { schedule: Some(&own), ..RunSpec::from(&optimizer) }, &problem);
            run.advance(&problem, u32::MAX);
            let last = run.trajectory().samples().last().expect("a sample").position;
            assert_eq!(last.map(f64::to_bits), end.position.map(f64::to_bits));
        }
        let different: std::collections::BTreeSet<_> =
            ends.iter().map(|end| end.position.x.to_bits()).collect();
        assert!(different.len() > 5, "the settings count: {different:?}");
    }
}

#[test]
fn a_formula_is_a_part_of_a_sequence() {
    let parts = [typed("lr*(t + 1)/W", &[("W", 10.0)]), typed("lr*gamma^t", &[("gamma", 0.5)])];
    let at = Steps::one(10);
    assert_eq!(sequence_fault(&parts, at), None);
    let whole = sequence(&parts, at);
    assert_eq!(
        (whole.parts(), whole.number("1.W"), whole.number("2.gamma")),
        (parts.to_vec(), Some(10.0), Some(0.5))
    );
    for (step, factor) in [(0, 0.1), (9, 1.0), (10, 1.0), (12, 0.25)] {
        assert!((whole.factor_at(step) - factor).abs() < 1e-15, "{step}");
    }
    let other = ParsedRate::read("lr/(1 + c*t)").expect("right");
    let changed = whole.with_part_changed(1, |part| typed_schedule::with_settings_of(&Arc::new(other), part));
    assert_eq!(changed.expect("it fits").number("2.c"), Some(1.0));
    let formula = schedules::find("Formula").expect("known");
    assert!(whole.with_part_replaced(0, formula).is_some());
}

/// The page's line is the formula with the numbers of this step, whichever the method's own settings are called.
#[test]
fn a_step_shows_the_formula_of_its_rate() {
    let problem = problem("Quadratic", &[], 30);
    let formula = typed("lr*beta^t/(1 + t/T)^2", &[("beta", 0.8), ("total", 10.0)]);
    let behind = sequence(&[entry("Constant", &[]), formula.clone()], Steps::one(4));
    for (schedule, from) in [(formula, 0), (behind, 4)] {
        let optimizer = optimizer("Momentum", &[("lr", 0.05), ("momentum", 0.5)]);
        let mut run = Run::new(RunSpec { schedule: Some(&schedule), ..RunSpec::from(&optimizer) }, &problem);
        run.advance(&problem, u32::MAX);
        for step in [0, 3, 4, 11] {
            let trace = StepTrace::of(&run, &problem, None, step).expect("a step");
            assert_eq!(trace.parts.len(), StepTrace::count(&run));
            let first = &trace.parts[0];
            assert_eq!(first.value, Tensor::Number(run.learning_rate(step)), "{step}");
            let expected =
                if step < from { "α ← α₀·σ" } else { "α ← α₀·β^t′/(1 + t′/T)²" };
            assert_eq!(first.text, expected);
            // The method's own β is not that of the schedule.
            let last = trace.parts.last().expect("a line");
            let Tensor::Vector(x) = last.value else { panic!("{last:?}") };
            let recorded = run.trajectory().samples()[step as usize + 1].position;
            assert!((x - recorded).amax() < 1e-14, "{step}: {x} and {recorded}");
        }
    }
}
