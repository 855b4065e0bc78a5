//! `thalweg map`, as a shell meets it: its cells against a loop written by hand, which knows nothing of
//! the program's own.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

use std::collections::HashSet;
use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

fn map(preset: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thalweg"));
    command.arg("map").arg(preset).args(arguments).output().expect("the program starts")
}

fn preset(folder: &TempDir, text: &str) -> std::path::PathBuf {
    let path = folder.path().join("preset.ron");
    std::fs::write(&path, text).expect("written");
    path
}

/// The rows of a CSV, with its head taken off.
fn rows(output: &Output) -> Vec<Vec<String>> {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("x,y,outcome,steps,loss,end_x,end_y"));
    lines.map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

fn number(text: &str) -> f64 {
    text.parse().expect("a number")
}

/// Heavy ball on (x² + 100y²)/2 from (-2.5, 1), 200 steps: who has |∇f| ≤ 1e-3 from some step to the end has arrived.
fn by_hand(lr: f64, beta: f64) -> (&'static str, u32, f64) {
    let (mut x, mut y, mut u, mut v) = (-2.5_f64, 1.0_f64, 0.0, 0.0);
    let mut lowest = [f64::INFINITY; 2];
    let mut arrived = None;
    for step in 0..=200 {
        let loss = 0.5 * (x * x + 100.0 * y * y);
        let half = usize::from(step > 100);
        lowest[half] = lowest[half].min(loss);
        if x.abs() > 1e12 || y.abs() > 1e12 {
            return ("diverged", step, loss);
        }
        if libm::hypot(x, 100.0 * y) <= 1e-3 {
            arrived = arrived.or(Some(step));
        } else {
            arrived = None;
        }
        if step == 200 {
            if let Some(step) = arrived {
                return ("minimum", step, loss);
            }
            return (if lowest[1] < lowest[0] { "moving" } else { "stuck" }, step, loss);
        }
        (u, v) = (beta * u + x, beta * v + 100.0 * y);
        (x, y) = (x - lr * u, y - lr * v);
    }
    unreachable!()
}

#[test]
fn the_cells_are_those_of_a_loop_written_by_hand() {
    let folder = TempDir::new().expect("a folder");
    let preset = preset(
        &folder,
        "(version: 1, surface: Quadratic(kappa: 100), start: (-2.5, 1), steps: 200, \
         runners: [(optimizer: GradientDescent(lr: 0.1)), (optimizer: Momentum(lr: 0.1, momentum: 0.5))])",
    );
    let sides = ["--runner", "2", "--x", "lr=1e-4..0.1", "--y", "momentum=0..1"];
    let found = rows(&map(&preset, &[&sides[..], &["--size", "40x23"]].concat()));
    assert_eq!(found.len(), 40 * 23);
    let mut outcomes = HashSet::new();
    for (index, row) in found.iter().enumerate() {
        let (lr, beta) = (number(&row[0]), number(&row[1]));
        let (column, line) = ((index % 40) as f64, (index / 40) as f64);
        assert!((lr / (1e-4 * libm::pow(1e3, (column + 0.5) / 40.0)) - 1.0).abs() < 1e-12);
        assert!((beta - (line + 0.5) / 23.0).abs() < 1e-12);
        let (outcome, steps, loss) = by_hand(lr, beta);
        assert_eq!((row[2].as_str(), number(&row[3])), (outcome, f64::from(steps)), "{lr} {beta}");
        let [x, y] = [5, 6].map(|column| number(&row[column]));
        let end = 0.5 * (x * x + 100.0 * y * y);
        for told in [number(&row[4]), end] {
            assert!((told - loss).abs() <= 1e-9 * loss.abs(), "{lr} {beta}: {told} is not {loss}");
        }
        outcomes.insert(outcome);
    }
    assert!(outcomes.len() == 4 || outcomes.len() == 3, "the cells are too much alike: {outcomes:?}");
}

#[test]
fn a_number_of_the_schedule_is_asked_for_by_its_name() {
    let folder = TempDir::new().expect("a folder");
    let preset = preset(
        &folder,
        "(version: 1, surface: Quadratic(kappa: 1), start: (1, 0), steps: 4, \
         runners: [(optimizer: GradientDescent(lr: 0.1), schedule: Exponential(lambda: 1))])",
    );
    let found =
        rows(&map(&preset, &["--x", "lr=0.1..0.2", "--y", "schedule.lambda=0.5..1", "--size", "2x3"]));
    assert_eq!(found.len(), 6);
    for row in &found {
        let (lr, lambda) = (number(&row[0]), number(&row[1]));
        let x = (0..4).fold(1.0, |x, step| x * (1.0 - lr * libm::exp(-lambda * f64::from(step))));
        assert!((number(&row[5]) - x).abs() < 1e-12, "{lr} {lambda}: {x}");
    }
    let wrong = map(&preset, &["--x", "lambda"]);
    let told = String::from_utf8_lossy(&wrong.stderr);
    assert!(told.contains("lr, weight_decay, schedule.lambda"), "{told}");
}

