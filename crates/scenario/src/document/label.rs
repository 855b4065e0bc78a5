//! A label that quotes settings, as `good: {lr}`, and so stays true when they change.

use crate::format::value_writer::number;
use std::borrow::Cow;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param};
use thalweg_core::spec::value::Value;

/// A runner's label with the values of the settings whose keys stand in it in braces: what `setting` says of a key as it
/// stands there, `lr` or `schedule.total`. What names no setting stays as it is written.
pub(super) fn quoting(label: &str, setting: impl Fn(Option<&str>, &str) -> Option<String>) -> Cow<'_, str> {
    if !label.contains('{') {
        return Cow::Borrowed(label);
    }
    let mut said = String::with_capacity(label.len());
    let mut rest = label;
    while let Some((before, behind)) = rest.split_once('{') {
        said.push_str(before);
        let quoted = behind.split_once('}').and_then(|(key, after)| {
            let (part, key) = key.split_once('.').map_or((None, key), |(part, key)| (Some(part), key));
            Some((setting(part, key)?, after))
        });
        rest = if let Some((value, after)) = quoted {
            said.push_str(&value);
            after
        } else {
            said.push('{');
            behind
        };
    }
    said.push_str(rest);
    Cow::Owned(said)
}

/// The value of a setting, for a person.
pub(super) fn value_of<D: Described>(of: &Chosen<D>, key: &str) -> Option<String> {
    let (param, value) = of.settings().find(|(param, _)| param.key == key)?;
    said(param, value)
}

/// A number in four digits: what was dragged has three. With an exponent only where it would be mostly zeros.
fn brief(value: f64) -> String {
    let rounded: f64 = format!("{value:.3e}").parse().unwrap_or(value);
    if value == 0.0 || (1e-6..1e7).contains(&value.abs()) { rounded.to_string() } else { number(rounded) }
}

fn said(param: &Param, value: &Value) -> Option<String> {
    match (&param.kind, value) {
        (_, Value::Number(value)) => Some(brief(*value)),
        (Kind::Choice { alternatives }, Value::Choice(index)) => {
            alternatives.get(*index).map(|alternative| alternative.name.to_owned())
        }
        (_, Value::Switch(on)) => Some(if *on { "on" } else { "off" }.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse;

    #[test]
    fn what_stands_in_braces_is_the_present_value() {
        let name = |label: &str| {
            let runner = format!(
                "(label: \"{label}\", optimizer: Momentum(lr: 0.020004, momentum: 0.9, form: Classical), \
                 schedule: Cosine(total: 300))"
            );
            let scenario = parse(&format!("(surface: Saddle, runners: [{runner}])"));
            scenario.map(|scenario| scenario.runners[0].name().into_owned())
        };
        for (label, said) in [
            ("good: {lr}", "good: 0.02"),
            ("{form}, β = {momentum} to step {schedule.total}", "Classical, β = 0.9 to step 300"),
            ("{nothing} {lr", "{nothing} {lr"),
            ("{{lr}}", "{0.02}"),
            ("{gradient.sigma}{}", "{gradient.sigma}{}"),
        ] {
            assert_eq!(name(label).as_deref(), Ok(said));
        }
        for (value, said) in [(2e-5, "0.00002"), (2.0 / 9.0, "0.2222"), (64.0, "64"), (1e-9, "1e-9")] {
            assert_eq!(brief(value), said);
        }
    }
}
