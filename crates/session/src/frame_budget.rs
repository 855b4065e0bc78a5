//! How long each part of a window that looks at the surface may compute within a frame; what takes longer goes
//! on in the next. (Who only reads what was recorded counts steps instead.)
//!
//! All of them together leave 10 of a frame's 33 ms to drawing, and to the bite that each ends with.

use crate::runtime::Clock;
use std::time::Duration;

/// So much of a frame.
#[derive(Clone, Copy, Debug)]
pub struct FrameBudget(Duration);

impl FrameBudget {
    /// The races, the pinned ones with it.
    pub const RACE: Self = Self::of_millis(6);
    /// The contours and colours of the surface.
    pub const PICTURE: Self = Self::of_millis(4);
    /// The paths on the plane.
    pub const PATHS: Self = Self::of_millis(3);
    /// The paths of a cloud.
    pub const CLOUD: Self = Self::of_millis(2);
    /// The paths in the eigenbasis.
    pub const EIGENBASIS: Self = Self::of_millis(2);
    /// Critical points, regions, and the local model's surroundings.
    pub const LOCAL: Self = Self::of_millis(2);
    /// The third chart.
    pub const CHART: Self = Self::of_millis(2);
    /// What the plane and the third chart show of pinned races: each.
    pub const COMPANIONS: Self = Self::of_millis(1);
    /// A job that no thread does.
    pub const JOB: Self = Self::of_millis(8);

    const fn of_millis(millis: u64) -> Self {
        Self(Duration::from_millis(millis))
    }

    /// From now on.
    pub fn begin(self, clock: Clock) -> FrameTimer {
        FrameTimer { clock, end: clock.now() + self.0 }
    }
}

/// A budget that is being used up.
#[derive(Clone, Copy, Debug)]
pub struct FrameTimer {
    clock: Clock,
    end: Duration,
}

impl FrameTimer {
    /// Whether it is time to stop.
    pub fn is_over(&self) -> bool {
        self.clock.now() > self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    static NOW: AtomicU64 = AtomicU64::new(0);

    #[test]
    fn a_budget_is_over_when_its_time_has_passed_on_the_clock_that_was_handed_in() {
        let clock = Clock::new(|| Duration::from_micros(NOW.load(Ordering::Relaxed)));
        NOW.store(500, Ordering::Relaxed);
        let timer = FrameBudget::LOCAL.begin(clock);
        for (now, is_over) in [(500, false), (2500, false), (2501, true)] {
            NOW.store(now, Ordering::Relaxed);
            assert_eq!(timer.is_over(), is_over, "{now}");
        }
    }
}
