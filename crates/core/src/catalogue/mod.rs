//! What there is to choose from: the built-in surfaces, optimizers, schedules and modifiers, each a file of its own.

pub mod modifiers;
pub mod optimizers;
mod rule_method;
pub mod schedules;
pub mod surfaces;
pub mod typed_rule;
pub mod typed_schedule;
mod typed_setting;
