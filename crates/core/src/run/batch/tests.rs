//! Runs side by side are the runs alone, to the bit.

use super::*;
use crate::catalogue::optimizers;
use crate::catalogue::schedules;
use crate::catalogue::surfaces;
use crate::data::rows::Table;
use crate::formula::parsed_formula::ParsedFormula;
use crate::method::schedule::Schedule;
use crate::objective::objective::Objective;
use crate::run::optimizer::Optimizer;
use crate::spec::chosen::Chosen;
use crate::spec::param::Kind;
use crate::spec::value::Value;
use nalgebra::Vector2;
use std::sync::Arc;

fn problem(surface: &str, steps: u32) -> Problem {
    let chosen = Chosen::with_defaults(surfaces::find(surface).expect("a known surface"));
    let start = Vector2::from(chosen.of.start);
    Problem { tolerance: 1e-2, ..Problem::new(Objective::new(&chosen), start, steps) }
}

/// The run itself, as a race makes it.
fn alone(chosen: &Chosen<Optimizer>, schedule: Option<&Chosen<Schedule>>, problem: &Problem) -> RunResult {
    let entry = RunSpec { schedule, ..RunSpec::from(chosen) };
    let mut lane = Run::new(entry, problem);
    lane.advance(problem, u32::MAX);
    let samples = lane.trajectory().samples();
    let last = samples.last().expect("a sample");
    let lowest = |samples: &[crate::run::trajectory::Sample]| {
        samples.iter().map(|sample| sample.loss).fold(f64::INFINITY, f64::min)
    };
    let (first, second) = samples.split_at(samples.len().min((problem.steps / 2) as usize + 1));
    RunResult {
        ending: lane.trajectory().ending().expect("it has ended"),
        arrived: arrived_at(samples, ARRIVAL),
        position: last.position,
        loss: last.loss,
        lowest: [lowest(first), lowest(second)],
    }
}

/// How long the gradient is at most where a run has arrived: more than where it is stopped.
const ARRIVAL: f64 = 0.5;

/// A run of a batch as it goes where runs do not go side by side.
fn one_by_one(trials: &mut BatchRunner, cell: &RunConfig) -> RunResult {
    trials.begin(Vec::new());
    while trials.results.is_empty() {
        trials.advance_alone(cell);
    }
    trials.results.pop().expect("it has ended")
}

/// Which of its many bit patterns a number that is none has does not count.
fn bits(finish: &RunResult) -> (Ending, Option<u32>, [u64; 5]) {
    let RunResult { ending, arrived, position, loss, lowest } = *finish;
    let bits = |number: f64| if number.is_nan() { f64::NAN } else { number }.to_bits();
    (ending, arrived, [position.x, position.y, loss, lowest[0], lowest[1]].map(bits))
}

/// The optimizer with every combination of its switches and choices.
fn forms(optimizer: &'static Optimizer) -> Vec<Chosen<Optimizer>> {
    let mut forms = vec![Chosen::with_defaults(optimizer)];
    for param in optimizer.params.iter() {
        let values: Vec<_> = match param.kind {
            Kind::Switch { .. } => [false, true].map(Value::Switch).into(),
            Kind::Choice { alternatives } => (0..alternatives.len()).map(Value::Choice).collect(),
            _ => continue,
        };
        let with = |form: &Chosen<Optimizer>, value: &Value| {
            let mut form = form.clone();
            assert!(form.set(&param.key, value.clone()), "{}", param.key);
            form
        };
        forms = forms.iter().flat_map(|form| values.iter().map(|value| with(form, value))).collect();
    }
    forms
}

/// Twenty settings of all numbers within their sliders, so that some runs converge and some diverge.
fn variations(form: &Chosen<Optimizer>) -> Vec<Chosen<Optimizer>> {
    let of = |index: u32| {
        let mut chosen = form.clone();
        for (place, param) in form.of.params.iter().enumerate() {
            let Kind::Number { range, slider: (low, high), .. } = param.kind else { continue };
            let part = f64::from((index * 7 + place as u32 * 11) % 20) / 20.0;
            let value = if low > 0.0 { low * libm::pow(high / low, part) } else { low + part * (high - low) };
            assert!(chosen.set(&param.key, Value::Number(range.rounded(value))), "{}", param.key);
        }
        chosen
    };
    (0..20).map(of).collect()
}

