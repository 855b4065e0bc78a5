//! The program `thalweg`: arguments in, the window or a command out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
#[cfg(feature = "window")]
use thalweg::app::desktop_window::Given;
use thalweg::cli::catalogue::COMMANDS;
use thalweg::cli::failure::Failure;
use thalweg::cli::fault::{tell_faults, without_places};
use thalweg::cli::interface::{Request, execute, parse};
use thalweg::files::given_preset::{GivenPreset, open_given};
use thalweg::files::regular_file::{fingerprint, read_regular};
use thalweg_scenario::MAX_BYTES;

/// A file that a scenario is in, and the fingerprint of its content.
type GivenFile = (PathBuf, Option<u64>);

fn main() -> ExitCode {
    tell_faults();
    let done = parse(std::env::args_os()).and_then(|request| match request {
        Request::Window { preset } => open_window(preset.as_deref()),
        Request::Command(command, arguments) => execute(command, &arguments),
        Request::Help(text) => Ok(text.print()?),
    });
    done.map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}

/// Opens the window, on a preset file, the name of a built-in preset, or a link.
fn open_window(preset: Option<&Path>) -> Result<(), Failure> {
    let file = preset.filter(|preset| preset.is_file()).map(Path::to_owned);
    // First, so that what changes meanwhile counts as changed.
    let file = file.map(|file| {
        let fingerprint = read_regular(&file, MAX_BYTES).ok().map(|content| fingerprint(&content));
        (file, fingerprint)
    });
    // A preset that cannot be opened is reported here, where somebody looks.
    let given = preset.map(open_given).transpose()?;
    let opened = if has_display() {
        run_window(given, file)
    } else {
        Err("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)".to_owned())
    };
    opened.map_err(|error| {
        Failure::failed(format!(
            "no window can be opened: {}\n\
             {} need no display; `thalweg --help` tells more",
            without_places(&error),
            COMMANDS
                .iter()
                .map(|command| format!("`thalweg {}`", command.name))
                .collect::<Vec<_>>()
                .join(", ")
        ))
    })
}

/// Opens the window; returns when it is closed.
#[cfg(feature = "window")]
fn run_window(given: Option<GivenPreset>, file: Option<GivenFile>) -> Result<(), String> {
    thalweg::app::desktop_window::run(given.map(|given| {
        let GivenPreset { scenario, options, remarks } = given;
        Given { scenario, file, options, remarks }
    }))
}

/// Says that this program has no window.
#[cfg(not(feature = "window"))]
fn run_window(_: Option<GivenPreset>, _: Option<GivenFile>) -> Result<(), String> {
    Err("this program was built without the feature `window`".to_owned())
}

/// Whether there may be a display: asked here, since the window's library answers with the place
/// in its source.
fn has_display() -> bool {
    let needs_server = cfg!(all(unix, not(target_vendor = "apple")));
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !needs_server || ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"].into_iter().any(is_set)
}
