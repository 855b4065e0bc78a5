//! The surfaces of the table have the derivatives that an implementation finds that is not ours, and are what
//! their formulas say.

use super::ALL;
use crate::formula::parsed_formula::ParsedFormula;
use crate::objective::objective::Objective;
use crate::spec::chosen::Chosen;
use crate::spec::param::Kind;
use crate::spec::value::Value;
use nalgebra::Vector2;

#[test]
fn every_surface_has_the_derivatives_that_others_find() {
    for &surface in ALL {
        let objective = Objective::new(&Chosen::with_defaults(surface));
        let (low, high) = (
            Vector2::new(surface.view.x.0, surface.view.y.0),
            Vector2::new(surface.view.x.1, surface.view.y.1),
        );
        for step in 0..200_u32 {
            // A lattice with irrational steps hits no axis and no diagonal.
            let part = Vector2::new(f64::from(step) * 0.754_877_666, f64::from(step) * 0.569_840_291)
                .map(f64::fract);
            let p = low + (high - low).component_mul(&part.add_scalar(0.000_123));
            let ours = objective.value_gradient_hessian(p);
            let theirs = objective.independent_curvature(p);
            let near = |a: f64, b: f64, size: f64| (a - b).abs() <= 1e-12 * size.max(1e-9);
            let curve = theirs.hessian.norm();
            assert!(near(ours.value, theirs.value, 1.0 + theirs.value.abs()), "{} at {p}", surface.name);
            assert!(
                near((ours.gradient - theirs.gradient).norm(), 0.0, theirs.gradient.norm() + curve),
                "{} at {p}",
                surface.name
            );
            assert!(near((ours.hessian - theirs.hessian).norm(), 0.0, curve), "{} at {p}", surface.name);
        }
    }
}

/// The surfaces whose text is no function of x, y and the parameters, and why.
const IN_WORDS: [(&str, &str); 8] = [
    ("Quadratic", "its axes are turned by an angle"),
    ("Plateau", "it names a function that it explains behind it"),
    ("Formula", "it is what somebody types"),
    ("LinearRegression", "a mean over data"),
    ("LogisticRegression", "a mean over data"),
    ("SigmoidSquaredError", "a mean over data"),
    ("ZeroOne", "a mean over data"),
    ("TinyNet", "a mean over data"),
];

/// A printed formula as it is typed on a keyboard.
fn typed(printed: &str) -> String {
    let signs = [("²", "^2"), ("³", "^3"), ("⁴", "^4"), ("⁶", "^6"), ("·", "*"), ("√", "sqrt"), ("π", "pi")];
    signs.iter().fold(printed.to_owned(), |text, (sign, keys)| text.replace(sign, keys))
}

#[test]
fn every_surface_is_what_its_formula_says() {
    for &surface in ALL {
        if IN_WORDS.iter().any(|(name, _)| *name == surface.name) {
            continue;
        }
        let text = typed(surface.formula);
        let mut function = ParsedFormula::read(&text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        let mut chosen = Chosen::with_defaults(surface);
        // Off the defaults, where a parameter that the text forgets would not be seen.
        for param in surface.params {
            let Kind::Number { default, slider: (low, high), .. } = param.kind else { continue };
            let value = default + 0.1 * (high - low);
            assert!(chosen.set(&param.key, Value::Number(value)), "{}: {}", surface.name, param.key);
            assert!(function.set(&param.key, value), "{}: the text names no {}", surface.name, param.key);
        }
        assert_eq!(function.constants().count(), surface.params.len(), "{}", surface.name);
        let (objective, tape) = (Objective::new(&chosen), function.tape());
        for step in 0..100_u32 {
            let part = |ratio: f64| (f64::from(step) * ratio).fract();
            let x = surface.view.x.0 + (surface.view.x.1 - surface.view.x.0) * part(0.754_877_666);
            let y = surface.view.y.0 + (surface.view.y.1 - surface.view.y.0) * part(0.569_840_291);
            let (ours, said) = (objective.value(Vector2::new(x, y)), tape.at(x, y));
            assert!(
                (ours - said).abs() <= 1e-11 * (1.0 + ours.abs()),
                "{} at {x}, {y}: {ours}, but {text} is {said}",
                surface.name
            );
        }
    }
}