#[test]
fn every_method_in_all_its_forms_gives_the_same_ends_side_by_side() {
    let surfaces = ["Quadratic", "Rosenbrock", "Himmelblau", "Ackley", "LogisticRegression", "Formula"];
    let mut causes = std::collections::HashSet::new();
    for surface in surfaces {
        let problem = problem(surface, 41);
        for form in optimizers::ALL.iter().flat_map(|optimizer| forms(optimizer)) {
            let chosen = variations(&form);
            let mut trials = BatchRunner::new(&form, &problem).arriving(ARRIVAL);
            let cells: Vec<_> = chosen
                .iter()
                .map(|chosen| RunConfig { settings: chosen.prepare(), ..trials.cell() })
                .collect();
            let finishes = trials.run(&cells);
            assert_eq!(finishes.len(), cells.len());
            for (finish, chosen) in finishes.iter().zip(&chosen) {
                let wanted = alone(chosen, None, &problem);
                assert_eq!(bits(finish), bits(&wanted), "{chosen:?} on {surface}");
                causes.insert(format!("{:?}", finish.ending.cause));
            }
        }
    }
    assert!(causes.len() >= 3, "all of the runs end alike: {causes:?}");
}

#[test]
fn every_surface_gives_the_same_ends_side_by_side() {
    let momentum = Chosen::with_defaults(optimizers::find("Momentum").expect("known"));
    for surface in surfaces::ALL {
        let problem = problem(surface.name, 41);
        let chosen = variations(&momentum);
        let mut trials = BatchRunner::new(&momentum, &problem).arriving(ARRIVAL);
        let cells: Vec<_> =
            chosen.iter().map(|chosen| RunConfig { settings: chosen.prepare(), ..trials.cell() }).collect();
        for (finish, chosen) in trials.run(&cells).iter().zip(&chosen) {
            assert_eq!(bits(finish), bits(&alone(chosen, None, &problem)), "{chosen:?} on {}", surface.name);
        }
    }
}

/// On kinks, on tips, at the edge of the domain and where something overflows inside.
#[test]
fn what_is_looked_at_along_rays_is_the_same_side_by_side() {
    for text in [
        "abs(x) + y^2",
        "max(x, 2*x) + abs(y)^1.5",
        "sqrt(x^2 + y^2)",
        "-exp(-sqrt(x^2 + y^2)^2)",
        "sqrt(x) + y^2",
        "sin(x)/x + y^2",
        "1/(1 + exp(-900*x)) + y^2",
        "log(x) + y^2",
    ] {
        let mut surface = Chosen::with_defaults(surfaces::find("Formula").expect("a known surface"));
        assert!(surface.set("f", Value::Formula(ParsedFormula::read(text).expect(text))));
        let problem =
            Problem { tolerance: 1e-2, ..Problem::new(Objective::new(&surface), Vector2::zeros(), 31) };
        for name in ["GradientDescent", "Momentum", "Nesterov", "Rprop", "Newton"] {
            let chosen = Chosen::with_defaults(optimizers::find(name).expect("known"));
            let mut trials = BatchRunner::new(&chosen, &problem).arriving(ARRIVAL);
            let starts: Vec<_> =
                (0..27).map(|k| Vector2::new(f64::from(k % 3) - 1.0, f64::from(k / 3) / 8.0)).collect();
            let cells: Vec<_> =
                starts.iter().map(|start| RunConfig { start: *start, ..trials.cell() }).collect();
            for (finish, start) in trials.run(&cells).iter().zip(starts) {
                let problem = Problem { start, ..problem.clone() };
                assert_eq!(
                    bits(finish),
                    bits(&alone(&chosen, None, &problem)),
                    "{name} on {text} from {start}"
                );
            }
        }
    }
}

/// More than one group, and ends at many steps: who goes on moves to where somebody has ended.
#[test]
fn runs_that_end_make_room_for_others() {
    for (name, lr) in [("Momentum", 2e-3), ("Adam", 0.3), ("BarzilaiBorwein", 1e-3)] {
        let problem = problem("Rosenbrock", 300);
        let mut chosen = Chosen::with_defaults(optimizers::find(name).expect("known"));
        let key = chosen.of.params[0].key.clone();
        assert!(chosen.set(&key, Value::Number(lr)), "{name}");
        let mut trials = BatchRunner::new(&chosen, &problem).arriving(ARRIVAL);
        let cells: Vec<_> = (0..2 * ROOM + 3)
            .map(|index| {
                let start = Vector2::new((index % 17) as f64 / 4.0 - 2.0, (index / 17) as f64 / 4.0 - 1.0);
                RunConfig { start, ..trials.cell() }
            })
            .collect();
        let finishes = trials.run(&cells);
        let mut steps = std::collections::HashSet::new();
        for (finish, cell) in finishes.iter().zip(&cells) {
            let problem = Problem { start: cell.start, ..problem.clone() };
            assert_eq!(bits(finish), bits(&alone(&chosen, None, &problem)), "{name} from {}", cell.start);
            steps.insert(finish.ending.step);
        }
        assert!(steps.len() > 5, "{name} ends at {steps:?}");
    }
}

