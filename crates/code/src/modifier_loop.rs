//! What the loop of a library's program gets for the modifiers of a runner.

use super::expression_writer::float;
use super::language::Language;
use super::library_form::LibraryForm;
use super::modifier_rows::{LoopLines, MODIFIERS, filled};
use thalweg_core::Optimizer;
use thalweg_core::method::modifier::Modifier;
use thalweg_core::spec::chosen::Chosen;

/// Texts for the places of a loop, with the line ends that they need; all empty without modifiers.
#[derive(Clone, Debug, Default)]
pub struct ModifierLoop {
    /// Before the loop.
    pub begin: String,
    /// Between gradient and step, as PyTorch has it.
    pub gradient: String,
    /// Right before the step.
    pub before: String,
    /// Behind the step.
    pub after: String,
    /// The transformations in front of the optimizer, as optax has them.
    chain: Vec<String>,
}

impl ModifierLoop {
    /// The texts for a runner whose method the library has in this form.
    ///
    /// # Errors
    /// Why the library does not make the same steps.
    pub fn of(
        optimizer: &Chosen<Optimizer>,
        form: &LibraryForm,
        is_scheduled: bool,
        language: Language,
    ) -> Result<Self, &'static str> {
        let mut all = Self::default();
        let rate = match language {
            _ if !optimizer.of.has_learning_rate() => String::new(),
            Language::Optax if is_scheduled => "rate(t)*".to_owned(),
            Language::Optax => format!("{}*", float(optimizer.number("lr").unwrap_or(1.0))),
            _ => "optimizer.param_groups[0][\"lr\"]*".to_owned(),
        };
        let is_plain =
            form.update == LibraryForm::PLAIN.update && form.position == LibraryForm::PLAIN.position;
        for modifier in optimizer.modifiers() {
            let lines = lines(&modifier, language)?;
            if !is_plain {
                return Err("the library's call is no plain step that modifiers could be put around");
            }
            let has_gradient = !(all.chain.is_empty() && all.gradient.is_empty());
            if lines.is_first && has_gradient {
                return Err("a sharpness-aware step of gradients that were changed before is in no library");
            }
            for (place, text) in [(&mut all.before, lines.before), (&mut all.after, lines.after)] {
                indented(place, &filled(text, &modifier, &rate));
            }
            if !lines.begin.is_empty() {
                all.begin.push_str(&filled(lines.begin, &modifier, &rate));
                all.begin.push('\n');
            }
            let gradient = filled(lines.gradient, &modifier, &rate);
            match language {
                Language::Optax if gradient.is_empty() => {}
                Language::Optax => all.chain.push(gradient),
                _ => indented(&mut all.gradient, &gradient),
            }
        }
        Ok(all)
    }

    /// An optimizer of optax behind the transformations.
    pub fn chained(&self, optimizer: String) -> String {
        match self.chain.as_slice() {
            [] => optimizer,
            chain => format!("optax.chain({}, {optimizer})", chain.join(", ")),
        }
    }
}

/// The row of a modifier that its settings allow.
fn lines(modifier: &Chosen<Modifier>, language: Language) -> Result<&'static LoopLines, &'static str> {
    let row = MODIFIERS.iter().find(|row| row.modifier == modifier.of.name);
    let row = row.ok_or("one of the modifiers is in no library")?;
    let (forms, why) = match language {
        Language::PyTorch => (row.pytorch, row.not_pytorch),
        _ => (row.optax, row.not_optax),
    };
    let fits = |form: &&LoopLines| form.when.iter().all(|condition| condition.holds(modifier, false));
    forms.iter().find(fits).ok_or(why)
}

/// Adds lines to the body of a loop.
fn indented(place: &mut String, lines: &str) {
    for line in lines.lines() {
        place.push_str("    ");
        place.push_str(line);
        place.push('\n');
    }
}
