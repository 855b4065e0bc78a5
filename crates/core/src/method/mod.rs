//! What an optimizer, a schedule and a source of gradients are: their descriptions and their steps.

pub mod description;
pub mod found_law;
pub mod found_scales;
pub mod frozen_preconditioner;
pub mod gradient;
pub mod line_search;
pub mod modifier;
pub mod modifier_stack;
pub mod oracle;
pub mod recurrence;
pub mod schedule;
pub mod schedule_sequence;
pub mod state;
pub mod step;
pub mod step_record;
pub mod theory;
pub mod update_equation;
