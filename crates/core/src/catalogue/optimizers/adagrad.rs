//! AdaGrad.

use super::common::{ADAPTIVE_THEORY, quotients, roots};
use super::lines::{EFFECTIVE, GRADIENT};
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::{FrozenPreconditioner, Theory};
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::Param;
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-2),
    Param::number(
        "lr_decay",
        "c",
        0.0,
        Range::NOT_NEGATIVE,
        (0.0, 1.0),
        "how fast the learning rate falls besides: it is divided by 1 + t·c, t = 0 for the first step",
    ),
    Param::EPS.with_default(1e-10),
    Param::number(
        "initial_accumulator",
        "r₀",
        0.0,
        Range::NOT_NEGATIVE,
        (0.0, 1.0),
        "what the sum of squared gradients begins with",
    ),
    Param::EPS_INSIDE,
];
const LR_DECAY: NumberKey = NumberKey::of(PARAMS, "lr_decay");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const INITIAL_ACCUMULATOR: NumberKey = NumberKey::of(PARAMS, "initial_accumulator");
const EPS_INSIDE: ChoiceKey = ChoiceKey::of(PARAMS, "eps_inside");
/// What it remembers.
const SLOTS: &[Slot] = &[Slot::new("r", "r", "sum of the squared gradients")];
const _: () = assert!(Slot::are(SLOTS, &["r"]), "the steps below take the slots in this order");

/// Duchi, Hazan and Singer's AdaGrad, as `torch.optim.Adagrad`. Optax and Keras put ε under the
/// root and begin the sum at 0.1: both are settings here.
pub static ADA_GRAD: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("AdaGrad"),
        summary: Cow::Borrowed(
            "Each coordinate's rate shrinks with the sum of its squared gradients so far.",
        ),
        lines: Lines::Chosen(|settings| {
            let lr_decay = settings[LR_DECAY];
            let mut lines = vec![GRADIENT];
            if lr_decay != 0.0 {
                lines.push(UpdateEquation::number(
                    "α",
                    "α/(1 + c·(t - 1))",
                    "the learning rate, fallen with the steps",
                ));
            }
            lines.push(UpdateEquation::each("r", "r + g²", "sum of the squared gradients so far"));
            let rate = if settings[EPS_INSIDE] == 1 { "α/√(r + ε)" } else { "α/(√r + ε)" };
            lines.push(UpdateEquation::each("η", rate, EFFECTIVE));
            lines.push(UpdateEquation::point("x", "x - η⊙g", "the next position"));
            lines
        }),
        source: Cow::Borrowed(
            "Duchi, Hazan and Singer, JMLR 12 (2011), 2121-2159; Goodfellow et al., Deep Learning (2016), \
             algorithm 8.4",
        ),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (lr_decay, eps) = (stride.settings[LR_DECAY], stride.settings[EPS]);
                let [sum, ..] = stride.after.slots;
                let slowing = 1.0 + lr_decay * f64::from(stride.before.step);
                let inside = stride.settings[EPS_INSIDE] == 1;
                let root = |r: f64| if inside { (r + eps).sqrt() } else { r.sqrt() + eps };
                Some(FrozenPreconditioner::plain(sum.map(|r| 1.0 / (root(r) * slowing))))
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(AdaGrad),
);

#[derive(Debug)]
struct AdaGrad;

impl Method for AdaGrad {
    fn start<T: Number>(&self, settings: &Settings<T>, state: &mut State<T>) {
        let initial_accumulator = settings[INITIAL_ACCUMULATOR];
        state.slots[0] = Vector2::new(initial_accumulator, initial_accumulator);
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (lr_decay, eps) = (input.settings[LR_DECAY], input.settings[EPS]);
        let eps_inside = input.settings[EPS_INSIDE] == 1;
        let [sum, ..] = &mut state.slots;
        *sum = sum.zip_map(&input.gradient, |r, g| r + g * g);
        let step = quotients(input.gradient, roots(*sum, eps, eps_inside));
        let lr = input.lr / (lr_decay * f64::from(state.step) + 1.0);
        state.position -= step * lr;
    }
}
