//! The table of learning-rate schedules. A new one is a new file here and one line here.

use crate::method::schedule::Schedule;
use crate::table::table;

mod common;
mod half_wave;
mod warmup;

table! {
    /// Every schedule, in the order in which lists and menus show them.
    [Schedule]
    constant::CONSTANT,
    piecewise::PIECEWISE,
    exponential::EXPONENTIAL,
    step::STEP,
    inverse_time::INVERSE_TIME,
    polynomial::POLYNOMIAL,
    cosine::COSINE,
    warm_restarts::WARM_RESTARTS,
    linear_warmup::LINEAR_WARMUP,
    warmup_cosine::WARMUP_COSINE,
    warmup_stable_decay::WARMUP_STABLE_DECAY,
    one_cycle::ONE_CYCLE,
    cyclic::CYCLIC,
    reduce_on_plateau::REDUCE_ON_PLATEAU,
    formula::FORMULA,
    sequence::SEQUENCE,
}
