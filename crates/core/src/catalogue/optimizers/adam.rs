//! Adam.

use super::common::{ADAPTIVE_THEORY, MomentForm, Moments, moment_scales, moment_slots};
use super::lines::{gradient, moments};
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::{FrozenPreconditioner, Theory};
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, NumberKey, alternative};
use crate::spec::param::{Alternative, Param};
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-3),
    Param::BETA1,
    Param::BETA2,
    Param::EPS.with_default(1e-8),
    Param::WEIGHT_DECAY_L2,
    Param::switch("bias_correction", true, "whether the averages are corrected for their start at zero"),
    Param::AMSGRAD,
    Param::choice(
        "form",
        &[
            Alternative {
                name: "PyTorch",
                doc: "AMSGrad keeps the largest v; ε is beside the corrected root",
            },
            Alternative { name: "Optax", doc: "AMSGrad keeps the largest corrected v; otherwise as PyTorch" },
            Alternative {
                name: "Keras",
                doc: "ε is beside the root before that is corrected: the paper's ε̂",
            },
        ],
        "where the libraries differ: what AMSGrad keeps, and where ε stands",
    ),
];
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
const BIAS_CORRECTION: ChoiceKey = ChoiceKey::of(PARAMS, "bias_correction");
const AMSGRAD: ChoiceKey = ChoiceKey::of(PARAMS, "amsgrad");
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
const OPTAX: usize = alternative(PARAMS, "form", "Optax");
const KERAS: usize = alternative(PARAMS, "form", "Keras");

/// The form of this number.
#[inline(always)]
fn form_of(choice: usize) -> MomentForm {
    match choice {
        OPTAX => MomentForm::Optax,
        KERAS => MomentForm::Keras,
        _ => MomentForm::PyTorch,
    }
}
/// What it remembers.
const SLOTS: &[Slot] = &moment_slots(AMSGRAD);
const _: () = assert!(Slot::are(SLOTS, &["m", "v", "v_max"]), "steps take the slots in this order");

/// Kingma and Ba's Adam, as `torch.optim.Adam`: epsilon outside the root, after bias correction. In the form of Keras it is
/// the paper's ε̂, beside the root before the correction; in that of optax, AMSGrad takes the largest of the corrected v.
pub static ADAM: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Adam"),
        summary: Cow::Borrowed(
            "Momentum over a root mean square of the gradients, both corrected for their start at zero.",
        ),
        lines: Lines::Chosen(|settings| {
            let weight_decay = settings[WEIGHT_DECAY];
            let (bias_correction, amsgrad) = (settings[BIAS_CORRECTION], settings[AMSGRAD]);
            let step = if bias_correction == 1 { "x - η⊙m̂" } else { "x - η⊙m" };
            [
                gradient(weight_decay),
                moments(bias_correction == 1, amsgrad == 1, form_of(settings[FORM])),
                vec![UpdateEquation::point("x", step, "the next position")],
            ]
            .concat()
        }),
        source: Cow::Borrowed(
            "Kingma and Ba, Adam, ICLR 2015, algorithm 1; AMSGrad: Reddi, Kale and Kumar, ICLR 2018",
        ),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (beta1, eps, weight_decay) =
                    (stride.settings[BETA1], stride.settings[EPS], stride.settings[WEIGHT_DECAY]);
                let (bias_correction, amsgrad) = (stride.settings[BIAS_CORRECTION], stride.settings[AMSGRAD]);
                let [_, v, v_max, powers, ..] = stride.after.slots;
                let powers = if bias_correction == 1 { powers } else { Vector2::zeros() };
                let v = if amsgrad == 1 { v_max } else { v };
                let scales = match form_of(stride.settings[FORM]) {
                    // The largest one is corrected already.
                    MomentForm::Optax if amsgrad == 1 => moment_scales(v, Vector2::new(powers.x, 0.0), eps),
                    MomentForm::Keras => moment_scales(v, powers, eps / (1.0 - powers.y).sqrt()),
                    _ => moment_scales(v, powers, eps),
                };
                Some(FrozenPreconditioner {
                    decay: weight_decay,
                    ..FrozenPreconditioner::averaged(scales, beta1)
                })
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(Adam),
);

#[derive(Debug)]
struct Adam;

impl Method for Adam {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, eps, weight_decay) =
            (input.settings[BETA1], input.settings[BETA2], input.settings[EPS], input.settings[WEIGHT_DECAY]);
        let (bias_correction, amsgrad) = (input.settings[BIAS_CORRECTION], input.settings[AMSGRAD]);
        let gradient = input.gradient + state.position * weight_decay;
        let (bias_correction, amsgrad) = (bias_correction == 1, amsgrad == 1);
        let form = form_of(input.settings[FORM]);
        let rule = Moments { beta1, beta2, eps, bias_correction, amsgrad, form };
        let step = rule.step(gradient, state);
        state.position -= step * input.lr;
    }
}
