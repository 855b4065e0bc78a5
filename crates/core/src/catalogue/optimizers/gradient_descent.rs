//! Gradient descent.

use super::lines::gradient;
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines};
use crate::method::oracle::Oracle;
use crate::method::recurrence::Recurrence;
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
const PARAMS: &[Param] = &[Param::learning_rate(1e-3), Param::WEIGHT_DECAY_L2];
const WEIGHT_DECAY: NumberKey = NumberKey::of(PARAMS, "weight_decay");
const LR: NumberKey = NumberKey::of(PARAMS, "lr");

/// x -= lr (g + weight_decay x), as `torch.optim.SGD`.
pub static GRADIENT_DESCENT: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("GradientDescent"),
        title: Cow::Borrowed("gradient descent"),
        summary: Cow::Borrowed("A step straight down the slope, in proportion to it."),
        lines: Lines::Chosen(|settings| {
            let weight_decay = settings[WEIGHT_DECAY];
            let step = UpdateEquation::point(
                "x",
                "x - α·g",
                "the next position: against the gradient, α times its length",
            );
            [gradient(weight_decay), vec![step]].concat()
        }),
        source: Cow::Borrowed(
            "Cauchy (1847); Goodfellow, Bengio and Courville, Deep Learning (2016), section 4.3",
        ),
        group: Group::FirstOrder,
        params: Cow::Borrowed(PARAMS),
        theory: Theory::Linear(|settings, lambda| {
            let (lr, weight_decay) = (settings[LR], settings[WEIGHT_DECAY]);
            Recurrence::plain(1.0 - lr * (lambda + weight_decay))
        }),
        // Boyd and Vandenberghe, Convex Optimization (2004), section 9.3: both ends decay alike.
        best: Some(|settings, mu, l| {
            let weight_decay = settings[WEIGHT_DECAY];
            Some(vec![("lr", 2.0 / (mu + weight_decay + (l + weight_decay)))])
        }),
        ..Description::PLAIN
    },
    &EveryNumber(GradientDescent),
);

#[derive(Debug)]
struct GradientDescent;

impl Method for GradientDescent {
    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let weight_decay = input.settings[WEIGHT_DECAY];
        let gradient = input.gradient + state.position * weight_decay;
        state.position -= gradient * input.lr;
    }
}
