//! The commands that need no window, and the reading of arguments.

mod inspect;
mod list;
mod map;
mod progress;
mod run;
mod theory;

use clap::builder::styling::Styles;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use thalweg_scenario::{LoadError, MAX_STEPS, PRESETS, Scenario};

/// Why the program ends before its task is done.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    status: u8,
    message: String,
}

impl Failure {
    /// The task could not be done: exit status 1.
    pub fn failed(message: impl Into<String>) -> Self {
        Self { status: 1, message: message.into() }
    }

    /// The arguments make no sense: exit status 2.
    pub fn arguments(message: impl Into<String>) -> Self {
        Self { status: 2, message: message.into() }
    }

    /// Tells the user, on standard error, and the system.
    pub fn report(self) -> ExitCode {
        if !self.message.is_empty() {
            // If nobody can be told, the exit status still says it.
            let _ = writeln!(io::stderr().lock(), "{}", self.message);
        }
        ExitCode::from(self.status)
    }
}

/// A failure of standard output. A reader that has closed it (`| head`) has all that it wants.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self { status: 0, message: String::new() },
            _ => Self::failed(format!("standard output: {error}")),
        }
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Self {
        Self::failed(error.to_string())
    }
}

/// What the arguments ask for.
#[derive(Debug)]
pub enum Request {
    /// The window, on a preset if there is one.
    Window {
        /// A file, or the name of a built-in preset.
        preset: Option<String>,
    },
    /// A command that needs no window.
    Command(Command),
    /// Help, or the version.
    Help(clap::Error),
}

/// See how optimizers travel over two-dimensional loss surfaces.
///
/// Without a command it opens the window, on a preset if one is given. A preset is a file that
/// describes a race (a surface, a start, the optimizers and their settings), or the name of a
/// built-in one.
#[derive(Debug, Parser)]
#[command(name = "thalweg", version, args_conflicts_with_subcommands = true, styles = Styles::plain())]
struct Arguments {
    /// The preset to open in the window: a file, or the name of a built-in one
    preset: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a preset, and show how it ended or write every step as CSV
    #[command(after_help = RUN_HELP)]
    Run(RunArgs),
    /// Show value, gradient, Hessian and their meaning at points of a preset's surface
    #[command(after_help = INSPECT_HELP)]
    Inspect(Inspect),
    /// Show what the linear theory says of each runner: roots, regimes, edges, rates
    #[command(after_help = theory::HELP)]
    Theory(theory::Theory),
    /// Map what becomes of a runner with other settings, or from other starts, as CSV
    #[command(after_help = map::HELP)]
    Map(map::Map),
    /// List surfaces, optimizers, schedules, gradients or presets, with keys, defaults and ranges
    #[command(after_help = LIST_HELP)]
    List(List),
    /// Read presets and report every error in them
    #[command(after_help = CHECK_HELP)]
    Check(Check),
}

const RUN_HELP: &str = "\
The CSV has one row for each runner and step: runner,label,step,x,y,loss,grad_norm,lr and then
the inner state of the optimizers, as NAME_x,NAME_y. Numbers read back to the same bits; what does
not exist (the learning rate of a method without one) is empty. The rows of a diverged run may hold
NaN, inf and -inf. The file appears when it is whole.

Examples:
  thalweg run valley.ron                       how each runner ended, as a table
  thalweg run valley.ron --csv steps.csv       every step, as a file
  thalweg run valley.ron --steps 20 --csv -    the first 20 steps, on standard output

Exit status: 0 done (a diverged run is a result too), 1 a failure, 2 bad arguments.";

const INSPECT_HELP: &str = "\
The kind of point is what the Hessian says (second derivative test): minimum, maximum, saddle or
inconclusive. It is the kind of a critical point where the gradient is zero.

--critical searches the preset's view by samples: a point alone in one of its 64 by 64 cells is found,
of two in one cell both may be missed. Minima come first, then saddles, maxima and those of which the
Hessian says nothing. Where f has a tip and no gradient (null in JSON), the values around tell the kind.
One point stands for each line of critical points.

