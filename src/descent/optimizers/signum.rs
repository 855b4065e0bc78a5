//! Signum.

use super::common::{SIGN_THEORY, average};
use crate::descent::Number;
use crate::descent::optimizer::{Group, Input, Landscape, Method, Optimizer, Program, Slot, State, Theory};
use crate::descent::param::Param;

/// SignSGD on a moving average of the gradients. The average is not corrected for its start at
/// zero: that would not change a sign.
pub static SIGNUM: Optimizer = Optimizer {
    name: "Signum",
    summary: "Steps of one length by the sign of the averaged gradient: it turns late, but noise turns it less.",
    update: "m ← β·m + (1-β)g;  x ← x - α·sign(m)",
    source: "Bernstein et al., signSGD, ICML 2018, algorithm 2",
    group: Group::SignBased,
    params: &[Param::stride(1e-3), Param::MOMENTUM],
    slots: &[Slot { name: "m", doc: "moving average of the gradient" }],
    program: Program::of::<Signum>(),
    theory: Theory::None(SIGN_THEORY),
    best: None,
    estimate: None,
};

pub(super) struct Signum;

impl Method for Signum {
    #[inline(always)]
    fn step<T: Number, L: Landscape<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        let [_, momentum, ..] = input.settings.numbers;
        let [m, ..] = &mut state.slots;
        average(m, momentum, input.gradient);
        state.position -= m.map(T::sign) * input.lr;
    }
}
