//! NAdam.

use super::common::{ADAPTIVE_THEORY, average, forget, quotients, roots};
use super::lines::{GRADIENT, MEAN, RATE, SQUARES};
use crate::formula::shape::Tensor;
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
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(2e-3),
    Param::BETA1,
    Param::BETA2,
    Param::EPS,
    Param::number(
        "momentum_decay",
        "ψ",
        4e-3,
        Range::NOT_NEGATIVE,
        (1e-3, 1.0),
        "how fast the momentum rises from β₁/2 to β₁",
    )
    .log(),
    Param::choice(
        "form",
        &[
            Alternative { name: "PyTorch", doc: "the momentum rises to β₁, ψ says how fast" },
            Alternative { name: "Optax", doc: "the momentum is β₁ from the first step on" },
        ],
        "whether the momentum is warmed up",
    ),
];
const FORM: ChoiceKey = ChoiceKey::of(PARAMS, "form");
const OPTAX: usize = alternative(PARAMS, "form", "Optax");
const BETA1: NumberKey = NumberKey::of(PARAMS, "beta1");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const MOMENTUM_DECAY: NumberKey = NumberKey::of(PARAMS, "momentum_decay");
const BETA2: NumberKey = NumberKey::of(PARAMS, "beta2");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("m", "m", "moving average of the gradient"),
    Slot::new("v", "v", "moving average of the squared gradient"),
];
const _: () = assert!(Slot::are(SLOTS, &["m", "v"]), "the steps below take the slots in this order");

/// Dozat's NAdam, as `torch.optim.NAdam`. Keras's is the same with a `momentum_decay` of 1; optax
/// leaves the warm-up of β₁ out.
pub static NADAM: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("NAdam"),
        summary: Cow::Borrowed(
            "Adam with Nesterov's look ahead: the present gradient counts once more than in the average.",
        ),
        lines: Lines::Chosen(|settings| {
            let (now, next, says) = match settings[FORM] {
                OPTAX => ("β₁", "β₁", "this step's momentum: always β₁"),
                _ => (
                    "β₁·(1 - 0.96^(t·ψ)/2)",
                    "β₁·(1 - 0.96^((t + 1)·ψ)/2)",
                    "this step's momentum: it rises from β₁/2 to β₁",
                ),
            };
            vec![
                GRADIENT,
                UpdateEquation::number("μ", now, says),
                UpdateEquation::number("μ₊", next, "the next step's momentum"),
                UpdateEquation::kept(
                    "P",
                    "kept from the step before, 1 at first",
                    |made| Tensor::Number(made.before.slots[2].x),
                    "product of all momenta so far",
                ),
                UpdateEquation::number("P", "P·μ", "with this step's"),
                MEAN,
                SQUARES,
                UpdateEquation::direction(
                    "m̂",
                    "μ₊·m/(1 - P·μ₊) + (1 - μ)·g/(1 - P)",
                    "the look ahead: the average as the next step will see it, and the gradient once more",
                ),
                UpdateEquation::each("v̂", "v/(1 - β₂^t)", "v, corrected for its start at zero"),
                RATE,
                UpdateEquation::point("x", "x - η⊙m̂", "the next position"),
            ]
        }),
        source: Cow::Borrowed(
            "Dozat, Incorporating Nesterov Momentum into Adam, ICLR workshop 2016; torch.optim.NAdam",
        ),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (beta1, eps, momentum_decay) =
                    (stride.settings[BETA1], stride.settings[EPS], stride.settings[MOMENTUM_DECAY]);
                let [_, v, products, ..] = stride.after.slots;
                let momenta = match stride.settings[FORM] {
                    OPTAX => (beta1, beta1),
                    _ => momenta(beta1, momentum_decay, stride.before.step),
                };
                let (of_gradient, of_average) = weights(momenta, products.x);
                let scales = v.map(|v| 1.0 / ((v / (1.0 - products.y)).sqrt() + eps));
                let average = (1.0 - beta1) * of_average;
                Some(FrozenPreconditioner {
                    memory: beta1,
                    average,
                    fresh: of_gradient,
                    ..FrozenPreconditioner::plain(scales)
                })
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(NAdam),
);

/// ln 0.96.
const LN_0_96: f64 = -0.040_821_994_520_255_166;

#[derive(Debug)]
struct NAdam;

/// μ of the step after `step` steps, and of the one behind it.
#[inline(always)]
fn momenta<T: Number>(beta1: T, decay: T, step: u32) -> (T, T) {
    let step = f64::from(step);
    let momentum = |t: f64| beta1 * (T::of(1.0) - (decay * (t * LN_0_96)).exp() * 0.5);
    (momentum(step + 1.0), momentum(step + 2.0))
}

/// The weights of the gradient and of its average in a step: of the two μ and the product of all
/// up to this one.
#[inline(always)]
fn weights<T: Number>((now, next): (T, T), product: T) -> (T, T) {
    let one = T::of(1.0);
    ((one - now) / (one - product), next / (one - product * next))
}

impl Method for NAdam {
    fn start<T: Number>(&self, _settings: &Settings<T>, state: &mut State<T>) {
        // The product of the momenta, and the power of β₂.
        state.slots[2] = Vector2::new(T::of(1.0), T::of(1.0));
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (beta1, beta2, eps, momentum_decay) = (
            input.settings[BETA1],
            input.settings[BETA2],
            input.settings[EPS],
            input.settings[MOMENTUM_DECAY],
        );
        let is_warm = input.settings[FORM] == OPTAX;
        let momenta = if is_warm { (beta1, beta1) } else { momenta(beta1, momentum_decay, state.step) };
        let [m, v, products, ..] = &mut state.slots;
        average(m, beta1, input.gradient);
        average(v, beta2, input.gradient.map(T::square));
        *products = Vector2::new(forget(products.x * momenta.0), forget(products.y * beta2));
        let (of_gradient, of_average) = weights(momenta, products.x);
        let correction = T::of(1.0) - products.y;
        let ahead = *m * of_average + input.gradient * of_gradient;
        let corrected = Vector2::new(v.x / correction, v.y / correction);
        let step = quotients(ahead, roots(corrected, eps, false));
        state.position -= step * input.lr;
    }
}
