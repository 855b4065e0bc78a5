//! The table of optimizers. A new one is a new file here and one line in [`ALL`].

use super::optimizer::Optimizer;

mod adagrad;
mod adam;
mod adamw;
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
mod momentum;
mod nesterov;
mod newton;
mod newton_armijo;
mod rms_prop;
mod saddle_free_newton;
mod steepest_descent;

/// Every optimizer, in the order in which lists and menus show them.
pub static ALL: &[&Optimizer] = &[
    &gradient_descent::GRADIENT_DESCENT,
    &momentum::MOMENTUM,
    &nesterov::NESTEROV,
    &barzilai_borwein::BARZILAI_BORWEIN,
    &adagrad::ADA_GRAD,
    &rms_prop::RMS_PROP,
    &adam::ADAM,
    &adamw::ADAM_W,
    &newton::NEWTON,
    &saddle_free_newton::SADDLE_FREE_NEWTON,
    &newton_armijo::NEWTON_ARMIJO,
    &bfgs::BFGS,
    &lbfgs::LBFGS,
    &steepest_descent::STEEPEST_DESCENT,
    &coordinate_descent::COORDINATE_DESCENT,
    &conjugate_gradient::CONJUGATE_GRADIENT,
    &chebyshev::CHEBYSHEV,
];
