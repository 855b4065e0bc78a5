//! A rectangle that runs stay in.

use crate::math::number::Number;
use crate::method::modifier::{
    MadeStep, ModifiedLaw, Modifier, ModifierLine, ModifierLines, Modify, OwnSettings,
};
use crate::method::update_equation::ValueType;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use nalgebra::Vector2;

const fn side(key: &'static str, symbol: &'static str, default: f64, doc: &'static str) -> Param {
    Param::number(key, symbol, default, Range::ANY, (-5.0, 5.0), doc)
}

/// What it can be told.
const PARAMS: &[Param] = &[
    side("x_min", "a₁", -1.0, "the left side of the box"),
    side("x_max", "b₁", 1.0, "the right side of the box"),
    side("y_min", "a₂", -1.0, "the lower side of the box"),
    side("y_max", "b₂", 1.0, "the upper side of the box"),
];
const X_MIN: NumberKey = NumberKey::of(PARAMS, "x_min");
const X_MAX: NumberKey = NumberKey::of(PARAMS, "x_max");
const Y_MIN: NumberKey = NumberKey::of(PARAMS, "y_min");
const Y_MAX: NumberKey = NumberKey::of(PARAMS, "y_max");

/// Projected steps: each ends at the point of the box that is nearest to where it would have ended.
pub static BOX: Modifier = Modifier {
    name: "Box",
    title: "box",
    summary: "Runs stay in a rectangle: a step that would leave it ends at the nearest point of it (projection).",
    formula: "x ← the point of [a₁, b₁] × [a₂, b₂] nearest to x",
    source: "Bertsekas, Nonlinear Programming (2016), section 3.3: gradient projection; optax.projections.projection_box",
    params: PARAMS,
    fault: |own| {
        let is_box = own[X_MIN] < own[X_MAX] && own[Y_MIN] < own[Y_MAX];
        (!is_box).then_some("`Box` takes an `x_min` below `x_max` and a `y_min` below `y_max`")
    },
    region: Some(|own| [Vector2::new(own[X_MIN], own[Y_MIN]), Vector2::new(own[X_MAX], own[Y_MAX])]),
    lines: |_| ModifierLines {
        after: vec![
            ModifierLine {
                name: "{a}",
                formula: "{a₁}·e₁ + {a₂}·e₂",
                sort: ValueType::Point,
                says: "the lower left corner of the box",
            },
            ModifierLine {
                name: "{b}",
                formula: "{b₁}·e₁ + {b₂}·e₂",
                sort: ValueType::Point,
                says: "the upper right corner of the box",
            },
            ModifierLine {
                name: "x",
                formula: "min(max(x, {a}), {b})",
                sort: ValueType::Point,
                says: "projected: the point of the box that is nearest",
            },
        ],
        ..ModifierLines::default()
    },
    law: |_| {
        ModifiedLaw::None(
            "A projection is no linear function of the error. Where no step leaves the box, the method has its own \
             law: take the modifier out to see that.",
        )
    },
    ..Modifier::of::<InBox>()
};

struct InBox;

impl Modify for InBox {
    #[inline]
    fn moved<T: Number>(
        own: OwnSettings<'_, T>,
        _made: &MadeStep<T>,
        to: Vector2<T>,
        _kept: &mut [Vector2<T>],
    ) -> Vector2<T> {
        let between = |at: T, low: T, high: T| at.select_less(low, low, high.select_less(at, high, at));
        Vector2::new(between(to.x, own[X_MIN], own[X_MAX]), between(to.y, own[Y_MIN], own[Y_MAX]))
    }
}
