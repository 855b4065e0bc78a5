//! The 0-1 loss: the share of examples that are classified wrongly.

use super::model::{Mean, Model};
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

/// The share of errors of the classifier z >= 0. It is what one wants to be small, and no method that
/// follows a gradient can make it so: between its steps the gradient is exactly zero.
pub static ZERO_ONE: Surface = Surface {
    name: "ZeroOne",
    title: "0-1 loss",
    summary: "The share of wrongly classified examples: flat steps, its gradient exactly zero almost everywhere.",
    formula: "mean of [class of w₁·x₁ + w₂·x₂ + b is not t], class 1 where the sum is at least 0; plus λ·|w|²/2",
    lines: &[
        ("z", "w₁·x₁ + w₂·x₂ + intercept"),
        ("p", "0 if z < 0 else 1"),
        ("c", "0 if t < 0.5 else 1"),
        ("f", "(p - c)²"),
    ],
    source: "Shalev-Shwartz and Ben-David, Understanding Machine Learning (2014), sections 9.1 and 12.3",
    params: PARAMS,
    view: View::square(4.0),
    start: [-3.0, -2.0],
    critical: |_| Vec::new(),
    functions: SurfaceFunctions::of::<Mean<ZeroOne>>(),
    prediction: Some(Prediction::of::<ZeroOne>(Shows::Boundary)),
    ..Surface::PLAIN
};

struct ZeroOne;

impl Model for ZeroOne {
    const PARAMS: &'static [Param] = PARAMS;
    const INTERCEPT: Option<NumberKey> = Some(INTERCEPT);
    #[inline(always)]
    fn output<T: Number>([x1, x2]: [f64; 2], w1: T, w2: T, intercept: f64) -> T {
        w1 * x1 + w2 * x2 + intercept
    }

    #[inline(always)]
    fn loss<T: Number>([x1, x2, t]: Row, w1: T, w2: T, intercept: f64) -> T {
        let is_one = t >= 0.5;
        let wrong = |predicted: bool| T::of(f64::from(u8::from(predicted != is_one)));
        Self::output([x1, x2], w1, w2, intercept).select_less(T::of(0.0), wrong(false), wrong(true))
    }
}
