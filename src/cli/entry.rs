//! What a command is: its arguments, its help and its work, and the row of the table that it becomes.

use super::failure::Failure;
use super::help_text::wrapped;
use clap::{ArgMatches, Args, Command};
use std::io::Write;

/// A command that needs no window: its arguments, and what is done with them.
pub trait CommandWork: Args {
    /// What it is called.
    const NAME: &'static str;
    /// What it does, in a line.
    const ABOUT: &'static str;
    /// What its help says below the options, with examples.
    const HELP: &'static str;
    /// An example for the program's own help, and what it does; none if it has none there.
    const EXAMPLE: Option<(&'static str, &'static str)>;

    /// Does it; the result goes to `out`.
    ///
    /// # Errors
    /// It could not be done, or only in part.
    fn work(&self, out: &mut dyn Write) -> Result<(), Failure>;

    /// Does it, for a command that speaks of the whole command line, which is `all`.
    ///
    /// # Errors
    /// It could not be done, or only in part.
    fn work_among(&self, _all: fn() -> Command, out: &mut dyn Write) -> Result<(), Failure> {
        self.work(out)
    }
}

/// Does what the arguments of a command say; it is given what makes the whole command line.
type CommandFunction = fn(&ArgMatches, fn() -> Command, &mut dyn Write) -> Result<(), Failure>;

/// A command: a row of the table.
#[derive(Debug)]
pub struct CommandEntry {
    /// What it is called.
    pub name: &'static str,
    /// An example for the program's own help, and what it does.
    pub example: Option<(&'static str, &'static str)>,
    /// Its arguments and its help, in so many columns.
    pub interface: fn(usize) -> Command,
    /// Does what its arguments say; it is given what makes the whole command line.
    pub work: CommandFunction,
}

impl CommandEntry {
    /// The row of a command.
    pub const fn of<W: CommandWork>() -> Self {
        Self { name: W::NAME, example: W::EXAMPLE, interface: interface::<W>, work: work::<W> }
    }
}

fn interface<W: CommandWork>(width: usize) -> Command {
    W::augment_args(Command::new(W::NAME))
        .about(W::ABOUT)
        .after_help(wrapped(&format!("`thalweg {} --help` tells more, with examples.", W::NAME), width))
        .after_long_help(wrapped(W::HELP, width))
        .term_width(width)
}

fn work<W: CommandWork>(
    matches: &ArgMatches,
    all: fn() -> Command,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let arguments = W::from_arg_matches(matches).map_err(|error| Failure::arguments(error.to_string()))?;
    arguments.work_among(all, out)
}
