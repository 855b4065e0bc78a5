//! What pinned runs are called.

use thalweg_scenario::Runner;

/// What a pinned runner is called: "before: Momentum".
pub fn name_of(pin: &str, runner: &Runner) -> String {
    format!("{}: {}", shown(pin), runner.name())
}

/// What a pin is called, also one without a name.
pub fn shown(pin: &str) -> &str {
    if pin.is_empty() { "pinned" } else { pin }
}
