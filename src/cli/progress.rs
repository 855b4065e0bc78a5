//! Word from a task that takes longer than a moment.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Tells how far a task is, on standard error: first after a second, then twice a second, and
/// only where somebody looks.
#[derive(Debug)]
pub(super) struct Progress {
    shown: bool,
    terminal: bool,
    next: Instant,
    written: bool,
}

/// The time before the first word.
const PATIENCE: Duration = Duration::from_secs(1);
/// The time between two words.
const PACE: Duration = Duration::from_millis(500);

impl Progress {
    /// For a task that begins now; `always` also where standard error is not a terminal.
    pub fn new(always: bool) -> Self {
        let terminal = io::stderr().is_terminal();
        Self { shown: always || terminal, terminal, next: Instant::now() + PATIENCE, written: false }
    }

    /// Whether it is time for a word.
    pub fn is_due(&self) -> bool {
        self.shown && Instant::now() >= self.next
    }

    /// Says it.
    pub fn say(&mut self, message: &str) {
        self.next = Instant::now() + PACE;
        if !self.shown {
            return;
        }
        self.written = true;
        let mut err = io::stderr().lock();
        // If it cannot be said, the task goes on all the same.
        let _ = if self.terminal { write!(err, "\r\x1b[K{message}") } else { writeln!(err, "{message}") };
        let _ = err.flush();
    }
}

/// A terminal's line is left as it was.
impl Drop for Progress {
    fn drop(&mut self) {
        if self.written && self.terminal {
            let _ = write!(io::stderr().lock(), "\r\x1b[K");
        }
    }
}

/// A destination that says how much it has been given.
#[derive(Debug)]
pub(super) struct Watched<'a, W> {
    out: W,
    bytes: u64,
    progress: &'a mut Progress,
}

impl<'a, W> Watched<'a, W> {
    /// What is written goes to `out`.
    pub fn new(out: W, progress: &'a mut Progress) -> Self {
        Self { out, bytes: 0, progress }
    }
}

impl<W: Write> Write for Watched<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.bytes += written as u64;
        if self.progress.is_due() {
            let message = format!("writing: {} MB", self.bytes / 1_000_000);
            self.progress.say(&message);
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
