//! What the machine gives a session: a clock that goes, and threads where there are any.

use std::sync::OnceLock;
use std::time::Duration;
use thalweg_session::{Clock, Runtime, Workers};
use web_time::Instant;

/// Whether there are files that have a place and are written to again, threads, and a window to be closed. A page in
/// a browser has none of these.
pub const IS_DESKTOP: bool = cfg!(not(target_arch = "wasm32"));

/// The machine's clock, and its threads.
pub fn runtime() -> Runtime {
    #[cfg(not(target_arch = "wasm32"))]
    let workers = Workers::Threads;
    #[cfg(target_arch = "wasm32")]
    let workers = Workers::BetweenFrames(crate::app::web::frames::between_frames);
    Runtime { clock: Clock::new(since_first_asked), workers }
}

fn since_first_asked() -> Duration {
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed()
}
