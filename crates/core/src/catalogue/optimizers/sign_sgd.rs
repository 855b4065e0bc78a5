//! SignSGD.

use super::common::SIGN_THEORY;
use super::lines::GRADIENT;
use crate::math::number::Number;
use crate::method::description::Group;
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::executor::MethodFunctions;
use crate::run::optimizer::Optimizer;
use crate::spec::param::Param;

/// Gradient descent on the signs alone; sign(0) = 0.
pub static SIGN_SGD: Optimizer = Optimizer {
    name: "SignSgd",
    summary: "Each coordinate moves by α, whichever way is down: how steep it is does not matter.",
    lines: |_| {
        vec![
            GRADIENT,
            UpdateEquation::direction("u", "sign(g)", "the signs alone: 1, 0 or -1 for each coordinate"),
            UpdateEquation::point("x", "x - α·u", "the next position"),
        ]
    },
    source: "Bernstein et al., signSGD, ICML 2018, algorithm 1",
    group: Group::SignBased,
    params: &[Param::stride(1e-3)],
    slots: &[],
    program: MethodFunctions::of::<SignSgd>(),
    theory: Theory::None(SIGN_THEORY),
    best: None,
    estimate: None,
};

pub(super) struct SignSgd;

impl Method for SignSgd {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        state.position -= input.gradient.map(T::sign) * input.lr;
    }
}
