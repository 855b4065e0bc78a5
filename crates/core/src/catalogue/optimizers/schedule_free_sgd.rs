//! Schedule-free SGD.

use crate::formula::shape::Tensor;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::learning_rate(1.0), Param::BETWEEN, Param::DECAY_BETWEEN];
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const MOMENTUM: NumberKey = NumberKey::of(PARAMS, "momentum");
/// What it remembers.
const SLOTS: &[Slot] = &[Slot::new("z", "z", "the sequence that takes the steps")];
const _: () = assert!(Slot::are(SLOTS, &["z"]), "the steps below take the slots in this order");

/// Defazio's schedule-free SGD, as the authors' package. Of its three sequences the position is x,
/// the average at which the method is judged; the gradient is taken at y, between x and z. The
/// weight of a step in the average is the square of the largest learning rate so far.
pub static SCHEDULE_FREE_SGD: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("ScheduleFreeSgd"),
        title: Cow::Borrowed("schedule-free SGD"),
        summary: Cow::Borrowed(
            "Fast steps z, and their average x as the answer: averaging settles down as a falling rate would.",
        ),
        lines: Lines::Chosen(|settings| {
            let is_plain = settings[WEIGHT_DECAY] == 0.0;
            let to = if is_plain { "z - α·g" } else { "z - α·(g + w·y)" };
            [
                vec![BETWEEN, AHEAD, UpdateEquation::point("z", to, "the fast sequence: a plain step")],
                following::<1>(),
            ]
            .concat()
        }),
        source: Cow::Borrowed("Defazio et al., The Road Less Scheduled, NeurIPS 2024, equations 3 to 5"),
        group: Group::FirstOrder,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(AVERAGED_THEORY),
        ..Description::PLAIN
    },
    &EveryNumber(ScheduleFreeSgd),
);

/// Where the gradient is taken.
const BETWEEN: UpdateEquation =
    UpdateEquation::point("y", "x + (1 - β)·(z - x)", "where the gradient is taken, between x and z");
/// The gradient there.
pub(super) const AHEAD: UpdateEquation = UpdateEquation::direction("g", "∇f(y)", "the gradient there");

/// What [`follow`] does, with its two weights in this slot.
pub(super) fn following<const SLOT: usize>() -> Vec<UpdateEquation> {
    let kept = "kept from the step before, 0 at first";
    vec![
        UpdateEquation::kept(
            "p",
            kept,
            |made| Tensor::Number(made.before.slots[SLOT].x),
            "the largest learning rate so far",
        ),
        UpdateEquation::number("p", "max(p, α)", "with this step's"),
        UpdateEquation::kept(
            "W",
            kept,
            |made| Tensor::Number(made.before.slots[SLOT].y),
            "the weights of all steps so far, each the square of its largest rate",
        ),
        UpdateEquation::number("W", "W + p²", "with this step's"),
        UpdateEquation::number(
            "c",
            "p²/W if W > 0 else 0",
            "this step's share of the average: 1/t while α is constant",
        ),
        UpdateEquation::point("x", "x + c·(z - x)", "the next position: the average has moved towards z"),
    ]
}

/// Why the linear theory says nothing of an average of all steps.
pub(super) const AVERAGED_THEORY: &str = "The position is the average of all steps so far. A step's weight in it, 1/t, changes with the step, so there \
     is no fixed factor for the error: (1 - αλ)^t does not apply.";

#[derive(Debug)]
struct ScheduleFreeSgd;

impl Method for ScheduleFreeSgd {
    fn start<T: Number>(&self, _settings: &Settings<T>, state: &mut State<T>) {
        state.slots[0] = state.position;
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let momentum = input.settings[MOMENTUM];
        let [z, weights, ..] = &mut state.slots;
        let at = between(*z, state.position, momentum);
        let gradient = input.oracle.gradient(at) + at * input.settings[WEIGHT_DECAY];
        *z -= gradient * input.lr;
        follow(&mut state.position, *z, weights, input.lr);
    }
}

/// y, where the gradient is taken. Written so that it is exactly x where x = z.
#[inline(always)]
pub(super) fn between<T: Number>(z: Vector2<T>, x: Vector2<T>, beta: T) -> Vector2<T> {
    x + (z - x) * (T::of(1.0) - beta)
}

/// Takes `z` into the average `x`, weighted by the largest learning rate so far, squared.
/// `weights` carries that rate and the sum of the weights along.
#[inline(always)]
pub(super) fn follow<T: Number>(x: &mut Vector2<T>, z: Vector2<T>, weights: &mut Vector2<T>, lr: T) {
    let largest = weights.x.maximum(lr);
    let weight = largest * largest;
    let sum = weights.y + weight;
    *weights = Vector2::new(largest, sum);
    // While every rate was 0 nothing has moved: 0/0 is to be 0.
    let share = weight / sum.maximum(T::of(f64::MIN_POSITIVE));
    *x += (z - *x) * share;
}

impl Param {
    /// Weight decay of the schedule-free methods.
    pub const DECAY_BETWEEN: Self = Self::WEIGHT_DECAY
        .with_doc("weight decay where the gradient is taken: w·y is added to the fast sequence's step");
    /// Where, between the fast sequence and the average, the gradient is taken.
    pub const BETWEEN: Self = Self::number(
        "momentum",
        "β",
        0.9,
        Range::UNIT,
        (0.0, 0.999),
        "where the gradient is taken: 0 at the fast sequence z, 1 at the average x",
    );
}
