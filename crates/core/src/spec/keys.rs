//! Where a setting stands among the others: found by its key when the program is compiled, so that a parameter
//! put in between moves nothing unseen, and a key that there is not is no program.

use super::param::{Kind, Param};
use super::settings::Settings;
use std::borrow::Cow;
use std::ops::Index;

/// The place of a number among the numbers of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberKey(pub(crate) usize);

/// The place of a switch or a choice among those of a description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceKey(pub(crate) usize);

impl NumberKey {
    /// The number called `key`.
    ///
    /// # Panics
    /// There is none. In a constant, that is an error of the compiler.
    pub const fn of(params: &[Param], key: &str) -> Self {
        let (mut index, mut numbers) = (0, 0);
        while index < params.len() {
            if matches!(params[index].kind, Kind::Number { .. }) {
                if is_called(&params[index], key) {
                    return Self(numbers);
                }
                numbers += 1;
            }
            index += 1;
        }
        panic!("there is no number of this key")
    }
}

impl ChoiceKey {
    /// The switch or choice called `key`.
    ///
    /// # Panics
    /// There is none. In a constant, that is an error of the compiler.
    pub const fn of(params: &[Param], key: &str) -> Self {
        let (mut index, mut choices) = (0, 0);
        while index < params.len() {
            if matches!(params[index].kind, Kind::Switch { .. } | Kind::Choice { .. }) {
                if is_called(&params[index], key) {
                    return Self(choices);
                }
                choices += 1;
            }
            index += 1;
        }
        panic!("there is no switch or choice of this key")
    }
}

/// The index of the alternative called `name` of the choice called `key`.
///
/// # Panics
/// There is none. In a constant, that is an error of the compiler.
pub const fn alternative(params: &[Param], key: &str, name: &str) -> usize {
    let mut index = 0;
    while index < params.len() {
        if let Kind::Choice { alternatives } = params[index].kind
            && is_called(&params[index], key)
        {
            let mut place = 0;
            while place < alternatives.len() {
                if is_same(alternatives[place].name, name) {
                    return place;
                }
                place += 1;
            }
        }
        index += 1;
    }
    panic!("there is no such alternative")
}

const fn is_called(param: &Param, key: &str) -> bool {
    match &param.key {
        Cow::Borrowed(own) => is_same(own, key),
        Cow::Owned(_) => false,
    }
}

/// Whether two texts are the same, also in a constant.
pub(crate) const fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut index = 0;
    while index < a.len() {
        if a[index] != b[index] {
            return false;
        }
        index += 1;
    }
    true
}

impl<T> Index<NumberKey> for Settings<T> {
    type Output = T;

    #[inline(always)]
    fn index(&self, key: NumberKey) -> &T {
        &self.numbers[key.0]
    }
}

impl<T> Index<ChoiceKey> for Settings<T> {
    type Output = usize;

    #[inline(always)]
    fn index(&self, key: ChoiceKey) -> &usize {
        &self.choices[key.0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::range::Range;

    #[test]
    fn a_setting_is_found_by_its_key_wherever_it_stands() {
        let number = |key| Param::number(key, "", 0.0, Range::ANY, (0.0, 1.0), "");
        let params = [number("a"), Param::switch("b", true, ""), number("c"), Param::switch("d", false, "")];
        assert_eq!((NumberKey::of(&params, "a"), NumberKey::of(&params, "c")), (NumberKey(0), NumberKey(1)));
        assert_eq!((ChoiceKey::of(&params, "b"), ChoiceKey::of(&params, "d")), (ChoiceKey(0), ChoiceKey(1)));
        let values: Vec<_> = params.iter().map(Param::default_value).collect();
        let settings = Settings::of(&values);
        assert_eq!((settings[NumberKey(1)], settings[ChoiceKey(0)]), (0.0, 1));
    }

    #[test]
    #[should_panic(expected = "there is no number of this key")]
    fn what_is_not_there_is_not_found() {
        NumberKey::of(&[Param::switch("a", true, "")], "a");
    }
}
