//! `thalweg run`: a race without a window.

use super::columns::aligned;
use super::destination;
use super::entry::CommandWork;
use super::failure::Failure;
use super::preset::open;
use super::progress::Progress;
use crate::export::csv::write_csv;
use crate::export::number::{exact, rounded};
use crate::words::termination;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use thalweg_analysis::runs::termination::Termination;
use thalweg_core::run::race::Race;
use thalweg_scenario::{MAX_STEPS, MAX_TOTAL_STEPS, Scenario, call};

const HELP: &str = "\
The CSV has one row for each runner and step: runner,label,step,x,y,loss,grad_norm,lr and then
the inner state of the optimizers, as NAME_x,NAME_y. Numbers read back to the same bits; what does
not exist (the learning rate of a method without one) is empty. The rows of a diverged run may hold
NaN, inf and -inf. The file appears when it is whole.

Examples:
  thalweg run valley.ron                       how each runner ended, as a table
  thalweg run valley.ron --csv steps.csv       every step, as a file
  thalweg run valley.ron --steps 20 --csv -    the first 20 steps, on standard output

Exit status: 0 done (a diverged run is a result too), 1 a failure, 2 bad arguments.";

/// Arguments of `run`.
#[derive(Args, Debug)]
pub struct RunCommand {
    /// A preset file, or the name of a built-in preset
    preset: String,
    /// How many steps to make, instead of what the preset says
    #[arg(long, value_name = "N", value_parser = steps, allow_hyphen_values = true)]
    steps: Option<u32>,
    /// Write every step of every runner to FILE (- is standard output)
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Show progress also where standard error is not a terminal
    #[arg(long)]
    progress: bool,
}

impl CommandWork for RunCommand {
    const NAME: &'static str = "run";
    const ABOUT: &'static str = "Run a preset, and show how it ended or write every step as CSV";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> =
        Some(("run valley.ron --csv steps.csv", "every step of a race as data"));

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        run(self, out)
    }
}

/// A number of steps.
fn steps(text: &str) -> Result<u32, String> {
    let steps = text.parse().ok().filter(|steps| (1..=MAX_STEPS).contains(steps));
    steps.ok_or_else(|| format!("write a whole number from 1 to {MAX_STEPS}"))
}

fn run(arguments: &RunCommand, out: &mut dyn Write) -> Result<(), Failure> {
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
    let Some(path) = arguments.csv.as_deref() else {
        let race = finished(&scenario, &mut progress);
        drop(progress);
        return Ok(out.write_all(summary(&scenario, &race).as_bytes())?);
    };
    destination::write(
        path,
        out,
        progress,
        |progress| Ok(finished(&scenario, progress)),
        |race, out| write_csv(out, &scenario, race),
    )
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
