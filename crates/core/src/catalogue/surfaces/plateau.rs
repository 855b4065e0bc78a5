//! A saturated neuron: plateaus where the gradient vanishes.

use super::sigmoid::sigmoid;
use crate::math::number::Number;
use crate::objective::critical_point::{CriticalPoint, PointKind};
use crate::objective::loss_function::{Constants, LossFunction};
use crate::objective::surface::{Surface, SurfaceFunctions};
use crate::objective::view::View;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number(
        "steepness",
        "s",
        2.0,
        Range::POSITIVE,
        (0.2, 5.0),
        "the size of the inputs: the larger, the sooner the unit saturates",
    )
    .log(),
    Param::number(
        "target",
        "t",
        0.9,
        Range::closed(0.01, 0.99),
        (0.01, 0.99),
        "the output wanted for the input +1; for -1 it is 1 - t",
    ),
];
const STEEPNESS: NumberKey = NumberKey::of(PARAMS, "steepness");
const TARGET: NumberKey = NumberKey::of(PARAMS, "target");

/// The squared error of one sigmoid unit with weight x and bias y on two examples: the input +1
/// has the target t, the input -1 has 1 - t.
///
/// Where the unit is saturated, the error is large and its gradient falls off like e^-z.
pub static PLATEAU: Surface = Surface {
    name: "Plateau",
    title: "plateau",
    summary: "A saturated sigmoid unit: far from the minimum the error is large and its gradient all but zero.",
    formula: "(σ(s·(y + x)) - t)²/2 + (σ(s·(y - x)) - 1 + t)²/2 with σ(z) = 1/(1 + e^-z)",
    // Each sigmoid from e^-|z|, which cannot overflow.
    lines: &[
        ("u", "steepness·(y + x)"),
        ("v", "steepness·(y - x)"),
        ("U", "exp(u if u < 0 else -u)"),
        ("V", "exp(v if v < 0 else -v)"),
        ("p", "(U if u < 0 else 1)/(1 + U)"),
        ("q", "(V if v < 0 else 1)/(1 + V)"),
        ("f", "((p - target)² + (q - (1 - target))²)/2"),
    ],
    source: "Glorot and Bengio, AISTATS (2010), 249-256; Goodfellow, Bengio and Courville, Deep Learning (2016), section 6.2.2.2",
    params: PARAMS,
    view: View { x: (-4.0, 4.0), y: (-3.0, 3.0) },
    start: [-2.0, 1.2],
    critical: |settings| {
        let (steepness, target) = (settings[STEEPNESS], settings[TARGET]);
        // Each error depends on one slanted coordinate and vanishes where σ takes its target.
        let weight = libm::log(target / (1.0 - target)) / steepness;
        vec![CriticalPoint::new(PointKind::Minimum, weight, 0.0)]
    },
    functions: SurfaceFunctions::of::<Plateau>(),
    ..Surface::PLAIN
};

struct Plateau;

impl LossFunction for Plateau {
    #[inline(always)]
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T {
        let (steepness, target) = (constants[STEEPNESS], constants[TARGET]);
        let plus = sigmoid((y + x) * steepness) - target;
        let minus = sigmoid((y - x) * steepness) - (1.0 - target);
        (plus.square() + minus.square()) * 0.5
    }
}
