//! The scenario's document: what is refused and where, what reads back, saving, and fuzzing.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod charts;
mod dictionaries;
mod documents;
mod fields;
mod fuzz;
mod gradients;
mod laboratory;
mod lessons;
mod links;
mod modifiers;
mod noisy_lessons;
mod notes_links;
mod one_variable;
mod reference;
mod round_trip;
mod rules;
mod scenes;
mod sequences;
mod slips;
mod step_lessons;
mod stories;
mod typed_schedules;
