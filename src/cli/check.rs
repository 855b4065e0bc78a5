//! `thalweg check`: every error in presets.

use super::entry::CommandWork;
use super::failure::Failure;
use crate::files::given_preset::{GivenPreset, given_name, open_given};
use crate::words::formula;
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use thalweg_scenario::{Scenario, link_faults, scene_faults};

const HELP: &str = "\
Each error is one line, FILE:LINE:COLUMN: what is wrong and what is allowed, on standard error. `FILE: ok` is for a \
preset without; the links of its notes are followed, and its scenes are gone through, too. A remark on what is allowed and yet odd may stand behind that.

Example:
  thalweg check lessons/*.ron

Exit status: 0 all presets are right, 1 at least one is not, 2 bad arguments.";

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Preset files, names of built-in presets, links in quotes, or - for standard input
    #[arg(required = true, value_name = "PRESET")]
    presets: Vec<PathBuf>,
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

/// What is wrong with a scenario that can be read.
fn faults(scenario: &Scenario) -> Vec<String> {
    [link_faults(scenario), scene_faults(scenario)].concat()
}

fn check(arguments: &Check, out: &mut dyn Write) -> Result<(), Failure> {
    let mut diagnostics = Vec::new();
    for preset in &arguments.presets {
        let name = given_name(preset);
        match open_given(preset) {
            Ok(GivenPreset { scenario, .. }) if !faults(&scenario).is_empty() => {
                diagnostics.extend(faults(&scenario).iter().map(|fault| format!("{name}: {fault}")));
            }
            Ok(GivenPreset { scenario, remarks, .. }) => {
                writeln!(out, "{name}: ok")?;
                for remark in remarks {
                    writeln!(out, "{name}: remark: {remark}")?;
                }
                if let Some(remark) = scenario.surface.typed().and_then(formula::remark) {
                    writeln!(out, "{name}: remark: {remark}")?;
                }
            }
            Err(error) => diagnostics.push(error.to_string()),
        }
    }
    out.flush()?;
    if diagnostics.is_empty() { Ok(()) } else { Err(Failure::failed(diagnostics.join("\n"))) }
}
