//! The squared error of a sigmoid unit: a classifier with the wrong loss.

use super::model::{Mean, Model, searched};
use super::sigmoid::sigmoid;
use crate::data;
use crate::data::rows::Row;
use crate::math::number::Number;
use crate::objective::prediction::{Prediction, Shows};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;

/// What it can be told.
const PARAMS: &[Param] =
    &[Param::data(&data::blobs::BLOBS, true), Param::STANDARDIZE, Param::INTERCEPT, Param::L2];
const INTERCEPT: NumberKey = NumberKey::of(PARAMS, "intercept");

/// mean of (σ(w1 x1 + w2 x2) - t)²/2: not convex, and flat wherever the unit is surely wrong.
pub static SIGMOID_SQUARED_ERROR: Surface = Surface {
    name: "SigmoidSquaredError",
    title: "squared error of a sigmoid",
    summary: "The squared error of a sigmoid classifier over data: not convex, and flat where it is most wrong.",
    formula: "mean of (σ(w₁·x₁ + w₂·x₂ + b) - t)²/2, plus λ·|w|²/2",
    // The sigmoid from e^-|z|, which cannot overflow.
    lines: &[
        ("z", "w₁·x₁ + w₂·x₂ + intercept"),
        ("E", "exp(z if z < 0 else -z)"),
        ("σ", "(E if z < 0 else 1)/(1 + E)"),
        ("f", "(σ - t)²/2"),
    ],
    source: "Goodfellow, Bengio and Courville, Deep Learning (2016), section 6.2.2.2",
    params: PARAMS,
    view: View::square(4.0),
    start: [-3.0, -2.0],
    critical: |constants| searched::<Mean<SigmoidSquaredError>>(constants, 8.0),
    functions: SurfaceFunctions::of::<Mean<SigmoidSquaredError>>(),
    prediction: Some(Prediction::of::<SigmoidSquaredError>(Shows::Boundary)),
    ..Surface::PLAIN
};

struct SigmoidSquaredError;

impl Model for SigmoidSquaredError {
    const PARAMS: &'static [Param] = PARAMS;
    const INTERCEPT: Option<NumberKey> = Some(INTERCEPT);
    #[inline(always)]
    fn output<T: Number>([x1, x2]: [f64; 2], w1: T, w2: T, intercept: f64) -> T {
        w1 * x1 + w2 * x2 + intercept
    }

    #[inline(always)]
    fn loss<T: Number>([x1, x2, t]: Row, w1: T, w2: T, intercept: f64) -> T {
        (sigmoid(Self::output([x1, x2], w1, w2, intercept)) - t).square() * 0.5
    }
}
