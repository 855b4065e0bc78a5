//! What the linear theory says of a runner at a point, and what a quasi-Newton method knows of the Hessian.

use thalweg_analysis::spectral::hessian_estimate::EstimateQuality;
use thalweg_analysis::spectral::spectral_report::{LawForm, SpectralReport, TheoryScope};
use thalweg_core::objective::smoothness::Smoothness;

/// What of a report applies to the runner.
pub fn applies(report: &SpectralReport) -> &'static str {
    match (report.scope, report.form, report.is_scheduled) {
        (TheoryScope::NotFinite, ..) => match report.curvature.smoothness {
            Smoothness::Kink => "f has a kink here, and no Hessian: there is no spectrum.",
            Smoothness::OnceDifferentiable => "f has no Hessian here: there is no spectrum.",
            Smoothness::DomainEdge => "Here is the edge of where f is defined: there is no spectrum.",
            Smoothness::Smooth | Smoothness::Undefined => {
                "f or its second derivatives are not finite here: there is no spectrum."
            }
        },
        (TheoryScope::NoLaw(reason), ..) => reason,
        (TheoryScope::Law, LawForm::Spectral | LawForm::Factor, true) => {
            "α is the rate of this step. What is left is the product of the factors of the steps made: exact \
             on a quadratic, elsewhere near a minimum."
        }
        (TheoryScope::Law, LawForm::TwoSteps, true) => {
            "The rate changes and steps depend on the one before: regime and rate per step are those that \
             this step's α would have if it stayed. No factor e_t / e_0 follows from them."
        }
        (TheoryScope::Law, LawForm::Factor, false) => {
            "Every step multiplies the error by one factor, which here is not 1 - αλ. Exact on a quadratic; \
             elsewhere it holds near a critical point, for errors small enough."
        }
        (TheoryScope::Law, LawForm::Spectral, false) => {
            "Exact on a quadratic. Elsewhere it holds for the local quadratic model: near a minimum, \
             for errors small enough."
        }
        (TheoryScope::Law, LawForm::TwoSteps, false) => {
            "Steps depend on the one before: the error follows a two-step recurrence, not (1 - αλ)^t. \
             Exact on a quadratic, elsewhere near a minimum."
        }
    }
}

/// How good an estimate of the Hessian is: what follows "estimate".
pub fn estimate(quality: EstimateQuality) -> &'static str {
    match quality {
        EstimateQuality::NotPositiveDefinite => {
            "cannot be right here: the surface does not curve up both ways"
        }
        EstimateQuality::Right => "right to 1 % in every direction: it knows the curvature",
        EstimateQuality::NearlyRight => "nearly right",
        EstimateQuality::RoughlyRight => "roughly right",
        EstimateQuality::FarOff => "still far off",
    }
}
