//! Which call of a library makes the steps of an optimizer with its settings, or why there is none.

use super::language::Language;
use super::library_form::{LibraryForm, none};
use super::library_rows::{NOT_IN_OPTAX, NOT_IN_PYTORCH, ROWS};
use thalweg_core::Optimizer;
use thalweg_core::spec::chosen::Chosen;

/// How a library makes the steps of an optimizer with these settings, or why it does not.
///
/// # Errors
/// The sentence that says why.
pub fn form(
    chosen: &Chosen<Optimizer>,
    is_scheduled: bool,
    language: Language,
) -> Result<&'static LibraryForm, &'static str> {
    let row = ROWS.iter().find(|row| row.optimizer == chosen.of.name);
    let support = match (row, language) {
        (Some(row), Language::PyTorch) => row.pytorch,
        (Some(row), Language::Optax) => row.optax,
        (None, _) if chosen.rule().is_some() => none("a rule that was typed is in no library"),
        (None, Language::PyTorch) => NOT_IN_PYTORCH,
        (None, Language::Optax) => NOT_IN_OPTAX,
        (_, Language::NumPy) => none("NumPy has no optimizers"),
    };
    let fits = |form: &&LibraryForm| form.when.iter().all(|condition| condition.holds(chosen, is_scheduled));
    support.forms.iter().find(fits).ok_or(support.otherwise)
}

#[cfg(test)]
mod tests {
    use super::super::library_form::Condition;
    use super::*;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::spec::value::Value;

    #[test]
    fn every_optimizer_has_its_row_and_every_row_its_optimizer() {
        for optimizer in optimizers::ALL {
            let rows = ROWS.iter().filter(|row| row.optimizer == optimizer.name).count();
            assert_eq!(
                rows, 1,
                "{}: a row in the table of the libraries, with a call or a sentence why not",
                optimizer.name
            );
        }
        for row in ROWS {
            assert!(optimizers::find(row.optimizer).is_some(), "{}: no such optimizer", row.optimizer);
            for support in [row.pytorch, row.optax] {
                let always = support.forms.iter().any(|form| form.when.is_empty());
                assert_eq!(
                    always,
                    support.otherwise.is_empty(),
                    "{}: a sentence where it is not always",
                    row.optimizer
                );
            }
        }
    }

    #[test]
    fn every_call_names_settings_that_there_are() {
        for row in ROWS {
            let optimizer = optimizers::find(row.optimizer).expect("an optimizer");
            let chosen = Chosen::with_defaults(optimizer);
            let keys: Vec<&str> = optimizer.params.iter().map(|param| param.key.as_ref()).collect();
            for form in row.pytorch.forms.iter().chain(row.optax.forms) {
                let text = form.written(&chosen, "rate");
                assert!(!text.contains(['{', '}', '<', '>']), "{text}");
                for condition in form.when {
                    let named = match *condition {
                        Condition::Is(key, _)
                        | Condition::On(key)
                        | Condition::Off(key)
                        | Condition::Equals(key, _)
                        | Condition::Zero(key)
                        | Condition::NotZero(key) => Some(key),
                        Condition::ConstantRate => None,
                    };
                    assert!(named.is_none_or(|key| keys.contains(&key)), "{}: {condition:?}", row.optimizer);
                }
            }
        }
    }

    #[test]
    fn calls_say_what_is_not_as_the_library_has_it() {
        let mut adam = Chosen::with_defaults(optimizers::find("Adam").expect("Adam"));
        let written = |adam: &Chosen<Optimizer>, language| {
            form(adam, false, language).map(|form| form.written(adam, "0.03"))
        };
        let plain = "torch.optim.Adam([p], lr=0.03, betas=(0.9, 0.999), eps=1e-8)";
        assert_eq!(written(&adam, Language::PyTorch).as_deref(), Ok(plain));
        assert_eq!(
            written(&adam, Language::Optax).as_deref(),
            Ok("optax.adam(0.03, b1=0.9, b2=0.999, eps=1e-8)")
        );
        assert!(adam.set("weight_decay", Value::Number(0.1)) && adam.set("amsgrad", Value::Switch(true)));
        assert!(
            written(&adam, Language::PyTorch)
                .is_ok_and(|text| text.ends_with("weight_decay=0.1, amsgrad=True)"))
        );
        assert!(written(&adam, Language::Optax).is_err_and(|why| why.contains("amsgrad")));
        assert!(adam.set("amsgrad", Value::Switch(false)));
        assert!(
            written(&adam, Language::Optax)
                .is_ok_and(|text| text.starts_with("optax.chain(optax.add_decayed_weights(0.1), optax.adam("))
        );
    }
}
