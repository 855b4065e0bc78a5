//! What the machine gives a session: a clock that goes, and threads.

use std::sync::OnceLock;
use std::time::{Duration, Instant};
use thalweg_session::{Clock, Runtime, Workers};

/// The machine's clock and threads.
pub fn runtime() -> Runtime {
    Runtime { clock: Clock::new(since_first_asked), workers: Workers::Threads }
}

fn since_first_asked() -> Duration {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}
