//! A learning rate that a newly chosen method can begin with: the libraries' defaults are made
//! for networks, and on a surface of the plane they would hardly move, or fly off.

use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::description::Group;
use thalweg_core::objective::view::View;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

/// `optimizer` with its defaults, but a learning rate that suits the surface: for methods whose
/// step is in proportion to the gradient one over the largest curvature at the start, for methods
/// whose step is about as long as the rate itself a hundredth of the view. Rounded to one digit.
pub fn suited(optimizer: &'static Optimizer, problem: &Problem, view: View) -> Chosen<Optimizer> {
    let mut chosen = Chosen::with_defaults(optimizer);
    let rate = match optimizer.group {
        Group::FirstOrder => {
            let curvatures =
                Spectrum::of(&problem.objective.value_gradient_hessian(problem.start).hessian).values;
            1.0 / curvatures.iter().fold(0.0_f64, |largest, value| largest.max(value.abs()))
        }
        Group::Adaptive | Group::SignBased => (view.x.1 - view.x.0) / 100.0,
        Group::SecondOrder | Group::LineSearch | Group::Quadratic => return chosen,
    };
    // One digit, and nothing that the parameter would refuse: then the default stays.
    if let Ok(rounded) = format!("{rate:.0e}").parse() {
        let _ = chosen.set("lr", Value::Number(rounded));
    }
    chosen
}
