//! The logistic loss of one example.

use super::sigmoid::softplus;
use crate::math::number::Number;
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;

/// ln(1 + e^(-x)): it falls without end, ever flatter.
pub static LOGISTIC_LOSS: Surface = Surface {
    name: "LogisticLoss",
    title: "logistic loss",
    summary: "The loss of a margin x: flat where all is right, of slope -1 where all is wrong, and nowhere a minimum.",
    formula: "log(1 + exp(-x))",
    source: "Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed. (2009), section 10.6",
    view: View { x: (-4.0, 8.0), y: (-0.4, 4.4) },
    start: [-3.0, 0.0],
    is_univariate: true,
    functions: SurfaceFunctions::of_curve::<LogisticLoss>(),
    ..Surface::PLAIN
};

struct LogisticLoss;

impl LossFunction for LogisticLoss {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, x: T, _: T) -> T {
        softplus(-x)
    }
}
