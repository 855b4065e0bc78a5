//! `thalweg theory`, as a shell meets it.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

use serde_json::Value;
use std::process::Command;
use thalweg_scenario::PRESETS;

/// Standard output of the command with these arguments, which must succeed.
fn theory(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_thalweg"))
        .arg("theory")
        .args(arguments)
        .output()
        .expect("it starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && error.is_empty(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn preset(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("written");
    file
}

fn json(text: &str, more: &[&str]) -> Value {
    let file = preset(text);
    let mut arguments = vec![file.path().to_str().expect("UTF-8"), "--json"];
    arguments.extend(more);
    serde_json::from_str(&theory(&arguments)).expect("JSON")
}

fn close(value: &Value, expected: f64, tolerance: f64) {
    let found = value.as_f64().unwrap_or(f64::NAN);
    assert!((found - expected).abs() <= tolerance * expected.abs().max(1.0), "{found} is not {expected}");
}

#[test]
fn every_preset_has_its_theory() {
    for preset in PRESETS {
        let told = theory(&[preset.name, "--step", "5"]);
        let surface = &thalweg_scenario::open_preset(preset.name).expect("a lesson").surface;
        let what = if surface.is_univariate() { "curvature f''" } else { "eigenvalues" };
        assert!(told.contains(what), "{}: {told}", preset.name);
        let json: Value =
            serde_json::from_str(&theory(&[preset.name, "--step", "5", "--json"])).expect("JSON");
        for runner in json.as_array().expect("a list") {
            // What has a law has a promise, and what has none says why.
            assert_eq!(runner["modes"].is_null(), runner["why"].is_string(), "{runner}");
            for key in ["edge", "promised", "sharpest_stable"] {
                assert!(runner[key].is_null() || !runner["modes"].is_null(), "{key}: {runner}");
            }
        }
    }
}

/// One case of each kind, by hand.
#[test]
fn the_numbers_are_those_of_the_books() {
    let told = json(
        "(surface: Quadratic(kappa: 9), start: (2.0, 1.0), steps: 3000, runners: [
            (optimizer: GradientDescent(lr: 0.21)),
            (optimizer: Momentum(lr: 0.1, momentum: 0.5)),
            (optimizer: RmsProp(lr: 0.01, alpha: 0.5, eps: 1.0)),
            (optimizer: SignSgd(lr: 0.01)),
        ])",
        &[],
    );
    let descent = &told[0];
    assert_eq!(
        (descent["at"].as_str(), descent["modes"][1]["regime"].as_str()),
        (Some("minimum"), Some("oscillates"))
    );
    assert_eq!(descent["modes"][0]["regime"], "monotone");
    close(&descent["modes"][1]["sigma"], 0.89, 1e-12);
    close(&descent["edge"], 2.0 / 9.0, 1e-12);
    close(&descent["promised"], 0.89, 1e-12);
    close(&descent["measured"], 0.89, 1e-6);
    close(&descent["best"]["settings"]["lr"], 0.2, 1e-12);
    close(&descent["best"]["rate"], 0.8, 1e-12);
    close(&descent["sharpest_stable"], 2.0 / 0.21, 1e-12);
    let momentum = &told[1];
    // z² - (1 + β - αλ)z + β at αλ = 0.1 and 0.9.
    close(&momentum["modes"][0]["matrix"][0][0], 1.4, 1e-12);
    close(&momentum["modes"][0]["matrix"][0][1], -0.5, 1e-12);
    close(&momentum["modes"][1]["roots"][0][0], 0.3, 1e-12);
    close(&momentum["modes"][1]["roots"][0][1], libm::sqrt(0.5 - 0.09), 1e-12);
    assert_eq!(momentum["modes"][1]["regime"], "ripples");
    close(&momentum["edge"], 3.0 / 9.0, 1e-12);
    let scaled = &told[2];
    close(&scaled["adaptive"]["edge"], 200.0, 1e-12);
    assert!(scaled["modes"].is_null() && scaled["why"].is_string());
    // The gradient is gone, and with it √v: D is 1/ε.
    close(&scaled["adaptive"]["eigenvalues"][1], 9.0, 1e-3);
    close(&scaled["adaptive"]["rates"][0], 0.01, 1e-3);
    assert!(told[3]["adaptive"].is_null() && told[3]["modes"].is_null() && told[3]["measured"].is_number());
}

#[test]
fn the_step_is_the_one_asked_for() {
    let text = "(surface: Rosenbrock(), steps: 50, runners: [(optimizer: Adam(lr: 0.1))])";
    let (first, later) = (json(text, &["--step", "0"]), json(text, &["--step", "40"]));
    assert_eq!((first[0]["step"].as_u64(), later[0]["step"].as_u64()), (Some(0), Some(40)));
    assert_ne!(first[0]["position"], later[0]["position"]);
    // At step 0, v̂ is the gradient's square: α·|g|·D is α.
    close(&first[0]["adaptive"]["edge"], 3.8 / (0.1 * 0.1), 1e-12);
    assert!(first[0]["measured"].is_null());
    let file = preset(text);
    let output = Command::new(env!("CARGO_BIN_EXE_thalweg"))
        .arg("theory")
        .arg(file.path())
        .args(["--step", "51"])
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("makes 50 steps"));
}

/// On a line of minima rates are those of the distance from the line.
#[test]
fn a_line_of_minima_has_its_rates() {
    let text = |f: &str, optimizer: &str| {
        format!(
            "(surface: Formula(f: \"{f}\"), start: (2, 1), steps: 200, runners: [(optimizer: {optimizer})])"
        )
    };
    for (f, point, across) in [
        ("x^2 + 0*y", [0.0, 1.0], 2.0),
        ("(x + y - 1)^2", [1.0, 0.0], 4.0),
        ("(x - y)^2 + 3", [1.5, 1.5], 4.0),
    ] {
        let lr = 0.3 / across;
        let told = json(&text(f, &format!("GradientDescent(lr: {lr})")), &[]);
        let told = &told[0];
        assert_eq!(told["at"], "minimum", "{f}: {told}");
        for axis in [0, 1] {
            close(&told["point"][axis], point[axis], 1e-9);
        }
        close(&told["promised"], 0.7, 1e-9);
        close(&told["measured"], 0.7, 1e-3);
        close(&told["best"]["settings"]["lr"], 1.0 / across, 1e-9);
    }
    let file = preset(&text("x^2 + 0*y", "GradientDescent(lr: 0.1)"));
    let words = theory(&[file.path().to_str().expect("UTF-8")]);
    assert!(words.contains("one of a whole line of minima"), "{words}");
    assert!(!words.contains("no minimum is known"), "{words}");
    let words =
        theory(&[preset(&text("x^2 + y", "GradientDescent(lr: 0.1)")).path().to_str().expect("UTF-8")]);
    assert!(words.contains("no minimum is known"), "{words}");
}
