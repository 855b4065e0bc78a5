//! Why a run diverged, in one sentence, where the linear theory can tell.

use crate::spectral::mode::{Mode, Regime};
use crate::spectral::spectrum::Spectrum;
use crate::spectral::stability::edge;
use nalgebra::Vector2;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::{Cause, Quantity, Sample};
use thalweg_core::spec::settings::Settings;

/// How many steps back the search for the beginning of the divergence goes.
const LOOK_BACK: usize = 10_000;

/// The sentence that says at which step a run diverged and, where the linear theory can tell,
/// why. `None` for a run that did not diverge.
///
/// The theory is local: it speaks of the Hessian at a point. The point is the first of the run's
/// last unbroken stretch of points from which the linearised method diverges; on a quadratic that
/// is the start. Of several diverging eigenvectors, the one along which the run went farthest from
/// there is named.
pub fn diagnose(run: &Run, problem: &Problem) -> Option<String> {
    let ending = run.trajectory().ending().filter(|ending| ending.cause.is_divergence())?;
    let what = match ending.cause {
        Cause::OutOfBounds => format!("|x| or |y| passed {:e}", problem.bound),
        Cause::NotFinite(quantity) => {
            let quantity = match quantity {
                Quantity::Position => "the position",
                Quantity::Loss => "f",
                Quantity::Gradient => "the gradient",
            };
            format!("{quantity} became infinite or NaN")
        }
        Cause::Converged | Cause::Stalled | Cause::StepLimit => return None,
    };
    let start = format!("diverged at step {}", ending.step);
    if let Some(hole) = hole(run, ending.cause) {
        return Some(format!("{start}: {hole}"));
    }
    Some(match reason(run, &problem.objective) {
        Some(reason) => format!("{start}: {reason} ({what})"),
        None => format!("{start}: {what}"),
    })
}

/// The sentence for a run that has stepped to where the surface has no value, not to where the
/// numbers end: no theory of step sizes explains that.
fn hole(run: &Run, cause: Cause) -> Option<String> {
    let last = run.trajectory().samples().last()?;
    let near = last.position.iter().all(|coordinate| coordinate.abs() < 1e6);
    let is_hole = cause == Cause::NotFinite(Quantity::Loss) && last.loss.is_nan() && near;
    is_hole.then(|| {
        let came = if run.trajectory().last_step() == 0 { "it starts at" } else { "it stepped to" };
        let [x, y] = [last.position.x, last.position.y].map(short);
        format!("{came} ({x}, {y}), where f is not defined")
    })
}

fn reason(run: &Run, objective: &Objective) -> Option<String> {
    let optimizer = run.optimizer();
    // A changing learning rate counts as it is at each step.
    let settings_at = |index: usize| run.settings_at(u32::try_from(index).unwrap_or(u32::MAX));
    let samples = run.trajectory().samples();
    let spectrum = |sample: &Sample| Spectrum::of(&objective.value_gradient_hessian(sample.position).hessian);
    // The last points may be too far out for a finite Hessian.
    let end =
        samples.iter().rposition(|sample| spectrum(sample).values.iter().all(|value| value.is_finite()))?;
    let stretch = samples[..=end].iter().enumerate().rev().take(LOOK_BACK);
    let unstable = |(index, sample): &(usize, &Sample)| {
        let settings = settings_at(*index);
        spectrum(sample).values.iter().any(|lambda| diverges(optimizer, &settings, *lambda))
    };
    let length = stretch.take_while(unstable).count();
    let from = end.checked_sub(length.checked_sub(1)?)?;
    let Spectrum { values, vectors } = spectrum(&samples[from]);
    let settings = &settings_at(from);
    let went = samples[end].position - samples[from].position;
    let index = worst(optimizer, settings, values, vectors.map(|vector| vector.dot(&went).abs()))?;
    let place = if from == 0 { "at the start".to_owned() } else { format!("from step {from} on") };
    let reason = explain(optimizer, settings, values[index], ["λ₁", "λ₂"][index])?;
    Some(format!("{reason} {place}"))
}

fn diverges(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64) -> bool {
    Mode::along(optimizer, settings, lambda).is_some_and(|mode| mode.regime == Regime::Diverges)
}

/// The diverging eigenvector along which the run went farthest; where it went nowhere, the one of
/// the larger radius.
fn worst(
    optimizer: &Optimizer,
    settings: &Settings<f64>,
    values: [f64; 2],
    distances: [f64; 2],
) -> Option<usize> {
    let key = |index: &usize| {
        let radius = Mode::along(optimizer, settings, values[*index]).map_or(0.0, |mode| mode.radius);
        Vector2::new(distances[*index], radius)
    };
    (0..2).filter(|index| diverges(optimizer, settings, values[*index])).max_by(|left, right| {
        let (left, right) = (key(left), key(right));
        left.x.total_cmp(&right.x).then(left.y.total_cmp(&right.y))
    })
}

/// Why the mode of eigenvalue `lambda` diverges.
fn explain(optimizer: &Optimizer, settings: &Settings<f64>, lambda: f64, symbol: &str) -> Option<String> {
    let mode = Mode::along(optimizer, settings, lambda)?;
    let lr = settings.numbers[0];
    let shown = short(lambda);
    Some(match edge(optimizer, settings, lambda) {
        _ if !mode.radius.is_finite() => {
            format!("{symbol} = {shown}: the Hessian that the step divides by is singular")
        }
        Some(edge) if lr > edge => {
            // For most methods the edge is a bound on αλ alone; for Newton's it is one on α.
            let bound = edge * lambda;
            let of_product = self::edge(optimizer, settings, 2.0 * lambda)
                .is_some_and(|other| (other * lambda * 2.0 - bound).abs() <= 1e-9 * bound.abs());
            if of_product {
                format!("α{symbol} = {}", beyond(lr * lambda, bound))
            } else {
                format!("α = {}, the edge for {symbol} = {shown},", beyond(lr, edge))
            }
        }
        _ if lambda < 0.0 => format!("{symbol} = {shown} < 0: the surface falls away along this direction"),
        _ => format!("along {symbol} = {shown} each step multiplies the error by {}", short(mode.radius)),
    })
}

