//! The gradient from where f is worse, not far off: sharpness-aware steps.

use crate::math::number::Number;
use crate::method::modifier::{ModifiedLaw, Modifier, ModifierLine, ModifierLines, Modify, OwnSettings};
use crate::method::update_equation::ValueType;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::Param;
use crate::spec::range::Range;
use nalgebra::Vector2;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("rho", "ρ", 0.05, Range::NOT_NEGATIVE, (1e-3, 1.0), "how far uphill the gradient is taken")
        .named("radius")
        .log(),
    Param::switch(
        "normalized",
        true,
        "whether it is taken at the distance ρ, however steep f is (SAM); else at ρ·g (USAM)",
    ),
];
const RHO: NumberKey = NumberKey::of(PARAMS, "rho");
const NORMALIZED: ChoiceKey = ChoiceKey::of(PARAMS, "normalized");
/// What keeps the division finite where the gradient vanishes, as the authors have it.
const TINY: f64 = 1e-12;

/// Foret et al.'s SAM: the gradient at x + ρg/|g|, for any method.
pub static SHARPNESS: Modifier = Modifier {
    name: "Sharpness",
    title: "sharpness-aware",
    summary: "The gradient is taken a little uphill, where f is worse: flat minima hold the run, sharp ones do not. Two \
              gradients for one.",
    formula: "g ← ∇f(x + ρ·g/‖g‖)",
    source: "Foret, Kleiner, Mobahi and Neyshabur, Sharpness-Aware Minimization, ICLR 2021, algorithm 1; without the \
             division: Andriushchenko and Flammarion, Towards Understanding Sharpness-Aware Minimization, ICML 2022",
    params: PARAMS,
    lines: |own| ModifierLines {
        gradient: vec![
            ModifierLine {
                name: "{p}",
                formula: if own[NORMALIZED] == 1 {
                    "{x} + {ρ}·{g}/(‖{g}‖ + 1e-12)"
                } else {
                    "{x} + {ρ}·{g}"
                },
                sort: ValueType::Point,
                says: "a little uphill, where f is about the worst near by",
            },
            ModifierLine {
                name: "{g}",
                formula: "∇f({p})",
                sort: ValueType::Direction,
                says: "sharpness-aware: the gradient there",
            },
        ],
        ..ModifierLines::default()
    },
    law: |own| match own[NORMALIZED] {
        1 => ModifiedLaw::None(
            "Sharpness-aware steps look at a fixed distance, so that on a quadratic they are no linear function of the \
             error: near the minimum they jump to and fro across it, some αλρ wide. Without `normalized` there is a \
             law, with λ(1 + ρλ) in λ's place.",
        ),
        _ => ModifiedLaw::Curvature(|own, lambda| lambda * (1.0 + own[RHO] * lambda)),
    },
    ..Modifier::of::<SharpnessAware>()
};

struct SharpnessAware;

impl Modify for SharpnessAware {
    const PROBES: bool = true;

    #[inline]
    fn probe<T: Number>(own: OwnSettings<'_, T>, at: Vector2<T>, gradient: Vector2<T>) -> Vector2<T> {
        let mut reach = own[RHO];
        if own[NORMALIZED] == 1 {
            reach = reach / (gradient.x.hypot(gradient.y) + TINY);
        }
        at + gradient * reach
    }
}
