//! What the commands say, word for word: a file in `tests/snapshots` for each line of the table. After a change that
//! was meant, `UPDATE=1 cargo test -p thalweg --test it snapshots` writes them anew.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The name of each snapshot, and the command line that it is of.
const SNAPSHOTS: &[(&str, &str)] = &[
    ("help", "--help"),
    ("no_display", ""),
    ("no_command", "rnu valley.ron"),
    ("list_surfaces", "list surfaces"),
    ("list_optimizers", "list optimizers"),
    ("list_schedules", "list schedules"),
    ("list_gradients", "list gradients"),
    ("list_presets", "list presets"),
    ("list_presets_json", "list presets --json"),
    ("list_nothing", "list nothing"),
    ("run", "run valley.ron"),
    ("run_csv", "run valley.ron --steps 2 --csv -"),
    ("run_no_file", "run valey.ron"),
    ("run_no_steps", "run valley.ron --steps 0"),
    ("run_too_many_steps", "run valley.ron --steps 1000000"),
    ("run_unknown_option", "run valley.ron --cvs steps.csv"),
    ("run_no_folder", "run valley.ron --csv nowhere/steps.csv"),
    ("run_broken", "run broken.ron"),
    ("inspect", "inspect valley.ron"),
    ("inspect_json", "inspect valley.ron --at 0,0 --json"),
    ("inspect_critical", "inspect himmelblau --critical"),
    ("inspect_no_point", "inspect valley.ron --at 1"),
    ("theory", "theory valley.ron --step 100"),
    ("theory_json", "theory valley.ron --step 100 --json"),
    ("theory_too_far", "theory valley.ron --step 1000"),
    ("map", "map valley.ron --runner 2 --size 4x3"),
    ("map_starts", "map valley.ron --starts --size 3x2"),
    ("map_no_runner", "map valley.ron --runner 5"),
    ("map_no_key", "map valley.ron --x beta"),
    ("code", "code valley.ron --steps 20"),
    ("code_without_library", "code valley.ron --runner 2 --for optax --set 2.dampening=0.5"),
    ("code_no_runner", "code valley.ron --runner 5"),
    ("code_no_library", "code valley.ron --for keras"),
    ("link", "link valley.ron --embed"),
    ("link_lesson", "link zigzag --step 20 --base https://example.org/thalweg/"),
    ("link_no_theme", "link zigzag --theme pink"),
    ("run_no_link", "run #s=1.0yguLUpLTE61"),
    ("check", "check valley.ron broken.ron"),
    ("check_no_file", "check nothing.ron"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots")
}

/// What a command leaves behind, as a terminal shows it.
fn session(line: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_thalweg"))
        .args(line.split_whitespace())
        .current_dir(folder())
        .env_remove("THALWEG_PAGE")
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let mut session = format!("{}\n{}", format!("$ thalweg {line}").trim_end(), text(output.stdout));
    let errors = text(output.stderr);
    if !errors.is_empty() {
        write!(session, "--- standard error\n{errors}").expect("a string takes it");
    }
    let status = output.status.code().expect("an exit status");
    writeln!(session, "--- exit status {status}").expect("a string takes it");
    session
}

#[test]
fn the_commands_say_what_they_said() {
    let is_update = std::env::var_os("UPDATE").is_some();
    let mut changed = Vec::new();
    for (name, line) in SNAPSHOTS {
        let path = folder().join(format!("{name}.txt"));
        let (now, then) = (session(line), std::fs::read_to_string(&path).unwrap_or_default());
        if now == then {
            continue;
        }
        if is_update {
            std::fs::write(&path, &now).expect("written");
        } else {
            let differs = now.lines().zip(then.lines()).find(|(now, then)| now != then);
            changed.push(format!("{name}: {differs:?}"));
        }
    }
    assert!(changed.is_empty(), "{}\nUPDATE=1 writes them anew", changed.join("\n"));
}

#[test]
fn every_snapshot_is_in_the_table() {
    for entry in std::fs::read_dir(folder()).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|ending| ending == "txt") {
            let name = path.file_stem().expect("a name").to_string_lossy();
            assert!(SNAPSHOTS.iter().any(|(known, _)| *known == name), "{name} is of no command");
        }
    }
}
