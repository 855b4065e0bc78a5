//! What a runner is called in data that programs read: it does not change with what people call a method.

use std::borrow::Cow;
use thalweg_scenario::Runner;

/// A runner's label, or the name of its optimizer as presets write it, with those of the modifiers behind it.
pub fn written_label(runner: &Runner) -> Cow<'_, str> {
    if !runner.label.is_empty() {
        return runner.name();
    }
    let (method, modifiers) = (runner.optimizer.method(), runner.optimizer.modifiers());
    let names = std::iter::once(&*method.of.name).chain(modifiers.iter().map(|modifier| modifier.of.name));
    Cow::Owned(names.collect::<Vec<_>>().join(" + "))
}
