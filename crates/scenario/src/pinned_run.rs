//! Pinned paths: what was there before something was changed.

use super::{Scenario, ViewState};
use std::sync::Arc;

/// Paths that were pinned, under a name: a race of its own, that nothing changes any more.
#[derive(Clone, Debug, PartialEq)]
pub struct PinnedRun {
    /// What it is called, one line.
    pub name: String,
    /// The race that was pinned: what determines it, and no more (no texts, no
    /// cloud, no pinned runs).
    pub of: Arc<Scenario>,
}

/// The most pinned runs that a scenario may have.
pub const MAX_PINNED: usize = 8;

impl PinnedRun {
    /// Pins the runners of `scenario` that are shown.
    pub fn pin(name: String, scenario: &Scenario) -> Self {
        let runners = scenario.runners.iter().filter(|runner| !runner.hidden).cloned().collect();
        Self { name, of: Arc::new(Self::bare(Scenario { runners, ..scenario.clone() })) }
    }

    /// `scenario` without what is no part of a pinned run.
    pub(super) fn bare(scenario: Scenario) -> Scenario {
        Scenario {
            title: String::new(),
            notes: String::new(),
            cloud: None,
            pinned_runs: Vec::new(),
            show: ViewState::default(),
            ..scenario
        }
    }

    /// How many steps its race takes at most, of all its runners.
    pub fn total_steps(&self) -> u64 {
        u64::from(self.of.steps) * self.of.runners.len() as u64
    }
}
