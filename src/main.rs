//! The program `thalweg`: arguments in, the window or a command out.

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
    let _scenario = preset.map(cli::open).transpose()?;
    Err(Failure::failed("the window is not built yet; `thalweg --help` shows the commands that need none"))
}
