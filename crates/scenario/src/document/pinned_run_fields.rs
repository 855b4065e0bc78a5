//! The table of the fields of a pinned run.

use super::limits::MAX_LABEL;
use super::scenario::PinnedRun;
use super::scenario_fields::{read_scenario, write_scenario};
use crate::format::field::{Field, Form};
use crate::format::invalidates::Invalidates;
use crate::format::record::{Record, refused};
use crate::format::value_writer::ValueWriter;
use std::sync::Arc;

static PINNED_FIELDS: [Field<PinnedRun>; 2] = [
    Field::<PinnedRun>::line(
        "name",
        "what it is called, one line",
        MAX_LABEL,
        |pin| &pin.name,
        |pin, name| pin.name = name,
    )
    .called("a ghost's name")
    .invalidates(Invalidates::Picture, "a pinned path's name"),
    Field::<PinnedRun>::form(
        "of",
        "the race that was pinned",
        Form {
            takes: "a scenario without `cloud`, `ghosts` and `show`",
            default: "",
            read: |reader, node, pin| {
                // A pinned run has no pinned runs: a document may not be a well without a bottom.
                let inner = node.fields().unwrap_or_default();
                let is_no_part = |key| matches!(key, "ghosts" | "cloud" | "show");
                if let Some(field) = inner.iter().find(|field| is_no_part(field.key)) {
                    let message =
                        format!("`{}` is no part of a ghost, which is a race and nothing else", field.key);
                    reader.report.add(&field.span, message);
                    return false;
                }
                let scenario = read_scenario(reader, node);
                scenario.map(|scenario| pin.of = Arc::new(PinnedRun::bare(scenario))).is_some()
            },
            write: |pin, writer| Some(write_scenario(&pin.of, &ValueWriter { is_part: true, ..*writer })),
            is_same: |one, other| one.of == other.of,
            refused: |pin| refused(&*pin.of),
        },
    )
    .invalidates(Invalidates::PinnedRuns, "the pinned paths")
    .required(),
];

impl Record for PinnedRun {
    const WHAT: &'static str = "a ghost";
    const FORM: &'static str = "`(name: \"before\", of: (surface: ..., runners: [...]))`";

    fn fields() -> &'static [Field<Self>] {
        &PINNED_FIELDS
    }
}
