//! Gradients with no coordinate larger than a number.

use crate::math::number::Number;
use crate::method::modifier::{ModifiedLaw, Modifier, ModifierLine, ModifierLines, Modify, OwnSettings};
use crate::method::update_equation::ValueType;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use nalgebra::Vector2;

/// What it can be told.
const PARAMS: &[Param] = &[Param::number(
    "max",
    "c",
    1.0,
    Range::POSITIVE,
    (1e-3, 100.0),
    "the size that each coordinate of a gradient has at most",
)
.named("largest coordinate")
.log()];
const MAX: NumberKey = NumberKey::of(PARAMS, "max");

/// Each coordinate between -c and c, as `torch.nn.utils.clip_grad_value_` and `optax.clip`.
pub static CLIP_VALUE: Modifier = Modifier {
    name: "ClipValue",
    title: "clipped values",
    summary: "Each coordinate of a gradient is cut off at a size by itself: a long gradient also turns.",
    formula: "g ← min(max(g, -c), c), each coordinate",
    source: "Goodfellow, Bengio and Courville, Deep Learning (2016), section 10.11.1; torch.nn.utils.clip_grad_value_",
    params: PARAMS,
    lines: |_| ModifierLines {
        gradient: vec![ModifierLine {
            name: "{g}",
            formula: "clip({g}, -{c}, {c})",
            sort: ValueType::Direction,
            says: "clipped: no coordinate larger than c",
        }],
        ..ModifierLines::default()
    },
    law: |_| {
        ModifiedLaw::None(
            "Where gradients are clipped, a step is no linear function of the error: each coordinate falls by a fixed \
             amount, not by a factor. Where no coordinate is larger than c, the step is the method's own, with its \
             law: take the modifier out to see that.",
        )
    },
    ..Modifier::of::<ClipValue>()
};

struct ClipValue;

impl Modify for ClipValue {
    #[inline]
    fn gradient<T: Number>(own: OwnSettings<'_, T>, _at: Vector2<T>, gradient: Vector2<T>) -> Vector2<T> {
        let (low, high) = (-own[MAX], own[MAX]);
        gradient.map(|g| g.select_less(low, low, high.select_less(g, high, g)))
    }
}
