//! Schedules that watch the loss, that follow one another, and that move the momentum: against PyTorch and in a run.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::catalogue::{optimizers, schedules};
use thalweg_core::method::schedule::Schedule;
use thalweg_core::method::schedule_sequence::{sequence, sequence_fault};
use thalweg_core::nalgebra::Vector2;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::steps::Steps;
use thalweg_core::spec::value::Value;
use thalweg_testing::{choose, optimizer, problem};

/// A case of a schedule that watches the loss: its settings, where the rate is a new one, and the end after 300 steps.
type PlateauCase = (&'static [(&'static str, f64)], &'static [(u32, f64)], [f64; 2]);

/// Made by `tools/schedules.py` with torch 2.15: momentum 0.9 from (-1.2, 1) on Rosenbrock's function at the rate 1e-3.
const PLATEAUS: &[PlateauCase] = &[
    (
        &[("factor", 0.5), ("patience", 3.0)],
        &[(9, 0.0005), (16, 0.00025), (21, 0.000_125), (30, 6.25e-05), (34, 3.125e-05), (38, 1.5625e-05)],
        [-0.686_642_856_706_961_3, 0.479_499_864_649_948_4],
    ),
    (
        &[("factor", 0.3), ("patience", 0.0), ("cooldown", 5.0), ("min_factor", 0.01)],
        &[(3, 0.0003), (9, 9e-05), (16, 2.7e-05), (22, 1e-05)],
        [-0.932_977_973_853_605_3, 0.878_493_489_967_287],
    ),
    (
        &[("factor", 0.5), ("patience", 2.0), ("threshold", 0.05), ("cooldown", 3.0)],
        &[(8, 0.0005), (15, 0.00025), (21, 0.000_125), (30, 6.25e-05), (36, 3.125e-05), (42, 1.5625e-05)],
        [-0.747_601_397_650_880_9, 0.572_321_578_459_927_1],
    ),
    (
        &[("factor", 0.7), ("patience", 4.0), ("threshold", 0.2), ("threshold_mode", 1.0)],
        &[(10, 0.0007), (35, 0.00049), (41, 0.000_343), (49, 0.000_240_1), (54, 0.000_168_07)],
        [-0.232_700_041_162_108_3, 0.058_286_739_744_567_23],
    ),
];

fn schedule(name: &str, settings: &[(&str, f64)]) -> Chosen<Schedule> {
    choose(schedules::ALL, name, settings)
}

fn run(method: &str, lr: f64, schedule: &Chosen<Schedule>, problem: &Problem) -> Run {
    let optimizer = optimizer(method, &[("lr", lr)]);
    let mut run = Run::new(RunSpec { schedule: Some(schedule), ..RunSpec::from(&optimizer) }, problem);
    run.advance(problem, u32::MAX);
    run
}

fn rosenbrock(steps: u32) -> Problem {
    Problem { start: Vector2::new(-1.2, 1.0), ..problem("Rosenbrock", &[], steps) }
}

#[test]
fn the_rate_falls_where_pytorch_lets_it_fall() {
    let problem = rosenbrock(300);
    for (settings, falls, end) in PLATEAUS {
        let run = run("Momentum", 1e-3, &schedule("ReduceOnPlateau", settings), &problem);
        let samples = run.trajectory().samples();
        let changes = samples.windows(2).zip(1..).filter(|(pair, _)| pair[0].lr != pair[1].lr);
        let found: Vec<(u32, f64)> = changes.map(|(pair, step)| (step, pair[1].lr)).collect();
        for ((step, rate), (at, wanted)) in found.iter().zip(*falls) {
            assert_eq!(step, at, "{settings:?}: {found:?}");
            assert!((rate - wanted).abs() < 1e-12 * wanted, "{settings:?}: {rate} at {step}");
        }
        assert!(found.len() >= falls.len());
        let last = samples.last().expect("a sample").position;
        assert!((last - Vector2::from(*end)).amax() < 1e-11, "{settings:?}: {last:?}");
        // The rate of a step is told from the record, also behind a step that is replayed.
        for step in [0, 8, 9, 130, 300] {
            assert_eq!(run.learning_rate(step), samples[step as usize].lr, "{settings:?} at {step}");
        }
    }
}

