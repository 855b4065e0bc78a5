//! Why the program ends before its task is done.

use std::io::{self, Write};
use std::process::ExitCode;
use thalweg_scenario::{LoadError, printable};

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
            note(&self.message);
        }
        ExitCode::from(self.status)
    }
}

/// Tells the user something on standard error, each line made fit for a terminal. If nobody can be told, the
/// exit status still says how it went.
pub fn note(message: &str) {
    let lines: Vec<_> = message.lines().map(printable).collect();
    let _ = writeln!(io::stderr().lock(), "{}", lines.join("\n"));
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
