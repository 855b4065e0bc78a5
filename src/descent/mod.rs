//! Surfaces, optimizers, schedules and the lockstep race between them. Pure: no window, no files, no clock,
//! no threads, no globals.

pub mod critical;
pub mod data;
mod dual;
pub mod exact;
pub mod expression;
pub mod gradient;
#[cfg(test)]
mod independent;
mod lane;
pub mod line;
pub mod line_search;
mod memo;
mod number;
pub mod optimizer;
pub mod optimizers;
mod pace;
pub mod param;
pub mod race;
pub mod random;
mod range;
mod record;
pub mod scene;
pub mod schedule;
pub mod schedules;
mod steps;
pub mod surface;
pub mod surfaces;
pub mod swarm;
pub mod symmetric;
pub mod theory;
pub mod trajectory;
pub mod trial;
pub mod typed;
mod vectors;
mod wide;

pub use dual::Dual;
pub use number::Number;
pub use wide::Wide;
