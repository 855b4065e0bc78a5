//! The average of the points that a method goes to.

use crate::math::number::Number;
use crate::method::description::Slot;
use crate::method::modifier::{
    MadeStep, ModifiedLaw, Modifier, ModifierLine, ModifierLines, Modify, OwnSettings,
};
use crate::method::update_equation::ValueType;
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use crate::spec::range::Range;
use nalgebra::Vector2;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::choice(
        "form",
        &[
            Alternative { name: "Mean", doc: "all count alike (Polyak and Ruppert)" },
            Alternative { name: "Ema", doc: "each counts the share d of the one after it" },
        ],
        "what kind of average",
    ),
    Param::number(
        "decay",
        "d",
        0.9,
        Range::DECAY,
        (0.0, 0.999),
        "the share of the old average that is kept in a step; of no account for the mean",
    )
    .named("decay rate"),
    Param::number(
        "after",
        "r",
        0.0,
        Range::whole(0, 1_000_000),
        (0.0, 1000.0),
        "after how many steps it begins; until then the run is where the method is",
    )
    .named("begins after"),
];
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
const DECAY: NumberKey = NumberKey::of(PARAMS, "decay");
const AFTER: NumberKey = NumberKey::of(PARAMS, "after");
const EMA: usize = alternative(PARAMS, "form", "Ema");

/// The run is the average; the method goes on by itself, as if nobody averaged. As `torch.optim.swa_utils.AveragedModel`
/// that is updated after each step, whose first average is the first point.
pub static AVERAGE: Modifier = Modifier {
    name: "Average",
    title: "average",
    summary: "The run is the average of the points that the method goes to, which knows nothing of it: noise averages out.",
    formula: "x = mean of z, or x ← d·x + (1 - d)·z, z the method's own points",
    source: "Polyak and Juditsky, Acceleration of Stochastic Approximation by Averaging, SIAM J. Control Optim. 30 (1992), \
             838-855; Ruppert (1988); torch.optim.swa_utils.AveragedModel",
    params: PARAMS,
    slots: &[Slot::new("iterate", "z", "where the method itself is")],
    stands_apart: true,
    lines: |own| ModifierLines {
        before: vec![
            ModifierLine { name: "{q}", formula: "x", sort: ValueType::Point, says: "the average so far" },
            ModifierLine {
                name: "x",
                formula: "{z}",
                sort: ValueType::Point,
                says: "where the method itself is: it knows nothing of the average",
            },
        ],
        after: vec![
            ModifierLine {
                name: "{z}",
                formula: "x",
                sort: ValueType::Point,
                says: "where the method goes on from",
            },
            ModifierLine {
                name: "x",
                formula: if own[FORM] == EMA {
                    "x if t < {r} + 2 else {d}·{q} + (1 - {d})·x"
                } else {
                    "x if t < {r} + 2 else {q} + (x - {q})/(t - {r})"
                },
                sort: ValueType::Point,
                says: "the average with it",
            },
        ],
        ..ModifierLines::default()
    },
    law: |_| {
        ModifiedLaw::None(
            "The law is that of the points z that are averaged; what is drawn is their average, which no law of two \
             roots rules. Take the modifier out to see the law.",
        )
    },
    ..Modifier::of::<Average>()
};

struct Average;

impl Modify for Average {
    #[inline]
    fn start<T: Number>(_own: OwnSettings<'_, T>, at: Vector2<T>, kept: &mut [Vector2<T>]) {
        if let [iterate, ..] = kept {
            *iterate = at;
        }
    }

    #[inline]
    fn moved<T: Number>(
        own: OwnSettings<'_, T>,
        made: &MadeStep<T>,
        to: Vector2<T>,
        kept: &mut [Vector2<T>],
    ) -> Vector2<T> {
        if let [iterate, ..] = kept {
            *iterate = to;
        }
        let (one, steps) = (T::of(1.0), T::of(f64::from(made.step) + 1.0));
        let mean = made.from;
        let next = if own[FORM] == EMA {
            mean * own[DECAY] + to * (one - own[DECAY])
        } else {
            mean + (to - mean).map(|away| away / (steps - own[AFTER]))
        };
        let begins = own[AFTER] + 2.0;
        to.zip_map(&next, |to, next| steps.select_less(begins, to, next))
    }
}
