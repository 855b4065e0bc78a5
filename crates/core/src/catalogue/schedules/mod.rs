//! The table of learning-rate schedules. A new one is a new file here and one line in [`ALL`].

use crate::method::schedule::Schedule;

mod constant;
mod cosine;
mod exponential;
mod inverse_time;
mod linear_warmup;
mod one_cycle;
mod piecewise;
mod polynomial;
mod step;
mod warm_restarts;

pub use constant::CONSTANT;

/// Every schedule, in the order in which lists and menus show them.
pub static ALL: &[&Schedule] = &[
    &constant::CONSTANT,
    &piecewise::PIECEWISE,
    &exponential::EXPONENTIAL,
    &step::STEP,
    &inverse_time::INVERSE_TIME,
    &polynomial::POLYNOMIAL,
    &cosine::COSINE,
    &warm_restarts::WARM_RESTARTS,
    &linear_warmup::LINEAR_WARMUP,
    &one_cycle::ONE_CYCLE,
];

/// Half a cosine wave from 1 at `part` 0 to `low` at `part` 1.
fn half_wave(low: f64, part: f64) -> f64 {
    low + (1.0 - low) * (1.0 + libm::cos(std::f64::consts::PI * part)) / 2.0
}