/// `torch.optim.lr_scheduler.SequentialLR` and `optax.join_schedules` of the same three, by `tools/schedules.py`.
#[test]
fn parts_take_turns_as_in_the_libraries() {
    let parts = [
        schedule("LinearWarmup", &[("steps", 8.0), ("start_factor", 0.25)]),
        schedule("Exponential", &[("lambda", 0.105_360_515_657_826_28)]),
        schedule("Cosine", &[("total", 20.0)]),
    ];
    let at = Steps::two(10, 25);
    assert_eq!(sequence_fault(&parts, at), None);
    let whole = sequence(&parts, at);
    let wanted = [
        (0, 0.25),
        (4, 0.625),
        (9, 1.0),
        (10, 1.0),
        (11, 0.9),
        (24, 0.228_767_924_549_610_12),
        (25, 1.0),
        (35, 0.5),
        (44, 0.006_155_829_702_431_171),
        (49, 0.095_491_502_812_526_22),
    ];
    let run = run("GradientDescent", 1e-4, &whole, &rosenbrock(60));
    for (step, factor) in wanted {
        assert!((whole.factor_at(step) - factor).abs() < 1e-13, "{step}: {}", whole.factor_at(step));
        let rate = run.trajectory().samples()[step as usize].lr;
        assert!((rate - 1e-4 * factor).abs() < 1e-17, "{step}: {rate}");
    }
    assert_eq!((whole.parts(), whole.milestones()), (parts.to_vec(), at));
}

#[test]
fn sequences_are_changed_part_by_part() {
    let two = Chosen::with_defaults(schedules::find("Sequence").expect("known"));
    let three = two.with_part(&schedule("Exponential", &[("lambda", 0.2)])).expect("room");
    assert_eq!(three.milestones().as_slice(), [20, 120]);
    assert_eq!(three.number("3.lambda"), Some(0.2));
    assert_eq!(three.without_part(2).as_ref(), Some(&two));
    let fewer = three.without_part(0).expect("two are left");
    assert_eq!(fewer.parts(), three.parts()[1..]);
    assert_eq!(two.without_part(0), None);
    let other = two.with_part_replaced(1, schedules::find("WarmupCosine").expect("known")).expect("it fits");
    // What both have stays.
    assert_eq!(other.number("2.total"), two.number("2.total"));
    for refused in ["Sequence", "Piecewise"] {
        assert_eq!(two.with_part_replaced(1, schedules::find(refused).expect("known")), None, "{refused}");
    }
    let mut wrong = two.clone();
    assert!(wrong.set("milestones", Value::Steps(Steps::two(3, 4))));
    assert!(wrong.sequence_fault().is_some_and(|fault| fault.contains("milestones")));
}

/// A plateau behind a warm-up begins to watch when its turn begins.
#[test]
fn a_part_that_watches_begins_with_its_turn() {
    let watching = schedule("ReduceOnPlateau", &[("factor", 0.5), ("patience", 3.0), ("threshold", 0.9)]);
    let parts = [schedule("Constant", &[]), watching.clone(), schedule("Constant", &[])];
    let whole = sequence(&parts, Steps::two(50, 80));
    let run = run("GradientDescent", 1e-4, &whole, &rosenbrock(120));
    let rate = |step: usize| run.trajectory().samples()[step].lr / 1e-4;
    // The first loss is better than none; four more are not by nine tenths.
    assert_eq!([0, 49, 50, 54, 55, 59, 79].map(rate), [1.0, 1.0, 1.0, 1.0, 0.5, 0.25, 0.007_812_5]);
    assert_eq!([80, 120].map(rate), [1.0; 2]);
}

/// The page's lines of a step are the step, also where the schedule moves the momentum, or where none was set.
#[test]
fn lines_of_a_step_have_the_momentum_that_the_schedule_gives() {
    let mut cycle = schedule("OneCycle", &[("total", 40.0)]);
    assert!(cycle.set("cycle_momentum", Value::Switch(true)));
    let problem = rosenbrock(60);
    for of in optimizers::ALL.iter().filter(|of| of.params.iter().any(|param| param.key == "momentum")) {
        for momentum in [0.0, 0.5] {
            let mut optimizer = Chosen::with_defaults(*of);
            assert!(optimizer.set("momentum", Value::Number(momentum)));
            let spec = RunSpec { schedule: Some(&cycle), ..RunSpec::from(&optimizer) };
            let mut run = Run::new(spec, &problem);
            run.advance(&problem, u32::MAX);
            let place = run.moved_momentum().expect("it has one").1;
            assert!((run.settings_at(0).numbers[place] - 0.95).abs() < 1e-15, "{}", of.name);
            assert!((run.settings_at(11).numbers[place] - 0.85).abs() < 1e-15, "{}", of.name);
            for step in [0, 1, 5, 11, 30].into_iter().filter(|step| *step < run.trajectory().last_step()) {
                let trace = StepTrace::of(&run, &problem, None, step).expect("a step");
                assert_eq!(trace.parts.len(), StepTrace::count(&run), "{}", of.name);
                let to = trace.parts.iter().rev().find(|part| part.line.name == "x").expect("a position");
                let thalweg_core::formula::shape::Tensor::Vector(x) = to.value else { panic!("no vector") };
                let slack = 1e-9 * trace.to.norm().max(1.0);
                assert!((x - trace.to).norm() < slack, "{} at {step}: {x:?} {:?}", of.name, trace.to);
            }
        }
    }
}
