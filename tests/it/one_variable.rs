//! Functions of one variable, as a shell meets them.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

use serde_json::Value;
use std::process::Command;

/// Standard output of a command, which must succeed and have nothing to complain of.
fn done(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_thalweg")).args(arguments).output().expect("it starts");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && error.is_empty(), "{arguments:?}: {error}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn preset(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), text).expect("written");
    file
}

fn path(file: &tempfile::NamedTempFile) -> &str {
    file.path().to_str().expect("UTF-8")
}

/// On x² and its like Newton's method arrives: nothing is singular. Beyond the edge f'' is named, and no eigenvalue.
#[test]
fn newton_arrives_and_edges_are_told_by_the_second_derivative() {
    let file = preset(
        "(surface: Formula(f: \"3*x^2 + x\"), start: (2, 5), steps: 40, stop: (divergence: 1000), runners: [
            (optimizer: Newton), (optimizer: GradientDescent(lr: 0.4)), (optimizer: Bfgs)])",
    );
    let told = done(&["run", path(&file)]);
    assert!(told.contains("arrived at step 2: the gradient is exactly zero"), "{told}");
    assert!(told.contains("αf'' = 2.4 > 2 at the start"), "{told}");
    assert!(!told.contains("singular") && !told.contains('λ'), "{told}");
    let theory = done(&["theory", path(&file), "--runner", "2"]);
    for part in ["curvature f''  6", "edge (lr)      0.33333333", "best           lr 0.16666667, rate 0"] {
        assert!(theory.contains(part), "{part}: {theory}");
    }
    assert!(!theory.contains("eigenvalues"), "{theory}");
}

#[test]
fn a_point_is_one_number_and_its_derivatives_are_numbers() {
    let file = preset("(surface: Cubic, runners: [])");
    let told = done(&["inspect", path(&file), "--at", "1.5", "--at", "-1"]);
    assert!(
        told.contains("x = 1.5") && told.contains("f''   9") && told.contains("minimum by f''"),
        "{told}"
    );
    assert!(told.contains("x = -1") && told.contains("kind  maximum\n"), "{told}");
    let json: Value =
        serde_json::from_str(&done(&["inspect", path(&file), "--at", "1.5,7", "--json"])).expect("JSON");
    let point = &json[0];
    assert_eq!(point["univariate"], true);
    assert_eq!([&point["x"], &point["y"]], [1.5, 0.0]);
    let of = |key: &str| {
        point[key].as_array().expect("a list").iter().filter_map(Value::as_f64).collect::<Vec<_>>()
    };
    assert_eq!((of("gradient"), of("hessian")), (vec![3.75, 0.0], vec![9.0, 0.0, 0.0]));
    assert_eq!((of("eigenvalues"), point["condition"].as_f64()), (vec![9.0, 9.0], Some(1.0)));
    let told = done(&["inspect", path(&file), "--critical"]);
    assert!(told.contains("2 critical points found in the view"), "{told}");
}

/// The plane's picture is the graph; pictures that there are none of are refused with a word.
#[test]
fn the_plane_is_rendered_as_the_graph() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let file = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let lesson = "one-variable-newton";
    let svg = file("graph.svg");
    done(&["render", lesson, "--out", &svg, "--step", "1"]);
    let text = std::fs::read_to_string(&svg).expect("written");
    for words in [">tangent<", ">parabola<", ">start<"] {
        assert!(text.contains(words), "{words}");
    }
    for what in ["cobweb", "bifurcation"] {
        for ending in ["pdf", "tex", "png"] {
            done(&[
                "render",
                "one-variable-period-doubling",
                "--what",
                what,
                "--out",
                &file(&format!("{what}.{ending}")),
            ]);
        }
    }
    for what in ["relief", "eigenbasis", "cut"] {
        let arguments = ["render", lesson, "--what", what, "--out", &file("none.svg")];
        let output = Command::new(env!("CARGO_BIN_EXE_thalweg")).args(arguments).output().expect("it starts");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && error.contains("a function of x alone"), "{what}: {error}");
    }
}
