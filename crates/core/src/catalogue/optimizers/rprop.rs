//! Rprop.

use super::lines::GRADIENT;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-2).with_doc("the length of the first step along each coordinate"),
    Param::number(
        "eta_minus",
        "η₋",
        0.5,
        Range { max: 1.0, ..Range::POSITIVE },
        (0.05, 0.95),
        "what a step is multiplied by where the gradient's sign has turned",
    )
    .named("shrinking factor"),
    Param::number(
        "eta_plus",
        "η₊",
        1.2,
        Range { min: 1.0, ..Range::ANY },
        (1.01, 3.0),
        "what a step is multiplied by where the gradient has kept its sign",
    )
    .named("growing factor"),
    Param::number("step_min", "Δ₋", 1e-6, Range::POSITIVE, (1e-12, 1.0), "no step is shorter")
        .named("shortest step")
        .log(),
    Param::number("step_max", "Δ₊", 50.0, Range::POSITIVE, (1e-3, 1e3), "no step is longer")
        .named("longest step")
        .log(),
    Param::choice(
        "form",
        &[
            Alternative { name: "PyTorch", doc: "each step goes the length that it has found" },
            Alternative {
                name: "Optax",
                doc: "each goes what the step before it has found: the first moves nothing",
            },
        ],
        "whose code it follows",
    ),
];
const LR: NumberKey = NumberKey::of(PARAMS, "lr");
const ETA_MINUS: NumberKey = NumberKey::of(PARAMS, "eta_minus");
const ETA_PLUS: NumberKey = NumberKey::of(PARAMS, "eta_plus");
const STEP_MIN: NumberKey = NumberKey::of(PARAMS, "step_min");
const STEP_MAX: NumberKey = NumberKey::of(PARAMS, "step_max");
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
const OPTAX: usize = alternative(PARAMS, "form", "Optax");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("step", "Δ", "length of the last step along each coordinate"),
    Slot::new("g_old", "g₋", "the last gradient (optax: the step found for it); 0 where its sign had turned"),
];
const _: () = assert!(Slot::are(SLOTS, &["step", "g_old"]), "the steps below take the slots in this order");

/// Riedmiller and Braun's Rprop in the form called iRprop⁻, as `torch.optim.Rprop`: where the
/// gradient's sign has turned, that coordinate rests for one step. The learning rate is the length
/// of the first step; later ones follow from the signs alone. `optax.rprop` (0.2.8) makes each step one step late: it goes
/// what the step before has found, unless the sign has turned since.
pub static RPROP: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Rprop"),
        summary: Cow::Borrowed(
            "Each coordinate's step grows while the gradient keeps its sign and is halved when that turns.",
        ),
        lines: Lines::Chosen(|settings| {
            let mut lines = vec![
                GRADIENT,
                UpdateEquation::each(
                    "s",
                    "sign(g)⊙sign(g₋)",
                    "1 where the gradient has kept its sign, -1 where that has turned",
                ),
                UpdateEquation::each(
                    "η",
                    "η₋ if s < 0 else η₊ if s > 0 else 1",
                    "what each coordinate's step is multiplied by",
                ),
                UpdateEquation::each(
                    "Δ",
                    "α if t = 1 else Δ",
                    "the length of the last step along each coordinate",
                ),
            ];
            if settings[FORM] == OPTAX {
                lines.extend([
                    UpdateEquation::each(
                        "Δ",
                        "clip(η⊙Δ, Δ₋, Δ₊) if |s| > 0 else Δ",
                        "the new length, no shorter than Δ₋ and no longer than Δ₊",
                    ),
                    UpdateEquation::displacement(
                        "d",
                        "0 if s < 0 else g₋",
                        "what the step before has found; nothing where the sign has turned since",
                    ),
                    UpdateEquation::displacement(
                        "g₋",
                        "0 if s < 0 else sign(g)⊙Δ",
                        "kept: what this step has found, 0 where the coordinate is to rest",
                    ),
                    UpdateEquation::point("x", "x - d", "the next position"),
                ]);
                return lines;
            }
            lines.extend([
                UpdateEquation::each(
                    "Δ",
                    "clip(η⊙Δ, Δ₋, Δ₊)",
                    "the new length, no shorter than Δ₋ and no longer than Δ₊",
                ),
                UpdateEquation::direction(
                    "g₋",
                    "0 if s < 0 else g",
                    "kept: the gradient, 0 where the coordinate is to rest",
                ),
                UpdateEquation::point("x", "x - sign(g₋)⊙Δ", "the next position"),
            ]);
            lines
        }),
        source: Cow::Borrowed(
            "Riedmiller and Braun, IEEE ICNN 1993, 586-591; iRprop⁻: Igel and Hüsken, Neurocomputing 50 (2003), \
             105-123",
        ),
        group: Group::SignBased,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(
            "The steps follow from the gradient's signs, not from its size: (1 - αλ)^t does not apply. They grow by \
         η₊ until the path jumps across the minimum and shrink by η₋ then, so the error falls by some factor, \
         whatever the curvature.",
        ),
        ..Description::PLAIN
    },
    &EveryNumber(Rprop),
);

#[derive(Debug)]
struct Rprop;

impl Method for Rprop {
    fn start<T: Number>(&self, settings: &Settings<T>, state: &mut State<T>) {
        let lr = settings[LR];
        state.slots[0] = Vector2::new(lr, lr);
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (eta_minus, eta_plus, step_min, step_max) = (
            input.settings[ETA_MINUS],
            input.settings[ETA_PLUS],
            input.settings[STEP_MIN],
            input.settings[STEP_MAX],
        );
        let (zero, one) = (T::of(0.0), T::of(1.0));
        let [step, old, ..] = &mut state.slots;
        if state.step == 0 {
            // A schedule's first factor counts too.
            *step = Vector2::new(input.lr, input.lr);
        }
        for axis in [0, 1] {
            let gradient = input.gradient[axis];
            // The product of the signs, not of the gradients, which may underflow.
            let turn = gradient.sign() * old[axis].sign();
            let factor = turn.select_less(zero, eta_minus, zero.select_less(turn, eta_plus, one));
            let length = (step[axis] * factor).maximum(step_min).minimum(step_max);
            if input.settings[FORM] == OPTAX {
                let is_turned = |turned: T, otherwise: T| turn.select_less(zero, turned, otherwise);
                step[axis] = zero.select_less(turn * turn, length, step[axis]);
                state.position[axis] -= is_turned(zero, old[axis]);
                old[axis] = is_turned(zero, gradient.sign() * step[axis]);
                continue;
            }
            step[axis] = length;
            old[axis] = turn.select_less(zero, zero, gradient);
            state.position[axis] -= old[axis].sign() * step[axis];
        }
    }
}
