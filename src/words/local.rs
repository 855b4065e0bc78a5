//! What is said of a surface around a point, and of its critical points in a view.

use thalweg_analysis::local::critical_search::{ClassifiedPoint, CriticalLine, SearchLimit};
use thalweg_analysis::local::taylor::CurvatureEffect;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::point_nature::PointNature;
use thalweg_core::objective::smoothness::Smoothness;

/// Why there is no Taylor series of second order at a point, in a sentence.
pub fn no_model(smoothness: Smoothness) -> &'static str {
    match smoothness {
        Smoothness::Kink => "f has a kink here, and no gradient: there is no model.",
        Smoothness::OnceDifferentiable => "f has a gradient here but no Hessian: there is no model.",
        Smoothness::DomainEdge => "Here is the edge of where f is defined: there is no model.",
        Smoothness::Smooth | Smoothness::Undefined => {
            "f or its derivatives are not finite here: there is no model."
        }
    }
}

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
            "The curvature term outweighs the gradient's: the model says that a step of this length downhill goes \
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
        SearchLimit::Faded => {
            "Far out f fades until its gradient is rounded to zero: what is there cannot be told, and is not listed."
        }
    }
}

/// What a point is.
pub fn nature(nature: &PointNature) -> String {
    nature_by(nature, "the Hessian", "Hessian", "|gradient|")
}

/// What a point of a function of x alone is.
pub fn nature_on_graph(nature: &PointNature) -> String {
    nature_by(nature, "f''", "f''", "f'")
}

/// What a point is, with these words for what decides, for the second derivatives and for the length of the first.
fn nature_by(nature: &PointNature, decides: &str, second: &str, first: &str) -> String {
    let kind = nature.kind.name();
    match (nature.is_critical, nature.smoothness) {
        (true, smoothness) => critical(kind, smoothness, second),
        (false, Smoothness::Smooth) => {
            format!("{kind} by {decides}; a critical point only where {first} is 0")
        }
        (false, Smoothness::OnceDifferentiable) => format!("no critical point; f has no {second} there"),
        (false, Smoothness::Kink) => "no critical point; f has a kink there, and no gradient".to_owned(),
        (false, Smoothness::DomainEdge) => "not certain: f is not defined on every side".to_owned(),
        (false, Smoothness::Undefined) => "not certain: f has no derivatives there".to_owned(),
    }
}

/// What a point is that a search has found, perhaps on the graph of a function of x alone.
pub fn found_point(found: &ClassifiedPoint, is_on_graph: bool) -> String {
    critical(found.kind.name(), found.smoothness, if is_on_graph { "f''" } else { "Hessian" })
}

/// The kind of a critical point, and what there is not; `second` is what the second derivatives are called.
fn critical(kind: &str, smoothness: Smoothness, second: &str) -> String {
    match smoothness {
        Smoothness::Smooth => kind.to_owned(),
        Smoothness::OnceDifferentiable => format!("{kind}; f has no {second} there"),
        _ => format!("{kind} at a kink: f has no gradient there"),
    }
}

/// What a line of critical points is.
pub fn line(line: &CriticalLine) -> String {
    let closed = if line.is_closed { "closed " } else { "" };
    let kind = match line.kind {
        PointKind::Minimum => "minima",
        PointKind::Maximum => "maxima",
        PointKind::Saddle | PointKind::Inconclusive => "critical points, neither all minima nor all maxima",
    };
    format!("one of a whole {closed}line of {kind}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Vector2;
    use thalweg_testing::typed;

    #[test]
    fn a_kink_is_called_a_kink() {
        for (text, at, wanted) in [
            ("abs(x) + y^2", [0.0, 1.0], "kink"),
            ("max(x, y)", [0.5, 0.5], "kink"),
            ("x*abs(x) + y", [0.0, 1.0], "no Hessian"),
            ("sqrt(x) + y", [0.0, 1.0], "edge of where f is defined"),
            ("log(x) + y", [-1.0, 1.0], "not finite"),
        ] {
            let told = no_model(typed(text).smoothness(Vector2::from(at)));
            assert!(told.contains(wanted), "{text}: {told}");
        }
    }
}