#[test]
fn a_map_over_starts_covers_the_view() {
    let folder = TempDir::new().expect("a folder");
    let preset = preset(
        &folder,
        "(version: 1, surface: Himmelblau(), view: (x: (-5, 5), y: (-4, 4)), steps: 400, \
         runners: [(optimizer: GradientDescent(lr: 0.01))])",
    );
    let file = folder.path().join("starts.csv");
    let name = file.to_str().expect("UTF-8");
    let output = map(&preset, &["--starts", "--size", "10x8", "--csv", name]);
    assert!(output.status.success() && output.stdout.is_empty());
    let stdout = std::fs::read(&file).expect("the file is there");
    let found = rows(&Output { stdout, ..output });
    assert_eq!((number(&found[0][0]), number(&found[0][1])), (-4.5, -3.5));
    assert_eq!((number(&found[79][0]), number(&found[79][1])), (4.5, 3.5));
    // Each run that arrives at a minimum is at one of the four.
    let minima = [[3.0, 2.0], [-2.805_118, 3.131_312], [-3.779_310, -3.283_186], [3.584_428, -1.848_126]];
    let mut reached = HashSet::new();
    for row in found.iter().filter(|row| row[2] == "minimum") {
        let near = |minimum: &[f64; 2]| {
            (minimum[0] - number(&row[5])).abs() < 1e-3 && (minimum[1] - number(&row[6])).abs() < 1e-3
        };
        reached.insert(minima.iter().position(near).expect("one of the minima"));
    }
    assert_eq!(reached.len(), 4);
}

#[test]
fn what_makes_no_sense_is_told_in_a_line_or_two() {
    let folder = TempDir::new().expect("a folder");
    let preset =
        preset(&folder, "(version: 1, surface: Saddle(), runners: [(optimizer: Momentum(lr: 0.1))])");
    for (arguments, told) in [
        (&["--x", "foo"][..], "it has lr, momentum"),
        (&["--x", "lr=1..0"], "FROM below TO"),
        (&["--y", "momentum=0..2"], "a number from 0 to 1"),
        (&["--runner", "3"], "1 runner"),
        (&["--x", "lr", "--y", "lr"], "both lr"),
        (&["--size", "0x5"], "from 1 to"),
        (&["--tolerance", "0"], "above 0"),
        (&["--starts", "--x", "lr"], "--starts"),
    ] {
        let output = map(&preset, arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(error.contains(told) && error.lines().count() <= 2, "{arguments:?}: {error}");
    }
    let output = map(&preset, &["--size", "2x2", "--csv", "/nowhere/at/all.csv"]);
    assert_eq!(output.status.code(), Some(1));
}

/// Whether this process was started with the order to ignore a signal.
#[cfg(unix)]
fn is_ignored(signal: &str) -> bool {
    let number = match signal {
        "-HUP" => 1,
        "-INT" => 2,
        "-TERM" => 15,
        other => panic!("no number for {other}"),
    };
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    mask & (1 << (number - 1)) != 0
}

/// A run and a map that are ended while they work, by Ctrl-C or by a terminal that is closed, say so and leave nothing
/// behind.
#[cfg(unix)]
#[test]
fn what_is_interrupted_leaves_no_file() {
    use std::io::{BufRead, BufReader, Read};
    use std::process::Stdio;
    let folder = TempDir::new().expect("a folder");
    let preset =
        preset(&folder, "(surface: Rosenbrock(), runners: [(optimizer: Adam(lr: 0.001))], steps: 1000000)");
    let csv = folder.path().join("out.csv");
    for (signal, arguments) in [
        ("-INT", &["map", "--size", "1024x1024"][..]),
        ("-HUP", &["map", "--size", "1024x1024"]),
        ("-TERM", &["map"]),
    ] {
        // Started by `nohup`, or behind `&` in a script, tests ignore signals, and so does what they start.
        if is_ignored(signal) {
            continue;
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_thalweg"));
        command.arg(arguments[0]).arg(&preset).args(&arguments[1..]).arg("--progress").arg("--csv").arg(&csv);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let mut told = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        // When it tells how far it is, it works.
        told.read_line(&mut line).expect("a line");
        assert!(line.contains('%'), "{line}");
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.expect("kill is there").success());
        told.read_to_string(&mut line).expect("UTF-8");
        assert_eq!(child.wait().expect("the program ends").code(), Some(1), "{line}");
        assert!(line.contains("out.csv: interrupted; nothing was written"), "{line}");
        let files = std::fs::read_dir(folder.path()).expect("a folder").count();
        assert_eq!(files, 1, "only the preset is left");
    }
}
