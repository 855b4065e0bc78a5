//! The table of surfaces. A new one is a new file here and one line in [`ALL`].

#![allow(clippy::unreadable_literal, reason = "coordinates in full digits, easier to compare undivided")]

use crate::objective::surface::Surface;

mod ackley;
mod beale;
mod booth;
mod easom;
mod formula;
mod goldstein_price;
mod himmelblau;
mod levy_n13;
mod linear_regression;
mod logistic_regression;
mod matyas;
mod mccormick;
mod model;
mod monkey_saddle;
mod plateau;
mod quadratic;
mod quadratic_form;
mod rastrigin;
mod rosenbrock;
mod saddle;
mod sigmoid;
mod sigmoid_squared_error;
mod six_hump_camel;
mod stationary;
mod styblinski_tang;
mod symmetry;
mod three_hump_camel;
mod tiny_net;
mod two_wells;
mod zero_one;

/// Every surface, in the order in which lists and menus show them.
pub static ALL: &[&Surface] = &[
    &saddle::SADDLE,
    &quadratic::QUADRATIC,
    &quadratic_form::QUADRATIC_FORM,
    &rosenbrock::ROSENBROCK,
    &beale::BEALE,
    &himmelblau::HIMMELBLAU,
    &booth::BOOTH,
    &matyas::MATYAS,
    &three_hump_camel::THREE_HUMP_CAMEL,
    &six_hump_camel::SIX_HUMP_CAMEL,
    &styblinski_tang::STYBLINSKI_TANG,
    &rastrigin::RASTRIGIN,
    &ackley::ACKLEY,
    &mccormick::MCCORMICK,
    &goldstein_price::GOLDSTEIN_PRICE,
    &easom::EASOM,
    &monkey_saddle::MONKEY_SADDLE,
    &levy_n13::LEVY_N13,
    &two_wells::TWO_WELLS,
    &plateau::PLATEAU,
    &formula::FORMULA,
    &linear_regression::LINEAR_REGRESSION,
    &logistic_regression::LOGISTIC_REGRESSION,
    &sigmoid_squared_error::SIGMOID_SQUARED_ERROR,
    &zero_one::ZERO_ONE,
    &tiny_net::TINY_NET,
];
