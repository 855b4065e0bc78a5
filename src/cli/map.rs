//! `thalweg map`: what becomes of a runner with other settings, or from other starts.

use super::destination;
use super::entry::CommandWork;
use super::failure::{Failure, note};
use super::preset::{OpenPreset, PresetArguments, runner_at, runner_number, set_steps, steps};
use super::progress::Progress;
use crate::export::number::Text;
use crate::native;
use crate::words::sweep;
use clap::Args;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;
use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_analysis::sweep::outcome::CellResult;
use thalweg_analysis::sweep::plan::SweepPlan;
use thalweg_core::spec::described::Described;
use thalweg_scenario::{MapAxis, Runner, Scenario};
use thalweg_session::{MapGround, MapJob, map_axes};

/// How long a task goes on before it looks whether it is to end.
const PATIENCE: Duration = Duration::from_millis(50);

/// What `thalweg map --help` says below the options.
const HELP: &str = "\
A cell is the run of the preset's race with the values of the cell in place of the runner's own: same
start, schedule, noise, number of steps and bound. The CSV has one row for each cell, row by row from
the smallest y: x,y,outcome,steps,loss,end_x,end_y with
  x,y      the values in the middle of the cell, spread as the sliders are (learning rates
           logarithmically); y is empty where only one number varies. Where a setting takes only
           whole numbers, the run has the next one
  outcome  what became of the run:
    minimum    it arrived, that is |gradient| <= the tolerance from some step to its end, at a known
               minimum
    critical   it arrived at another known critical point
    elsewhere  it arrived where none is known
    stuck      all steps made, and the lowest f of the second half of them is not below that of
               the first, or its search found no step: it oscillates or stands still
    moving     all steps made, and f was still falling
    falls      f falls for ever, and |x| or |y| went past the preset's bound, or f is -infinity
    diverged   |x| or |y| went past the preset's bound, or something was not finite
  steps    the step at which it arrived, to stay, or was found to have left; else its last one
  loss,end_x,end_y  f at the end, and where that is

Examples:
  thalweg map valley.ron                                     learning rate and the next number but weight decay
  thalweg map valley.ron --x lr=1e-3..0.1 --y momentum=0..0.99 --size 64x64 --csv map.csv
  thalweg map valley.ron --x lr --y schedule.total           a number of the runner's schedule
  thalweg map valley.ron --runner 2 --starts --csv starts.csv
  thalweg map curve.ron --x lr --y x=-2..2                   of a function of x alone: learning rate and start

Exit status: 0 done, 1 a failure, 2 bad arguments.";

/// Arguments of `map`.
#[derive(Args, Debug)]
pub struct MapCommand {
    #[command(flatten)]
    preset: PresetArguments,
    /// Which runner, counted from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = runner_number, allow_hyphen_values = true)]
    runner: usize,
    /// How many steps a run makes, instead of what the preset says
    #[arg(long, value_name = "N", value_parser = steps, allow_hyphen_values = true)]
    steps: Option<u32>,
    /// What varies along x, and between which values [default: what the preset shows, or lr]
    #[arg(long, value_name = "KEY[=FROM..TO]", value_parser = side, conflicts_with = "starts")]
    x: Option<(String, Option<(f64, f64)>)>,
    /// What varies along y [default: what the preset shows, or the next number but weight decay]
    #[arg(long, value_name = "KEY[=FROM..TO]", value_parser = side, conflicts_with = "starts")]
    y: Option<(String, Option<(f64, f64)>)>,
    /// How many cells there are along x and y; where only one number varies, there is one row [default: 256x256]
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<(usize, usize)>,
    /// A run has arrived where the length of the gradient is at most T [default: the preset's]
    #[arg(long, value_name = "T", value_parser = tolerance, allow_hyphen_values = true)]
    tolerance: Option<f64>,
    /// Vary the start over the preset's view, not the settings
    #[arg(long)]
    starts: bool,
    /// Where to write the CSV (- is standard output)
    #[arg(long, value_name = "FILE", default_value = "-")]
    csv: PathBuf,
    /// Show progress also where standard error is not a terminal
    #[arg(long)]
    progress: bool,
}

impl CommandWork for MapCommand {
    const NAME: &'static str = "map";
    const ABOUT: &'static str =
        "Map what becomes of a runner with other settings, or from other starts, as CSV";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> = None;

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        map(self, out)
    }
}

/// A key, with or without its ends: "lr" or "lr=1e-3..0.1".
fn side(text: &str) -> Result<(String, Option<(f64, f64)>), String> {
    let Some((key, ends)) = text.split_once('=') else { return Ok((text.trim().to_owned(), None)) };
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let ends = ends.split_once("..").and_then(|(from, to)| Some((number(from)?, number(to)?)));
    let ends = ends.filter(|(from, to)| from < to);
    match ends {
        Some(ends) => Ok((key.trim().to_owned(), Some(ends))),
        None => Err("write a key, or KEY=FROM..TO with FROM below TO, as lr=1e-3..0.1".to_owned()),
    }
}

/// A number of columns and rows, as "256x256".
fn size(text: &str) -> Result<(usize, usize), String> {
    let count = |text: &str| text.trim().parse().ok().filter(|count| (1..=SweepAxis::MOST).contains(count));
    let size = text.split_once('x').and_then(|(columns, rows)| Some((count(columns)?, count(rows)?)));
    size.ok_or_else(|| format!("write two whole numbers from 1 to {}, as 256x256", SweepAxis::MOST))
}

