//! `thalweg check`: every error in preset files.

use super::entry::CommandWork;
use super::failure::Failure;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;

const HELP: &str = "\
Each error is one line, FILE:LINE:COLUMN: what is wrong and what is allowed, on standard error.
`FILE: ok` is for a file without.

Example:
  thalweg check lessons/*.ron

Exit status: 0 all files are right, 1 at least one is not, 2 bad arguments.";

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Preset files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl CommandWork for Check {
    const NAME: &'static str = "check";
    const ABOUT: &'static str = "Read presets and report every error in them";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> = None;

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        check(self, out)
    }
}

fn check(arguments: &Check, out: &mut dyn Write) -> Result<(), Failure> {
    let mut diagnostics = Vec::new();
    for file in &arguments.files {
        match crate::files::disk::load(file) {
            Ok(_) => writeln!(out, "{}: ok", file.display())?,
            Err(error) => diagnostics.push(error.to_string()),
        }
    }
    out.flush()?;
    if diagnostics.is_empty() { Ok(()) } else { Err(Failure::failed(diagnostics.join("\n"))) }
}
