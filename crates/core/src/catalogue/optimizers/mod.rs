//! The table of optimizers. A new one is a new file here and one line here.

use crate::run::optimizer::Optimizer;
use crate::table::table;

mod common;
mod lines;
pub mod recorded;

table! {
    /// Every optimizer, in the order in which lists and menus show them.
    [Optimizer]
    gradient_descent::GRADIENT_DESCENT,
    momentum::MOMENTUM,
    nesterov::NESTEROV,
    qhm::QHM,
    polyak_step::POLYAK_STEP,
    schedule_free_sgd::SCHEDULE_FREE_SGD,
    barzilai_borwein::BARZILAI_BORWEIN,
    adagrad::ADA_GRAD,
    adadelta::ADA_DELTA,
    rms_prop::RMS_PROP,
    adam::ADAM,
    adamw::ADAM_W,
    adamax::ADAMAX,
    nadam::NADAM,
    radam::RADAM,
    adabelief::ADA_BELIEF,
    yogi::YOGI,
    qh_adam::QH_ADAM,
    adan::ADAN,
    schedule_free_adamw::SCHEDULE_FREE_ADAM_W,
    sign_sgd::SIGN_SGD,
    signum::SIGNUM,
    lion::LION,
    rprop::RPROP,
    newton::NEWTON,
    saddle_free_newton::SADDLE_FREE_NEWTON,
    sophia::SOPHIA,
    newton_armijo::NEWTON_ARMIJO,
    bfgs::BFGS,
    lbfgs::LBFGS,
    steepest_descent::STEEPEST_DESCENT,
    coordinate_descent::COORDINATE_DESCENT,
    conjugate_gradient::CONJUGATE_GRADIENT,
    chebyshev::CHEBYSHEV,
}

/// What is made of somebody's file: read in documents, and in no menu.
pub static OF_FILES: &[&Optimizer] = &[&recorded::RECORDED];
