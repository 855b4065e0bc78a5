//! What a document has room for, and what its surface can give.

use thalweg_core::method::gradient::GradientMode;
use thalweg_core::spec::chosen::Chosen;
use thalweg_scenario::{
    MAX_PINNED, MAX_RUNNERS, MAX_STEPS, MAX_TOTAL_STEPS, PinnedRun, Scenario, StartCloud,
};

/// Whether there is room for one more runner.
pub fn has_room_for_runner(document: &Scenario) -> bool {
    document.runners.len() < MAX_RUNNERS && document.steps <= most_steps(document, runs(document) + 1)
}

/// The most starts that there is room for in a cloud.
pub fn most_starts(document: &Scenario) -> u32 {
    most_runs(document, document.steps).saturating_sub(document.runners.len() as u32).min(StartCloud::MOST)
}

/// Whether the surface can give gradients of this mode.
pub fn can_give(document: &Scenario, mode: &GradientMode) -> bool {
    !mode.needs_data() || document.surface.of.is_mean()
}

/// Whether there is something to pin, and room for it.
pub fn can_pin(document: &Scenario) -> bool {
    let shown = document.runners.iter().filter(|runner| !runner.hidden).count();
    let steps = u64::from(document.steps) * shown as u64;
    let has_room = document.total_steps() + steps <= MAX_TOTAL_STEPS;
    shown > 0 && document.pinned_runs.len() < MAX_PINNED && has_room
}

/// How many runs there are, the cloud's with them.
pub fn runs(document: &Scenario) -> u32 {
    document.runners.len() as u32 + document.cloud.map_or(0, |cloud| cloud.count)
}

/// The most steps that so many runs can make.
pub fn most_steps(document: &Scenario, runs: u32) -> u32 {
    let share = left(document) / u64::from(runs.max(1));
    u32::try_from(share).map_or(MAX_STEPS, |share| share.min(MAX_STEPS))
}

/// The most runs that can make so many steps.
pub fn most_runs(document: &Scenario, steps: u32) -> u32 {
    u32::try_from(left(document) / u64::from(steps.max(1))).unwrap_or(u32::MAX)
}

/// How many steps are left to runners and cloud: the pinned runs have theirs.
fn left(document: &Scenario) -> u64 {
    let pinned_runs: u64 = document.pinned_runs.iter().map(PinnedRun::total_steps).sum();
    MAX_TOTAL_STEPS.saturating_sub(pinned_runs)
}

/// Takes back what another surface could give and this one cannot.
pub fn keep_possible_gradients(document: &mut Scenario) {
    let is_mean = document.surface.of.is_mean();
    let possible = |gradient: &Chosen<GradientMode>| is_mean || !gradient.of.needs_data();
    if !possible(&document.gradient) {
        document.gradient = Chosen::default();
    }
    for runner in &mut document.runners {
        runner.gradient = runner.gradient.take().filter(possible);
    }
}
