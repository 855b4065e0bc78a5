//! What surfaces, optimizers and schedules have in common: a name, a title and parameters.

use super::param::Param;

/// Something with a name and parameters: a surface, an optimizer or a schedule.
pub trait Described: PartialEq + 'static {
    /// What one of them is called in messages: "surface", "optimizer", "schedule".
    const WHAT: &'static str;
    /// The name, as presets write it.
    fn name(&self) -> &str;
    /// The name for people, as it is written in the middle of a sentence; empty where it is [`Described::name`].
    fn own_title(&self) -> &str;
    /// The name for people, as it is written in the middle of a sentence.
    fn title(&self) -> &str {
        if self.own_title().is_empty() { self.name() } else { self.own_title() }
    }
    /// What it is, in one sentence.
    fn summary(&self) -> &str;
    /// Its parameters, in the order of presets and sliders.
    fn params(&self) -> &[Param];
    /// Of one that is made of others: their names, and how many of its parameters are theirs. These are its last ones, in
    /// this order, and the key of each begins with the number of the part and a point.
    fn parts(&self) -> Vec<(&'static str, usize)> {
        Vec::new()
    }
}

/// The entry called `name` of a table.
pub fn find<D: Described>(table: &[&'static D], name: &str) -> Option<&'static D> {
    table.iter().copied().find(|entry| entry.name() == name)
}
