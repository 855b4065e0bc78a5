//! Gradients no longer than a length.

use crate::math::number::Number;
use crate::method::modifier::{ModifiedLaw, Modifier, ModifierLine, ModifierLines, Modify, OwnSettings};
use crate::method::update_equation::ValueType;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use nalgebra::Vector2;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("max", "c", 1.0, Range::POSITIVE, (1e-3, 100.0), "the length that a gradient has at most")
        .named("longest gradient")
        .log(),
    Param::number(
        "eps",
        "ε",
        1e-6,
        Range::NOT_NEGATIVE,
        (1e-12, 1e-3),
        "added to the length that c is divided by: 1e-6 in PyTorch, 0 in optax and Keras",
    )
    .named("epsilon")
    .log(),
];
const MAX: NumberKey = NumberKey::of(PARAMS, "max");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");

/// g min(1, c/(|g| + ε)), as `torch.nn.utils.clip_grad_norm_`.
pub static CLIP_NORM: Modifier = Modifier {
    name: "ClipNorm",
    title: "clipped norm",
    summary: "A gradient that is too long is shortened, and keeps its direction: no step from a cliff is a leap.",
    formula: "g ← g·min(1, c/(‖g‖ + ε))",
    source: "Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, ICML 2013, \
             algorithm 1; torch.nn.utils.clip_grad_norm_",
    params: PARAMS,
    lines: |_| ModifierLines {
        gradient: vec![ModifierLine {
            name: "{g}",
            formula: "{g}·min(1, {c}/(‖{g}‖ + {ε}))",
            sort: ValueType::Direction,
            says: "clipped: no longer than c, in the same direction",
        }],
        ..ModifierLines::default()
    },
    law: |_| {
        ModifiedLaw::None(
            "Where gradients are clipped, a step is no linear function of the error: far from the minimum it falls by a \
             fixed amount, not by a factor. Where none is longer than c, the step is the method's own, with its law: \
             take the modifier out to see that.",
        )
    },
    ..Modifier::of::<ClipNorm>()
};

struct ClipNorm;

impl Modify for ClipNorm {
    #[inline]
    fn gradient<T: Number>(own: OwnSettings<'_, T>, _at: Vector2<T>, gradient: Vector2<T>) -> Vector2<T> {
        let part = own[MAX] / (gradient.x.hypot(gradient.y) + own[EPS]);
        let one = T::of(1.0);
        gradient * part.select_less(one, part, one)
    }
}
