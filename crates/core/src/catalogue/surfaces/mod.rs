//! The table of surfaces. A new one is a new file here and one line here.

#![allow(clippy::unreadable_literal, reason = "coordinates in full digits, easier to compare undivided")]

use crate::objective::surface::Surface;
use crate::table::table;

pub mod grid;
mod model;
mod sigmoid;
mod stationary;
mod symmetry;

table! {
    /// Every surface, in the order in which lists and menus show them.
    [Surface]
    saddle::SADDLE,
    quadratic::QUADRATIC,
    quadratic_form::QUADRATIC_FORM,
    rosenbrock::ROSENBROCK,
    beale::BEALE,
    himmelblau::HIMMELBLAU,
    booth::BOOTH,
    matyas::MATYAS,
    three_hump_camel::THREE_HUMP_CAMEL,
    six_hump_camel::SIX_HUMP_CAMEL,
    styblinski_tang::STYBLINSKI_TANG,
    rastrigin::RASTRIGIN,
    ackley::ACKLEY,
    mccormick::MCCORMICK,
    goldstein_price::GOLDSTEIN_PRICE,
    easom::EASOM,
    monkey_saddle::MONKEY_SADDLE,
    levy_n13::LEVY_N13,
    two_wells::TWO_WELLS,
    plateau::PLATEAU,
    parabola::PARABOLA,
    absolute_value::ABSOLUTE_VALUE,
    quartic::QUARTIC,
    cubic::CUBIC,
    double_well::DOUBLE_WELL,
    ripples::RIPPLES,
    logistic_loss::LOGISTIC_LOSS,
    formula::FORMULA,
    linear_regression::LINEAR_REGRESSION,
    logistic_regression::LOGISTIC_REGRESSION,
    sigmoid_squared_error::SIGMOID_SQUARED_ERROR,
    zero_one::ZERO_ONE,
    tiny_net::TINY_NET,
}

/// Surfaces that are made of somebody's file: they are read in documents, and in no menu.
pub static OF_FILES: &[&Surface] = &[&grid::GRID];

#[cfg(test)]
mod tests;
