//! A few steps of a run, in their order.

use super::range::Range;
use std::fmt;

/// At most [`Steps::ROOM`] steps, each later than the one before: plain data, like every value of
/// a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    count: usize,
    /// The steps, then zeros, so that equal lists are equal data.
    places: [u32; Self::ROOM],
}

impl Steps {
    /// The most steps in a list.
    pub const ROOM: usize = 8;
    /// No step at all.
    pub const NONE: Self = Self { count: 0, places: [0; Self::ROOM] };

    /// The list of one step, for a description.
    pub const fn one(step: u32) -> Self {
        Self { count: 1, places: [step, 0, 0, 0, 0, 0, 0, 0] }
    }

    /// The list of two steps, for a description. The caller sees to their order.
    pub const fn two(first: u32, second: u32) -> Self {
        Self { count: 2, places: [first, second, 0, 0, 0, 0, 0, 0] }
    }

    /// The list with `step` behind the others, if it is a later one, within the longest race, and
    /// there is room.
    pub fn then(mut self, step: u32) -> Option<Self> {
        let later = self.as_slice().last().is_none_or(|last| *last < step);
        let place = self.places.get_mut(self.count)?;
        if !later || !Range::STEPS.contains(step.into()) {
            return None;
        }
        (*place, self.count) = (step, self.count + 1);
        Some(self)
    }

    /// The list that a person has typed, "30, 60, 90": whole numbers set apart by commas or
    /// blanks. `None` if it is anything else.
    pub fn typed(text: &str) -> Option<Self> {
        let words = text.trim().trim_start_matches('[').trim_end_matches(']');
        let mut words = words.split([',', ' ', ';']).filter(|word| !word.is_empty());
        words.try_fold(Self::NONE, |list, word| list.then(word.parse().ok()?))
    }

    /// The steps.
    pub fn as_slice(&self) -> &[u32] {
        self.places.get(..self.count).unwrap_or_default()
    }

    /// How many of them come at `step` or before.
    pub fn reached_at(&self, step: u32) -> u32 {
        self.as_slice().iter().map(|milestone| u32::from(*milestone <= step)).sum()
    }

    /// What a list may hold, in words for a message.
    pub fn allowed() -> String {
        format!(
            "a list of at most {} whole numbers from {} to {}, each larger than the one before",
            Self::ROOM,
            Range::STEPS.min,
            Range::STEPS.max
        )
    }
}

impl fmt::Display for Steps {
    /// "30, 60, 90"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.as_slice().iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}{step}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_typed_and_shown() {
        for (text, steps) in [
            ("30, 60, 90", &[30, 60, 90][..]),
            (" 30 60,90 ", &[30, 60, 90]),
            ("[1;1000000]", &[1, 1_000_000]),
            ("", &[]),
            ("1,2,3,4,5,6,7,8", &[1, 2, 3, 4, 5, 6, 7, 8]),
        ] {
            let list = Steps::typed(text).unwrap();
            assert_eq!(list.as_slice(), steps, "{text}");
            assert_eq!(Steps::typed(&list.to_string()), Some(list));
        }
        for text in ["60, 30", "30, 30", "0", "-1", "1.5", "a", "1000001", "1,2,3,4,5,6,7,8,9"] {
            assert_eq!(Steps::typed(text), None, "{text}");
        }
        assert_eq!(Steps::two(30, 60), Steps::NONE.then(30).unwrap().then(60).unwrap());
    }

    #[test]
    fn a_milestone_is_reached_at_its_step() {
        let list = Steps::two(30, 60);
        let counts = [0, 29, 30, 59, 60, u32::MAX].map(|step| list.reached_at(step));
        assert_eq!(counts, [0, 0, 1, 1, 2, 2]);
    }
}
