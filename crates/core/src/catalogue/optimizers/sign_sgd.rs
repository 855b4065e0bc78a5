//! SignSGD.

use super::common::SIGN_THEORY;
use super::lines::GRADIENT;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::param::Param;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::stride(1e-3)];

/// Gradient descent on the signs alone; sign(0) = 0.
pub static SIGN_SGD: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("SignSgd"),
        title: Cow::Borrowed("signSGD"),
        summary: Cow::Borrowed(
            "Each coordinate moves by α, whichever way is down: how steep it is does not matter.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                UpdateEquation::direction("u", "sign(g)", "the signs alone: 1, 0 or -1 for each coordinate"),
                UpdateEquation::point("x", "x - α·u", "the next position"),
            ]
        }),
        source: Cow::Borrowed("Bernstein et al., signSGD, ICML 2018, algorithm 1"),
        group: Group::SignBased,
        params: Cow::Borrowed(PARAMS),
        theory: Theory::None(SIGN_THEORY),
        ..Description::PLAIN
    },
    &EveryNumber(SignSgd),
);

#[derive(Debug)]
struct SignSgd;

impl Method for SignSgd {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        state.position -= input.gradient.map(T::sign) * input.lr;
    }
}
