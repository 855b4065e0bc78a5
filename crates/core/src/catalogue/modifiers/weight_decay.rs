//! Weight decay of any method: as a penalty, or beside the step.

use crate::math::number::Number;
use crate::method::modifier::{
    MadeStep, ModifiedLaw, Modifier, ModifierLine, ModifierLines, Modify, OwnSettings,
};
use crate::method::update_equation::ValueType;
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use crate::spec::range::Range;
use nalgebra::{Matrix2, Vector2};

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("weight_decay", "w", 0.01, Range::NOT_NEGATIVE, (0.0, 1.0), "the weight of the decay"),
    Param::choice(
        "form",
        &[
            Alternative { name: "L2", doc: "a penalty w|x|²/2 on f: w·x is added to the gradient" },
            Alternative {
                name: "Decoupled",
                doc: "past the method: each step takes α·w·x off besides, as AdamW does",
            },
        ],
        "where it acts",
    ),
];
const WEIGHT: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
const DECOUPLED: usize = alternative(PARAMS, "form", "Decoupled");

/// f + w|x|²/2, or x ← x - αwx beside the step. α is 1 for a method that has no learning rate.
pub static WEIGHT_DECAY: Modifier = Modifier {
    name: "WeightDecay",
    title: "weight decay",
    summary: "Pulls towards the origin: by a penalty on f, or past the method (which differs where it scales coordinates).",
    formula: "g ← g + w·x; or x ← x - α·w·x beside the step",
    source: "Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019",
    params: PARAMS,
    lines: |own| match own[FORM] {
        DECOUPLED => ModifierLines {
            before: vec![ModifierLine {
                name: "{q}",
                formula: "{αt}{w}·x",
                sort: ValueType::Displacement,
                says: "what decoupled weight decay takes off x",
            }],
            after: vec![ModifierLine {
                name: "x",
                formula: "x - {q}",
                sort: ValueType::Point,
                says: "with decoupled weight decay: as much closer to the origin",
            }],
            ..ModifierLines::default()
        },
        _ => ModifierLines {
            gradient: vec![ModifierLine {
                name: "{g}",
                formula: "{g} + {w}·{x}",
                sort: ValueType::Direction,
                says: "with the L2 penalty's own gradient, w·x",
            }],
            value: "{f} + {w}·‖{x}‖²/2",
            hessian: "{H} + {w}·I",
            ..ModifierLines::default()
        },
    },
    law: |own| match own[FORM] {
        DECOUPLED => ModifiedLaw::None(
            "Decoupled weight decay moves x past the method, whose memory does not see it: no law of two roots is \
             stated for the two together. As L2 it has one.",
        ),
        _ => ModifiedLaw::Penalty(|own| own[WEIGHT]),
    },
    ..Modifier::of::<WeightDecay>()
};

struct WeightDecay;

impl Modify for WeightDecay {
    #[inline]
    fn value<T: Number>(own: OwnSettings<'_, T>, at: Vector2<T>, value: T) -> T {
        if own[FORM] == DECOUPLED {
            return value;
        }
        value + own[WEIGHT] * (at.x.square() + at.y.square()) / 2.0
    }

    #[inline]
    fn gradient<T: Number>(own: OwnSettings<'_, T>, at: Vector2<T>, gradient: Vector2<T>) -> Vector2<T> {
        if own[FORM] == DECOUPLED { gradient } else { gradient + at * own[WEIGHT] }
    }

    #[inline]
    fn hessian<T: Number>(own: OwnSettings<'_, T>, hessian: Matrix2<T>) -> Matrix2<T> {
        if own[FORM] == DECOUPLED {
            return hessian;
        }
        let weight = own[WEIGHT];
        Matrix2::new(hessian.m11 + weight, hessian.m12, hessian.m21, hessian.m22 + weight)
    }

    #[inline]
    fn moved<T: Number>(
        own: OwnSettings<'_, T>,
        made: &MadeStep<T>,
        to: Vector2<T>,
        _kept: &mut [Vector2<T>],
    ) -> Vector2<T> {
        if own[FORM] == DECOUPLED { to - made.from * (made.lr * own[WEIGHT]) } else { to }
    }
}
