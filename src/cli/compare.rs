//! `thalweg compare`: somebody's own path beside runners, and the mistake that explains it.

use super::entry::CommandWork;
use super::failure::Failure;
use super::json::write_list;
use super::preset::{PresetArguments, runner_at, runner_number};
use crate::export::written_label::written_label;
use crate::files::disk::Disk;
use crate::words::comparison;
use clap::Args;
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;
use thalweg_analysis::compare::path_comparison::{ComparedRunner, PathComparison, PathStart};
use thalweg_analysis::compare::path_verdict::{PathCause, PathVerdict};
use thalweg_analysis::compare::precision::PathPrecision;
use thalweg_core::data::recorded_path::RecordedPath;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_scenario::{FileSource, LoadError, Scenario, printable, read_path};

const HELP: &str = "\
The path is a CSV file with the columns x and y, perhaps step and loss; points as Python prints them,
(1.0, 2.0) or tensor([1.0, 2.0]); or an array of NumPy, .npy. Each runner of the preset is held against it: step by step from
where the path stood, so that one wrong step does not hide the next ones. If a step differs by more than the roundings of the
path's precision, known mistakes are tried: every number, switch and choice of the method, some forty slips in its lines (no bias
correction, epsilon inside the root, beta swapped, t off by one, a summed loss, ...), other methods, and pairs of them. What
explains every step is told, with the line that is affected; what cannot be told apart on this path is listed; if nothing fits,
that is said. Gradients are the exact ones, whatever noise the preset has.

