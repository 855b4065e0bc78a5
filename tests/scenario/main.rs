//! The scenario's document: what is refused and where, what reads back, saving, and fuzzing.

mod documents;
mod files;
mod fuzz;
mod round_trip;
mod stories;
