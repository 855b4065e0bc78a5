//! The table of surfaces. A new one is a new file here and one line in [`ALL`].

use super::surface::Surface;

mod quadratic;
mod rosenbrock;
mod saddle;

/// Every surface, in the order in which lists and menus show them.
pub static ALL: &[&Surface] = &[&saddle::SADDLE, &quadratic::QUADRATIC, &rosenbrock::ROSENBROCK];