/// Vectors filled in part, groups of one run and of one too many, races of hardly a step, and limits that are hit by
/// all runs, by some, or by none.
#[test]
fn any_number_of_runs_ends_at_any_limit_as_alone() {
    let momentum = Chosen::with_defaults(optimizers::find("Momentum").expect("known"));
    let mut causes = std::collections::HashSet::new();
    for (tolerance, bound) in [(0.0, 1e12), (0.0, 2.0), (3.0, f64::INFINITY), (1e-200, 3.0), (1e4, 1e12)] {
        for steps in [0, 1, 2, 3, 30] {
            let problem = Problem { tolerance, bound, ..problem("Rosenbrock", steps) };
            let mut trials = BatchRunner::new(&momentum, &problem).arriving(ARRIVAL);
            let cells: Vec<_> = (0..=ROOM)
                .map(|index| {
                    let mut cell = trials.cell();
                    cell.start =
                        Vector2::new((index % 17) as f64 / 4.0 - 2.0, (index / 17) as f64 / 4.0 - 1.0);
                    cell.settings.numbers[0] = 1e-4 * (1 + index % 23) as f64;
                    cell
                })
                .collect();
            let wanted: Vec<_> = cells.iter().map(|cell| one_by_one(&mut trials, cell)).collect();
            for count in [0, 1, LANES - 1, LANES, LANES + 1, ROOM - 1, ROOM, ROOM + 1] {
                // From the end, so that each run stands in many a lane.
                let found = trials.run(&cells[cells.len() - count..]);
                assert_eq!(found.len(), count);
                for (found, wanted) in found.iter().zip(&wanted[cells.len() - count..]) {
                    assert_eq!(
                        bits(found),
                        bits(wanted),
                        "{count} runs, {steps} steps, {tolerance}, {bound}"
                    );
                    causes.insert(format!("{:?}", found.ending.cause));
                }
            }
        }
    }
    assert!(causes.len() > 3, "{causes:?}");
}

#[test]
fn every_start_gives_the_same_end_side_by_side_on_a_schedule() {
    for schedule in schedules::ALL {
        let schedule = Chosen::with_defaults(*schedule);
        let mut adam = Chosen::with_defaults(optimizers::find("Adam").expect("known"));
        assert!(adam.set("lr", Value::Number(0.3)));
        let problem = problem("Himmelblau", 90);
        let entry = RunSpec { schedule: Some(&schedule), ..RunSpec::from(&adam) };
        let mut trials = BatchRunner::new(entry, &problem).arriving(ARRIVAL);
        assert_eq!(trials.is_wide(), schedule.of.watch.is_none());
        let cells: Vec<_> = (0..37)
            .map(|index| RunConfig {
                start: Vector2::new(f64::from(index % 6) - 3.0, f64::from(index / 6) - 3.0),
                ..trials.cell()
            })
            .collect();
        for (finish, cell) in trials.run(&cells).iter().zip(&cells) {
            let problem = Problem { start: cell.start, ..problem.clone() };
            assert_eq!(bits(finish), bits(&alone(&adam, Some(&schedule), &problem)), "{}", schedule.of.name);
        }
    }
}

/// Lanes on schedules of their own, and left over ones.
#[test]
fn every_number_of_a_schedule_can_differ_from_lane_to_lane() {
    let mut numbers = 0;
    for schedule in schedules::ALL {
        let mut adam = Chosen::with_defaults(optimizers::find("Adam").expect("known"));
        assert!(adam.set("lr", Value::Number(0.3)));
        let problem = problem("Himmelblau", 90);
        for param in schedule.params.iter() {
            let Kind::Number { slider, range, .. } = param.kind else { continue };
            let all: Vec<_> = (0..ROOM + 3)
                .map(|index| {
                    let part = index as f64 / (ROOM + 3) as f64;
                    let value = range.rounded(slider.0 + (slider.1 - slider.0) * part);
                    let mut chosen = Chosen::with_defaults(*schedule);
                    assert!(chosen.set(&param.key, Value::Number(value)), "{} {value}", param.key);
                    chosen
                })
                .collect();
            let entry = |schedule| RunSpec { schedule: Some(schedule), ..RunSpec::from(&adam) };
            let mut trials = BatchRunner::new(entry(&all[0]), &problem).arriving(ARRIVAL);
            let cells: Vec<_> = all
                .iter()
                .map(|chosen| RunConfig { schedule: Some(chosen.prepare()), ..trials.cell() })
                .collect();
            for (finish, chosen) in trials.run(&cells).iter().zip(&all) {
                assert_eq!(bits(finish), bits(&alone(&adam, Some(chosen), &problem)), "{chosen:?}");
            }
            numbers += 1;
        }
    }
    assert!(numbers > 15, "{numbers}");
}

