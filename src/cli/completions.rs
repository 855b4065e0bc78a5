//! `thalweg completions`: what a shell needs to complete a command line.

use super::entry::CommandWork;
use super::failure::Failure;
use clap::builder::PossibleValuesParser;
use clap::{Args, Command, ValueEnum, ValueHint};
use clap_complete::{Generator as _, Shell};
use std::io::Write;
use thalweg_core::catalogue::{modifiers, optimizers, schedules, surfaces};
use thalweg_core::method::gradient;
use thalweg_core::spec::described::Described as _;
use thalweg_scenario::PRESETS;

const HELP: &str = "\
What is written goes where the shell looks for it:
  bash        thalweg completions bash > ~/.local/share/bash-completion/completions/thalweg
  zsh         thalweg completions zsh > ~/.zfunc/_thalweg, with fpath+=~/.zfunc before compinit in .zshrc
  fish        thalweg completions fish > ~/.config/fish/completions/thalweg.fish
  powershell  thalweg completions powershell >> $PROFILE

The names of built-in presets are completed beside files.

Exit status: 0 done, 1 a failure, 2 bad arguments.";

/// Arguments of `completions`.
#[derive(Args, Debug)]
pub struct Completions {
    /// The shell
    shell: ForShell,
}

/// The shells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ForShell {
    /// Bash
    Bash,
    /// Zsh
    Zsh,
    /// Fish
    Fish,
    /// Microsoft's PowerShell
    Powershell,
}

impl CommandWork for Completions {
    const NAME: &'static str = "completions";
    const ABOUT: &'static str =
        "Write what a shell needs to complete thalweg's commands, options and presets";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> =
        Some(("completions bash", "let the shell complete commands and presets"));

    /// Alone it is all that there is to complete.
    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        write(self.shell, Self::augment_args(Command::new("thalweg")), out)
    }

    fn work_among(&self, all: fn() -> Command, out: &mut dyn Write) -> Result<(), Failure> {
        write(self.shell, all(), out)
    }
}

fn write(shell: ForShell, mut all: Command, out: &mut dyn Write) -> Result<(), Failure> {
    let commands: Vec<String> = all.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    all = with_names(all, shell);
    for command in commands {
        all = all.mut_subcommand(command, |command| with_names(command, shell));
    }
    all.set_bin_name("thalweg");
    all.build();
    let mut script = Vec::new();
    let generator = match shell {
        ForShell::Bash => Shell::Bash,
        ForShell::Zsh => Shell::Zsh,
        ForShell::Fish => Shell::Fish,
        ForShell::Powershell => Shell::PowerShell,
    };
    generator.try_generate(&all, &mut script)?;
    match shell {
        ForShell::Bash => out.write_all(&script)?,
        ForShell::Fish => {
            out.write_all(&script)?;
            names_for_fish(&all, out)?;
        }
        ForShell::Zsh => out.write_all(with_names_for_zsh(&String::from_utf8_lossy(&script)).as_bytes())?,
        ForShell::Powershell => {
            out.write_all(with_names_for_powershell(&all, &String::from_utf8_lossy(&script)).as_bytes())?;
        }
    }
    Ok(())
}

/// The line in which zsh is told where the command stands.
const FIRST_WORD: &str = "\":: :_thalweg_commands\" \\";

