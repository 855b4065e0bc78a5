//! Optimizers, schedules and sources of gradients: their descriptions and their steps.

pub mod gradient;
pub mod line_search;
pub mod optimizer;
pub mod optimizers;
pub mod schedule;
pub mod schedules;
pub mod theory;
pub mod update_equation;