/// What lanes cannot share is computed alone, and comes out the same.
#[test]
fn noise_minibatches_and_stalling_go_one_after_the_other() {
    let adam = Chosen::with_defaults(optimizers::find("Adam").expect("known"));
    let problem = problem("LogisticRegression", 30);
    let noise = Gradient::Noise { sigma: 0.1, seed: 3 };
    let batch = Gradient::Minibatch { size: 4, seed: 3, replacement: false };
    for (gradient, patience) in [(noise, 0), (batch, 0), (Gradient::Exact, 5)] {
        let problem = Problem { patience, ..problem.clone() };
        let entry = RunSpec { gradient, ..RunSpec::from(&adam) };
        let mut trials = BatchRunner::new(entry, &problem).arriving(ARRIVAL);
        assert!(!trials.is_wide());
        let mut lane = Run::new(entry, &problem);
        lane.advance(&problem, u32::MAX);
        let last = lane.trajectory().samples().last().expect("a sample");
        // Twice, for the memory of one run is used by the next.
        for finish in trials.run(&[trials.cell(), trials.cell()]) {
            assert_eq!((finish.position, finish.loss), (last.position, last.loss));
        }
    }
    // A batch that is the whole of the data is exact.
    let whole = Gradient::Minibatch { size: 10_000, seed: 1, replacement: false };
    assert!(BatchRunner::new(RunSpec { gradient: whole, ..RunSpec::from(&adam) }, &problem).is_wide());
}

/// This race would take a day: whoever pauses it soon has the say again, and may begin another.
#[test]
fn runs_that_nobody_needs_are_given_up() {
    for name in ["Momentum", "Bfgs", "Adam"] {
        let problem = Problem { tolerance: 0.0, ..problem("Rosenbrock", 1_000_000) };
        let chosen = Chosen::with_defaults(optimizers::find(name).expect("known"));
        let mut trials = BatchRunner::new(&chosen, &problem).arriving(ARRIVAL);
        trials.begin(vec![trials.cell(); 100_000]);
        assert!((0..20).all(|_| trials.advance(|| true).is_none()), "{name}");
        let far = RunConfig { start: Vector2::new(1e13, 0.0), ..trials.cell() };
        let ends = trials.run(&[far, far, far]);
        assert!(ends.len() == 3 && ends.iter().all(|end| end.ending.step == 0), "{name}: {ends:?}");
    }
}

/// However often it pauses, and however much data a step looks at: the ends are the same, and a bite is small.
#[test]
fn in_bites_the_ends_are_the_same() {
    for (surface, name) in [("Rosenbrock", "Momentum"), ("LinearRegression", "Adam"), ("Rosenbrock", "Bfgs")]
    {
        let problem = problem(surface, 200);
        let chosen = Chosen::with_defaults(optimizers::find(name).expect("known"));
        let mut trials = BatchRunner::new(&chosen, &problem).arriving(ARRIVAL);
        let start = |k: u32| Vector2::new(f64::from(k % 13) / 6.0 - 1.0, f64::from(k) / 300.0);
        // More than one group of them.
        let cells: Vec<_> = (0..600).map(|k| RunConfig { start: start(k), ..trials.cell() }).collect();
        let whole = trials.run(&cells);
        assert_eq!(whole.len(), cells.len());
        trials.begin(cells);
        let mut bites = 0;
        let ends = loop {
            bites += 1;
            if let Some(ends) = trials.advance(|| true) {
                break ends;
            }
        };
        assert!(ends.iter().map(bits).eq(whole.iter().map(bits)), "{name} on {surface}");
        assert!(bites > 40, "{name} on {surface}: {bites} bites");
    }
}

/// A step that looks at much data is a bite by itself.
#[test]
fn with_much_data_every_step_may_be_the_last_of_a_bite() {
    let mut surface = Chosen::with_defaults(surfaces::find("LinearRegression").expect("known"));
    let rows = (0..2500).map(|k| [7, 11, 5].map(|period| f64::from(k % period))).collect();
    let columns = ["a", "b", "c"].map(str::to_owned);
    let table = Table { name: "many".to_owned(), columns, rows, ..Table::default() };
    assert!(surface.set("data", Value::Data(Arc::new(table))));
    let problem = Problem::new(Objective::new(&surface), Vector2::zeros(), 50);
    let chosen = Chosen::with_defaults(optimizers::find("Adam").expect("known"));
    let mut trials = BatchRunner::new(&chosen, &problem);
    trials.begin(vec![trials.cell(); 16]);
    let mut bites = 1;
    while trials.advance(|| true).is_none() {
        bites += 1;
    }
    assert_eq!(bites, 51);
}
