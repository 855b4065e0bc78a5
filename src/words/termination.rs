//! How a run ended.

use super::{evaluations, text};
use thalweg_analysis::runs::diagnosis::{Divergence, DivergenceEvent, Instability, InstabilityReason};
use thalweg_analysis::runs::false_minimum::FalseMinimum;
use thalweg_analysis::runs::termination::Termination;
use thalweg_core::run::trajectory::Quantity;

/// How a run ended, in one sentence with its numbers and without its subject: "converged at step 20: ...".
pub fn sentence(termination: &Termination) -> String {
    match termination {
        Termination::StepLimit { step: 1, .. } => format!("its one step made: {}", end(termination)),
        Termination::StepLimit { step, .. } => format!("all {step} steps made: {}", end(termination)),
        _ => predicate(termination),
    }
}

/// How a run ended, to go on a sentence that begins with "It".
pub fn predicate(termination: &Termination) -> String {
    match termination {
        Termination::Diverged(divergence) => self::divergence(divergence),
        Termination::StandsStill { since, ground: FalseMinimum::Kink, .. } => {
            format!(
                "stands still at step {since}, at a kink: the mean of the slopes is exactly zero here, but f falls on \
                 one side"
            )
        }
        Termination::StandsStill { since, grad_norm, ground } => {
            format!("stands still at step {since}: {}{}", vanishing(*grad_norm), trapped(ground))
        }
        Termination::Arrived { since, loss, grad_norm, at_kink: false } => {
            format!("arrived at step {since}: {}, f = {}", vanishing(*grad_norm), text::number(*loss))
        }
        Termination::Arrived { since, loss, at_kink: true, .. } => {
            let f = text::number(*loss);
            format!(
                "arrived at step {since}, at a kink: there is no gradient here, and f = {f} falls on no side"
            )
        }
        Termination::Converged { step, grad_norm, tolerance, ground } => {
            let (norm, tolerance) = (text::number(*grad_norm), text::number(*tolerance));
            let remark = ground.as_ref().map_or("", remark);
            format!("converged at step {step}: |∇f| = {norm} ≤ {tolerance}{remark}")
        }
        Termination::Stalled { step, lowest, since, patience } => {
            let allowed = if *patience == 1 { "1 step".to_owned() } else { format!("{patience} steps") };
            let lowest = text::number(*lowest);
            format!(
                "stalled at step {step}: f has not fallen below {lowest} since step {since} ({allowed} allowed)"
            )
        }
        Termination::NoStep { step, at: [x, y], grad_norm, cost, is_rounding } => {
            let (from, norm) = (text::point(*x, *y), text::number(*grad_norm));
            let why = if *is_rounding { ": rounding hides what f could still fall" } else { "" };
            let cost = evaluations::made(cost);
            format!(
                "stopped at step {step}: the line search found no step from {from}{why} (|∇f| = {norm}, after {cost})"
            )
        }
        Termination::StepsVanish { since, loss, grad_norm } => {
            let (f, norm) = (text::number(*loss), text::number(*grad_norm));
            format!(
                "stands still from step {since} on: its steps are too short to change x (f = {f}, |∇f| = {norm})"
            )
        }
        Termination::NoGradient { step, at: [x, y], loss } => {
            let (at, f) = (text::point(*x, *y), text::number(*loss));
            format!("stopped at step {step}: f has no gradient at {at}, where it is {f}")
        }
        Termination::FallsForEver { step, loss, bound, is_unbounded } => {
            let how = if *is_unbounded { "without bound" } else { "for ever" };
            let f = text::number(*loss);
            match bound {
                Some(bound) => {
                    format!("falls {how}: at step {step} |x| or |y| passed {bound:e}, where f = {f}")
                }
                None => format!("falls {how}: at step {step} f = {f}"),
            }
        }
        Termination::StepLimit { step: 1, .. } => format!("has made its one step: {}", end(termination)),
        Termination::StepLimit { step, .. } => format!("has made all its {step} steps: {}", end(termination)),
    }
}

