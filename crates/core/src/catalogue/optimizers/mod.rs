//! The table of optimizers. A new one is a new file here and one line in [`ALL`].

use crate::run::optimizer::Optimizer;

mod adabelief;
mod adadelta;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod adan;
mod barzilai_borwein;
mod bfgs;
mod chebyshev;
mod common;
mod conjugate_gradient;
mod coordinate_descent;
mod gradient_descent;
#[cfg(test)]
mod lanes;
mod lbfgs;
mod lines;
mod lion;
mod momentum;
mod nadam;
mod nesterov;
mod newton;
mod newton_armijo;
mod polyak_step;
mod qh_adam;
mod qhm;
mod radam;
mod rms_prop;
mod rprop;
mod saddle_free_newton;
mod schedule_free_adamw;
mod schedule_free_sgd;
mod sign_sgd;
mod signum;
mod sophia;
mod steepest_descent;
mod yogi;

/// Every optimizer, in the order in which lists and menus show them.
pub static ALL: &[&Optimizer] = &[
    &gradient_descent::GRADIENT_DESCENT,
    &momentum::MOMENTUM,
    &nesterov::NESTEROV,
    &qhm::QHM,
    &polyak_step::POLYAK_STEP,
    &schedule_free_sgd::SCHEDULE_FREE_SGD,
    &barzilai_borwein::BARZILAI_BORWEIN,
    &adagrad::ADA_GRAD,
    &adadelta::ADA_DELTA,
    &rms_prop::RMS_PROP,
    &adam::ADAM,
    &adamw::ADAM_W,
    &adamax::ADAMAX,
    &nadam::NADAM,
    &radam::RADAM,
    &adabelief::ADA_BELIEF,
    &yogi::YOGI,
    &qh_adam::QH_ADAM,
    &adan::ADAN,
    &schedule_free_adamw::SCHEDULE_FREE_ADAM_W,
    &sign_sgd::SIGN_SGD,
    &signum::SIGNUM,
    &lion::LION,
    &rprop::RPROP,
    &newton::NEWTON,
    &saddle_free_newton::SADDLE_FREE_NEWTON,
    &sophia::SOPHIA,
    &newton_armijo::NEWTON_ARMIJO,
    &bfgs::BFGS,
    &lbfgs::LBFGS,
    &steepest_descent::STEEPEST_DESCENT,
    &coordinate_descent::COORDINATE_DESCENT,
    &conjugate_gradient::CONJUGATE_GRADIENT,
    &chebyshev::CHEBYSHEV,
];
