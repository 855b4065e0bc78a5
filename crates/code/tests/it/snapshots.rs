//! Some programs, word for word: the files in `tests/snapshots`. After a change that was meant,
//! `UPDATE=1 cargo test -p thalweg-code --test it snapshots` writes them anew.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use thalweg_code::{CodeError, Language, script};
use thalweg_core::catalogue::{optimizers, surfaces};
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Runner, Scenario, open_preset};

/// The name of each snapshot, and the lesson, runner and library that it is of.
const SNAPSHOTS: [(&str, &str, usize, Language); 7] = [
    ("adam_pytorch", "classic-five", 4, Language::PyTorch),
    ("adam_optax", "classic-five", 4, Language::Optax),
    ("adam_numpy", "classic-five", 4, Language::NumPy),
    ("noisy_pytorch", "noise-floor-schedules", 1, Language::PyTorch),
    ("data_numpy", "outliers", 0, Language::NumPy),
    ("bfgs_pytorch", "bfgs-learns-curvature", 0, Language::PyTorch),
    ("typed_numpy", "your-own-function", 0, Language::NumPy),
];

#[test]
fn programs_are_as_they_were() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    for (name, lesson, runner, language) in SNAPSHOTS {
        let scenario = open_preset(lesson).expect("a lesson");
        let text = script(&scenario, runner, language).expect("a program").text;
        let path = folder.join(format!("{name}.py"));
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(&path, &text).expect("a snapshot");
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(
            text, known,
            "{name}: UPDATE=1 cargo test -p thalweg-code --test it snapshots writes it anew"
        );
    }
}

#[test]
fn every_optimizer_on_every_surface_has_a_program() {
    for &surface in surfaces::ALL {
        for &optimizer in optimizers::ALL {
            let mut scenario = Scenario::new(surface);
            scenario.runners = vec![Runner::new(Chosen::with_defaults(optimizer), 0)];
            for language in Language::ALL {
                let script =
                    script(&scenario, 0, language).unwrap_or_else(|why| panic!("{}: {why}", optimizer.name));
                let is_numpy = script.text.contains("import numpy as np");
                // Where the library has no such optimizer, it is said why.
                assert_eq!(
                    language != Language::NumPy && is_numpy,
                    !script.notes.is_empty(),
                    "{}",
                    optimizer.name
                );
                assert!(script.notes.iter().all(|note| script.text.contains(note)), "{}", optimizer.name);
                for line in script.text.lines() {
                    assert!(!line.ends_with(' ') && !line.contains('\t'), "{line}");
                }
            }
        }
    }
}

#[test]
fn what_there_is_no_program_for_is_told() {
    let scenario = open_preset("classic-five").expect("a lesson");
    assert_eq!(script(&scenario, 5, Language::NumPy), Err(CodeError::NoRunner(5, 5)));
    let told = CodeError::NoRunner(5, 5).to_string();
    assert_eq!(told, "there is no runner 6: the scenario has 5");
}

#[test]
fn no_folder_of_the_machine_is_told() {
    let mut scenario = open_preset("outliers").expect("a lesson");
    let mut table = thalweg_core::data::ALL[0].table();
    table.name = "/home/ada/secret/mine.csv".to_owned();
    scenario.surface = Chosen::with_defaults(surfaces::find("LinearRegression").expect("a surface"));
    assert!(scenario.surface.set("data", Value::Data(Arc::new(table))));
    assert!(scenario.surface.set("standardize", Value::Switch(true)));
    let text = script(&scenario, 0, Language::NumPy).expect("a program").text;
    assert!(
        text.contains("mine.csv: x1, bias, t; features with mean 0 and standard deviation 1, the target"),
        "{text}"
    );
    assert!(!text.contains("ada") && !text.contains("secret"), "{text}");
}
