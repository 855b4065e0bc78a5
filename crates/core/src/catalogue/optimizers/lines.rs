//! Lines that the descriptions of several optimizers share.

use super::common::MomentForm;
use crate::formula::shape::Tensor;
use crate::method::update_equation::{EquationRule, UpdateEquation, ValueType};
use std::borrow::Cow;

/// The gradient that the step is given.
pub(super) const GRADIENT: UpdateEquation =
    UpdateEquation::direction("g", "∇f(x)", "the gradient where x stands: it leads uphill");

/// The gradient with that of an L2 penalty, where there is one.
pub(super) fn gradient(weight_decay: f64) -> Vec<UpdateEquation> {
    let penalty = UpdateEquation::direction("g", "g + w·x", "with the L2 penalty's own gradient, w·x");
    if weight_decay == 0.0 { vec![GRADIENT] } else { vec![GRADIENT, penalty] }
}

/// What the rate of each coordinate means.
pub(super) const EFFECTIVE: &str = "the effective learning rate of each coordinate";
/// Adam's first average.
pub(super) const MEAN: UpdateEquation =
    UpdateEquation::direction("m", "β₁·m + (1 - β₁)·g", "moving average of the gradient");
/// Adam's second average.
pub(super) const SQUARES: UpdateEquation =
    UpdateEquation::each("v", "β₂·v + (1 - β₂)·g²", "moving average of the squared gradient");
/// The first average as it would be had it not begun at zero.
pub(super) const MEAN_CORRECTED: UpdateEquation =
    UpdateEquation::direction("m̂", "m/(1 - β₁^t)", "m, corrected for its start at zero");
/// The rate that the second average leads to.
pub(super) const RATE: UpdateEquation = UpdateEquation::each("η", "α/(√v̂ + ε)", EFFECTIVE);

/// From the gradient to the rate: what Adam and AdamW have in common.
pub(super) fn moments(bias_correction: bool, amsgrad: bool, form: MomentForm) -> Vec<UpdateEquation> {
    let largest = UpdateEquation::each("v_max", "max(v_max, v)", "the largest v so far");
    let corrected = UpdateEquation::each("v̂", "v/(1 - β₂^t)", "v, corrected for its start at zero");
    let mut lines = vec![MEAN, SQUARES];
    if bias_correction && amsgrad && form == MomentForm::Optax {
        lines.extend([
            MEAN_CORRECTED,
            corrected,
            UpdateEquation::each("v_max", "max(v_max, v̂)", "the largest corrected v so far"),
            UpdateEquation::each("η", "α/(√v_max + ε)", EFFECTIVE),
        ]);
        return lines;
    }
    if amsgrad {
        lines.push(largest);
    }
    if bias_correction {
        lines.push(MEAN_CORRECTED);
    }
    if bias_correction && form == MomentForm::Keras {
        let rate =
            if amsgrad { "α·√(1 - β₂^t)/(√v_max + ε)" } else { "α·√(1 - β₂^t)/(√v + ε)" };
        lines.push(UpdateEquation::each("η", rate, EFFECTIVE));
        return lines;
    }
    lines.extend(match (bias_correction, amsgrad) {
        (true, true) => {
            vec![
                UpdateEquation::each(
                    "v̂",
                    "v_max/(1 - β₂^t)",
                    "the largest v, corrected for its start at zero",
                ),
                RATE,
            ]
        }
        (true, false) => vec![corrected, RATE],
        (false, true) => vec![UpdateEquation::each("η", "α/(√v_max + ε)", EFFECTIVE)],
        (false, false) => vec![UpdateEquation::each("η", "α/(√v + ε)", EFFECTIVE)],
    });
    lines
}

/// The Hessian where the step leaves from.
pub(super) const HESSIAN: UpdateEquation =
    UpdateEquation::matrix("H", "∇²f(x)", "the Hessian where x stands: the curvatures");

/// The step along d that a search has found.
pub(super) const ALONG: UpdateEquation = UpdateEquation::point("x", "x + a·d", "the next position");
/// What the step has moved: taken from the positions, as the method itself does.
pub(super) const STEP_MADE: UpdateEquation = UpdateEquation {
    name: Cow::Borrowed("s"),
    rule: EquationRule::Known("the new position less the old one", |made| {
        Tensor::Vector(made.after.position - made.before.position)
    }),
    sort: ValueType::Displacement,
    says: Cow::Borrowed("the step that was made"),
};