With --json: a list of {\"x\",\"y\",\"f\",\"gradient\":[gx,gy],\"hessian\":[xx,xy,yy],
\"eigenvalues\":[l1,l2],\"eigenvectors\":[[..],[..]],\"condition\",\"kind\"}, eigenvalues ascending.
JSON knows neither infinity nor NaN: they are null (the condition number of a singular Hessian).

Examples:
  thalweg inspect valley.ron
  thalweg inspect valley.ron --at 0,0 --at -1.5,2 --json
  thalweg inspect valley.ron --critical

Exit status: 0 done, 1 a failure, 2 bad arguments.";

const LIST_HELP: &str = "\
With --json: a list with one object for each. A range without bound has null there.

Examples:
  thalweg list presets
  thalweg list optimizers --json

Exit status: 0 done, 1 a failure, 2 bad arguments.";

const CHECK_HELP: &str = "\
Each error is one line, FILE:LINE:COLUMN: what is wrong and what is allowed, on standard error.
`FILE: ok` is for a file without.

Example:
  thalweg check lessons/*.ron

Exit status: 0 all files are right, 1 at least one is not, 2 bad arguments.";

/// Arguments of `run`.
#[derive(Args, Debug)]
pub struct RunArgs {
    /// A preset file, or the name of a built-in preset
    preset: String,
    /// How many steps to make, instead of what the preset says
    #[arg(long, value_name = "N", value_parser = steps, allow_hyphen_values = true)]
    steps: Option<u32>,
    /// Write every step of every runner to FILE (- is standard output)
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Show progress also where standard error is not a terminal
    #[arg(long)]
    progress: bool,
}

/// Arguments of `inspect`.
#[derive(Args, Debug)]
pub struct Inspect {
    /// A preset file, or the name of a built-in preset
    preset: String,
    /// A point to look at, as 1.5,-2; may be repeated [default: the preset's start]
    #[arg(long, value_name = "X,Y", value_parser = point, allow_hyphen_values = true)]
    at: Vec<[f64; 2]>,
    /// Look for the critical points in the preset's view, and at each of them
    #[arg(long, conflicts_with = "at")]
    critical: bool,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Arguments of `list`.
#[derive(Args, Debug)]
pub struct List {
    /// What to list
    what: list::What,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// Preset files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

/// Reads the arguments, the program's own name first.
///
/// # Errors
/// They make no sense.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, Failure> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let parsed = interface()
        .try_get_matches_from(&arguments)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    match parsed {
        Ok(Arguments { command: Some(command), .. }) => Ok(Request::Command(command)),
        Ok(Arguments { preset, .. }) => {
            if let Some(near) = preset.as_deref().and_then(mistyped_command) {
                return Err(no_command(preset.as_deref().unwrap_or_default(), Some(near)));
            }
            Ok(Request::Window { preset })
        }
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            Ok(Request::Help(error))
        }
        Err(error) => Err(complaint(&error, &arguments)),
    }
}

fn interface() -> clap::Command {
    let mut help = String::from("Built-in presets:\n");
    for preset in PRESETS {
        // Writing to a string does not fail.
        let _ = writeln!(help, "  {}", preset.name);
    }
    if PRESETS.is_empty() {
        help.push_str("  none in this version\n");
    }
    help.push_str(
        "\nExamples:\n  \
         thalweg                                   open the window\n  \
         thalweg valley.ron                        open it on a preset\n  \
         thalweg run valley.ron --csv steps.csv    every step of a race as data\n  \
         thalweg inspect valley.ron --at 0,0       how the surface curves at a point\n  \
         thalweg theory valley.ron                 what theory says of each runner\n  \
         thalweg list optimizers                   what there is, with keys and ranges\n\n\
         `thalweg COMMAND --help` tells more. A file called like a command is opened as ./NAME.\n\
         Exit status: 0 done, 1 a failure, 2 bad arguments.",
    );
    Arguments::command().after_help(help)
}

/// The command that `word` nearly is, if it is neither a preset nor a file.
fn mistyped_command(word: &str) -> Option<String> {
    if thalweg_scenario::find_preset(word).is_some() || Path::new(word).exists() {
        return None;
    }
    let distance = |name: &str| strsim::damerau_levenshtein(word, name);
    let interface = Arguments::command();
    let near = interface.get_subcommands().map(clap::Command::get_name).min_by_key(|name| distance(name))?;
    // One slip in a short word, two in a longer one.
    (distance(near) <= near.len() / 3).then(|| near.to_owned())
}

fn no_command(word: &str, near: Option<String>) -> Failure {
    let advice = if let Some(near) = near {
        format!("did you mean `thalweg {near}`?")
    } else {
        let interface = Arguments::command();
        let names: Vec<_> = interface.get_subcommands().map(clap::Command::get_name).collect();
        format!("the commands are {}", names.join(", "))
    };
    Failure::arguments(format!("there is no command `{word}`; {advice}"))
}

/// What is wrong with the arguments, in two lines.
fn complaint(error: &clap::Error, arguments: &[OsString]) -> Failure {
    let interface = Arguments::command();
    let first = arguments.get(1).and_then(|argument| argument.to_str()).unwrap_or_default();
    let command = interface.find_subcommand(first);
    // A first word that is no command counts as a preset, after which nothing may follow: what
    // was meant is a command.
    if command.is_none() && !first.is_empty() && !first.starts_with('-') {
        return no_command(first, mistyped_command(first));
    }
    let text = error.render().to_string();
    let mut message = String::new();
    for line in text.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:")) {
        let line = line.strip_prefix("error: ").unwrap_or(line);
        if !line.is_empty() && !line.starts_with("For more information") {
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

/// A number of steps.
fn steps(text: &str) -> Result<u32, String> {
    let steps = text.parse().ok().filter(|steps| (1..=MAX_STEPS).contains(steps));
    steps.ok_or_else(|| format!("write a whole number from 1 to {MAX_STEPS}"))
}

/// A point, as "1.5,-2".
fn point(text: &str) -> Result<[f64; 2], String> {
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let point = text.split_once(',').and_then(|(x, y)| Some([number(x)?, number(y)?]));
    point.ok_or_else(|| "write two finite numbers with a comma between them, as 1.5,-2".to_owned())
}

/// The scenario in a file, or the built-in preset of that name.
///
/// # Errors
/// There is neither, or the file is not a scenario; the message has a line for each diagnostic.
pub fn open(preset: &str) -> Result<Scenario, Failure> {
    Ok(crate::files::disk::open(preset)?)
}

/// Does what a command says.
///
/// # Errors
/// It could not be done, or only in part.
pub fn execute(command: &Command) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match command {
        Command::Run(arguments) => run::run(arguments, &mut out)?,
        Command::Inspect(arguments) => inspect::inspect(arguments, &mut out)?,
        Command::Theory(arguments) => theory::theory(arguments, &mut out)?,
        Command::Map(arguments) => map::map(arguments, &mut out)?,
        Command::List(arguments) => list::list(arguments, &mut out)?,
        Command::Check(arguments) => check(arguments, &mut out)?,
    }
    Ok(out.flush()?)
}

fn check(arguments: &Check, out: &mut impl Write) -> Result<(), Failure> {
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

/// Pads the cells of each column to one width, two spaces apart; a column of numbers is better
/// read flush right.
fn aligned(rows: &[Vec<String>], right: &[usize]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let gap = if column == 0 { "" } else { "  " };
            // Writing to a string does not fail.
            let _ = if right.contains(&column) {
                write!(line, "{gap}{cell:>width$}")
            } else {
                write!(line, "{gap}{cell:<width$}")
            };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_is_consistent() {
        interface().debug_assert();
    }

    #[test]
    fn points_are_two_finite_numbers() {
        assert_eq!(point("-1.5,2"), Ok([-1.5, 2.0]));
        assert_eq!(point(" 1e-3 , -2"), Ok([1e-3, -2.0]));
        for bad in ["", "1", "1,2,3", "1;2", "a,b", "1,", "inf,0", "0,nan", "1e999,0", "--json"] {
            assert!(point(bad).is_err_and(|message| message.contains("1.5,-2")), "{bad}");
        }
    }

    #[test]
    fn columns_are_aligned() {
        let rows = [vec!["a".to_owned(), "1".to_owned()], vec!["bcd".to_owned(), "23".to_owned()]];
        assert_eq!(aligned(&rows, &[1]), "a     1\nbcd  23\n");
    }
}
