//! What there is to choose from: the built-in surfaces, optimizers and schedules, each a file of its own.

pub mod optimizers;
pub mod schedules;
pub mod surfaces;
pub mod typed_rule;