/// A script for zsh in which a preset is a file or a name, where it was a file alone; and in which the first word is
/// a command or a preset. As it comes, zsh takes that word for the preset that opens without a command, and looks for the
/// command in the second.
fn with_names_for_zsh(script: &str) -> String {
    let names: Vec<&str> = PRESETS.iter().map(|preset| preset.name).collect();
    let function = format!(
        "_thalweg_presets() {{\n    _alternative 'files:file:_files' 'presets:preset:({})'\n}}\n\n\
         _thalweg_first() {{\n    local ret=1\n    _thalweg_commands && ret=0\n    _thalweg_presets && ret=0\n    \
         return ret\n}}\n",
        names.join(" ")
    );
    let mut is_first = true;
    let mut told = String::new();
    for line in script.lines() {
        if line == "_thalweg() {" {
            told.push_str(&function);
            told.push('\n');
        }
        if is_first && line.starts_with("'::preset ") {
            continue;
        }
        if line == FIRST_WORD {
            is_first = false;
            told.push_str("\": :_thalweg_first\" \\\n");
            continue;
        }
        let line = &*line.replace("$line[2]", "$line[1]");
        let is_preset =
            ["':preset ", "'::preset ", "'*::presets "].iter().any(|begin| line.starts_with(begin));
        match line.strip_suffix(":_files' \\").filter(|_| is_preset) {
            Some(argument) => {
                told.push_str(argument);
                told.push_str(":_thalweg_presets' \\");
            }
            None => told.push_str(line),
        }
        told.push('\n');
    }
    told
}

/// A script for `PowerShell` in which the commands that read a preset know the names, too: where none of them is meant,
/// the shell completes files by itself.
fn with_names_for_powershell(all: &Command, script: &str) -> String {
    let reads_preset = |command: &Command| {
        command.get_arguments().any(|argument| matches!(argument.get_id().as_str(), "preset" | "presets"))
    };
    let whole = reads_preset(all).then(|| "'thalweg'".to_owned());
    let commands = all.get_subcommands().filter(|command| reads_preset(command));
    let places: Vec<String> =
        commands.map(|command| format!("'thalweg;{}'", command.get_name())).chain(whole).collect();
    let word = |name: &str| {
        format!(
            "            [CompletionResult]::new('{name}', '{name}', [CompletionResultType]::ParameterValue, \
             'A built-in preset')\n"
        )
    };
    let names: Vec<String> = PRESETS.iter().map(|preset| word(preset.name)).collect();
    let names = names.concat();
    let mut told = String::new();
    for line in script.lines() {
        told.push_str(line);
        told.push('\n');
        let opens = line.trim().strip_suffix(" {");
        if opens.is_some_and(|place| places.iter().any(|wanted| wanted == place)) {
            told.push_str(&names);
        }
    }
    told
}

/// Fish is told only of options; what stands without one is one more line for each command.
fn names_for_fish(all: &Command, out: &mut dyn Write) -> std::io::Result<()> {
    for command in all.get_subcommands() {
        for argument in command.get_positionals() {
            let names: Vec<String> =
                argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
            if !names.is_empty() {
                let (command, names) = (command.get_name(), names.join(" "));
                writeln!(
                    out,
                    "complete -c thalweg -n \"__fish_thalweg_using_subcommand {command}\" -a \"{names}\""
                )?;
            }
        }
    }
    Ok(())
}

/// A command whose arguments say what they may be: names where there is a table of them.
fn with_names(command: Command, shell: ForShell) -> Command {
    let ids: Vec<_> = command.get_arguments().map(|argument| argument.get_id().clone()).collect();
    ids.into_iter().fold(command, |command, id| {
        let names: Vec<&'static str> = match id.as_str() {
            // Where a list of values is all that is completed, files would be lost.
            "preset" | "presets" if matches!(shell, ForShell::Bash | ForShell::Fish) => {
                PRESETS.iter().map(|preset| preset.name).collect()
            }
            "preset" | "presets" | "csv" => {
                return command.mut_arg(id, |argument| argument.value_hint(ValueHint::FilePath));
            }
            "name" => {
                let surfaces = surfaces::ALL.iter().map(|surface| surface.name);
                let optimizers = optimizers::ALL.iter().map(|optimizer| optimizer.name());
                let schedules = schedules::ALL.iter().map(|schedule| schedule.name());
                let gradients = gradient::ALL.iter().map(|source| source.name());
                let modifiers = modifiers::ALL.iter().map(|modifier| modifier.name());
                surfaces.chain(optimizers).chain(modifiers).chain(schedules).chain(gradients).collect()
            }
            _ => return command,
        };
        command.mut_arg(id, |argument| argument.value_parser(PossibleValuesParser::new(names)))
    })
}
