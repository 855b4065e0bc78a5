//! A network of two hidden units that can be exchanged.

use super::model::{Mean, Model, searched};
use crate::data;
use crate::data::rows::Row;
use crate::math::number::Number;
use crate::objective::prediction::{Prediction, Shows};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::param::Param;

/// What it can be told.
const PARAMS: &[Param] = &[Param::data(&data::two_units::TWO_UNITS, false), Param::STANDARDIZE, Param::L2];

/// mean of (tanh(w1 x1 + x2) + tanh(w2 x1 + x2) - t)²/2. Both units see the same input, so exchanging
/// them changes nothing: every minimum has a mirror image across w1 = w2, with a saddle between.
pub static TINY_NET: Surface = Surface {
    name: "TinyNet",
    title: "tiny network",
    summary: "Two hidden tanh units with a weight each: exchanging them mirrors the surface, minima come in pairs.",
    formula: "mean of (tanh(w₁·x₁ + x₂) + tanh(w₂·x₁ + x₂) - t)²/2, plus λ·|w|²/2",
    lines: &[("z", "tanh(w₁·x₁ + x₂) + tanh(w₂·x₁ + x₂)"), ("f", "(z - t)²/2")],
    source: "Bishop, Pattern Recognition and Machine Learning (2006), section 5.1.1",
    params: PARAMS,
    view: View { x: (-3.5, 3.5), y: (-2.5, 3.0) },
    start: [-1.0, -1.2],
    critical: |constants| searched::<Mean<TinyNet>>(constants, 8.0),
    functions: SurfaceFunctions::of::<Mean<TinyNet>>(),
    prediction: Some(Prediction::of::<TinyNet>(Shows::Curve)),
    ..Surface::PLAIN
};

struct TinyNet;

impl Model for TinyNet {
    const PARAMS: &'static [Param] = PARAMS;
    #[inline(always)]
    fn output<T: Number>([x1, x2]: [f64; 2], w1: T, w2: T, _: f64) -> T {
        (w1 * x1 + x2).tanh() + (w2 * x1 + x2).tanh()
    }

    #[inline(always)]
    fn loss<T: Number>([x1, x2, t]: Row, w1: T, w2: T, intercept: f64) -> T {
        (Self::output([x1, x2], w1, w2, intercept) - t).square() * 0.5
    }
}
