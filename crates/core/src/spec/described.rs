//! What surfaces, optimizers and schedules have in common: a name and parameters.

use super::param::Param;

/// Something with a name and parameters: a surface, an optimizer or a schedule.
pub trait Described: PartialEq + 'static {
    /// What a table of them is called in messages: "surface", "optimizer", "schedule".
    const WHAT: &'static str;
    /// All of them, in the order in which they are shown.
    fn table() -> &'static [&'static Self];
    /// The name, as presets write it.
    fn name(&self) -> &'static str;
    /// What it is, in one sentence.
    fn summary(&self) -> &'static str;
    /// Its parameters, in the order of presets and sliders.
    fn params(&self) -> &'static [Param];

    /// The entry called `name`.
    fn find(name: &str) -> Option<&'static Self> {
        Self::table().iter().copied().find(|entry| entry.name() == name)
    }
}
