//! The theory against reference numbers, and against what runs really do.

mod adaptive;
mod compare;
mod cusps;
mod degenerate;
mod endings;
mod modifiers;
mod momentum_plane;
mod rules_theory;
mod schedules;
mod stability;
mod step_trace;
mod surfaces;
mod typed_schedules;
mod watching_schedules;
