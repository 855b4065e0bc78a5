//! `thalweg run`: a race without a window.

use super::columns::aligned;
use super::destination;
use super::entry::CommandWork;
use super::failure::Failure;
use super::json::write_list;
use super::preset::{OpenPreset, PresetArguments, set_steps, steps};
use super::progress::Progress;
use crate::export::csv::write_csv;
use crate::export::number::{exact, rounded};
use crate::export::written_label::written_label;
use crate::words::termination;
use clap::Args;
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;
use thalweg_analysis::runs::leaderboard::Arrival;
use thalweg_analysis::runs::termination::Termination;
use thalweg_core::run::race::Race;
use thalweg_core::run::run::Run;
use thalweg_scenario::{Runner, Scenario, call, call_with_modifiers, printable};

const HELP: &str = "\
The CSV has one row for each runner and step: runner,label,step,x,y,loss,grad_norm,lr and then
the inner state of the optimizers, as NAME_x,NAME_y. Numbers read back to the same bits; what does
not exist (the learning rate of a method without one) is empty. The rows of a diverged run may hold
NaN, inf and -inf. The file appears when it is whole.

With --json: a list with one object for each runner: {\"runner\",\"label\",\"optimizer\",\"steps\",
\"arrived\",\"evaluations\":{\"f\",\"gradient\",\"hessian\"},\"x\",\"y\",\"loss\",\"grad_norm\",\"end\"};
arrived is the step from which on |gradient| is at most the preset's tolerance, to the end, null where
there is none; null also stands for what is not finite.

Examples:
  thalweg run valley.ron                       how each runner ended, as a table
  thalweg run valley.ron --set lr=0.2          the same with another learning rate
  thalweg run valley.ron --csv steps.csv       every step, as a file
  thalweg run valley.ron --steps 20 --csv -    the first 20 steps, on standard output

Exit status: 0 done (a diverged run is a result too), 1 a failure, 2 bad arguments.";

/// Arguments of `run`.
#[derive(Args, Debug)]
pub struct RunCommand {
    #[command(flatten)]
    preset: PresetArguments,
    /// How many steps to make, instead of what the preset says
    #[arg(long, value_name = "N", value_parser = steps, allow_hyphen_values = true)]
    steps: Option<u32>,
    /// Write every step of every runner to FILE (- is standard output)
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    csv: Option<PathBuf>,
    /// Write how each runner ended as JSON
    #[arg(long)]
    json: bool,
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

fn run(arguments: &RunCommand, out: &mut dyn Write) -> Result<(), Failure> {
    let OpenPreset { mut scenario, inputs, .. } = arguments.preset.open()?;
    set_steps(&mut scenario, arguments.steps)?;
    let mut progress = Progress::new(arguments.progress);
    let Some(path) = arguments.csv.as_deref() else {
        let race = finished(&scenario, &mut progress);
        drop(progress);
        let ends = scenario.runners.iter().zip(race.runs()).enumerate();
        let ends =
            ends.filter_map(|(index, (runner, run))| RunSummary::of(index, runner, run, &scenario, &race));
        if arguments.json {
            write_list(ends, out)?;
        } else {
            out.write_all(summary(&scenario, ends).as_bytes())?;
        }
        return Ok(());
    };
    destination::write(
        path,
        &inputs,
        out,
        progress,
        |progress| Ok(finished(&scenario, progress)),
        |race, out| write_csv(out, &scenario, race),
    )
}

/// The whole race.
pub(super) fn finished(scenario: &Scenario, progress: &mut Progress) -> Race {
    let mut race = scenario.race();
    while !race.advance(|| progress.is_due()) {
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

/// How a runner ended, in the form of the JSON.
#[derive(Debug, Serialize)]
struct RunSummary {
    runner: usize,
    label: String,
    /// What people call it, in the table.
    #[serde(skip)]
    name: String,
    optimizer: String,
    steps: u32,
    arrived: Option<u32>,
    evaluations: AskedCounts,
    x: f64,
    y: f64,
    loss: f64,
    grad_norm: f64,
    end: String,
}

/// How often the surface was asked.
#[derive(Debug, Serialize)]
struct AskedCounts {
    f: u32,
    gradient: u32,
    hessian: u32,
}

impl RunSummary {
    fn of(index: usize, runner: &Runner, run: &Run, scenario: &Scenario, race: &Race) -> Option<Self> {
        let samples = run.trajectory().samples();
        let (last, steps) = (samples.last()?, run.trajectory().last_step());
        let mut arrival = Arrival::default();
        while !arrival.update(0, scenario.show.tolerance, samples) {}
        let asked = run.evaluations(steps);
        Some(Self {
            runner: index + 1,
            label: written_label(runner).into_owned(),
            name: runner.name().into_owned(),
            optimizer: call_with_modifiers(&runner.optimizer),
            steps,
            arrived: arrival.step(),
            evaluations: AskedCounts { f: asked.values, gradient: asked.gradients, hessian: asked.hessians },
            x: last.position.x,
            y: last.position.y,
            loss: last.loss,
            grad_norm: last.grad_norm,
            end: Termination::of(run, race.problem()).map_or_else(String::new, |ended| {
                scenario.show.notation.said(&termination::sentence(&ended)).into_owned()
            }),
        })
    }

    /// The cells of its row.
    fn row(&self) -> Vec<String> {
        let AskedCounts { f, gradient, hessian } = self.evaluations;
        let numbers = [self.x, self.y, self.loss, self.grad_norm].map(|number| rounded(number, DIGITS));
        let counts = [f, gradient, hessian].map(|count| count.to_string());
        let mut row = vec![
            self.runner.to_string(),
            shortened(&self.name, LONGEST),
            self.steps.to_string(),
            self.arrived.map_or_else(|| "-".to_owned(), |step| step.to_string()),
        ];
        row.extend(counts.into_iter().chain(numbers));
        row
    }
}

/// How many digits a person is shown.
const DIGITS: usize = 4;
/// The most characters of a label in the table; its end stands below in full.
const LONGEST: usize = 18;

/// The beginning of a label that is longer than `most` characters.
fn shortened(label: &str, most: usize) -> String {
    let label = printable(label);
    if label.chars().count() <= most {
        return label;
    }
    label.chars().take(most - 1).collect::<String>() + "…"
}

/// How each runner ended: a table no wider than a terminal, and below it the ends in words.
fn summary(scenario: &Scenario, ends: impl Iterator<Item = RunSummary>) -> String {
    let head = ["", "runner", "steps", "arrived", "f", "∇f", "∇²f", "x", "y", "loss", "|∇f|"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let mut words = Vec::new();
    for end in ends {
        rows.push(end.row());
        words.push(vec![end.runner.to_string(), printable(&end.name), end.end]);
    }
    let [x, y] = scenario.start.point().map(exact);
    let title =
        if scenario.title.is_empty() { String::new() } else { format!("{}\n", printable(&scenario.title)) };
    let (steps, tolerance) = (scenario.steps, exact(scenario.show.tolerance));
    format!(
        "{title}{} from ({x}, {y}), {steps} steps\n\n{}\n{}\n{}",
        call(&scenario.surface),
        aligned(&rows, &[0, 2, 3, 4, 5, 6]),
        aligned(&words, &[0]),
        format_args!(
            "arrived: the step from which on |∇f| <= {tolerance}; f, ∇f, ∇²f: how often each was asked for\n"
        ),
    )
}
