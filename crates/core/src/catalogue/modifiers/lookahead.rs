//! Fast steps, and slow ones that follow them.

use crate::math::number::Number;
use crate::method::description::Slot;
use crate::method::modifier::{
    MadeStep, ModifiedLaw, Modifier, ModifierLine, ModifierLines, Modify, OwnSettings,
};
use crate::method::update_equation::ValueType;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use nalgebra::Vector2;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::number("k", "k", 5.0, Range::STEPS, (1.0, 50.0), "how many fast steps there are to a slow one")
        .named("fast steps")
        .log(),
    Param::number(
        "alpha",
        "a",
        0.5,
        Range::UNIT,
        (0.0, 1.0),
        "how far a slow step goes towards the fast ones",
    )
    .named("slow share"),
];
const K: NumberKey = NumberKey::of(PARAMS, "k");
const ALPHA: NumberKey = NumberKey::of(PARAMS, "alpha");

/// Zhang et al.'s Lookahead over any method, as `optax.lookahead`; what is recorded are the fast weights, and what the
/// method remembers stays.
pub static LOOKAHEAD: Modifier = Modifier {
    name: "Lookahead",
    title: "lookahead",
    summary: "After every k steps the run goes back, to between where these began and where they have led to.",
    formula: "every k steps s ← s + a·(x - s), x ← s",
    source: "Zhang, Lucas, Hinton and Ba, Lookahead Optimizer: k steps forward, 1 step back, NeurIPS 2019, algorithm 1; \
             optax.lookahead",
    params: PARAMS,
    slots: &[Slot::new("slow", "s", "the slow weights")],
    lines: |_| ModifierLines {
        after: vec![
            ModifierLine {
                name: "{j}",
                formula: "t mod {k}",
                sort: ValueType::Number,
                says: "0 where it is time for a slow step",
            },
            ModifierLine {
                name: "{s}",
                formula: "{s} + {a}·(x - {s}) if {j} = 0 else {s}",
                sort: ValueType::Point,
                says: "lookahead: the slow weights, every k steps the share a of the way",
            },
            ModifierLine {
                name: "x",
                formula: "{s} if {j} = 0 else x",
                sort: ValueType::Point,
                says: "the fast weights go on from the slow ones",
            },
        ],
        ..ModifierLines::default()
    },
    law: |_| {
        ModifiedLaw::None(
            "Every k steps the run goes back, so that no law of single steps stays: k of them together multiply the \
             error by 1 - a + a·σᵏ where the method alone has the factor σ.",
        )
    },
    ..Modifier::of::<Lookahead>()
};

struct Lookahead;

impl Modify for Lookahead {
    #[inline]
    fn start<T: Number>(_own: OwnSettings<'_, T>, at: Vector2<T>, kept: &mut [Vector2<T>]) {
        if let [slow, ..] = kept {
            *slow = at;
        }
    }

    #[inline]
    fn moved<T: Number>(
        own: OwnSettings<'_, T>,
        made: &MadeStep<T>,
        to: Vector2<T>,
        kept: &mut [Vector2<T>],
    ) -> Vector2<T> {
        let [slow, ..] = kept else { return to };
        let (zero, left) = (T::of(0.0), T::of(f64::from(made.step) + 1.0).modulo(own[K]));
        let next = *slow + (to - *slow) * own[ALPHA];
        // Nothing is left of a whole number of rounds.
        let chosen = |due: Vector2<T>, otherwise: Vector2<T>| {
            due.zip_map(&otherwise, |due, otherwise| zero.select_less(left, otherwise, due))
        };
        let (followed, kept_slow) = (chosen(next, to), chosen(next, *slow));
        *slow = kept_slow;
        followed
    }
}
