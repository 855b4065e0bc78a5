//! The reading of arguments, and what is said of them.

use super::catalogue::COMMANDS;
use super::entry::CommandEntry;
use super::failure::Failure;
use super::help_text::{width, wrapped};
use crate::files::given_preset::given_name;
use clap::builder::styling::Styles;
use clap::error::ErrorKind;
use clap::{ArgMatches, CommandFactory, Parser};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use thalweg_core::suggest::near;
use thalweg_scenario::{PRESETS, is_link};

/// What the arguments ask for.
#[derive(Debug)]
pub enum Request {
    /// The window, on a preset if there is one.
    Window {
        /// A file, the name of a built-in preset, or a link.
        preset: Option<PathBuf>,
    },
    /// A command that needs no window, with its arguments.
    Command(&'static CommandEntry, ArgMatches),
    /// Help, or the version.
    Help(clap::Error),
}

/// See how optimizers travel over two-dimensional loss surfaces.
///
/// Without a command it opens the window, on a preset if one is given. A preset is a file that
/// describes a race (a surface, a start, the optimizers and their settings), the name of a
/// built-in one, or a link that carries one.
#[derive(Debug, Parser)]
#[command(name = "thalweg", version, args_conflicts_with_subcommands = true, styles = Styles::plain())]
struct Arguments {
    /// The preset to open in the window: a file, the name of a built-in one, a link in quotes, or - for standard input
    preset: Option<PathBuf>,
}

/// Reads the arguments, the program's own name first.
///
/// # Errors
/// They make no sense.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, Failure> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    // Help on help is the help itself.
    let is_word = |place: usize, words: &[&str]| {
        arguments.get(place).is_some_and(|argument| words.iter().any(|word| argument == word))
    };
    if is_word(1, &["help"]) && is_word(2, &["--help", "-h"]) {
        arguments.remove(1);
    }
    let parsed = interface(width()).try_get_matches_from(&arguments);
    match parsed {
        Ok(matches) => {
            if let Some((name, arguments)) = matches.subcommand()
                && let Some(command) = COMMANDS.iter().find(|command| command.name == name)
            {
                return Ok(Request::Command(command, arguments.clone()));
            }
            let preset = matches.get_one::<PathBuf>("preset").cloned();
            let word = preset.as_deref().and_then(Path::to_str).unwrap_or_default();
            if let Some(near) = mistyped_command(word) {
                return Err(no_command(word, Some(near)));
            }
            Ok(Request::Window { preset })
        }
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Ok(Request::Help(error))
        }
        Err(error) => Err(complaint(&error, &arguments)),
    }
}

/// All arguments, with their help in so many columns.
pub fn interface(width: usize) -> clap::Command {
    let commands = COMMANDS.iter().map(|command| (command.interface)(width));
    Arguments::command()
        .subcommands(commands)
        .after_help(wrapped(&format!("{}\n\n{MORE}", examples(2)), width))
        .after_long_help(wrapped(&format!("{}\n{}\n\n{END}", presets(), examples(COMMANDS.len())), width))
        .term_width(width)
}

const MORE: &str =
    "`thalweg --help` tells more, with the built-in presets; so does `thalweg COMMAND --help`.";
const END: &str = "\
`thalweg COMMAND --help` tells more. A file called like a command is opened as ./NAME.\n\n\
Exit status: 0 done, 1 a failure, 2 bad arguments.";

/// The built-in presets, by topic.
fn presets() -> String {
    let mut text = String::from("Built-in presets, by topic:\n");
    for topic in PRESETS.chunk_by(|one, next| one.topic == next.topic) {
        let names: Vec<_> = topic.iter().map(|preset| preset.name).collect();
        let name = topic.first().map_or("", |preset| preset.topic);
        // Writing to a string does not fail.
        let _ = writeln!(text, "  {name}:\n    {}", names.join(", "));
    }
    text
}

/// Examples of the window and of so many commands.
fn examples(most: usize) -> String {
    let mut text = String::from("Examples:\n");
    let own = [("", "open the window"), ("valley.ron", "open it on a preset")];
    let commands = COMMANDS.iter().filter_map(|command| command.example).take(most);
    for (arguments, what) in own.into_iter().chain(commands) {
        let line = format!("thalweg {arguments}");
        let _ = writeln!(text, "  {:<46}{what}", line.trim_end());
    }
    text
}

/// Whether this is a built-in preset, a file, or a link.
fn is_preset(word: &str) -> bool {
    thalweg_scenario::find_preset(word).is_some() || Path::new(word).exists() || is_link(word)
}

/// The command that `word` nearly is, if it is no preset.
fn mistyped_command(word: &str) -> Option<String> {
    if is_preset(word) {
        return None;
    }
    let interface = interface(width());
    let names = interface.get_subcommands().map(clap::Command::get_name);
    // One slip in a short word, two in a longer one.
    near(word, names, |name| name.len() / 3).first().map(|name| (*name).to_owned())
}

fn no_command(word: &str, near: Option<String>) -> Failure {
    let advice = if let Some(near) = near {
        format!("did you mean `thalweg {near}`?")
    } else {
        let names: Vec<_> = COMMANDS.iter().map(|command| command.name).collect();
        format!("the commands are {}", names.join(", "))
    };
    Failure::arguments(format!("there is no command `{word}`; {advice}"))
}

/// What is wrong with the arguments, in two lines.
fn complaint(error: &clap::Error, arguments: &[OsString]) -> Failure {
    let interface = interface(width());
    let first = arguments.get(1).and_then(|argument| argument.to_str()).unwrap_or_default();
    let command = interface.find_subcommand(first);
    // A first word that is no command counts as a preset, after which nothing may follow: what
    // was meant is a command.
    if command.is_none() && !first.is_empty() && !first.starts_with('-') {
        let second = arguments.get(2).map(|argument| argument.to_string_lossy()).unwrap_or_default();
        if first == "help" {
            return no_command(&second, mistyped_command(&second));
        }
        if is_preset(first) {
            let name = given_name(Path::new(first));
            return Failure::arguments(format!(
                "found `{second}` behind the preset `{name}`, which is opened in the window; a command stands before \
                 it, as in `thalweg run {name}`\n`thalweg --help` shows what there is"
            ));
        }
        return no_command(first, mistyped_command(first));
    }
    let text = error.render().to_string();
    let mut message = String::new();
    for line in text.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:")) {
        let line = line.strip_prefix("error: ").unwrap_or(line);
        // A value that begins with `-` is none that could be meant.
        let is_said = !line.is_empty() && !line.starts_with("For more") && !line.starts_with("tip: to pass");
        if is_said {
            let separator = match (message.is_empty(), line.starts_with("tip:")) {
                (true, _) => "",
                (false, true) => "; ",
                (false, false) => " ",
            };
            message.push_str(separator);
            message.push_str(line);
        }
    }
    let name = command.map_or(String::new(), |command| format!(" {}", command.get_name()));
    Failure::arguments(format!("{message}\n`thalweg{name} --help` shows what there is"))
}

/// Does what a command says.
///
/// # Errors
/// It could not be done, or only in part.
pub fn execute(command: &CommandEntry, arguments: &ArgMatches) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    (command.work)(arguments, || interface(width()), &mut out)?;
    Ok(io::Write::flush(&mut out)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_is_consistent() {
        interface(100).debug_assert();
    }
}