/// f and |∇f| at the end of a run that has made all its steps.
fn end(termination: &Termination) -> String {
    match termination {
        Termination::StepLimit { loss, grad_norm, falls_along, .. } => {
            let numbers = format!("f = {}, |∇f| = {}", text::number(*loss), text::number(*grad_norm));
            match falls_along {
                Some([x, y]) => format!("{numbers}; f falls without bound along {}", text::point(*x, *y)),
                None => numbers,
            }
        }
        _ => String::new(),
    }
}

/// That the gradient is zero where a run rests.
fn vanishing(grad_norm: f64) -> String {
    if grad_norm == 0.0 {
        "the gradient is exactly zero here".to_owned()
    } else {
        format!("but for rounding the gradient is zero here (|∇f| = {})", text::number(grad_norm))
    }
}

/// What follows [`vanishing`].
fn trapped(ground: &FalseMinimum) -> String {
    match ground {
        FalseMinimum::Kink => ": a kink from which f falls".to_owned(),
        FalseMinimum::GentleSlope => " but for rounding: f falls on, too gently for a step".to_owned(),
        FalseMinimum::Flat => {
            " and so are the second derivatives: f is flat, no gradient method can move".to_owned()
        }
        FalseMinimum::FlatToSecondOrder => {
            " and so are the second derivatives: f is flat to second order, no gradient method can move"
                .to_owned()
        }
        FalseMinimum::Saddle(low) => format!(
            ": a saddle, f falls along v₁ (λ₁ = {}), but no gradient method can start to move",
            text::number(*low)
        ),
        FalseMinimum::Top(bend) => {
            format!(
                ": a maximum (f'' = {}), from which no gradient method can start to move",
                text::number(*bend)
            )
        }
        FalseMinimum::Maximum(low) => format!(
            ": a maximum, f falls along v₁ (λ₁ = {}), but no gradient method can start to move",
            text::number(*low)
        ),
    }
}

/// What follows the numbers of a run that the test of the gradient has stopped.
fn remark(ground: &FalseMinimum) -> &'static str {
    match ground {
        FalseMinimum::Kink => ", at a kink from which f falls",
        FalseMinimum::GentleSlope => ", on a gentle slope: f falls on, and no critical point is near",
        FalseMinimum::Flat => ", on flat ground: the second derivatives are zero too",
        FalseMinimum::FlatToSecondOrder => ", where the second derivatives are zero too",
        FalseMinimum::Saddle(_) => ", near a saddle: f falls along v₁",
        FalseMinimum::Maximum(_) => ", near a maximum: f falls along v₁",
        FalseMinimum::Top(_) => ", near a maximum: f falls on both sides",
    }
}

/// At which step a run diverged and, where the linear theory can tell, why.
pub fn divergence(divergence: &Divergence) -> String {
    let point = |[x, y]: [f64; 2]| text::point(x, y);
    let event = match divergence.event {
        DivergenceEvent::StartsUndefined(at) => format!("it starts at {}, where f is not defined", point(at)),
        DivergenceEvent::SteppedToUndefined(at) => {
            format!("it stepped to {}, where f is not defined", point(at))
        }
        DivergenceEvent::OutOfBounds(bound) => format!("|x| or |y| passed {bound:e}"),
        DivergenceEvent::NotFinite(quantity) => {
            let quantity = match quantity {
                Quantity::Position => "the position",
                Quantity::Loss => "f",
                Quantity::Gradient => "the gradient",
            };
            format!("{quantity} became infinite or NaN")
        }
    };
    let start = format!("diverged at step {}", divergence.step);
    match &divergence.cause {
        Some(cause) => format!("{start}: {} ({event})", instability(cause)),
        None => format!("{start}: {event}"),
    }
}

