//! A schedule made of a formula that was typed. What is said of it comes from its text alone.

use super::schedules::formula::{BARE, FORMULA_PARAM, RATE, TOTAL};
use super::typed_setting;
use crate::formula::parsed_rate::{self, ParsedRate, key_of};
use crate::method::schedule::Schedule;
use crate::spec::chosen::Chosen;
use crate::spec::param::{Kind, Param, Scale};
use crate::spec::range::Range;
use crate::spec::value::Value;
use std::borrow::Cow;
use std::sync::Arc;

/// The schedule that a formula is, with default settings.
///
/// ```
/// use std::sync::Arc;
/// use thalweg_core::catalogue::typed_schedule;
/// use thalweg_core::formula::parsed_rate::ParsedRate;
///
/// let schedule = typed_schedule::chosen(&Arc::new(ParsedRate::read("lr/(1 + c*t)")?));
/// assert_eq!(schedule.number("c"), Some(1.0));
/// assert_eq!(schedule.factor_at(3), 0.25);
/// # Ok::<(), thalweg_core::formula::parse_error::ParseError>(())
/// ```
pub fn chosen(rate: &Arc<ParsedRate>) -> Chosen<Schedule> {
    let params: Vec<Param> = std::iter::once(FORMULA_PARAM).chain(rate.settings().map(setting)).collect();
    let mut chosen = Chosen::with_defaults(Arc::new(Schedule { params: Cow::Owned(params), ..BARE }));
    let _ = chosen.set(RATE, Value::Rate(Arc::clone(rate)));
    chosen
}

/// The schedule that a formula is, with the settings that it shares with another.
pub fn with_settings_of(rate: &Arc<ParsedRate>, other: &Chosen<Schedule>) -> Chosen<Schedule> {
    let mut chosen = chosen(rate);
    for (param, value) in other.settings().filter(|(param, _)| param.key != RATE) {
        let _ = chosen.set(&param.key, value.clone());
    }
    chosen
}

/// A setting, with the default and the slider that one of this name usually has.
fn setting(name: &str) -> Param {
    if name == parsed_rate::TOTAL {
        return TOTAL;
    }
    let mut param = typed_setting::number(name, key_of(name), "a number that the formula names");
    let counts_steps = ["W", "warmup", "period", "every"].iter().any(|word| name.starts_with(word));
    if counts_steps {
        param.kind =
            Kind::Number { default: 30.0, range: Range::POSITIVE, slider: (1.0, 1000.0), scale: Scale::Log };
    }
    param
}

#[cfg(test)]
mod tests {
    use super::super::schedules::formula::FORMULA;
    use super::*;

    #[test]
    fn the_entry_is_the_schedule_of_its_formula() {
        let entry = Chosen::with_defaults(&FORMULA);
        let made = chosen(entry.rate().expect("a formula"));
        assert_eq!(entry, made);
        let told = |of: &Schedule| [of.name, of.title, of.summary, of.formula, of.source];
        assert_eq!((told(&entry.of), &entry.of.params), (told(&made.of), &made.of.params));
    }
}
