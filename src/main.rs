//! The program `thalweg`: arguments in, the window or a command out.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use thalweg::cli::{self, Failure, Request};

fn main() -> ExitCode {
    let done = cli::parse(std::env::args_os()).and_then(|request| match request {
        Request::Window { preset } => open_window(preset.as_deref()),
        Request::Command(command) => cli::execute(&command),
        Request::Help(text) => Ok(text.print()?),
    });
    done.map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}

/// Opens the window, on a preset file or the name of a built-in preset.
fn open_window(preset: Option<&str>) -> Result<(), Failure> {
    // A preset that cannot be opened is reported here, where somebody looks.
    let scenario = preset.map(cli::open).transpose()?;
    let file = preset.filter(|preset| Path::new(preset).is_file()).map(PathBuf::from);
    thalweg::app::run(scenario.map(|scenario| (scenario, file))).map_err(|error| {
        Failure::failed(format!(
            "no window can be opened: {error}\nwithout one there are `thalweg run`, `inspect`, `list` and `check`; see `thalweg --help`"
        ))
    })
}
