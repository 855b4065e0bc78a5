//! Adam.

use crate::descent::Number;
use crate::descent::optimizer::{Group, Input, Landscape, Method, Optimizer, Program, Slot, State, Theory};
use crate::descent::param::{Param, Range};
use nalgebra::Vector2;

/// Kingma and Ba's Adam, as `torch.optim.Adam`: epsilon outside the root, after bias correction.
pub static ADAM: Optimizer = Optimizer {
    name: "Adam",
    summary: "Momentum over a root mean square of the gradients, both corrected for their start at zero.",
    update: "m ← β₁m + (1-β₁)g;  v ← β₂v + (1-β₂)g²;  x ← x - α·m̂/(√v̂ + ε)",
    source: "Kingma and Ba, Adam, ICLR 2015, algorithm 1; AMSGrad: Reddi, Kale and Kumar, ICLR 2018",
    group: Group::Adaptive,
    params: &[
        Param::learning_rate(1e-3),
        Param::BETA1,
        Param::BETA2,
        Param::EPS.with_default(1e-8),
        Param::WEIGHT_DECAY_L2,
        Param::switch("bias_correction", true, "whether the averages are corrected for their start at zero"),
        Param::AMSGRAD,
    ],
    slots: MOMENT_SLOTS,
    program: Program::of::<Adam>(),
    theory: Theory::None(ADAPTIVE_THEORY),
};

/// Why the linear theory says nothing of methods that rescale each coordinate.
pub(super) const ADAPTIVE_THEORY: &str = "Each coordinate has a step size of its own, which changes with the gradients: \
     (1 - αλ)^t does not apply. Compare the measured error below, and the effective step per coordinate.";

/// The slots of Adam and its kin; the bias corrections' powers follow unnamed.
pub(super) const MOMENT_SLOTS: &[Slot] = &[
    Slot { name: "m", doc: "moving average of the gradient" },
    Slot { name: "v", doc: "moving average of the squared gradient" },
    Slot { name: "v_max", doc: "largest v so far (AMSGrad)" },
];

struct Adam;

impl Method for Adam {
    #[inline]
    fn step<T: Number, L: Landscape<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        let [_, beta1, beta2, eps, weight_decay, ..] = input.settings.numbers;
        let [bias_correction, amsgrad, ..] = input.settings.choices;
        let gradient = input.gradient + state.position * weight_decay;
        let rule =
            Moments { beta1, beta2, eps, bias_correction: bias_correction == 1, amsgrad: amsgrad == 1 };
        let step = rule.step(gradient, state);
        state.position -= step * input.lr;
    }
}

/// The heart of Adam and AdamW: the two moving averages and their quotient.
pub(super) struct Moments<T> {
    pub beta1: T,
    pub beta2: T,
    pub eps: T,
    pub bias_correction: bool,
    pub amsgrad: bool,
}

impl<T: Number> Moments<T> {
    /// Feeds in a gradient and gives the step per unit of learning rate.
    #[inline]
    pub fn step(&self, gradient: Vector2<T>, state: &mut State<T>) -> Vector2<T> {
        let Self { beta1, beta2, eps, .. } = *self;
        let one = T::of(1.0);
        let first_step = state.step == 0;
        let [m, v, v_max, powers] = &mut state.slots;
        *m = *m * beta1 + gradient * (one - beta1);
        *v = v.zip_map(&gradient, |v, g| v * beta2 + g * g * (one - beta2));
        let (mut correction1, mut correction2) = (one, one);
        if self.bias_correction {
            if first_step {
                *powers = Vector2::new(one, one);
            }
            *powers = Vector2::new(forget(powers.x * beta1), forget(powers.y * beta2));
            correction1 = one - powers.x;
            correction2 = (one - powers.y).sqrt();
        }
        let scale = if self.amsgrad {
            *v_max = v_max.zip_map(v, T::maximum);
            *v_max
        } else {
            *v
        };
        m.zip_map(&scale, |m, v| m / correction1 / (v.sqrt() / correction2 + eps))
    }
}

/// Lets a power go to zero once 1 - power no longer sees it; left alone it would turn subnormal
/// after some thousand steps and make every further one slower.
#[inline]
pub(super) fn forget<T: Number>(power: T) -> T {
    power.select_less(T::of(1e-30), T::of(0.0), power)
}

impl Param {
    /// Decay rate of the average of gradients.
    pub const BETA1: Self = Self::number(
        "beta1",
        "β₁",
        0.9,
        Range::DECAY,
        (0.0, 0.999),
        "decay rate of the average of the gradients",
    );
    /// Decay rate of the average of squared gradients.
    pub const BETA2: Self = Self::number(
        "beta2",
        "β₂",
        0.999,
        Range::DECAY,
        (0.0, 0.9999),
        "decay rate of the average of the squared gradients",
    );
    /// The small number that keeps a division finite.
    pub const EPS: Self = Self::number(
        "eps",
        "ε",
        1e-8,
        Range::NOT_NEGATIVE,
        (1e-16, 1.0),
        "keeps the division finite, and limits the step where gradients are tiny",
    )
    .log();
    /// Never let the divisor shrink.
    pub const AMSGRAD: Self =
        Self::switch("amsgrad", false, "whether to divide by the largest v so far (AMSGrad)");
}
