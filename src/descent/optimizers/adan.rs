//! Adan.

use super::common::{ADAPTIVE_THEORY, average, corrections};
use crate::descent::Number;
use crate::descent::optimizer::{Group, Input, Landscape, Method, Optimizer, Program, Slot, State, Theory};
use crate::descent::param::Param;

/// Xie's Adan, as the authors' code: the betas are shares that are kept (the paper writes 1 - β
/// for them), and each average is corrected for its start at zero. No weight decay.
pub static ADAN: Optimizer = Optimizer {
    name: "Adan",
    summary: "Adam with Nesterov's look ahead, told by how the gradient has changed since the last step.",
    update: "δ = g - g';  m ← β₁m + (1-β₁)g;  v ← β₂v + (1-β₂)δ;  n ← β₃n + (1-β₃)(g + β₂δ)²;  \
             x ← x - α·(m̂ + β₂v̂)/(√n̂ + ε)",
    source: "Xie et al., Adan: Adaptive Nesterov Momentum Algorithm, IEEE TPAMI 46 (2024), algorithm 1; sail-sg/Adan",
    group: Group::Adaptive,
    params: &[
        Param::learning_rate(1e-3),
        Param::BETA1.with_default(0.98),
        Param::BETA2.with_default(0.92).with_doc("decay rate of the average of the gradient's changes"),
        Param { key: "beta3", symbol: "β₃", ..Param::BETA2.with_default(0.99) },
        Param::EPS,
    ],
    slots: &[
        Slot { name: "m", doc: "moving average of the gradient" },
        Slot { name: "v", doc: "moving average of the gradient's change" },
        Slot { name: "n", doc: "moving average of the squared gradient ahead" },
        Slot { name: "g_old", doc: "the last gradient" },
    ],
    program: Program::of::<Adan>(),
    theory: Theory::None(ADAPTIVE_THEORY),
    best: None,
    estimate: None,
};

pub(super) struct Adan;

impl Method for Adan {
    #[inline(always)]
    fn step<T: Number, L: Landscape<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        let [_, beta1, beta2, beta3, eps, ..] = input.settings.numbers;
        let first_step = state.step == 0;
        let gradient = input.gradient;
        let [m, v, n, old, powers, power_of_beta3, ..] = &mut state.slots;
        if first_step {
            *old = gradient;
        }
        let change = gradient - *old;
        *old = gradient;
        average(m, beta1, gradient);
        average(v, beta2, change);
        average(n, beta3, (gradient + change * beta2).map(T::square));
        let correction = corrections(powers, beta1, beta2, first_step);
        let correction3 = corrections(power_of_beta3, beta3, beta3, first_step).x;
        let ahead = m.zip_map(v, |m, v| m / correction.x + v * beta2 / correction.y);
        let step = ahead.zip_map(n, |ahead, n| ahead / ((n / correction3).sqrt() + eps));
        state.position -= step * input.lr;
    }
}
