//! What is said of a surface around a point, and of its critical points in a view.

use thalweg_analysis::local::critical_search::SearchLimit;
use thalweg_analysis::local::taylor::CurvatureEffect;

/// What the curvature along the gradient does to a gradient step, in a sentence.
pub fn curvature_effect(effect: CurvatureEffect) -> &'static str {
    match effect {
        CurvatureEffect::Level => "The gradient is zero: a gradient step stays where it is.",
        CurvatureEffect::Faster => {
            "Negative curvature along the gradient: a step falls faster than the gradient alone predicts."
        }
        CurvatureEffect::AsPredicted => {
            "Hardly any curvature along the gradient for so small a step: it falls as the gradient predicts."
        }
        CurvatureEffect::Slower => {
            "Positive curvature along the gradient: a step falls more slowly than the gradient alone predicts."
        }
        CurvatureEffect::Uphill => {
            "The curvature term outweighs the gradient's: the model says that even this small step downhill goes \
             uphill."
        }
        CurvatureEffect::Undefined => {
            "The function or its derivatives are not finite here: there is no model."
        }
    }
}

/// Why a list of critical points does not name all of them, in a sentence.
pub fn search_limit(limit: SearchLimit) -> &'static str {
    match limit {
        SearchLimit::TooMany => "More than a thousand: the search stopped there. Zoom in to see them all.",
        SearchLimit::MostlyFlat => {
            "Nearly everywhere the gradient is exactly zero: steps and plains, no points to list."
        }
        SearchLimit::PartlyFlat => {
            "On a plain in the view the gradient is exactly zero; its points are not listed."
        }
    }
}
