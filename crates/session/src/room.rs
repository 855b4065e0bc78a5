//! What there is room for, and what a surface can give.

use super::Session;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::spec::chosen::Chosen;
use thalweg_scenario::{MAX_RUNNERS, MAX_STEPS, MAX_TOTAL_STEPS, PinnedRun, StartCloud};

impl Session {
    /// Whether there is room for one more runner.
    pub fn has_room(&self) -> bool {
        self.scenario.runners.len() < MAX_RUNNERS && self.scenario.steps <= self.most_steps(self.runs() + 1)
    }

    /// The most starts that there is room for in a cloud.
    pub fn most_starts(&self) -> u32 {
        self.most_runs(self.scenario.steps)
            .saturating_sub(self.scenario.runners.len() as u32)
            .min(StartCloud::MOST)
    }

    /// Whether the surface can give gradients from this source.
    pub fn can_give(&self, source: &GradientMode) -> bool {
        !source.needs_data() || self.scenario.surface.of.is_mean()
    }

    /// How many runs there are, the cloud's with them.
    pub(super) fn runs(&self) -> u32 {
        self.scenario.runners.len() as u32 + self.scenario.cloud.map_or(0, |cloud| cloud.count)
    }

    /// Whether there is room for so many steps more than the scenario has.
    pub(super) fn has_room_for(&self, steps: u64) -> bool {
        self.scenario.total_steps() + steps <= MAX_TOTAL_STEPS
    }

    /// How many steps are left to runners and cloud: the pinned runs have theirs.
    fn left(&self) -> u64 {
        let pinned_runs: u64 = self.scenario.pinned_runs.iter().map(PinnedRun::total_steps).sum();
        MAX_TOTAL_STEPS.saturating_sub(pinned_runs)
    }

    pub(super) fn most_steps(&self, runs: u32) -> u32 {
        let share = self.left() / u64::from(runs.max(1));
        u32::try_from(share).map_or(MAX_STEPS, |share| share.min(MAX_STEPS))
    }

    pub(super) fn most_runs(&self, steps: u32) -> u32 {
        u32::try_from(self.left() / u64::from(steps.max(1))).unwrap_or(u32::MAX)
    }

    /// Takes back what another surface could give and this one cannot.
    pub(super) fn keep_possible_gradients(&mut self) {
        let is_mean = self.scenario.surface.of.is_mean();
        let possible = |gradient: &Chosen<GradientMode>| is_mean || !gradient.of.needs_data();
        if !possible(&self.scenario.gradient) {
            self.scenario.gradient = Chosen::default();
        }
        for runner in &mut self.scenario.runners {
            runner.gradient = runner.gradient.take().filter(possible);
        }
    }
}
