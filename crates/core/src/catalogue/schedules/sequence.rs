//! Several schedules one after another, as an entry of the table: with a warm-up and a cosine to begin with.

use super::cosine::COSINE;
use super::linear_warmup::LINEAR_WARMUP;
use crate::method::schedule::Schedule;
use crate::method::schedule_sequence::{BARE, milestones};
use crate::spec::handle::Handle;
use crate::spec::param::Param;
use crate::spec::range::Range;
use std::borrow::Cow;

/// What it can be told: its own, and what its parts can, as they are of themselves.
const PARAMS: &[Param] = &[
    milestones(),
    Param::number(
        "1.steps",
        "W",
        5.0,
        Range::STEPS,
        (1.0, 1000.0),
        "the step from which on the rate is full",
    )
    .named("LinearWarmup: steps")
    .log(),
    Param::number(
        "1.start_factor",
        "s",
        1.0 / 3.0,
        Range::UNIT,
        (0.0, 1.0),
        "the first rate, as a share of the full",
    )
    .named("LinearWarmup: start factor"),
    Param::number("2.total", "T", 300.0, Range::STEPS, (10.0, 10_000.0), "the step of the lowest rate")
        .named("Cosine: total")
        .log(),
    Param::number(
        "2.min_factor",
        "m",
        0.0,
        Range::UNIT,
        (0.0, 1.0),
        "the lowest rate, as a share of the first",
    )
    .named("Cosine: min factor"),
    Param::switch("2.hold", false, "whether the rate stays at its lowest (optax) or rises again (PyTorch)")
        .named("Cosine: hold"),
];

/// The schedules that it begins with.
const BEGINNING: &[Handle<Schedule>] = &[Handle::Static(&LINEAR_WARMUP), Handle::Static(&COSINE)];

/// A linear warm-up and half a cosine wave; other parts make a description of their own.
pub static SEQUENCE: Schedule =
    Schedule { params: Cow::Borrowed(PARAMS), parts: Cow::Borrowed(BEGINNING), ..BARE };

#[cfg(test)]
mod tests {
    use super::*;
    use crate::method::schedule_sequence::sequence;
    use crate::spec::chosen::Chosen;

    #[test]
    fn the_entry_is_the_sequence_of_its_parts() {
        let entry = Chosen::with_defaults(&SEQUENCE);
        let made = sequence(&entry.parts(), entry.milestones());
        assert_eq!(entry, made);
        assert_eq!(format!("{:?}", entry.of.params), format!("{:?}", made.of.params));
    }
}
