//! `thalweg compare`, as a shell meets it, and the training that comes along.

use serde_json::Value;
use std::fmt::Write;
use std::process::{Command, Output};

const RACE: &str = "(surface: Rosenbrock(), start: (-1.2, 1), steps: 60, runners: [
    (optimizer: GradientDescent(lr: 0.001)), (label: \"right\", optimizer: Adam(lr: 0.05))])";

fn thalweg(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_thalweg")).args(arguments).output().expect("it starts")
}

fn told(arguments: &[&str]) -> String {
    let output = thalweg(arguments);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && error.is_empty(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A program of a student's: Adam on Rosenbrock's valley, without the corrections if so.
fn homework(corrects: bool) -> String {
    let (mut x, mut m, mut v) = ([-1.2_f64, 1.0], [0.0_f64; 2], [0.0_f64; 2]);
    let mut text = "step,x,y\n0,-1.2,1\n".to_owned();
    let (mut p1, mut p2) = (1.0, 1.0);
    for step in 1..=50 {
        let rise = x[1] - x[0] * x[0];
        let g = [-2.0 * (1.0 - x[0]) - 400.0 * x[0] * rise, 200.0 * rise];
        (p1, p2) = (p1 * 0.9, p2 * 0.999);
        for i in [0, 1] {
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = 0.999 * v[i] + 0.001 * g[i] * g[i];
            let (c1, c2) = if corrects { (1.0 - p1, 1.0 - p2) } else { (1.0, 1.0) };
            x[i] -= 0.05 * (m[i] / c1) / ((v[i] / c2).sqrt() + 1e-8);
        }
        writeln!(text, "{step},{},{}", x[0], x[1]).expect("written");
    }
    text
}

#[test]
fn homework_is_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        path.display().to_string()
    };
    let race = at("race.ron", RACE);
    let (right, wrong) = (at("right.csv", &homework(true)), at("wrong.csv", &homework(false)));
    let said = told(&["compare", &race, "--path", &right]);
    assert!(said.contains("2 right\n  The path is this runner's: all 50 steps agree to"), "{said}");
    assert!(said.starts_with("1 gradient descent\n  "), "{said}");
    let said = told(&["compare", &race, "--path", &wrong, "--runner", "2"]);
    assert!(
        said.contains("in all 50 steps: the averages are not corrected for their start at zero"),
        "{said}"
    );
    assert!(said.contains("The first step that differs is step 1: from (-1.2, 1)"), "{said}");
    assert!(said.contains("should be  m̂ ← m/(1 - β₁^t)\n  but is     m̂ ← m\n"), "{said}");
    let json: Value =
        serde_json::from_str(&told(&["compare", &race, "--path", &wrong, "--runner", "2", "--json"]))
            .expect("JSON");
    let row = &json[0];
    assert_eq!(
        (&row["verdict"], &row["steps"], &row["precision"]),
        (&"found".into(), &50.into(), &"double".into())
    );
    assert_eq!(row["findings"][0]["causes"][0]["kind"], "NoBiasCorrection");
    assert_eq!(row["first"]["step"], 1);
    assert_eq!(row["deviation"].as_array().map(Vec::len), Some(51));

    // The path as a runner of the document: it needs no other file in a link, and is compared with nobody.
    let with = RACE.replace("])", &format!(", (optimizer: Recorded(file: {wrong:?}))])"));
    let with = at("with.ron", &with);
    let run = told(&["run", &with, "--csv", "-"]);
    assert!(run.lines().any(|line| line.starts_with("3,Recorded,0,-1.2,1")), "{run}");
    let link = told(&["link", &with]);
    let aside = folder.path().join("aside.csv");
    std::fs::rename(&wrong, &aside).expect("moved");
    assert_eq!(told(&["run", link.trim(), "--csv", "-"]), run);
    std::fs::rename(&aside, &wrong).expect("moved back");
    let output = thalweg(&["compare", &with, "--path", &wrong, "--runner", "3"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("a recorded path itself"));
    let bad = at("bad.csv", "x,y\n1,2\n3,abc\n");
    let output = thalweg(&["compare", &race, "--path", &bad]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("bad.csv:3:3: found `abc`"), "{output:?}");
}

/// The example: it opens, its path keeps near the surface's loss where it is near the plane, and the page has the program.
#[test]
fn the_training_that_comes_along() {
    let preset = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/training/training.ron");
    let run = told(&["run", preset, "--csv", "-"]);
    let rows = run.lines().filter(|line| line.starts_with("1,the training,")).count();
    assert_eq!(rows, 81);
    let page = include_str!("../../docs/training.md");
    let program = include_str!("../../tools/training.py");
    let start = program.find("# What follows").expect("the part that is shown");
    assert!(page.contains(program[start..].trim_end()), "docs/training.md shows tools/training.py");
}
