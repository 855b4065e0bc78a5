//! `thalweg run`: a race without a window.

use super::progress::{INTERRUPTED, Progress, Watched};
use super::{Failure, RunArgs, aligned, open};
use crate::export::csv::write_csv;
use crate::export::number::{exact, rounded};
use crate::files::atomic_file::Output;
use crate::words::termination;
use std::io::{self, Write};
use std::path::Path;
use thalweg_analysis::runs::termination::Termination;
use thalweg_core::run::race::Race;
use thalweg_scenario::{MAX_TOTAL_STEPS, Scenario, call};

pub(super) fn run(arguments: &RunArgs, out: &mut impl Write) -> Result<(), Failure> {
    let mut scenario = open(&arguments.preset)?;
    if let Some(steps) = arguments.steps {
        scenario.steps = steps;
    }
    let (runners, steps) = (scenario.runners.len() as u64, scenario.steps);
    if runners * u64::from(steps) > MAX_TOTAL_STEPS {
        let most = MAX_TOTAL_STEPS / runners;
        return Err(Failure::arguments(format!(
            "--steps {steps}: with the preset's {runners} runners at most {most} steps are allowed"
        )));
    }
    let mut progress = Progress::new(arguments.progress);
    match arguments.csv.as_deref() {
        None => {
            let race = finished(&scenario, &mut progress);
            drop(progress);
            out.write_all(summary(&scenario, &race).as_bytes())?;
        }
        Some(path) if path == Path::new("-") => {
            let race = finished(&scenario, &mut progress);
            write_csv(Watched::new(out, &mut progress), &scenario, &race)?;
        }
        Some(path) => {
            let failed = |error| not_written(path, &error);
            // Opened first: that it cannot be written should not be found out after a long run.
            let mut output = Output::create(path).map_err(failed)?;
            // A pipe has nothing that would be left over.
            if output.is_a_file() {
                progress.can_be_interrupted().map_err(failed)?;
            }
            let race = finished(&scenario, &mut progress);
            write_csv(Watched::new(&mut output, &mut progress), &scenario, &race).map_err(failed)?;
            output.finish().map_err(failed)?;
        }
    }
    Ok(())
}

/// Why a file is not there.
pub(super) fn not_written(path: &Path, error: &io::Error) -> Failure {
    let (path, error) = (path.display(), error.to_string());
    let told = if error == INTERRUPTED { error } else { format!("cannot be written: {error}") };
    Failure::failed(format!("{path}: {told}"))
}

/// The whole race, unless the task is told to end before.
pub(super) fn finished(scenario: &Scenario, progress: &mut Progress) -> Race {
    let mut race = scenario.race();
    while !race.advance(|| progress.is_due()) {
        if progress.is_interrupted() {
            break;
        }
        let left: u64 = race
            .runs()
            .iter()
            .filter(|run| !run.is_done())
            .map(|run| u64::from(scenario.steps - run.trajectory().last_step()))
            .sum();
        let total = u64::from(scenario.steps) * race.runs().len() as u64;
        progress.say(&format!("running: {} %", 100 * (total - left) / total));
    }
    race
}

/// How each runner ended, as a table.
fn summary(scenario: &Scenario, race: &Race) -> String {
    let head = [
        "runner",
        "label",
        "steps",
        "f evals",
        "gradient evals",
        "Hessian evals",
        "x",
        "y",
        "loss",
        "|gradient|",
        "end",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for (index, (runner, run)) in scenario.runners.iter().zip(race.runs()).enumerate() {
        let trajectory = run.trajectory();
        let Some(last) = trajectory.samples().last() else { continue };
        let numbers = [last.position.x, last.position.y, last.loss, last.grad_norm];
        let mut row =
            vec![(index + 1).to_string(), runner.name().to_owned(), trajectory.last_step().to_string()];
        let asked = run.evaluations(trajectory.last_step());
        row.extend([asked.values, asked.gradients, asked.hessians].map(|count| count.to_string()));
        row.extend(numbers.map(|number| rounded(number, 6)));
        row.push(
            Termination::of(run, race.problem())
                .map_or_else(String::new, |ended| termination::sentence(&ended)),
        );
        rows.push(row);
    }
    let [x, y] = scenario.start.point().map(exact);
    let title = if scenario.title.is_empty() { String::new() } else { format!("{}\n", scenario.title) };
    let steps = scenario.steps;
    format!(
        "{title}{} from ({x}, {y}), {steps} steps\n\n{}",
        call(&scenario.surface, None),
        aligned(&rows, &[0, 2, 3, 4, 5])
    )
}