fn instability(cause: &Instability) -> String {
    let symbol = match cause.index {
        None => "f''",
        Some(0) => "λ₁",
        Some(_) => "λ₂",
    };
    let lambda = text::number(cause.lambda);
    let reason = match cause.reason {
        InstabilityReason::SingularHessian if cause.index.is_none() => {
            format!("f'' = {lambda}: the step divides by it")
        }
        InstabilityReason::SingularHessian => {
            format!("{symbol} = {lambda}: the Hessian that the step divides by is singular")
        }
        InstabilityReason::ProductBeyondEdge { product, edge } => {
            format!("α{symbol} = {}", beyond(product, edge))
        }
        InstabilityReason::RateBeyondEdge { lr, edge } => {
            format!("α = {}, the edge for {symbol} = {lambda},", beyond(lr, edge))
        }
        InstabilityReason::FallsAway if cause.index.is_none() => {
            format!("f'' = {lambda} < 0: the curve bends down, away from the maximum")
        }
        InstabilityReason::FallsAway => {
            format!("{symbol} = {lambda} < 0: the surface falls away along this direction")
        }
        InstabilityReason::Grows(factor) => {
            format!("along {symbol} = {lambda} each step multiplies the error by {}", text::number(factor))
        }
    };
    match cause.from {
        0 => format!("{reason} at the start"),
        from => format!("{reason} from step {from} on"),
    }
}