fn tolerance(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|number: &f64| *number > 0.0 && number.is_finite());
    number.ok_or_else(|| "write a number above 0, as 1e-3".to_owned())
}

/// Computes the map, and writes it.
fn map(arguments: &MapCommand, out: &mut dyn Write) -> Result<(), Failure> {
    let OpenPreset { mut scenario, inputs, .. } = arguments.preset.open()?;
    set_steps(&mut scenario, arguments.steps)?;
    let runner = &scenario.runners[runner_at(&scenario, arguments.runner)?];
    let axes = axes(arguments, &scenario, runner)?;
    let one_row = match (arguments.size, &axes) {
        (Some((columns, 2..)), (x, None)) => {
            let why = if arguments.starts {
                "a function of x alone has its starts on a line".to_owned()
            } else {
                format!("{} has one number to vary, {}", runner.optimizer.of.title(), x.varied().name())
            };
            Some(format!("{why}: the map has one row, of {columns} cells"))
        }
        _ => None,
    };
    let tolerance = arguments.tolerance.unwrap_or(scenario.show.tolerance);
    let scale = scenario.view.diagonal();
    let plan = SweepPlan::new(scenario.entry(runner), &scenario.problem(), axes, tolerance, scale);
    destination::write(
        &arguments.csv,
        &inputs,
        out,
        Progress::new(arguments.progress),
        |progress| {
            if let Some(told) = &one_row {
                note(told);
            }
            computed(&plan, progress)
        },
        |found, out| write(out, &plan, found),
    )
}

fn axes(
    arguments: &MapCommand,
    scenario: &Scenario,
    runner: &Runner,
) -> Result<(SweepAxis, Option<SweepAxis>), Failure> {
    let (optimizer, schedule) = (runner.optimizer.of.clone(), runner.schedule.of.clone());
    let (columns, rows) = arguments.size.unwrap_or((256, 256));
    let none = || Failure::arguments(format!("{} has no numbers to vary", optimizer.title()));
    if arguments.starts {
        let axis = |varied, ends, count| SweepAxis::new(varied, ends, count).ok_or_else(none);
        let x = axis(Varied::StartX, scenario.view.x, columns)?;
        if scenario.surface.is_univariate() {
            return Ok((x, None));
        }
        return Ok((x, Some(axis(Varied::StartY, scenario.view.y, rows)?)));
    }
    let ground = MapGround::of(&scenario.problem(), scenario.view);
    let mut map = scenario.show.map.clone();
    for (name, asked, place) in [("x", &arguments.x, &mut map.x), ("y", &arguments.y, &mut map.y)] {
        let Some((key, ends)) = asked else { continue };
        let Some(varied) = ground.varied(&optimizer, &schedule, key) else {
            let choices = ground.choices(&optimizer, &schedule);
            let keys: Vec<_> = choices.iter().map(Varied::name).collect();
            return Err(Failure::arguments(format!(
                "--{name} {key}: {} has no such number; it has {}",
                optimizer.title(),
                keys.join(", ")
            )));
        };
        let whole = || ground.along(&optimizer, varied.clone(), 1).map(|axis| axis.ends());
        let (from, to) = ends.or_else(whole).unwrap_or_default();
        if SweepAxis::new(varied.clone(), (from, to), 1).is_none() {
            let range = varied.range();
            return Err(Failure::arguments(format!("--{name} {key}={from}..{to}: {key} is {range}")));
        }
        *place = Some(MapAxis { key: key.clone(), from, to });
    }
    if map.x.as_ref().map(|side| &side.key) == map.y.as_ref().map(|side| &side.key)
        && let (Some(side), Some(_)) = (&map.x, &arguments.y)
    {
        // What the preset shows makes way for what is asked for.
        if arguments.x.is_some() {
            return Err(Failure::arguments(format!("--x and --y are both {}", side.key)));
        }
        map.x = None;
    }
    map_axes(&map, (&optimizer, &schedule), &ground, [columns, rows]).ok_or_else(none)
}

/// All cells, row by row from the lower left.
fn computed(plan: &SweepPlan, progress: &mut Progress) -> Result<Vec<CellResult>, Failure> {
    let mut job = MapJob::begin(plan.clone(), native::runtime(), || ());
    while !job.is_done() {
        job.wait(PATIENCE);
        if job.has_ended_early() {
            return Err(Failure::failed("the map was not finished: a thread has failed".to_owned()));
        }
        if progress.is_due() {
            progress.say(&format!("mapping: {} %", (100.0 * job.progress()) as u32));
        }
    }
    Ok(job.into_cells())
}

fn write(mut out: impl Write, plan: &SweepPlan, found: &[CellResult]) -> io::Result<()> {
    writeln!(out, "x,y,outcome,steps,loss,end_x,end_y")?;
    let mut text = Text::new();
    let columns = plan.x().count();
    for (index, cell) in found.iter().enumerate() {
        let (column, row) = (index % columns, index / columns);
        write!(out, "{},", text.of(plan.x().value(column)))?;
        if let Some(y) = plan.y() {
            write!(out, "{}", text.of(y.value(row)))?;
        }
        write!(out, ",{},{},", sweep::name(cell.outcome), cell.step)?;
        write!(out, "{},", text.of(cell.loss))?;
        write!(out, "{},", text.of(cell.end.x))?;
        writeln!(out, "{}", text.of(cell.end.y))?;
    }
    Ok(())
}
