//! QHAdam.

use super::common::{ADAPTIVE_THEORY, average, corrections};
use crate::descent::Number;
use crate::descent::optimizer::{Group, Input, Landscape, Method, Optimizer, Program, Slot, State, Theory};
use crate::descent::param::{Param, Range};

/// Ma and Yarats's QHAdam. With ν₁ = ν₂ = 1 it is Adam, with ν₁ = β₁ it is close to NAdam. The
/// defaults are those that the authors recommend.
pub static QH_ADAM: Optimizer = Optimizer {
    name: "QhAdam",
    summary: "Adam in which the present gradient and its square can weigh more than their averages let them.",
    update: "m ← β₁m + (1-β₁)g;  v ← β₂v + (1-β₂)g²;  \
             x ← x - α·[(1-ν₁)g + ν₁m̂]/(√((1-ν₂)g² + ν₂v̂) + ε)",
    source: "Ma and Yarats, Quasi-hyperbolic momentum and Adam for deep learning, ICLR 2019, section 4",
    group: Group::Adaptive,
    params: &[
        Param::learning_rate(1e-3),
        Param::BETA1.with_default(0.995),
        Param::BETA2,
        Param { key: "nu1", symbol: "ν₁", ..Param::NU },
        Param::number(
            "nu2",
            "ν₂",
            1.0,
            Range::UNIT,
            (0.0, 1.0),
            "the weight of the averaged squares in the divisor; the rest is the present square's",
        )
        .named("weight of the average"),
        Param::EPS,
    ],
    slots: &[
        Slot { name: "m", doc: "moving average of the gradient" },
        Slot { name: "v", doc: "moving average of the squared gradient" },
    ],
    program: Program::of::<QhAdam>(),
    theory: Theory::None(ADAPTIVE_THEORY),
    best: None,
    estimate: None,
};

pub(super) struct QhAdam;

impl Method for QhAdam {
    #[inline(always)]
    fn step<T: Number, L: Landscape<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        let [_, beta1, beta2, nu1, nu2, eps, ..] = input.settings.numbers;
        let one = T::of(1.0);
        let first_step = state.step == 0;
        let gradient = input.gradient;
        let square = gradient.map(T::square);
        let [m, v, powers, ..] = &mut state.slots;
        average(m, beta1, gradient);
        average(v, beta2, square);
        let correction = corrections(powers, beta1, beta2, first_step);
        let above = gradient * (one - nu1) + *m * (nu1 / correction.x);
        let below = square * (one - nu2) + *v * (nu2 / correction.y);
        state.position -= above.zip_map(&below, |above, below| above / (below.sqrt() + eps)) * input.lr;
    }
}
