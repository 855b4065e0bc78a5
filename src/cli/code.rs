//! `thalweg code`: a runner as a program in Python.

use super::destination;
use super::entry::CommandWork;
use super::failure::{Failure, note};
use super::preset::{OpenPreset, PresetArguments, runner_at, runner_number, set_steps, steps};
use super::progress::Progress;
use clap::Args;
use clap::builder::PossibleValuesParser;
use std::io::Write;
use std::path::PathBuf;
use thalweg_code::{Language, script};

const HELP: &str = "\
The program stands alone: the surface, its data, the optimizer and the schedule are in it, all in
float64. It prints step,x,y,loss for every step, from step 0 on: the same numbers as the columns of
`thalweg run PRESET --csv` to about 1e-12, for as long as rounding errors do not grow.

With pytorch and optax the steps are those of the library's own optimizer. Where it has none that
makes the same steps with these settings, the program says so and has the method's own lines with
NumPy, as with numpy. Noise and minibatches are left out, and what is left out is told.

Examples:
  thalweg code valley.ron --for pytorch                 the first runner, on standard output
  thalweg code valley.ron --runner 2 --for optax        the second one with optax
  thalweg code valley.ron --set lr=0.2 --out valley.py  with another learning rate, as a file

Exit status: 0 done, 1 a failure, 2 bad arguments.";

/// Arguments of `code`.
#[derive(Args, Debug)]
pub struct CodeCommand {
    #[command(flatten)]
    preset: PresetArguments,
    /// Which runner, counted from 1
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = runner_number, allow_hyphen_values = true)]
    runner: usize,
    /// How many steps it makes, instead of what the preset says
    #[arg(long, value_name = "N", value_parser = steps, allow_hyphen_values = true)]
    steps: Option<u32>,
    /// Which library makes the steps
    #[arg(long = "for", value_name = "LIBRARY", default_value = Language::PyTorch.name(),
          value_parser = PossibleValuesParser::new(Language::ALL.map(Language::name)))]
    language: String,
    /// Where to write the program (- is standard output)
    #[arg(long, value_name = "FILE", default_value = "-")]
    out: PathBuf,
}

impl CommandWork for CodeCommand {
    const NAME: &'static str = "code";
    const ABOUT: &'static str = "Write a runner as a program in Python: with PyTorch, optax or NumPy";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> =
        Some(("code valley.ron --for pytorch", "a runner as a program in Python"));

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let OpenPreset { mut scenario, inputs, .. } = self.preset.open()?;
        set_steps(&mut scenario, self.steps)?;
        let runner = runner_at(&scenario, self.runner)?;
        let language = Language::ALL.into_iter().find(|language| language.name() == self.language);
        let language = language.unwrap_or(Language::PyTorch);
        destination::write(
            &self.out,
            &inputs,
            out,
            Progress::new(false),
            |_| {
                let script = script(&scenario, runner, language)
                    .map_err(|error| Failure::failed(error.to_string()))?;
                for told in &script.notes {
                    note(told);
                }
                Ok(script)
            },
            |script, out| out.write_all(script.text.as_bytes()),
        )
    }
}
