//! `thalweg render`: pictures with no display.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use thalweg::export::picture::PictureFormat;
use thalweg_figure::picture_kind::PictureKind;

fn render(arguments: &[impl AsRef<OsStr>]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thalweg"));
    command.arg("render").args(arguments).stdin(Stdio::null());
    command.output().expect("the program starts")
}

/// Renders to a file, and gives its content.
fn written(preset: &str, file: &Path, more: &[&str]) -> Vec<u8> {
    let name = file.to_str().expect("UTF-8");
    let done = render(&[&[preset, "--out", name], more].concat());
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && told.is_empty(), "{preset} {more:?}: {told}");
    fs::read(file).expect("a file")
}

fn refused(arguments: &[&str], status: i32, parts: &[&str]) {
    let done = render(arguments);
    let told = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(status), "{arguments:?}: {told}");
    for part in parts {
        assert!(told.contains(part), "{arguments:?}: {told}");
    }
}

/// Every picture in every format, of a lesson that has all of them, in each theme; the same bits twice.
#[test]
fn every_picture_is_written_in_every_format() {
    let folder = TempDir::new().expect("a folder");
    let theme = ["light", "dark", "print"];
    for (index, kind) in PictureKind::ALL.into_iter().enumerate() {
        let preset = match kind {
            PictureKind::Data => "outliers",
            PictureKind::PhasePlane => "momentum-plane",
            _ => "zigzag",
        };
        for format in PictureFormat::ALL {
            let file = folder.path().join(format!("picture.{}", format.ending()));
            let more = ["--what", kind.name(), "--theme", theme[index % 3]];
            let content = written(preset, &file, &more);
            let start: &[u8] = match format {
                PictureFormat::Svg => b"<svg ",
                PictureFormat::Pdf => b"%PDF-",
                PictureFormat::Png => b"\x89PNG",
                PictureFormat::Tex => b"% ",
            };
            assert!(content.starts_with(start) && content.len() < 600_000, "{kind:?} {format:?}");
            if index % PictureFormat::ALL.len() == format as usize {
                assert!(content == written(preset, &file, &more), "{kind:?} {format:?}");
            }
        }
    }
}

/// The lessons with the most in them, as they are drawn where nothing is asked for.
#[test]
fn the_largest_pictures_are_small_files() {
    let folder = TempDir::new().expect("a folder");
    for preset in ["weight-symmetry", "which-minimum"] {
        for (name, most) in [("picture.tex", 200_000), ("picture.svg", 400_000)] {
            let size = written(preset, &folder.path().join(name), &[]).len();
            assert!(size < most, "{preset}, {name}: {size} bytes");
        }
    }
}

/// Sizes, scales and steps that are odd; a document with nobody in it; one that diverges; one with a hole.
#[test]
fn odd_pictures_are_drawn() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("picture.png");
    let preset = folder.path().join("odd.ron");
    let documents = [
        "(surface: Formula(f: \"log(x) + y^2\"), start: (1, 1), runners: [])",
        "(surface: Quadratic(), start: (1, 1), steps: 50, runners: [(optimizer: GradientDescent(lr: 10))])",
        "(surface: Formula(f: \"0\"), start: (1, 1), runners: [(optimizer: Adam())])",
        "(surface: Formula(f: \"1/0*x\"), start: (1, 1), runners: [(optimizer: Adam())])",
    ];
    for document in documents {
        fs::write(&preset, document).expect("a file");
        let name = preset.to_str().expect("UTF-8");
        for more in [
            &["--size", "16x16"][..],
            &["--size", "33.5x2000", "--scale", "0.1"],
            &["--what", "sheet", "--step", "0"],
            &["--what", "sheet", "--size", "40x30"],
            &["--what", "charts", "--transparent", "--legend", "off", "--scale", "2"],
        ] {
            written(name, &file, more);
        }
    }
}

#[test]
fn what_cannot_be_drawn_is_told() {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let (svg, png) = (path("a.svg"), path("a.png"));
    refused(&["rosenbrock", "--out", &path("a.jpg")], 2, &["a.jpg", ".svg", ".png", "--format"]);
    refused(&["rosenbrock", "--out", "-"], 2, &["--format"]);
    refused(&["rosenbrock", "--out", &svg, "--scale", "2"], 2, &["--scale", "--size"]);
    refused(&["rosenbrock", "--out", &svg, "--step", "3001"], 2, &["--step 3001", "3000 steps"]);
    refused(&["rosenbrock", "--out", &svg, "--size", "0x10"], 2, &["800x600"]);
    refused(&["rosenbrock", "--out", &svg, "--what", "data"], 1, &["the surface has no data"]);
    refused(&["rosenbrock", "--out", &png, "--size", "8000x8000", "--scale", "16"], 1, &["16384 pixels"]);
    refused(&["rosenbrock", "--out", &path("none/a.svg")], 1, &["a.svg", "cannot be written"]);
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0);
    let piped = render(&["rosenbrock", "--out", "-", "--format", "svg"]);
    assert!(piped.status.success() && piped.stdout.starts_with(b"<svg "));
}
