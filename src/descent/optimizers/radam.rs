//! RAdam.

use super::common::{ADAPTIVE_THEORY, average, corrections};
use crate::descent::Number;
use crate::descent::optimizer::{Group, Input, Landscape, Method, Optimizer, Program, Slot, State, Theory};
use crate::descent::param::Param;

/// Liu's RAdam, as `torch.optim.RAdam`: rectified when ρ > 5, with ε beside the raw √v (optax:
/// when ρ >= 5, with ε beside √v̂). The first steps (five at β₂ = 0.999) are momentum steps of
/// length α|m̂|, not divided by anything, and can blow up where it is steep.
pub static RADAM: Optimizer = Optimizer {
    name: "RAdam",
    summary: "Adam that trusts its divisor only once enough gradients have gone into it: a built-in warm-up.",
    update: "ρ∞ = 2/(1-β₂) - 1;  ρ = ρ∞ - 2tβ₂ᵗ/(1-β₂ᵗ);  x ← x - α·r·m̂·√(1-β₂ᵗ)/(√v + ε) if ρ > 5, \
             else x ← x - α·m̂;  r² = (ρ-4)(ρ-2)ρ∞/((ρ∞-4)(ρ∞-2)ρ)",
    source: "Liu et al., On the Variance of the Adaptive Learning Rate and Beyond, ICLR 2020, algorithm 2",
    group: Group::Adaptive,
    params: &[Param::learning_rate(1e-3), Param::BETA1, Param::BETA2, Param::EPS],
    slots: &[
        Slot { name: "m", doc: "moving average of the gradient" },
        Slot { name: "v", doc: "moving average of the squared gradient" },
    ],
    program: Program::of::<RAdam>(),
    theory: Theory::None(ADAPTIVE_THEORY),
    best: None,
    estimate: None,
};

pub(super) struct RAdam;

impl Method for RAdam {
    #[inline(always)]
    fn step<T: Number, L: Landscape<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        let [_, beta1, beta2, eps, ..] = input.settings.numbers;
        let one = T::of(1.0);
        let (first_step, t) = (state.step == 0, f64::from(state.step) + 1.0);
        let [m, v, powers, ..] = &mut state.slots;
        average(m, beta1, input.gradient);
        average(v, beta2, input.gradient.map(T::square));
        let correction = corrections(powers, beta1, beta2, first_step);
        let limit = T::of(2.0) / (one - beta2) - 1.0;
        let rho = limit - powers.y * (2.0 * t) / correction.y;
        let rectifier = ((rho - 4.0) * (rho - 2.0) * limit / ((limit - 4.0) * (limit - 2.0) * rho)).sqrt();
        let scale = rectifier * correction.y.sqrt();
        let step = m.zip_map(v, |m, v| {
            let m = m / correction.x;
            T::of(5.0).select_less(rho, m * (scale / (v.sqrt() + eps)), m)
        });
        state.position -= step * input.lr;
    }
}
