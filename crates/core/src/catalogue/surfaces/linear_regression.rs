//! Linear regression: the squared error of a line.

use super::model::{Mean, Model};
use crate::data;
use crate::data::rows::Row;
use crate::math::compensated::difference_of_products;
use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, SurfaceData};
use crate::objective::prediction::{Prediction, Shows};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::Param;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::data(&data::line::LINE, false),
    Param::STANDARDIZE,
    Param::INTERCEPT,
    Param::switch(
        "fit_intercept",
        false,
        "whether the intercept is at each weight the one that fits best: features and target are centred, which is the \
         same (a feature that is the same in all rows stays); the fixed intercept is not used then",
    )
    .named("fit the intercept"),
    Param::L2,
];
const FIT_INTERCEPT: ChoiceKey = ChoiceKey::of(PARAMS, "fit_intercept");
const INTERCEPT: NumberKey = NumberKey::of(PARAMS, "intercept");
const L2: NumberKey = NumberKey::of(PARAMS, "l2");

/// mean (w1 x1 + w2 x2 - t)²/2 + l2|w|²/2: a quadratic whose Hessian is the features' second moments.
pub static LINEAR_REGRESSION: Surface = Surface {
    name: "LinearRegression",
    title: "linear regression",
    summary: "The squared error of a linear model over data: a quadratic, as ill-conditioned as the features are.",
    formula: "mean of (w₁·x₁ + w₂·x₂ + b - t)²/2, plus λ·|w|²/2, over the weights w₁ (x axis) and w₂ (y axis)",
    lines: &[("z", "w₁·x₁ + w₂·x₂ + intercept"), ("f", "(z - t)²/2")],
    source: "Bishop, Pattern Recognition and Machine Learning (2006), section 3.1",
    params: PARAMS,
    view: View::square(3.0),
    start: [-2.0, 1.5],
    critical,
    functions: SurfaceFunctions::of::<Mean<LinearRegression>>(),
    prediction: Some(Prediction::of::<LinearRegression>(Shows::Curve)),
    ..Surface::PLAIN
};

/// The solution of the normal equations, where they have one.
fn critical(constants: &Constants) -> Vec<CriticalPoint> {
    let SurfaceData::Examples(rows) = &constants.matter else { return Vec::new() };
    let l2 = constants[L2];
    let intercept = constants[INTERCEPT];
    let mean = |of: &dyn Fn(&Row) -> f64| rows.iter().map(of).sum::<f64>() / rows.len() as f64;
    let (xx, yy) = (mean(&|[a, ..]| a * a) + l2, mean(&|[_, b, _]| b * b) + l2);
    let xy = mean(&|[a, b, _]| a * b);
    let (xt, yt) = (mean(&|[a, _, t]| a * (t - intercept)), mean(&|[_, b, t]| b * (t - intercept)));
    let determinant = difference_of_products(xx, yy, xy, xy);
    let w1 = difference_of_products(xt, yy, xy, yt) / determinant;
    let w2 = difference_of_products(xx, yt, xt, xy) / determinant;
    let unique = determinant > 1e-13 * xx * yy && w1.is_finite() && w2.is_finite();
    if unique { vec![CriticalPoint::new(PointKind::Minimum, w1, w2)] } else { Vec::new() }
}

struct LinearRegression;

impl Model for LinearRegression {
    const PARAMS: &'static [Param] = PARAMS;
    const INTERCEPT: Option<NumberKey> = Some(INTERCEPT);
    const FITS_INTERCEPT: Option<ChoiceKey> = Some(FIT_INTERCEPT);

    #[inline(always)]
    fn output<T: Number>([x1, x2]: [f64; 2], w1: T, w2: T, intercept: f64) -> T {
        w1 * x1 + w2 * x2 + intercept
    }

    #[inline(always)]
    fn loss<T: Number>([x1, x2, t]: Row, w1: T, w2: T, intercept: f64) -> T {
        (Self::output([x1, x2], w1, w2, intercept) - t).square() * 0.5
    }
}