/// Two numbers of which the first is larger, as "2.3 > 2": with as many digits as it takes to
/// see that.
fn beyond(value: f64, bound: f64) -> String {
    let written = |digits| [value, bound].map(|number| rounded(number, digits));
    let [value, bound] = (4..17).map(written).find(|[value, bound]| value != bound).unwrap_or(written(17));
    format!("{value} > {bound}")
}

/// A number to four digits.
pub(crate) fn short(value: f64) -> String {
    rounded(value, 4)
}

/// A number to so many digits in all, as a person writes it.
fn rounded(value: f64, digits: usize) -> String {
    let scientific = format!("{value:.*e}", digits - 1);
    let Some((mantissa, exponent)) = scientific.split_once('e') else { return scientific };
    let tidy = |text: &str| {
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text.to_owned()
        }
    };
    match exponent.parse::<i32>() {
        Ok(exponent) if (-4..7).contains(&exponent) => {
            let decimals = i32::try_from(digits).unwrap_or(17) - 1 - exponent;
            tidy(&format!("{value:.*}", usize::try_from(decimals).unwrap_or(0)))
        }
        _ => format!("{}e{exponent}", tidy(mantissa)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::objective::surface::Surface;
    use thalweg_core::spec::chosen::Chosen;
    use thalweg_core::spec::described::Described;
    use thalweg_core::spec::parsed::ParsedFormula;
    use thalweg_core::spec::value::Value;

    fn sentence(surface: &str, start: [f64; 2], optimizer: &str, settings: &[(&str, f64)]) -> Option<String> {
        let mut chosen = Chosen::with_defaults(Optimizer::find(optimizer).expect(optimizer));
        for (key, value) in settings {
            assert!(chosen.set(key, Value::Number(*value)), "{key}");
        }
        let problem = Problem::new(
            Objective::new(&Chosen::with_defaults(Surface::find(surface).expect(surface))),
            Vector2::from(start),
            3000,
        );
        let mut run = Run::new(&chosen, &problem);
        run.advance(&problem, u32::MAX);
        diagnose(&run, &problem)
    }

    #[test]
    fn the_sentence_names_the_bound_that_was_passed() {
        let bowl =
            |optimizer, settings: &[(&str, f64)]| sentence("Quadratic", [-2.5, 1.0], optimizer, settings);
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
        let falls = sentence("Saddle", [1.0, 0.1], "GradientDescent", &[("lr", 0.1)]).expect("diverged");
        assert!(
            falls.contains("λ₁ = -2 < 0: the surface falls away along this direction at the start"),
            "{falls}"
        );
        // On the axis of the saddle nothing falls: it is the steep wall that throws it off.
        let flips = sentence("Saddle", [1.0, 0.0], "GradientDescent", &[("lr", 1.1)]).expect("diverged");
        assert!(flips.contains("αλ₂ = 2.2 > 2"), "{flips}");
    }

    #[test]
    fn a_step_into_a_hole_is_called_that() {
        let mut surface = Chosen::with_defaults(Surface::find("Formula").expect("known"));
        let typed = ParsedFormula::read("sqrt(x) + y^2").expect("right");
        assert!(surface.set("f", Value::Formula(typed)));
        let problem = Problem::new(Objective::new(&surface), Vector2::new(1.0, 0.0), 50);
        let mut chosen = Chosen::with_defaults(Optimizer::find("GradientDescent").expect("known"));
        chosen.set("lr", Value::Number(3.0));
        let mut run = Run::new(&chosen, &problem);
        run.advance(&problem, u32::MAX);
        let told = diagnose(&run, &problem).expect("diverged");
        assert_eq!(told, "diverged at step 1: it stepped to (-0.5, 0), where f is not defined");
    }

    #[test]
    fn where_the_theory_is_silent_the_sentence_is_plain() {
        assert_eq!(sentence("Quadratic", [-2.5, 1.0], "GradientDescent", &[("lr", 0.01)]), None);
        let plain = sentence("Quadratic", [-2.5, 1.0], "Adam", &[("lr", 1e13)]).expect("diverged");
        assert_eq!(plain, "diverged at step 1: |x| or |y| passed 1e12");
        let curved =
            sentence("Rosenbrock", [-1.2, 1.0], "GradientDescent", &[("lr", 0.01)]).expect("diverged");
        assert!(curved.starts_with("diverged at step ") && curved.contains("αλ₂ = "), "{curved}");
        let singular = sentence("QuadraticForm", [1.0, 1.0], "Newton", &[]);
        assert!(singular.is_none_or(|sentence| sentence.contains("singular")));
    }

    #[test]
    fn numbers_are_short() {
        for (value, text) in [
            (2.0, "2"),
            (-2.0, "-2"),
            (0.0, "0"),
            (3.800_000_000_000_000_3, "3.8"),
            (100.0, "100"),
            (1234.56, "1235"),
            (9999.6, "10000"),
            (0.020_1, "0.0201"),
            (0.001_234_6, "0.001235"),
            (0.019_801_98, "0.0198"),
            (1e-7, "1e-7"),
            (3.21e9, "3.21e9"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(short(value), text);
        }
        assert_eq!(beyond(2.3, 2.0), "2.3 > 2");
        assert_eq!(beyond(2.000_001, 2.0), "2.000001 > 2");
    }
}
