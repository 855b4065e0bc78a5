//! How long each part of the window that looks at the surface may compute within a frame; what takes
//! longer goes on in the next. (Who only reads what was recorded counts steps instead.)
//!
//! All of them together leave 10 of a frame's 33 ms to drawing, and to the bite that each ends with.

use std::time::{Duration, Instant};

/// The races, the pinned ones with it.
pub const RACE: Allowance = Allowance::of_millis(6);
/// The contours and colours of the surface.
pub const PICTURE: Allowance = Allowance::of_millis(4);
/// The paths on the plane.
pub const PATHS: Allowance = Allowance::of_millis(3);
/// The paths of a cloud.
pub const CLOUD: Allowance = Allowance::of_millis(2);
/// The paths in the eigenbasis.
pub const EIGENBASIS: Allowance = Allowance::of_millis(2);
/// Critical points, regions, and the local model's surroundings.
pub const LOCAL: Allowance = Allowance::of_millis(2);
/// The third chart.
pub const CHART: Allowance = Allowance::of_millis(2);
/// What the plane and the third chart show of pinned races: each.
pub const COMPANIONS: Allowance = Allowance::of_millis(1);

/// So much of a frame.
#[derive(Clone, Copy, Debug)]
pub struct Allowance(Duration);

impl Allowance {
    const fn of_millis(millis: u64) -> Self {
        Self(Duration::from_millis(millis))
    }

    /// From now on.
    pub fn begin(self) -> Spell {
        Spell { began: Instant::now(), allowed: self.0 }
    }
}

/// An allowance that is being used up.
#[derive(Clone, Copy, Debug)]
pub struct Spell {
    began: Instant,
    allowed: Duration,
}

impl Spell {
    /// Whether it is time to stop.
    pub fn is_over(&self) -> bool {
        self.began.elapsed() > self.allowed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_parts_together_leave_time_to_draw() {
        let all = [RACE, PICTURE, PATHS, CLOUD, EIGENBASIS, LOCAL, CHART, COMPANIONS, COMPANIONS];
        let together: Duration = all.iter().map(|allowance| allowance.0).sum();
        assert!(together <= Duration::from_millis(23), "{together:?}");
    }
}
