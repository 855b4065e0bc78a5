//! The commands, as a shell meets them: the real binary, its output read back, its exit status.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use thalweg::cli::catalogue::COMMANDS;
use thalweg::files::disk::load;
use thalweg_core::catalogue::modifiers;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::schedules;
use thalweg_core::catalogue::surfaces;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::gradient;
use thalweg_core::objective::objective::Objective;
use thalweg_core::spec::described::Described;
use thalweg_scenario::{MAX_TOTAL_STEPS, PRESETS};

/// What a command left behind.
struct CommandResult {
    status: i32,
    out: String,
    err: String,
}

impl CommandResult {
    /// It has done its task, and has nothing to complain of.
    fn done(self) -> String {
        assert_eq!((self.status, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }

    /// It has failed with this status, and says so in one or two lines that hold all of `parts`.
    fn failed(self, status: i32, parts: &[&str]) {
        assert_eq!(self.status, status, "{}{}", self.out, self.err);
        assert!((1..=2).contains(&self.err.lines().count()), "{}", self.err);
        for part in parts {
            assert!(self.err.contains(part), "`{part}` is missing: {}", self.err);
        }
    }
}

fn thalweg(arguments: &[impl AsRef<OsStr>]) -> CommandResult {
    let output = Command::new(env!("CARGO_BIN_EXE_thalweg"))
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    CommandResult {
        status: output.status.code().expect("an exit status"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// Runs the command line `line`, with `{}` for the preset.
fn with(preset: &Path, line: &str) -> CommandResult {
    let preset = preset.to_str().expect("UTF-8");
    thalweg(&line.split_whitespace().map(|word| word.replace("{}", preset)).collect::<Vec<_>>())
}

const VALLEY: &str = r#"(
    title: "Ill-conditioned valley",
    surface: Quadratic(kappa: 100, angle: 30),
    start: (-2.5, 1.0),
    steps: 1200,
    stop: (divergence: 1e300),
    runners: [
        (label: "", optimizer: GradientDescent(lr: 0.018)),
        (label: "tuned, \"fast\"; é", optimizer: Momentum(lr: 0.033, momentum: 0.67)),
        (optimizer: Adam(lr: 1e-8)),
        (label: "too far", optimizer: GradientDescent(lr: 0.03)),
    ],
)"#;

fn folder_with(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("valley.ron");
    fs::write(&path, text).expect("written");
    (folder, path)
}

fn valley() -> (TempDir, PathBuf) {
    folder_with(VALLEY)
}

fn names(folder: &TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).expect("a folder");
    let mut names: Vec<_> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The CSV has the bits of a run within this process.
fn check_csv(text: &[u8], preset: &Path, steps: Option<u32>) {
    let mut scenario = load(preset).expect("a preset");
    scenario.steps = steps.unwrap_or(scenario.steps);
    let mut race = scenario.race();
    race.finish();
    let mut reader = csv::Reader::from_reader(text);
    let header: Vec<_> = reader.headers().expect("a header").iter().map(str::to_owned).collect();
    let expected = "runner,label,step,x,y,loss,grad_norm,lr,v_x,v_y,m_x,m_y,v_max_x,v_max_y";
    assert_eq!(header.join(","), expected);
    let mut rows = reader.records().map(|row| row.expect("a well-formed row"));
    for (index, run) in race.runs().iter().enumerate() {
        let states = run.states(race.problem());
        for (sample, state) in run.trajectory().samples().iter().zip(states) {
            let row = rows.next().expect("a row for each sample");
            assert_eq!(row[0], (index + 1).to_string());
            // Its label, or its method as files call it.
            let runner = &scenario.runners[index];
            let label = if runner.label.is_empty() {
                runner.optimizer.of.name.to_string()
            } else {
                runner.name().into()
            };
            assert_eq!(row[1], label);
            assert_eq!(row[2], state.step.to_string());
            let p = sample.position;
            let mut expected = vec![
                ("x", p.x),
                ("y", p.y),
                ("loss", sample.loss),
                ("grad_norm", sample.grad_norm),
                ("lr", sample.lr),
            ];
            let axes: Vec<_> = run
                .optimizer()
                .slots
                .iter()
                .filter(|slot| slot.exists(run.settings()))
                .map(|slot| slot.name.clone())
                .collect();
            let axes: Vec<_> = axes.iter().map(|name| (format!("{name}_x"), format!("{name}_y"))).collect();
            for ((x, y), slot) in axes.iter().zip(state.slots) {
                expected.push((x, slot.x));
                expected.push((y, slot.y));
            }
            for (column, text) in header.iter().zip(&row).skip(3) {
                match expected.iter().find(|(name, _)| name == column) {
                    Some((_, value)) => {
                        let found: f64 = text.parse().expect("a number");
                        let same = found.to_bits() == value.to_bits() || (found.is_nan() && value.is_nan());
                        assert!(same, "{column}: {text} is not {value}");
                    }
                    None => assert_eq!(text, "", "{column}"),
                }
            }
        }
    }
    assert!(rows.next().is_none());
}

#[test]
fn run_writes_every_step_to_the_bit() {
    let (folder, preset) = valley();
    let file = folder.path().join("steps.csv");
    assert_eq!(with(&preset, &format!("run {{}} --csv {}", file.display())).done(), "");
    let written = fs::read(&file).expect("written");
    check_csv(&written, &preset, None);
    let out = with(&preset, "run {} --csv -").done();
    assert_eq!(out.as_bytes(), written);
    check_csv(with(&preset, "run {} --steps 3 --csv -").done().as_bytes(), &preset, Some(3));
    assert_eq!(names(&folder), ["steps.csv", "valley.ron"]);
    // Progress goes to standard error, if at all.
    assert_eq!(with(&preset, "run {} --progress --csv -").out.as_bytes(), written);
}

#[test]
fn run_shows_how_it_ended() {
    let (_folder, preset) = valley();
    let out = with(&preset, "run {}").done();
    let lines: Vec<_> = out.lines().collect();
    assert_eq!(lines[0], "Ill-conditioned valley");
    assert!(lines[1].contains("Quadratic(lambda_min: 1, kappa: 100, angle: 30) from (-2.5, 1), 1200 steps"));
    for column in ["runner", "steps", "arrived", "f", "∇f", "∇²f", "loss", "|∇f|"] {
        assert!(lines[3].split_whitespace().any(|word| word == column), "{out}");
    }
    // It arrives on the way; one gradient a step, and nothing else.
    let line = lines[4].replace("gradient descent", "gradient-descent");
    let words: Vec<_> = line.split_whitespace().take(7).collect();
    assert_eq!(words[..3], ["1", "gradient-descent", "1200"]);
    let arrived: usize = words[3].parse().expect("a step");
    let scenario = load(&preset).expect("a preset");
    let mut race = scenario.race();
    race.finish();
    let samples = race.runs()[0].trajectory().samples();
    assert!(samples[arrived].grad_norm <= 1e-3 && samples[arrived - 1].grad_norm > 1e-3, "{out}");
    assert_eq!(words[4..], ["0", "1200", "0"]);
    assert!(lines[5].contains("tuned, \"fast\"; é"));
    assert!(lines[9].contains("gradient descent") && lines[9].contains("all 1200 steps made: f = "), "{out}");
    assert!(lines[12].contains("too far") && lines[12].contains("diverged"), "{out}");
    assert!(lines[..13].iter().all(|line| line.chars().count() <= 100), "{out}");
}

#[test]
fn run_refuses_what_it_cannot_do() {
    let (folder, preset) = valley();
    for steps in ["0", "-1", "1000001", "ten", "1.5", ""] {
        let arguments = ["run", preset.to_str().expect("UTF-8"), "--steps", steps];
        thalweg(&arguments).failed(2, &["--steps", "whole number from 1 to 1000000"]);
    }
    let runner = "(optimizer: GradientDescent(lr: 0.01)),".repeat(32);
    let (_many, crowd) = folder_with(&format!("(surface: Booth(), runners: [{runner}])"));
    let most = (MAX_TOTAL_STEPS / 32).to_string();
    with(&crowd, "run {} --steps 400000").failed(2, &["--steps 400000", &most]);
    with(&preset, "run {}x").failed(1, &["valley.ronx"]);
    with(&preset, "run").failed(2, &["<PRESET>", "thalweg run --help"]);
    with(&preset, "run {} --stepz 3").failed(2, &["--stepz", "--steps"]);
    let missing = folder.path().join("missing").join("steps.csv");
    with(&preset, &format!("run {{}} --csv {}", missing.display())).failed(1, &["missing", "written"]);
    let here = folder.path().display().to_string();
    with(&preset, &format!("run {{}} --csv {here}")).failed(1, &[&here, "folder"]);
    assert_eq!(names(&folder), ["valley.ron"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_failure() {
    let (_folder, preset) = valley();
    with(&preset, "run {} --csv /dev/full").failed(1, &["/dev/full", "cannot be written"]);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device");
    let status = Command::new(env!("CARGO_BIN_EXE_thalweg"))
        .args(["list", "surfaces"])
        .stdout(full)
        .stderr(Stdio::null())
        .status()
        .expect("the program starts");
    assert_eq!(status.code(), Some(1));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let (_folder, preset) = valley();
    let preset = preset.to_str().expect("UTF-8");
    for arguments in [&["run", preset, "--steps", "100000", "--csv", "-"][..], &["list", "surfaces"]] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_thalweg"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut line = String::new();
        let mut reader = BufReader::with_capacity(64, program.stdout.take().expect("a pipe"));
        reader.read_line(&mut line).expect("a line");
        drop(reader);
        assert!(!line.is_empty());
        let output = program.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

#[test]
fn inspect_tells_the_bits_as_json() {
    let (_folder, preset) = valley();
    let objective = Objective::new(&load(&preset).expect("a preset").surface);
    let json = with(&preset, "inspect {} --at -1.5,2 --at=-1,2 --at 0,0 --json").done();
    let points: Vec<Value> = serde_json::from_str(&json).expect("JSON");
    assert_eq!(points.len(), 3);
    for (point, place) in points.iter().zip([[-1.5, 2.0], [-1.0, 2.0], [0.0, 0.0]]) {
        let at = objective.value_gradient_hessian(place.into());
        let spectrum = Spectrum::of(&at.hessian);
        let hessian = [at.hessian[(0, 0)], at.hessian[(0, 1)], at.hessian[(1, 1)]];
        let expected = serde_json::json!({
            "x": place[0], "y": place[1], "f": at.value,
            "gradient": [at.gradient.x, at.gradient.y],
            "hessian": hessian,
            "eigenvalues": spectrum.values,
            "eigenvectors": spectrum.vectors.map(|v| [v.x, v.y]),
            "condition": spectrum.condition(),
            "kind": "minimum",
            "critical": objective.nature(place.into()).is_critical,
            "smoothness": "smooth",
        });
        // Both read by the same reader, whose rounding they share.
        let expected: Value = serde_json::from_str(&expected.to_string()).expect("JSON");
        assert_eq!(*point, expected);
    }
    let order = [
        "x",
        "y",
        "f",
        "gradient",
        "hessian",
        "eigenvalues",
        "eigenvectors",
        "condition",
        "kind",
        "critical",
        "smoothness",
    ];
    let places: Vec<_> =
        order.map(|key| json.find(&format!("\"{key}\":")).expect("a key")).into_iter().collect();
    assert!(places.is_sorted(), "{json}");
}

#[test]
fn inspect_has_the_start_for_a_default_and_null_for_what_json_cannot_say() {
    let (_folder, preset) = folder_with(
        "(surface: QuadraticForm(xx: 1, xy: 0, yy: 0), start: (2, 1), runners: [(optimizer: Newton())])",
    );
    let json = with(&preset, "inspect {} --json").done();
    let points: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!((&points[0]["x"], &points[0]["y"]), (&Value::from(2.0), &Value::from(1.0)));
    assert_eq!(points[0]["condition"], Value::Null);
    assert_eq!(points[0]["kind"], "inconclusive");
    let far = with(&preset, "inspect {} --json --at 1e200,0").done();
    assert_eq!(serde_json::from_str::<Value>(&far).expect("JSON")[0]["f"], Value::Null);
    let text = with(&preset, "inspect {}").done();
    for part in ["(2, 1)", "gradient", "(2, 0)", "eigenvalues", "condition", "inf", "inconclusive"] {
        assert!(text.contains(part), "`{part}` is missing: {text}");
    }
}

#[test]
fn inspect_finds_the_critical_points_in_the_view() {
    let inspected = |surface: &str, arguments: &str| {
        let (_folder, preset) = folder_with(&format!(
            "(surface: {surface}, view: (x: (-4, 4), y: (-3, 3)), runners: [(optimizer: Newton())])"
        ));
        with(&preset, &format!("inspect {{}} --critical {arguments}")).done()
    };
    let json = inspected("Formula(f: \"x^3 - 3*x + y^2\")", "--json");
    let points: Vec<Value> = serde_json::from_str(&json).expect("JSON");
    let told: Vec<_> = points.iter().map(|point| (&point["x"], &point["y"], &point["kind"])).collect();
    let (one, minus, zero) = (Value::from(1.0), Value::from(-1.0), Value::from(0.0));
    assert_eq!(told, [(&one, &zero, &"minimum".into()), (&minus, &zero, &"saddle".into())]);
    assert_eq!(points[0]["eigenvalues"], serde_json::json!([2.0, 6.0]));
    // One rule: a singular form is singular for everybody.
    let singular = "QuadraticForm(xx: 0.1, xy: 0.3, yy: 0.9)";
    let line: Value = serde_json::from_str(&inspected(singular, "--json")).expect("JSON");
    assert_eq!((&line[0]["kind"], &line[0]["eigenvalues"][0]), (&"minimum".into(), &zero));
    let (_folder, preset) = folder_with(&format!("(surface: {singular}, runners: [(optimizer: Newton())])"));
    let at = with(&preset, "inspect {} --at 0,0 --json").done();
    let at: Value = serde_json::from_str(&at).expect("JSON");
    assert_eq!((&at[0]["kind"], &at[0]["critical"]), (&"minimum".into(), &true.into()));
    assert_eq!((&line[0]["condition"], line[0]["line"].as_array().map(Vec::len)), (&Value::Null, Some(2)));
    // A tip has a kind, but no Hessian.
    let tip = inspected("Formula(f: \"sqrt(x^2 + y^2)\")", "--json");
    let tip: Value = serde_json::from_str(&tip).expect("JSON");
    assert_eq!((&tip[0]["kind"], &tip[0]["eigenvalues"][0]), (&"minimum".into(), &Value::Null));
    for (formula, words) in [
        ("x^2 + y^2", "1 critical point found in the view"),
        ("x + y", "0 critical points found"),
        ("(x*y - 1)^2", "1 critical point found in the view, and 2 whole lines of them"),
        ("3", "the gradient is exactly zero"),
        ("(x - 1)^2*(y + 1)^2", "and 2 whole lines of them"),
        ("(x^2 + y^2 - 1)^2", "one of a whole closed line of minima"),
        ("exp(-100*(x^2 + y^2))", "1 critical point found in the view. Far out f fades"),
        ("max(max(5*x + y, -5*x + y), x^2 + y^2 + 4*y)", "minimum at a kink: f has no gradient there"),
    ] {
        let text = inspected(&format!("Formula(f: \"{formula}\")"), "");
        assert!(text.contains(words), "{formula}: {text}");
    }
    let (_folder, preset) = valley();
    with(&preset, "inspect {} --critical --at 1,2").failed(2, &["--critical", "--at"]);
}

#[test]
fn inspect_shows_the_form_of_a_point() {
    let (_folder, preset) = valley();
    for at in ["1", "1;2", "1,2,3", "a,b", "inf,0", "0,NaN", "--json", ""] {
        let arguments = ["inspect", preset.to_str().expect("UTF-8"), "--at", at];
        thalweg(&arguments).failed(2, &["--at", "as 1.5,-2"]);
    }
}

#[test]
fn lists_hold_the_whole_tables() {
    let surfaces: Vec<_> = surfaces::ALL.iter().chain(surfaces::OF_FILES).map(|entry| entry.name()).collect();
    let optimizers: Vec<_> =
        optimizers::ALL.iter().chain(optimizers::OF_FILES).map(|entry| entry.name()).collect();
    let presets: Vec<_> = PRESETS.iter().map(|preset| preset.name).collect();
    let schedules: Vec<_> = schedules::ALL.iter().map(|entry| entry.name()).collect();
    let gradients: Vec<_> = gradient::ALL.iter().map(|entry| entry.name()).collect();
    let modifiers: Vec<_> = modifiers::ALL.iter().map(|entry| entry.name()).collect();
    for (what, names) in [
        ("surfaces", surfaces),
        ("optimizers", optimizers),
        ("modifiers", modifiers),
        ("schedules", schedules),
        ("gradients", gradients),
        ("presets", presets),
    ] {
        let text = thalweg(&["list", what]).done();
        let list: Vec<Value> =
            serde_json::from_str(&thalweg(&["list", what, "--json"]).done()).expect("JSON");
        let found: Vec<_> = list.iter().map(|entry| entry["name"].as_str().expect("a name")).collect();
        assert_eq!(found, names);
        for entry in &list {
            let name = entry["name"].as_str().expect("a name");
            let title =
                entry["title"].as_str().filter(|title| *title != name && **title != name.to_lowercase());
            let title = title.map_or_else(String::new, |title| format!(", {title}"));
            let heading = format!("{name}{title}: {}", entry["summary"].as_str().expect("a text"));
            assert!(text.lines().any(|line| line == heading.trim_end()), "{heading}");
            for param in entry["params"].as_array().into_iter().flatten() {
                for key in ["key", "symbol", "doc", "unit", "kind", "allowed", "default"] {
                    assert!(!param[key].is_null(), "{heading}: {param}");
                }
                assert!(text.contains(param["doc"].as_str().expect("a text")));
            }
        }
    }
    let list: Value = serde_json::from_str(&thalweg(&["list", "optimizers", "--json"]).done()).expect("JSON");
    let momentum =
        list.as_array().expect("a list").iter().find(|entry| entry["name"] == "Momentum").expect("it");
    assert_eq!(momentum["params"][0]["key"], "lr");
    assert_eq!(momentum["params"][0]["range"]["min"], 0.0);
    assert_eq!(momentum["params"][0]["range"]["max"], Value::Null);
    assert_eq!(momentum["params"][4]["alternatives"][2]["name"], "Averaged");
    assert_eq!(momentum["slots"][0]["name"], "v");
    thalweg(&["list", "surface"])
        .failed(2, &["surface", "surfaces, optimizers, modifiers, schedules, gradients, presets"]);
}

#[test]
fn check_reports_every_error_with_its_place() {
    let (folder, good) = valley();
    let bad = folder.path().join("bad.ron");
    let text = "(\n    surface: Quadratik(),\n    steps: -3,\n    runners: [(optimizer: Adam(lr: 0))],\n)";
    fs::write(&bad, text).expect("written");
    let missing = folder.path().join("missing.ron");
    assert_eq!(with(&good, "check {}").done(), format!("{}: ok\n", good.display()));
    let all = thalweg(&[OsStr::new("check"), good.as_ref(), bad.as_ref(), missing.as_ref()]);
    assert_eq!(all.status, 1);
    assert_eq!(all.out, format!("{}: ok\n", good.display()));
    for place in [":2:14: ", ":3:12: ", ":4:"] {
        let place = format!("{}{place}", bad.display());
        assert!(all.err.lines().any(|line| line.starts_with(&place)), "{place}: {}", all.err);
    }
    assert!(all.err.lines().any(|line| line.starts_with(&missing.display().to_string())), "{}", all.err);
    thalweg(&["check"]).failed(2, &["<PRESET>", "thalweg check --help"]);
    // What cannot be read is refused by the other commands with the same words.
    let refused = with(&bad, "run {}");
    assert_eq!((refused.status, refused.out.as_str()), (1, ""));
    assert!(refused.err.contains(":2:14: ") && with(&bad, "inspect {}").err == refused.err);
}

#[test]
fn built_in_presets_run() {
    for preset in PRESETS {
        thalweg(&["run", preset.name, "--steps", "2"]).done();
        thalweg(&["inspect", preset.name]).done();
        assert!(thalweg(&["--help"]).done().contains(preset.name));
    }
    thalweg(&["run", "nosuchpreset"]).failed(1, &["nosuchpreset"]);
}

#[test]
fn a_mistyped_command_is_recognized() {
    thalweg(&["rnu", "x"]).failed(2, &["`rnu`", "`thalweg run`"]);
    thalweg(&["rnu"]).failed(2, &["`thalweg run`"]);
    thalweg(&["chekc", "a", "b"]).failed(2, &["`thalweg check`"]);
    let all = COMMANDS.iter().map(|command| command.name).collect::<Vec<_>>().join(", ");
    thalweg(&["frobnicate", "x"]).failed(2, &["`frobnicate`", &all]);
    thalweg(&["--frobnicate"]).failed(2, &["--frobnicate", "thalweg --help"]);
    // A window is not opened on what is no preset.
    thalweg(&["nosuchpreset"]).failed(1, &["nosuchpreset"]);
}

#[cfg(target_os = "linux")]
#[test]
fn without_a_display_the_commands_are_named() {
    let output = Command::new(env!("CARGO_BIN_EXE_thalweg"))
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .output()
        .expect("the program starts");
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(err.contains("no display") && err.contains("thalweg run") && err.lines().count() == 2, "{err}");
}

#[test]
fn help_teaches() {
    for (arguments, parts) in [
        (&["--help"][..], &["Examples:", "thalweg run", "Built-in presets", "Exit status"][..]),
        (&["run", "--help"], &["--steps", "--csv", "runner,label,step,x,y,loss,grad_norm,lr", "Examples:"]),
        (&["inspect", "--help"], &["--at", "--json", "null", "eigenvectors", "Examples:"]),
        (&["list", "--help"], &["surfaces", "optimizers", "schedules", "gradients", "presets", "Examples:"]),
        (&["check", "--help"], &["FILE:LINE:COLUMN", "Example"]),
        (&["--version"], &["thalweg ", env!("CARGO_PKG_VERSION")]),
    ] {
        let text = thalweg(arguments).done();
        for part in parts {
            assert!(text.contains(part), "`{part}` is missing: {text}");
        }
    }
}

/// A script for each shell that names every command and, where files are not lost by it, every built-in preset.
#[test]
fn completions_know_commands_and_presets() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = thalweg(&["completions", shell]).done();
        for word in ["thalweg", "inspect", "completions", "--critical", "--csv"] {
            let bare = word.trim_start_matches('-');
            assert!(script.contains(bare), "{shell}: {word}");
        }
        let has_names = PRESETS.iter().all(|preset| script.contains(preset.name));
        assert!(has_names, "{shell}");
        // Files are completed, too, and options and commands that take none are as they were.
        let count = |part: &str| script.matches(part).count();
        match shell {
            "zsh" => {
                assert!(count(":_thalweg_presets' ") >= 7 && count("files:file:_files") == 1, "{script}");
                // The first word is a command or a preset: what comes behind it is the command's.
                assert_eq!(
                    (count("\": :_thalweg_first\" "), count("$line[2]"), count("'::preset ")),
                    (1, 0, 0)
                );
            }
            "powershell" => {
                let opened = script.split("'thalweg;completions' {").nth(1).expect("the command");
                let own = opened.split("break").next().expect("its words");
                assert!(count("'zigzag', 'zigzag'") >= 7 && !own.contains("zigzag"), "{script}");
            }
            _ => {}
        }
    }
    thalweg(&["completions", "tcsh"]).failed(2, &["tcsh", "bash, zsh, fish, powershell"]);
    thalweg(&["completions"]).failed(2, &["SHELL"]);
}

/// Bash itself reads the script and completes a preset.
#[test]
fn bash_completes_a_preset() {
    let (folder, _) = valley();
    let script = folder.path().join("thalweg.bash");
    fs::write(&script, thalweg(&["completions", "bash"]).done()).expect("written");
    let ask = "source \"$0\"; COMP_WORDS=(thalweg run zig); COMP_CWORD=2; _thalweg thalweg zig run; echo \"${COMPREPLY[@]}\"";
    let Ok(output) = Command::new("bash").args(["-c", ask]).arg(&script).output() else { return };
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "zigzag", "{output:?}");
}

#[test]
fn the_number_of_a_runner_is_asked_for_in_plain_words() {
    for command in ["theory", "map"] {
        for bad in ["x", "0", "1.5", "-1"] {
            thalweg(&[command, "zigzag", "--runner", bad])
                .failed(2, &["--runner", "the number of a runner, counted from 1"]);
        }
    }
}

/// The lecture's symbols are those of the lists, and names alone have their titles beside them.
#[test]
fn lists_have_the_symbols_and_titles_that_are_asked_for() {
    let told =
        thalweg(&["list", "optimizers", "Momentum", "--notation", "rate=eta,momentum=mu,point=theta"]).done();
    assert!(told.starts_with("Momentum: ") && told.contains("θ ← θ - η·v"), "{told}");
    assert!(told.lines().any(|line| line.split_whitespace().take(2).eq(["momentum", "μ"])), "{told}");
    let told = thalweg(&["list", "schedules", "Exponential", "--notation", "rate=epsilon"]).done();
    assert!(told.contains("ε₀·e^(-λt)"), "{told}");
    let told = thalweg(&["list", "optimizers", "--names"]).done();
    assert!(told.lines().any(|line| line.split_whitespace().eq(["RmsProp", "RMSProp"])), "{told}");
    assert!(told.lines().any(|line| line == "Adam"), "{told}");
    let document = "(surface: Quadratic(kappa: 10), runners: [(optimizer: GradientDescent(lr: 1))], \
                    show: (notation: (rate: Eta)))";
    let folder = tempfile::tempdir().expect("a folder");
    let preset = folder.path().join("eta.ron");
    std::fs::write(&preset, document).expect("written");
    let told = with(&preset, "run {}").done();
    assert!(told.contains("ηλ₂ = 10 > 2"), "{told}");
}
