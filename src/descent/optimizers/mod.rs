//! The table of optimizers. A new one is a new file here and one line in [`ALL`].

use super::optimizer::Optimizer;

mod adagrad;
mod adam;
mod adamw;
mod common;
mod gradient_descent;
#[cfg(test)]
mod lanes;
mod momentum;
mod nesterov;
mod newton;
mod rms_prop;
mod saddle_free_newton;

/// Every optimizer, in the order in which lists and menus show them.
pub static ALL: &[&Optimizer] = &[
    &gradient_descent::GRADIENT_DESCENT,
    &momentum::MOMENTUM,
    &nesterov::NESTEROV,
    &adagrad::ADA_GRAD,
    &rms_prop::RMS_PROP,
    &adam::ADAM,
    &adamw::ADAM_W,
    &newton::NEWTON,
    &saddle_free_newton::SADDLE_FREE_NEWTON,
];
