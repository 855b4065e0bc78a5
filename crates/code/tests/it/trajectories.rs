//! How near a program's steps are to the run's own.

use super::python::{PrintedRow, run};
use thalweg_code::{Language, Script, script};
use thalweg_core::method::gradient;
use thalweg_core::method::update_equation::EquationRule;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_scenario::{Runner, Scenario, Start};

/// A race of one runner, and what to call it in a message.
pub struct RunnerCase {
    pub name: String,
    pub scenario: Scenario,
}

impl RunnerCase {
    /// The race of one runner of a scenario alone, with exact gradients.
    pub fn of(name: &str, scenario: &Scenario, runner: &Runner) -> Self {
        let mut scenario = scenario.clone();
        scenario.gradient = Chosen::with_defaults(&gradient::EXACT);
        scenario.runners = vec![Runner { gradient: None, ..runner.clone() }];
        let [x, y] = scenario.start.point();
        scenario.start = Start::At([x, y]);
        Self { name: format!("{name}: {}", runner.name()), scenario }
    }

    /// The run from the start moved by so many units in the last place of both coordinates.
    fn run(&self, units: f64) -> Run {
        let mut problem = self.scenario.problem();
        problem.start = problem.start.map(|part| part * (1.0 + units * f64::EPSILON));
        let entry = self.scenario.entry(&self.scenario.runners[0]);
        let mut run = Run::new(entry, &problem);
        run.advance(&problem, u32::MAX);
        run
    }
}

/// The rows of a run.
fn recorded(run: &Run) -> Vec<PrintedRow> {
    let samples = run.trajectory().samples().iter();
    samples.map(|sample| [sample.position.x, sample.position.y, sample.loss]).collect()
}

/// How far a program's rows are from those of the run, in units of what they are.
#[derive(Debug, Default)]
pub struct Deviation {
    /// The largest, for as long as rounding does not grow.
    pub largest: f64,
    /// At how many steps they were compared, and of how many.
    pub steps: [usize; 2],
}

/// What the rows may differ in at a step, as a share of the size of the numbers.
const TOLERANCE: f64 = 1e-12;
/// Where runs whose starts differ in the last places have gone this far apart, rounding decides, and comparing ends.
const CHAOS: f64 = 1e-13;

/// Compares a program's rows with the run.
///
/// The size of a coordinate is the largest that it has had so far, and so is that of a loss: a run that comes to rest
/// at 0 has no other.
fn compare(case: &RunnerCase, rows: &[PrintedRow]) -> Result<Deviation, String> {
    let run = case.run(0.0);
    let nearby = [-3.0, 2.0, 8.0].map(|units| recorded(&case.run(units)));
    let (ours, ending) = (recorded(&run), run.trajectory().ending());
    // Where a search no longer finds a step is for rounding to say: from there on nothing moves.
    let settings = run.settings();
    let lines = run.optimizer().lines(settings);
    let searches = lines.iter().any(|line| matches!(line.rule, EquationRule::Searched(..)));
    let count = if searches { ours.len().max(rows.len()) } else { ours.len() };
    let at = |rows: &[PrintedRow], step: usize| {
        let last = if searches { rows.last() } else { None };
        rows.get(step).or(last).copied()
    };
    let mut deviation = Deviation { largest: 0.0, steps: [0, count] };
    let mut size = [0.0_f64; 3];
    for step in 0..count {
        let Some(ours) = at(&ours, step) else { break };
        for (size, ours) in size.iter_mut().zip(ours) {
            *size = size.max(if ours.is_finite() { ours.abs() } else { 0.0 });
        }
        let size = [size[0].max(size[1]), size[0].max(size[1]), size[2]];
        let apart = |theirs: [f64; 3]| {
            let parts = theirs.into_iter().zip(ours).zip(size);
            let each = parts.map(|((theirs, ours), size)| match theirs == ours {
                true => 0.0,
                // What is not finite is not so on both sides, and that is the end of it.
                false if !ours.is_finite() && !theirs.is_finite() => 0.0,
                false => (theirs - ours).abs() / size.max(f64::MIN_POSITIVE),
            });
            each.fold(0.0, |most: f64, part| if part > most || part.is_nan() { part } else { most })
        };
        let is_chaos = nearby
            .iter()
            .any(|nearby| at(nearby, step).is_none_or(|row| apart(row).is_nan() || apart(row) > CHAOS));
        if is_chaos {
            return Ok(deviation);
        }
        let Some(row) = at(rows, step) else {
            return Err(format!("ended before step {step} of {}", count - 1));
        };
        // How far it has gone when it is gone depends on where the numbers end.
        let is_gone = |[x, y, _]: PrintedRow| {
            let bound = case.scenario.stop.divergence;
            !(x.abs() <= bound && y.abs() <= bound)
        };
        let distance = if is_gone(ours) && is_gone(row) { 0.0 } else { apart(row) };
        if distance.is_nan() || distance > TOLERANCE {
            return Err(format!("step {step}: {row:?} and not {ours:?}, {distance:e} apart"));
        }
        deviation.largest = deviation.largest.max(distance);
        deviation.steps[0] = step + 1;
    }
    if rows.len() > count {
        return Err(format!("did not end at step {}: {ending:?}", count - 1));
    }
    Ok(deviation)
}

/// Writes all cases for a library, runs them, and compares; every failure is told, and what was the worst.
pub fn check(cases: &[RunnerCase], language: Language) {
    let scripts: Vec<Script> = cases
        .iter()
        .map(|case| script(&case.scenario, 0, language).unwrap_or_else(|why| panic!("{}: {why}", case.name)))
        .collect();
    // What NumPy makes is run for NumPy.
    let is_run = |script: &Script| language == Language::NumPy || !script.text.contains("import numpy as np");
    let chosen: Vec<(&RunnerCase, &Script)> =
        cases.iter().zip(&scripts).filter(|(_, script)| is_run(script)).collect();
    let programs: Vec<String> = chosen.iter().map(|(_, script)| script.text.clone()).collect();
    let mut faults = Vec::new();
    let (mut worst, mut compared, mut all) = ((0.0, ""), 0, 0);
    for ((case, _), rows) in chosen.iter().zip(run(&programs)) {
        match rows.and_then(|rows| compare(case, &rows)) {
            Ok(Deviation { largest, steps }) => {
                (compared, all) = (compared + steps[0], all + steps[1]);
                if largest > worst.0 {
                    worst = (largest, &case.name);
                }
            }
            Err(why) => faults.push(format!("{}: {why}", case.name)),
        }
    }
    println!(
        "{}: {} programs, {compared} of {all} steps compared, largest deviation {:e} ({})",
        language.title(),
        programs.len(),
        worst.0,
        worst.1
    );
    assert!(faults.is_empty(), "{} of {}:\n{}", faults.len(), programs.len(), faults.join("\n"));
    assert!(compared * 2 > all || all == 0, "most steps are compared");
}
