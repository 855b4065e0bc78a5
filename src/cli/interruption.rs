//! Word from outside that the program should end while it writes a file.

use std::path::Path;
use std::sync::{Arc, Mutex};

/// Hears that the program is to end (Ctrl-C, a closed terminal, `kill`) as long as a file is written, says so, and
/// ends it at once, whatever is being computed. What stands unfinished in the folder goes before. What the
/// program was started to ignore (by `nohup`) it ignores.
pub struct Interruption {
    /// Whether the file is being put in its place: then nothing interrupts any more.
    is_over: Arc<Mutex<bool>>,
}

impl Interruption {
    /// Begins to hear, and says `message`, if it must, where errors are said.
    pub fn heard(unfinished: Option<&Path>, message: String) -> Self {
        let is_over = Arc::default();
        listen(Arc::clone(&is_over), unfinished, message);
        Self { is_over }
    }

    /// From now on the file is put in its place, and the program goes on to its end.
    pub fn end(self) {
        if let Ok(mut is_over) = self.is_over.lock() {
            *is_over = true;
        }
    }
}

/// Waits for a signal on a thread of its own.
#[cfg(unix)]
fn listen(is_over: Arc<Mutex<bool>>, unfinished: Option<&Path>, message: String) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    let signals: Vec<_> =
        [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| !is_ignored(*signal)).collect();
    // If the system does not allow it, the program ends without a word.
    let Ok(mut signals) = Signals::new(signals) else { return };
    let unfinished = unfinished.map(Path::to_owned);
    std::thread::spawn(move || {
        let is_told = signals.forever().next().is_some();
        let Ok(is_over) = is_over.lock() else { return };
        if !is_told || *is_over {
            return;
        }
        if let Some(unfinished) = unfinished {
            // If it stays, whoever writes there next removes it.
            let _ = std::fs::remove_file(unfinished);
        }
        super::failure::note(&message);
        std::process::exit(1);
    });
}

/// Whether the program was started with the order to ignore a signal.
#[cfg(unix)]
fn is_ignored(signal: i32) -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return false };
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    ignored & (1 << (signal - 1)) != 0
}

/// Elsewhere the program ends when it is told to; whoever writes there next removes what it left.
#[cfg(not(unix))]
fn listen(_: Arc<Mutex<bool>>, _: Option<&Path>, _: String) {}