With --json: a list with one object for each runner: {\"runner\",\"label\",\"optimizer\",\"path\",\"precision\",
\"start\",\"start_off\",\"steps\",\"verdict\":\"same\"|\"found\"|\"unknown\"|\"too-short\",\"worst\",\"first\":{\"step\",
\"from\",\"path\",\"runner\",\"apart\"},\"findings\":[{\"causes\":[{\"kind\",\"key\",\"expected\",\"found\"},..],\"words\",
\"lines\":[{\"expected\",\"found\"},..],\"worst\"},..],\"deviation\":[..],\"words\":[..]}; what there is not is null.

Examples:
  thalweg compare homework.ron --path mine.csv
  thalweg compare rosenbrock --path adam.npy --runner 3 --json

Exit status: 0 done, whatever was found, 1 a failure, 2 bad arguments.";

/// Arguments of `compare`.
#[derive(Args, Debug)]
pub struct CompareCommand {
    #[command(flatten)]
    preset: PresetArguments,
    /// The file with the path
    #[arg(long, value_name = "FILE")]
    path: PathBuf,
    /// Two of its columns, separated by a comma, where it has other coordinates too
    #[arg(long, value_name = "X,Y")]
    columns: Option<String>,
    /// Only this runner, counted from 1
    #[arg(long, value_name = "N", value_parser = runner_number, allow_hyphen_values = true)]
    runner: Option<usize>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

impl CommandWork for CompareCommand {
    const NAME: &'static str = "compare";
    const ABOUT: &'static str = "Hold somebody's own path against the runners, and name the mistake";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> =
        Some(("compare homework.ron --path mine.csv", "where your own Adam goes wrong"));

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        compare(self, out)
    }
}

/// One thing that differs.
#[derive(Debug, Serialize)]
struct CauseRow {
    kind: String,
    key: Option<String>,
    expected: Option<String>,
    found: Option<String>,
}

#[derive(Debug, Serialize)]
struct LineRow {
    expected: String,
    found: String,
}

#[derive(Debug, Serialize)]
struct FindingRow {
    causes: Vec<CauseRow>,
    words: String,
    lines: Vec<LineRow>,
    worst: f64,
}

#[derive(Debug, Serialize)]
struct DifferenceRow {
    step: u32,
    from: [f64; 2],
    path: [f64; 2],
    runner: [f64; 2],
    apart: f64,
}

/// One runner beside the path.
#[derive(Debug, Serialize)]
struct ComparedRow {
    runner: usize,
    label: String,
    /// What people call it, in words.
    #[serde(skip)]
    name: String,
    optimizer: String,
    path: String,
    precision: String,
    start: &'static str,
    start_off: f64,
    steps: u32,
    verdict: &'static str,
    worst: f64,
    first: Option<DifferenceRow>,
    findings: Vec<FindingRow>,
    deviation: Vec<f64>,
    words: Vec<String>,
}

fn compare(arguments: &CompareCommand, out: &mut dyn Write) -> Result<(), Failure> {
    let scenario = arguments.preset.open()?.scenario;
    let path = load_path(arguments)?;
    let indices: Vec<usize> = match arguments.runner {
        Some(number) => vec![runner_at(&scenario, number)?],
        None => (0..scenario.runners.len()).filter(|index| !is_recorded(&scenario, *index)).collect(),
    };
    if let Some(index) = indices.iter().find(|index| is_recorded(&scenario, **index)) {
        return Err(Failure::arguments(format!(
            "--runner {}: this runner is a recorded path itself",
            index + 1
        )));
    }
    let rows = indices.into_iter().map(|index| row(&scenario, index, &path)).collect::<Vec<_>>();
    if rows.is_empty() {
        return Err(Failure::failed("the preset has no runner that a path could be compared with"));
    }
    if arguments.json {
        write_list(rows, out)?;
    } else {
        for row in rows {
            writeln!(out, "{} {}", row.runner, printable(&row.name))?;
            for line in &row.words {
                writeln!(out, "  {line}")?;
            }
            for LineRow { expected, found } in row.findings.iter().flat_map(|finding| &finding.lines) {
                writeln!(out, "  should be  {expected}")?;
                writeln!(out, "  but is     {found}")?;
            }
        }
    }
    Ok(out.flush()?)
}

fn load_path(arguments: &CompareCommand) -> Result<RecordedPath, Failure> {
    let file = arguments.path.display().to_string();
    let read = Disk::default().read(&file).map_err(Failure::failed)?;
    let columns = arguments
        .columns
        .as_deref()
        .map_or_else(Vec::new, |columns| columns.split(',').map(|name| name.trim().to_owned()).collect());
    let path = read_path(&read.name, &read.bytes, &columns);
    path.map_err(|diagnostics| {
        Failure::failed(LoadError::Refused { file: printable(&file), diagnostics }.to_string())
    })
}

fn is_recorded(scenario: &Scenario, index: usize) -> bool {
    scenario.runners.get(index).is_some_and(|runner| runner.optimizer.recorded_path().is_some())
}

fn row(scenario: &Scenario, index: usize, path: &RecordedPath) -> ComparedRow {
    let runner = &scenario.runners[index];
    let of: &Optimizer = &runner.optimizer.of;
    let entry = ComparedRunner { optimizer: &runner.optimizer, schedule: &runner.schedule };
    let compared = PathComparison::of(&scenario.problem(), entry, path);
    let findings = match &compared.verdict {
        PathVerdict::Found(findings) => findings.as_slice(),
        _ => &[],
    };
    let findings = findings.iter().map(|finding| FindingRow {
        causes: finding.causes.iter().map(|cause| cause_row(cause, of)).collect(),
        words: comparison::causes(finding, of),
        lines: finding.lines.iter().cloned().map(|(expected, found)| LineRow { expected, found }).collect(),
        worst: finding.worst,
    });
    ComparedRow {
        runner: index + 1,
        label: written_label(runner).into_owned(),
        name: runner.name().into_owned(),
        optimizer: of.name.to_string(),
        path: path.name.clone(),
        precision: match compared.precision {
            PathPrecision::Double => "double".to_owned(),
            PathPrecision::Single => "single".to_owned(),
            PathPrecision::Decimals(decimals) => format!("{decimals} decimals"),
            PathPrecision::Digits { digits, .. } => format!("{digits} digits"),
        },
        start: match compared.start {
            PathStart::AtStart => "at-start",
            PathStart::AfterFirstStep => "after-first-step",
            PathStart::StartTwice => "start-twice",
        },
        start_off: compared.start_off,
        steps: compared.steps,
        verdict: match compared.verdict {
            PathVerdict::Same => "same",
            PathVerdict::Found(_) => "found",
            PathVerdict::Unknown => "unknown",
            PathVerdict::TooShort => "too-short",
        },
        worst: compared.worst,
        first: compared.first.map(|first| DifferenceRow {
            step: first.step,
            from: first.from.into(),
            path: first.path.into(),
            runner: first.runner.into(),
            apart: (first.path - first.runner).amax(),
        }),
        findings: findings.collect(),
        words: comparison::sentences(&compared, of),
        deviation: compared.deviation,
    }
}

fn cause_row(cause: &PathCause, of: &Optimizer) -> CauseRow {
    let plain = |kind: String| CauseRow { kind, key: None, expected: None, found: None };
    match cause {
        PathCause::Slip(kind) => plain(format!("{kind:?}")),
        PathCause::NoSchedule => plain("NoSchedule".to_owned()),
        PathCause::Method(name) => CauseRow { found: Some(name.clone()), ..plain("Method".to_owned()) },
        PathCause::Setting { key, expected, found } => {
            let param = of.params.iter().find(|param| param.key == *key);
            let written = |value| param.map(|param| thalweg_scenario::written(param, value));
            CauseRow {
                kind: "Setting".to_owned(),
                key: Some(key.clone()),
                expected: written(expected),
                found: written(found),
            }
        }
    }
}
