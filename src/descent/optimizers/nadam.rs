//! NAdam.

use super::common::{ADAPTIVE_THEORY, average, forget};
use crate::descent::Number;
use crate::descent::optimizer::{Group, Input, Landscape, Method, Optimizer, Program, Slot, State, Theory};
use crate::descent::param::{Param, Range, Settings};
use nalgebra::Vector2;

/// Dozat's NAdam, as `torch.optim.NAdam`. Keras's is the same with a `momentum_decay` of 1; optax
/// leaves the warm-up of β₁ out, which is no setting here.
pub static NADAM: Optimizer = Optimizer {
    name: "NAdam",
    summary: "Adam with Nesterov's look ahead: the present gradient counts once more than in the average.",
    update: "μₜ = β₁(1 - ½·0.96^(tψ));  Pₜ = μ₁·…·μₜ;  \
             x ← x - α·[μₜ₊₁m/(1-Pₜ₊₁) + (1-μₜ)g/(1-Pₜ)]/(√v̂ + ε)",
    source: "Dozat, Incorporating Nesterov Momentum into Adam, ICLR workshop 2016; torch.optim.NAdam",
    group: Group::Adaptive,
    params: &[
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
    ],
    slots: &[
        Slot { name: "m", doc: "moving average of the gradient" },
        Slot { name: "v", doc: "moving average of the squared gradient" },
    ],
    program: Program::of::<NAdam>(),
    theory: Theory::None(ADAPTIVE_THEORY),
    best: None,
    estimate: None,
};

/// ln 0.96.
const LN_0_96: f64 = -0.040_821_994_520_255_166;

pub(super) struct NAdam;

impl Method for NAdam {
    fn start<T: Number>(_settings: &Settings<T>, state: &mut State<T>) {
        // The product of the momenta, and the power of β₂.
        state.slots[2] = Vector2::new(T::of(1.0), T::of(1.0));
    }

    #[inline(always)]
    fn step<T: Number, L: Landscape<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        let [_, beta1, beta2, eps, momentum_decay, ..] = input.settings.numbers;
        let one = T::of(1.0);
        let step = f64::from(state.step);
        let momentum = |t: f64| beta1 * (one - (momentum_decay * (t * LN_0_96)).exp() * 0.5);
        let (now, next) = (momentum(step + 1.0), momentum(step + 2.0));
        let [m, v, products, ..] = &mut state.slots;
        average(m, beta1, input.gradient);
        average(v, beta2, input.gradient.map(T::square));
        *products = Vector2::new(forget(products.x * now), forget(products.y * beta2));
        let (of_gradient, of_average) = ((one - now) / (one - products.x), next / (one - products.x * next));
        let correction = one - products.y;
        let ahead = *m * of_average + input.gradient * of_gradient;
        let step = ahead.zip_map(v, |ahead, v| ahead / ((v / correction).sqrt() + eps));
        state.position -= step * input.lr;
    }
}
