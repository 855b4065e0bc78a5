//! Settings that are changed on the command line.

use serde_json::Value;
use std::process::{Command, Output, Stdio};

fn thalweg(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thalweg"));
    command.args(arguments).stdin(Stdio::null()).output().expect("the program starts")
}

/// What `run --json` says of a preset with these settings.
fn run(preset: &str, settings: &[&str]) -> Vec<Value> {
    let mut arguments = vec!["run", preset, "--steps", "3", "--json"];
    arguments.extend(settings.iter().flat_map(|setting| ["--set", setting]));
    let output = thalweg(&arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{settings:?}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn optimizers(ends: &[Value]) -> Vec<&str> {
    ends.iter().map(|end| end["optimizer"].as_str().expect("a text")).collect()
}

#[test]
fn a_setting_is_of_all_runners_or_of_one() {
    // learning-rates: three runs of gradient descent.
    let count =
        |ends: &[Value], what: &str| optimizers(ends).iter().filter(|told| told.contains(what)).count();
    let before = run("learning-rates", &[]);
    assert!(before.len() > 1 && count(&before, "lr: 0.123,") == 0);
    assert_eq!(count(&run("learning-rates", &["lr=0.123"]), "lr: 0.123,"), before.len());
    let second = run("learning-rates", &["2.lr=0.123"]);
    assert_eq!(count(&second, "lr: 0.123,"), 1);
    assert!(optimizers(&second)[1].contains("lr: 0.123,"));
    let label = before[1]["label"].as_str().expect("a text");
    assert_eq!(optimizers(&run("learning-rates", &[&format!("{label}.lr = 0.123")])), optimizers(&second));
    // What only some have, those get; the last word counts.
    let some = run("zigzag", &["lr=0.3", "lr=0.2", "line_search=Armijo"]);
    assert_eq!((count(&some, "lr: 0.2,"), count(&some, "Armijo")), (1, 1));
}

#[test]
fn surfaces_schedules_and_gradients_have_settings_too() {
    let inspected = |preset: &str, settings: &[&str]| {
        let mut arguments = vec!["inspect", preset, "--at", "1,0", "--json"];
        arguments.extend(settings.iter().flat_map(|setting| ["--set", setting]));
        let output = thalweg(&arguments);
        let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        json[0].clone()
    };
    let two = ["surface.kappa=50", "surface.angle=0"];
    assert_eq!(inspected("zigzag", &two)["eigenvalues"], serde_json::json!([1.0, 50.0]));
    let typed = ["surface.f=k*x^2 + y^2", "surface.k=3"];
    assert_eq!(inspected("your-own-function", &typed)["f"], 3.0);
    for (preset, setting) in [
        ("warm-restarts", "schedule.period=7"),
        ("batch-minibatch-stochastic", "gradient.size=3"),
        ("outliers", "surface.data=Outliers"),
    ] {
        run(preset, &[setting]);
    }
}

#[test]
fn what_cannot_be_set_says_what_can() {
    for (setting, words) in [
        ("lr", "KEY=VALUE"),
        ("lx=1", "it has lr"),
        ("learning_rate=1", "lr"),
        ("lr=-1", "`lr` takes a finite number above 0"),
        ("lr=0,1", "a decimal point is written `.`"),
        ("lr=", "lr"),
        ("9.lr=1", "`9` is no runner; there are 1 "),
        ("surface.kapa=1", "did you mean `kappa`?"),
        ("surface.kappa=big", "`kappa` takes a finite number above 0"),
        ("schedule.total=3", "Constant has no settings"),
        ("gradient.sigma=3", "Exact has no settings"),
    ] {
        let output = thalweg(&["run", "learning-rates", "--set", setting]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{setting}: {told}");
        assert!(told.contains(&format!("--set {setting}: ")) && told.contains(words), "{setting}: {told}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn theory_and_map_make_as_many_steps_as_they_are_told() {
    let theory = thalweg(&["theory", "zigzag", "--runner", "2", "--steps", "7", "--json"]);
    let told: Value = serde_json::from_slice(&theory.stdout).expect("JSON");
    assert_eq!(
        (told.as_array().expect("a list").len(), &told[0]["runner"], &told[0]["step"]),
        (1, &2.into(), &7.into())
    );
    let theory = thalweg(&["theory", "zigzag", "--runner", "4"]);
    assert!(String::from_utf8_lossy(&theory.stderr).contains("3 runners, counted from 1"), "{theory:?}");
    let map = thalweg(&["map", "zigzag", "--runner", "2", "--steps", "2", "--size", "3x1"]);
    let rows = String::from_utf8_lossy(&map.stdout);
    let steps: Vec<u32> = rows
        .lines()
        .skip(1)
        .map(|row| row.split(',').nth(3).expect("a column").parse().expect("a number"))
        .collect();
    assert!(steps.iter().all(|step| *step <= 2) && steps.contains(&2), "{rows}");
}

#[test]
fn one_entry_of_a_list_is_shown() {
    let one = thalweg(&["list", "optimizers", "Adam", "--json"]);
    let listed: Value = serde_json::from_slice(&one.stdout).expect("JSON");
    assert_eq!((listed.as_array().expect("a list").len(), &listed[0]["name"]), (1, &"Adam".into()));
    let none = thalweg(&["list", "optimizers", "Adamm"]);
    let told = String::from_utf8_lossy(&none.stderr);
    assert!(none.status.code() == Some(1) && told.contains("did you mean `Adam`"), "{told}");
}
