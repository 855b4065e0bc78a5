//! The table of optimizers. A new one is a new file here and one line in [`ALL`].

use super::optimizer::Optimizer;

mod adam;
mod gradient_descent;
mod momentum;

/// Every optimizer, in the order in which lists and menus show them.
pub static ALL: &[&Optimizer] = &[&gradient_descent::GRADIENT_DESCENT, &momentum::MOMENTUM, &adam::ADAM];