/// Two numbers of which the first is larger, as "2.3 > 2": with as many digits as it takes to
/// see that.
fn beyond(value: f64, bound: f64) -> String {
    let written = |digits| [value, bound].map(|number| text::digits(number, digits));
    let [value, bound] = (4..17).map(written).find(|[value, bound]| value != bound).unwrap_or(written(17));
    format!("{value} > {bound}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Vector2;
    use thalweg_core::method::gradient::Gradient;
    use thalweg_core::objective::objective::Objective;

    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::run::problem::Problem;
    use thalweg_core::run::run::Run;
    use thalweg_core::run::run_spec::RunSpec;
    use thalweg_core::spec::chosen::Chosen;

    use thalweg_core::formula::parsed_formula::ParsedFormula;
    use thalweg_core::spec::value::Value;

    fn sentence(
        surface: (&str, &[(&str, f64)]),
        start: [f64; 2],
        optimizer: (&str, f64),
        edit: impl FnOnce(&mut Problem),
    ) -> String {
        let mut chosen = Chosen::with_defaults(optimizers::find(optimizer.0).expect("known"));
        let has_rate = chosen.settings().any(|(param, _)| param.key == "lr");
        assert_eq!(chosen.set("lr", Value::Number(optimizer.1)), has_rate);
        let mut of = Chosen::with_defaults(surfaces::find(surface.0).expect("known"));
        for (key, value) in surface.1 {
            assert!(of.set(key, Value::Number(*value)), "{key}");
        }
        let mut problem = Problem::new(Objective::new(&of), Vector2::from(start), 300);
        edit(&mut problem);
        let mut run = Run::new(&chosen, &problem);
        assert_eq!(Termination::of(&run, &problem).is_some(), run.is_done());
        run.advance(&problem, u32::MAX);
        super::sentence(&Termination::of(&run, &problem).expect("it has ended"))
    }

    const BOWL: (&str, &[(&str, f64)]) = ("Quadratic", &[("kappa", 2.0)]);

    /// f = (x² + 2y²)/2 at α = 1/2: y is 0 after one step, and x halves.
    #[test]
    fn each_cause_has_its_numbers() {
        let of = |edit: fn(&mut Problem)| sentence(BOWL, [1.0, 1.0], ("GradientDescent", 0.5), edit);
        assert_eq!(of(|problem| problem.tolerance = 1e-6), "converged at step 20: |∇f| = 9.537e-7 ≤ 1e-6");
        assert_eq!(of(|problem| problem.steps = 3), "all 3 steps made: f = 0.007812, |∇f| = 0.125");
        assert_eq!(of(|problem| problem.steps = 1), "its one step made: f = 0.125, |∇f| = 0.5");
        // At α = 1 the other component flips between 1 and -1: f falls once, and never again.
        let flips = sentence(BOWL, [1.0, 1.0], ("GradientDescent", 1.0), |problem| problem.patience = 50);
        assert_eq!(flips, "stalled at step 51: f has not fallen below 1 since step 1 (50 steps allowed)");
        let diverged = sentence(BOWL, [1.0, 1.0], ("GradientDescent", 3.0), |_| ());
        assert!(diverged.starts_with("diverged at step ") && diverged.contains("αλ₂ = 6 > 2"), "{diverged}");
    }

    #[test]
    fn who_rests_where_f_is_no_lowest_is_told() {
        let plain = ("QuadraticForm", &[("xx", 0.0), ("xy", 0.0), ("yy", 0.0)][..]);
        let flat = "the gradient is exactly zero here and so are the second derivatives: f is flat, \
                    no gradient method can move";
        for tolerance in [0.0, 1e-6] {
            for name in ["GradientDescent", "Momentum", "Adam", "Bfgs", "SteepestDescent"] {
                let still = sentence(plain, [1.0, 2.0], (name, 0.1), |problem| problem.tolerance = tolerance);
                assert_eq!(still, format!("stands still at step 0: {flat}"), "{name}");
            }
        }
        // Newton's method goes to the saddle in one step; gradient descent on its axis in many.
        let saddle = sentence(("Saddle", &[]), [1.5, 0.25], ("Newton", 1.0), |_| ());
        assert_eq!(
            saddle,
            "stands still at step 1: the gradient is exactly zero here: a saddle, f falls along v₁ (λ₁ = -2), \
             but no gradient method can start to move"
        );
        let near = sentence(("Saddle", &[]), [1.5, 0.0], ("GradientDescent", 0.1), |problem| {
            problem.tolerance = 1e-3;
        });
        assert!(
            near.starts_with("converged at step ") && near.ends_with(", near a saddle: f falls along v₁")
        );
        let top = ("QuadraticForm", &[("xx", -1.0), ("xy", 0.0), ("yy", 0.0)][..]);
        let top = sentence(top, [0.0, 2.0], ("GradientDescent", 0.1), |_| ());
        assert!(top.contains("a maximum, f falls along v₁ (λ₁ = -1)"), "{top}");
        let monkey = sentence(("MonkeySaddle", &[]), [0.0, 0.0], ("GradientDescent", 0.1), |_| ());
        assert!(monkey.contains("flat to second order"), "{monkey}");
        let minimum = sentence(BOWL, [0.0, 0.0], ("GradientDescent", 0.1), |_| ());
        assert_eq!(minimum, "arrived at step 0: the gradient is exactly zero here, f = 0");
    }

    /// Noise moves on from where exact gradients would stand still.
    #[test]
    fn with_noise_nobody_stands_still() {
        let chosen = Chosen::with_defaults(optimizers::find("GradientDescent").expect("known"));
        let saddle = Chosen::with_defaults(surfaces::find("Saddle").expect("known"));
        let problem =
            Problem { tolerance: 1e-6, ..Problem::new(Objective::new(&saddle), Vector2::zeros(), 9) };
        let gradient = Gradient::Noise { sigma: 0.1, seed: 1 };
        let mut run = Run::new(RunSpec { optimizer: &chosen, schedule: None, gradient }, &problem);
        run.advance(&problem, u32::MAX);
        let found = super::sentence(&Termination::of(&run, &problem).expect("it has ended"));
        assert_eq!(found, "converged at step 0: |∇f| = 0 ≤ 1e-6, near a saddle: f falls along v₁");
    }

    fn diverged(surface: &str, start: [f64; 2], optimizer: &str, settings: &[(&str, f64)]) -> Option<String> {
        let mut chosen = Chosen::with_defaults(optimizers::find(optimizer).expect(optimizer));
        for (key, value) in settings {
            assert!(chosen.set(key, Value::Number(*value)), "{key}");
        }
        let problem = Problem::new(
            Objective::new(&Chosen::with_defaults(surfaces::find(surface).expect(surface))),
            Vector2::from(start),
            3000,
        );
        let mut run = Run::new(&chosen, &problem);
        run.advance(&problem, u32::MAX);
        Divergence::of(&run, &problem).map(|divergence| super::divergence(&divergence))
    }

    #[test]
    fn the_sentence_names_the_bound_that_was_passed() {
        let bowl =
            |optimizer, settings: &[(&str, f64)]| diverged("Quadratic", [-2.5, 1.0], optimizer, settings);
        let says = |sentence: Option<String>, expected: &str| assert_eq!(sentence.as_deref(), Some(expected));
        says(
            bowl("GradientDescent", &[("lr", 0.023)]),
            "diverged at step 106: αλ₂ = 2.3 > 2 at the start (|x| or |y| passed 1e12)",
        );
        let momentum = bowl("Momentum", &[("lr", 0.04), ("momentum", 0.9)]).expect("diverged");
        assert!(momentum.contains("αλ₂ = 4 > 3.8 at the start"), "{momentum}");
        let nesterov = bowl("Nesterov", &[("lr", 0.02), ("momentum", 0.5)]).expect("diverged");
        assert!(nesterov.contains("αλ₂ = 2 > 1.5 at the start"), "{nesterov}");
        let newton = bowl("Newton", &[("lr", 2.25)]).expect("diverged");
        assert!(newton.contains("α = 2.25 > 2, the edge for λ"), "{newton}");
        // Weight decay moves the edge: the bound is then not on αλ alone.
        let decayed = bowl("GradientDescent", &[("lr", 0.0201), ("weight_decay", 1.0)]).expect("diverged");
        assert!(decayed.contains("α = 0.0201 > 0.0198, the edge for λ₂ = 100,"), "{decayed}");
    }

    #[test]
    fn the_sentence_tells_falling_from_flipping() {
        let falls = sentence(("Saddle", &[]), [1.0, 0.1], ("GradientDescent", 0.1), |_| ());
        assert!(
            falls.starts_with("falls without bound: at step ") && falls.contains("passed 1e12, where f = -"),
            "{falls}"
        );
        // On the axis of the saddle nothing falls: it is the steep wall that throws it off.
        let flips = diverged("Saddle", [1.0, 0.0], "GradientDescent", &[("lr", 1.1)]).expect("diverged");
        assert!(flips.contains("αλ₂ = 2.2 > 2"), "{flips}");
    }

    #[test]
    fn a_step_into_a_hole_is_called_that() {
        let mut surface = Chosen::with_defaults(surfaces::find("Formula").expect("known"));
        let typed = ParsedFormula::read("sqrt(x) + y^2").expect("right");
        assert!(surface.set("f", Value::Formula(typed)));
        let problem = Problem::new(Objective::new(&surface), Vector2::new(1.0, 0.0), 50);
        let mut chosen = Chosen::with_defaults(optimizers::find("GradientDescent").expect("known"));
        assert!(chosen.set("lr", Value::Number(3.0)));
        let mut run = Run::new(&chosen, &problem);
        run.advance(&problem, u32::MAX);
        let told = Divergence::of(&run, &problem)
            .map(|divergence| super::divergence(&divergence))
            .expect("diverged");
        assert_eq!(told, "diverged at step 1: it stepped to (-0.5, 0), where f is not defined");
    }

    #[test]
    fn where_the_theory_is_silent_the_sentence_is_plain() {
        assert_eq!(diverged("Quadratic", [-2.5, 1.0], "GradientDescent", &[("lr", 0.01)]), None);
        let plain = diverged("Quadratic", [-2.5, 1.0], "Adam", &[("lr", 1e13)]).expect("diverged");
        assert_eq!(plain, "diverged at step 1: |x| or |y| passed 1e12");
        let curved =
            diverged("Rosenbrock", [-1.2, 1.0], "GradientDescent", &[("lr", 0.01)]).expect("diverged");
        assert!(curved.starts_with("diverged at step ") && curved.contains("αλ₂ = "), "{curved}");
        let singular = diverged("QuadraticForm", [1.0, 1.0], "Newton", &[]);
        assert!(singular.is_none_or(|sentence| sentence.contains("singular")));
    }

    #[test]
    fn as_many_digits_as_tell_two_numbers_apart() {
        assert_eq!(beyond(2.3, 2.0), "2.3 > 2");
        assert_eq!(beyond(2.000_001, 2.0), "2.000001 > 2");
    }

    /// "It ..." goes on with each of them.
    #[test]
    fn a_predicate_has_a_verb() {
        let made =
            |step| predicate(&Termination::StepLimit { step, loss: 0.5, grad_norm: 1e-9, falls_along: None });
        assert_eq!(made(1), "has made its one step: f = 0.5, |∇f| = 1e-9");
        assert_eq!(made(300), "has made all its 300 steps: f = 0.5, |∇f| = 1e-9");
        let stalled = Termination::Stalled { step: 51, lowest: 1.0, since: 1, patience: 1 };
        assert_eq!(predicate(&stalled), super::sentence(&stalled));
    }
}
