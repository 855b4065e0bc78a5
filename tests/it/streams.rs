//! Where the commands read from and write to: standard input, files that are inputs, links, names from outside.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const FIT: &str = "(title: \"Fit\", surface: LinearRegression(data: \"points.csv\"), steps: 5,
    runners: [(label: \"one\", optimizer: GradientDescent(lr: 0.01)), (optimizer: Adam(lr: 0.01))])";
const POINTS: &str = "1,2,3\n2,1,5\n0,1,-1\n";

/// A folder with a preset and its data.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("mine.ron"), FIT).expect("written");
    fs::write(folder.path().join("points.csv"), POINTS).expect("written");
    folder
}

fn command(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_thalweg"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command
}

fn thalweg(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Output {
    command(folder, arguments).output().expect("the program starts")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The program with `input` on its standard input.
fn fed(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut child = command(folder, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("it reads");
    child.wait_with_output().expect("it ends")
}

#[test]
fn a_dash_is_standard_input_wherever_a_preset_is_read() {
    let folder = folder();
    for rest in [&["run"][..], &["run", "--csv", "-"], &["inspect"], &["theory"], &["map", "--size", "2x1"]] {
        let arguments = |preset| [&[rest[0], preset], &rest[1..]].concat();
        let piped = fed(folder.path(), &arguments("-"), FIT);
        assert_eq!(told(&piped), "", "{rest:?}");
        let named = thalweg(folder.path(), &arguments("mine.ron"));
        assert!(piped.stdout == named.stdout && !piped.stdout.is_empty(), "{rest:?}");
    }
    let checked = fed(folder.path(), &["check", "-", "zigzag"], FIT);
    assert_eq!(String::from_utf8_lossy(&checked.stdout), "standard input: ok\nzigzag: ok\n");
    let refused = fed(folder.path(), &["run", "-"], "(surface: Sadle)");
    assert!(
        refused.status.code() == Some(1) && told(&refused).starts_with("standard input:1:"),
        "{refused:?}"
    );
}

/// Whatever name the output has, an input is not lost, and nothing is left beside it.
#[cfg(unix)]
#[test]
fn an_output_that_is_an_input_is_refused() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    symlink("mine.ron", at("link.ron")).expect("linked");
    symlink(at("link.ron"), at("second.ron")).expect("linked");
    fs::hard_link(at("points.csv"), at("hard.csv")).expect("linked");
    fs::create_dir(at("inner")).expect("made");
    for output in
        ["mine.ron", "./mine.ron", "inner/../mine.ron", "link.ron", "second.ron", "points.csv", "hard.csv"]
    {
        for arguments in [&["run"][..], &["map", "--size", "2x1"]] {
            for preset in ["mine.ron", "second.ron"] {
                let arguments = [&[arguments[0], preset], &arguments[1..], &["--csv", output]].concat();
                let refused = thalweg(folder.path(), &arguments);
                assert_eq!(refused.status.code(), Some(1), "{arguments:?}");
                let told = told(&refused);
                assert!(told.starts_with(output) && told.contains("would be lost"), "{told}");
            }
        }
    }
    // From standard input, and the data that a setting takes in.
    let mut stdin = command(folder.path(), &["run", "-", "--csv", "mine.ron"]);
    let stdin = stdin.stdin(fs::File::open(at("mine.ron")).expect("there")).output().expect("it starts");
    assert_eq!(stdin.status.code(), Some(1), "{}", told(&stdin));
    fs::write(at("other.csv"), POINTS).expect("written");
    let arguments = ["run", "mine.ron", "--set", "surface.data=other.csv", "--csv", "other.csv"];
    assert_eq!(thalweg(folder.path(), &arguments).status.code(), Some(1));
    for (name, content) in [("mine.ron", FIT), ("points.csv", POINTS), ("other.csv", POINTS)] {
        assert_eq!(fs::read_to_string(at(name)).expect("there"), content);
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 7);
    assert_eq!(thalweg(folder.path(), &["run", "mine.ron", "--csv", "new.csv"]).status.code(), Some(0));
}

/// Names that are no UTF-8 are read and written; those with orders to a terminal are not obeyed.
#[cfg(target_os = "linux")]
#[test]
fn any_name_of_a_file_does() {
    use std::os::unix::ffi::OsStringExt;
    let folder = folder();
    let name = |bytes: &[u8]| PathBuf::from(std::ffi::OsString::from_vec(bytes.to_vec()));
    let (odd, table) = (name(b"l\xe9on.ron"), name(b"out\xff.csv"));
    fs::rename(folder.path().join("mine.ron"), folder.path().join(&odd)).expect("renamed");
    let arguments = [OsStr::new("run"), odd.as_ref(), OsStr::new("--csv"), table.as_ref()];
    let run = thalweg(folder.path(), &arguments);
    assert_eq!((run.status.code(), told(&run)), (Some(0), String::new()));
    assert!(fs::read_to_string(folder.path().join(&table)).expect("written").starts_with("runner,label,"));
    assert_eq!(thalweg(folder.path(), &[OsStr::new("check"), odd.as_ref()]).status.code(), Some(0));

    let red = "\u{1b}[31mred\u{7}.ron";
    fs::write(folder.path().join(red), FIT).expect("written");
    let lost = format!("{red}x");
    for arguments in
        [&["check", red][..], &["check", &lost], &["run", &lost], &["run", "zigzag", "--set", red]]
    {
        let output = thalweg(folder.path(), arguments);
        let all = [output.stdout, output.stderr].concat();
        assert!(!all.contains(&0x1b) && !all.contains(&7), "{}", String::from_utf8_lossy(&all));
        assert!(String::from_utf8_lossy(&all).contains("\\u{1b}[31mred\\u{7}"), "{arguments:?}");
    }
}

/// What cannot be written is told with the name of the file, and leaves nothing.
#[cfg(target_os = "linux")]
#[test]
fn a_link_to_nowhere_is_followed() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("inner")).expect("made");
    symlink("inner/out.csv", at("latest.csv")).expect("linked");
    let run = thalweg(folder.path(), &["run", "mine.ron", "--csv", "latest.csv"]);
    assert_eq!((run.status.code(), told(&run)), (Some(0), String::new()));
    assert!(fs::symlink_metadata(at("latest.csv")).expect("there").is_symlink());
    assert!(fs::read_to_string(at("inner/out.csv")).expect("made").starts_with("runner,label,"));
    symlink("nowhere/out.csv", at("lost.csv")).expect("linked");
    let run = thalweg(folder.path(), &["run", "mine.ron", "--csv", "lost.csv"]);
    assert!(run.status.code() == Some(1) && told(&run).starts_with("lost.csv: cannot be written"), "{run:?}");
    // A preset whose link leads in a circle, or to nowhere, is there and cannot be read.
    symlink("turning", at("round")).expect("linked");
    symlink("round", at("turning")).expect("linked");
    symlink("nowhere", at("gone")).expect("linked");
    for name in ["round", "gone"] {
        let check = thalweg(folder.path(), &["check", name]);
        let says = told(&check);
        assert!(
            check.status.code() == Some(1) && says.starts_with(&format!("{name}: cannot be read")),
            "{says}"
        );
    }
}

/// A killed run leaves nothing where the system knows files without a name, and elsewhere the next one removes it.
#[test]
fn what_a_killed_program_left_is_removed() {
    let folder = folder();
    fs::write(folder.path().join(".thalweg-abc123.tmp"), "half").expect("written");
    let run = thalweg(folder.path(), &["run", "mine.ron", "--csv", "out.csv"]);
    assert_eq!(run.status.code(), Some(0), "{}", told(&run));
    let entries =
        fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").file_name());
    let mut names: Vec<_> = entries.collect();
    names.sort();
    assert_eq!(names, ["mine.ron", "out.csv", "points.csv"]);
}

#[test]
fn a_map_of_one_number_says_that_it_has_one_row() {
    let folder = folder();
    let map = thalweg(folder.path(), &["map", "mine.ron", "--size", "3x4"]);
    assert_eq!(String::from_utf8_lossy(&map.stdout).lines().count(), 4);
    assert!(told(&map).contains("one number to vary, lr: the map has one row, of 3 cells"), "{map:?}");
    assert_eq!(told(&thalweg(folder.path(), &["map", "mine.ron", "--size", "3x1"])), "");
}
