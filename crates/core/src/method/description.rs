//! What an optimizer is said to be: its description, without the functions that run it.

use super::state::State;
use crate::spec::settings::Settings;
use nalgebra::Matrix2;

/// The families under which a chooser shows the optimizers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// One rate for all coordinates.
    FirstOrder,
    /// A rate for each coordinate, learnt from past gradients.
    Adaptive,
    /// Only the gradient's signs count, or mostly.
    SignBased,
    /// The Hessian is used.
    SecondOrder,
    /// The length of each step is searched for along a direction.
    LineSearch,
    /// Built for quadratics, where they need the fewest steps.
    Quadratic,
}

impl Group {
    /// All groups, in the order of the chooser.
    pub const ALL: [Self; 6] = [
        Self::FirstOrder,
        Self::Adaptive,
        Self::SignBased,
        Self::SecondOrder,
        Self::LineSearch,
        Self::Quadratic,
    ];

    /// The heading in the chooser.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstOrder => "First order",
            Self::Adaptive => "Adaptive",
            Self::SignBased => "Sign based",
            Self::SecondOrder => "Second order",
            Self::LineSearch => "Line search",
            Self::Quadratic => "Optimal for quadratics",
        }
    }
}

/// The settings that make the slowest error on a quadratic decay fastest, as keys and values:
/// from the present settings (which tell the form) and the smallest and largest eigenvalue, both
/// above zero. `None` where there is no such setting.
pub type Best = fn(&Settings<f64>, f64, f64) -> Option<Vec<(&'static str, f64)>>;

/// What a method in this state takes the inverse of the Hessian to be; `None` before it has learnt
/// anything.
pub type Estimate = fn(&State<f64>, &Settings<f64>) -> Option<Matrix2<f64>>;

/// One named 2-vector of inner state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The name: the CSV columns are this with `_x` and `_y`.
    pub name: &'static str,
    /// The symbol in formulas.
    pub symbol: &'static str,
    /// The meaning, in a few words.
    pub doc: &'static str,
}
