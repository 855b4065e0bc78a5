//! Logistic regression: the cross-entropy of a linear classifier.

use super::model::{Mean, Model, convex_minimum};
use super::sigmoid::softplus;
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

/// mean of ln(1 + e^z) - t z with z = w1 x1 + w2 x2: convex. Where a line separates the classes it
/// has no minimum without weight decay: the weights grow for ever.
pub static LOGISTIC_REGRESSION: Surface = Surface {
    name: "LogisticRegression",
    title: "logistic regression",
    summary: "The cross-entropy of a linear classifier over data: convex, and steep wherever it is wrong.",
    formula: "mean of -t·ln σ(z) - (1-t)·ln(1-σ(z)), z = w₁·x₁ + w₂·x₂ + b, plus λ·|w|²/2",
    // The softplus ln(1 + e^z) from e^-|z|, which cannot overflow.
    lines: &[
        ("z", "w₁·x₁ + w₂·x₂ + intercept"),
        ("E", "exp(z if z < 0 else -z)"),
        ("f", "(0 if z < 0 else z) + log(1 + E) - t·z"),
    ],
    source: "Bishop, Pattern Recognition and Machine Learning (2006), section 4.3.2",
    params: PARAMS,
    view: View::square(4.0),
    start: [-3.0, -2.0],
    critical: convex_minimum::<Mean<LogisticRegression>>,
    functions: SurfaceFunctions::of::<Mean<LogisticRegression>>(),
    prediction: Some(Prediction::of::<LogisticRegression>(Shows::Boundary)),
    ..Surface::PLAIN
};

struct LogisticRegression;

impl Model for LogisticRegression {
    const PARAMS: &'static [Param] = PARAMS;
    const INTERCEPT: Option<NumberKey> = Some(INTERCEPT);
    #[inline(always)]
    fn output<T: Number>([x1, x2]: [f64; 2], w1: T, w2: T, intercept: f64) -> T {
        w1 * x1 + w2 * x2 + intercept
    }

    #[inline(always)]
    fn loss<T: Number>([x1, x2, t]: Row, w1: T, w2: T, intercept: f64) -> T {
        let z = Self::output([x1, x2], w1, w2, intercept);
        softplus(z) - z * t
    }
}
