//! Up instead of down.

use crate::math::number::Number;
use crate::method::modifier::{ModifiedLaw, Modifier, ModifierLine, ModifierLines, Modify, OwnSettings};
use crate::method::update_equation::ValueType;
use nalgebra::{Matrix2, Vector2};

/// Any method on -f: `torch.optim`'s `maximize=True`.
pub static ASCENT: Modifier = Modifier {
    name: "Ascent",
    title: "ascent",
    summary: "The method is given -f: it climbs to a maximum.",
    formula: "g ← -g, f ← -f, H ← -H",
    source: "torch.optim's maximize=True; optax.scale(-1)",
    lines: |_| ModifierLines {
        gradient: vec![ModifierLine {
            name: "{g}",
            formula: "-{g}",
            sort: ValueType::Direction,
            says: "ascent: the gradient of -f",
        }],
        value: "-{f}",
        hessian: "-{H}",
        ..ModifierLines::default()
    },
    law: |_| ModifiedLaw::Curvature(|_, lambda| -lambda),
    ..Modifier::of::<Ascent>()
};

struct Ascent;

impl Modify for Ascent {
    #[inline]
    fn value<T: Number>(_own: OwnSettings<'_, T>, _at: Vector2<T>, value: T) -> T {
        -value
    }

    #[inline]
    fn gradient<T: Number>(_own: OwnSettings<'_, T>, _at: Vector2<T>, gradient: Vector2<T>) -> Vector2<T> {
        -gradient
    }

    #[inline]
    fn hessian<T: Number>(_own: OwnSettings<'_, T>, hessian: Matrix2<T>) -> Matrix2<T> {
        -hessian
    }
}
