//! AdamW: Adam with decoupled weight decay.

use super::common::{ADAPTIVE_THEORY, MomentForm, Moments, moment_scales, moment_slots};
use super::lines::{GRADIENT, moments};
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
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-3),
    Param::BETA1,
    Param::BETA2,
    Param::EPS,
    Param::WEIGHT_DECAY
        .with_default(0.01)
        .with_doc("decoupled weight decay: each step first shrinks x by the share α·w"),
    Param::AMSGRAD,
];
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const LR: NumberKey = NumberKey::of(PARAMS, "lr");
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
const AMSGRAD: ChoiceKey = ChoiceKey::of(PARAMS, "amsgrad");
/// What it remembers.
const SLOTS: &[Slot] = &moment_slots(AMSGRAD);
const _: () = assert!(Slot::are(SLOTS, &["m", "v", "v_max"]), "steps take the slots in this order");

/// Loshchilov and Hutter's AdamW, as `torch.optim.AdamW`: the position shrinks first, by α·w, and
/// the averages see the gradient of f alone. (Adam's own `weight_decay` is the L2 penalty, which
/// the division by √v mostly undoes.)
pub static ADAM_W: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("AdamW"),
        summary: Cow::Borrowed(
            "Adam whose weight decay shrinks the position directly, past the adaptive division.",
        ),
        lines: Lines::Chosen(|settings| {
            let weight_decay = settings[WEIGHT_DECAY];
            let amsgrad = settings[AMSGRAD];
            let mut lines = vec![GRADIENT];
            lines.extend(moments(true, amsgrad == 1, MomentForm::PyTorch));
            if weight_decay == 0.0 {
                lines.push(UpdateEquation::point("x", "x - η⊙m̂", "the next position"));
            } else {
                lines.push(UpdateEquation::point(
                    "x",
                    "(1 - α·w)·x",
                    "decoupled weight decay: x shrinks by the share α·w",
                ));
                lines.push(UpdateEquation::point("x", "x - η⊙m̂", "the next position, from the shrunk one"));
            }
            lines
        }),
        source: Cow::Borrowed(
            "Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019, algorithm 2",
        ),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (lr, beta1, eps, weight_decay) = (
                    stride.settings[LR],
                    stride.settings[BETA1],
                    stride.settings[EPS],
                    stride.settings[WEIGHT_DECAY],
                );
                let amsgrad = stride.settings[AMSGRAD];
                let [_, v, v_max, powers, ..] = stride.after.slots;
                let scales = moment_scales(if amsgrad == 1 { v_max } else { v }, powers, eps);
                Some(FrozenPreconditioner {
                    keep: 1.0 - lr * weight_decay,
                    ..FrozenPreconditioner::averaged(scales, beta1)
                })
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(AdamW),
);

#[derive(Debug)]
struct AdamW;

impl Method for AdamW {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, eps, weight_decay) =
            (input.settings[BETA1], input.settings[BETA2], input.settings[EPS], input.settings[WEIGHT_DECAY]);
        let amsgrad = input.settings[AMSGRAD];
        let rule = Moments {
            beta1,
            beta2,
            eps,
            bias_correction: true,
            amsgrad: amsgrad == 1,
            form: MomentForm::PyTorch,
        };
        let shrunk = state.position * (T::of(1.0) - input.lr * weight_decay);
        let step = rule.step(input.gradient, state);
        state.position = shrunk - step * input.lr;
    }
}
