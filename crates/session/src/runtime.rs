//! What a session is run with: a clock, and who does what takes longer than a frame. Both are handed in: there
//! is a window that has threads, a browser that has none, and a test in which no time passes.

use std::ops::ControlFlow;
use std::time::Duration;

/// How long it is since some moment, always the same one.
#[derive(Clone, Copy, Debug)]
pub struct Clock(fn() -> Duration);

impl Clock {
    /// The clock that `now` reads.
    pub fn new(now: fn() -> Duration) -> Self {
        Self(now)
    }

    /// What it shows.
    pub fn now(self) -> Duration {
        (self.0)()
    }
}

/// Work that is done a slice at each call, until it breaks off because nothing is left to do.
pub type SlicedWork = Box<dyn FnMut() -> ControlFlow<()>>;

/// Who does a job.
#[derive(Clone, Copy, Debug)]
pub enum Workers {
    /// Threads beside the caller, who collects what they have found.
    Threads,
    /// The caller's own thread while it has nothing else to do: the function sees to it that work is called between
    /// frames. The caller collects what was found.
    BetweenFrames(fn(SlicedWork)),
    /// The caller, a slice each time that it asks for what is found.
    Caller,
}

/// A clock, and who does a job.
#[derive(Clone, Copy, Debug)]
pub struct Runtime {
    /// The clock.
    pub clock: Clock,
    /// Who does a job.
    pub workers: Workers,
}

impl Runtime {
    /// One in which no time passes and nothing goes on behind the caller's back: whatever is begun is finished
    /// when it is asked for.
    pub fn synchronous() -> Self {
        Self { clock: Clock::new(|| Duration::ZERO), workers: Workers::Caller }
    }
}
