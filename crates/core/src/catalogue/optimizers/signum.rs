//! Signum.

use super::common::{SIGN_THEORY, average};
use super::lines::GRADIENT;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::Theory;
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::NumberKey;
use crate::spec::param::Param;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[Param::stride(1e-3), Param::MOMENTUM];
const MOMENTUM: NumberKey = NumberKey::of(PARAMS, "momentum");
/// What it remembers.
const SLOTS: &[Slot] = &[Slot::new("m", "m", "moving average of the gradient")];
const _: () = assert!(Slot::are(SLOTS, &["m"]), "the steps below take the slots in this order");

/// SignSGD on a moving average of the gradients. The average is not corrected for its start at
/// zero: that would not change a sign.
pub static SIGNUM: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("Signum"),
        summary: Cow::Borrowed(
            "Steps of one length by the sign of the averaged gradient: it turns late, but noise turns it less.",
        ),
        lines: Lines::Chosen(|_| {
            vec![
                GRADIENT,
                UpdateEquation::direction("m", "β·m + (1 - β)·g", "moving average of the gradient"),
                UpdateEquation::direction("u", "sign(m)", "the signs alone: 1, 0 or -1 for each coordinate"),
                UpdateEquation::point("x", "x - α·u", "the next position"),
            ]
        }),
        source: Cow::Borrowed("Bernstein et al., signSGD, ICML 2018, algorithm 2"),
        group: Group::SignBased,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::None(SIGN_THEORY),
        ..Description::PLAIN
    },
    &EveryNumber(Signum),
);

#[derive(Debug)]
struct Signum;

impl Method for Signum {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let momentum = input.settings[MOMENTUM];
        let [m, ..] = &mut state.slots;
        average(m, momentum, input.gradient);
        state.position -= m.map(T::sign) * input.lr;
    }
}
