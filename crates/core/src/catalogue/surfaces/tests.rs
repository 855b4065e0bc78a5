//! The surfaces of the table have the derivatives that an implementation finds that is not ours, and are what
//! their formulas say.

use super::{ALL, find};
use crate::data::rows::Row;
use crate::formula::bindings::Bindings;
use crate::formula::expression::Expression;
use crate::formula::name;
use crate::formula::shape::Tensor;
use crate::objective::objective::Objective;
use crate::objective::surface::Surface;
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

#[test]
fn a_row_has_the_bits_of_its_points() {
    for &surface in ALL {
        let objective = Objective::new(&Chosen::with_defaults(surface));
        // The usual part of the plane, and far around it, where exponentials overflow.
        for far in [1.0, 300.0] {
            for count in (0..20).chain([161]) {
                let part = |index: i32, ratio: f64| far * ((f64::from(index) * ratio).fract() - 0.5);
                let y = surface.view.y.1 * part(count, 0.754_877_666);
                let xs: Vec<f64> =
                    (0..count).map(|index| surface.view.x.1 * part(index, 0.569_840_291)).collect();
                let mut row = vec![0.0; xs.len()];
                objective.row(&xs, y, &mut row);
                for (x, value) in xs.iter().zip(row) {
                    let alone = objective.value(Vector2::new(*x, y));
                    let is_same = alone.to_bits() == value.to_bits() || alone.is_nan() && value.is_nan();
                    assert!(is_same, "{} at {x}, {y}: {value:e}, alone {alone:e}", surface.name);
                }
            }
        }
    }
}

/// The lines of a surface, each a name and what it is equal to.
fn lines(surface: &Surface) -> Vec<(&'static str, Expression)> {
    let whole = [("f", surface.formula)];
    let lines = if surface.lines.is_empty() { &whole[..] } else { surface.lines };
    let read = |text| Expression::parse_line(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    lines.iter().map(|(name, text)| (*name, read(*text))).collect()
}

/// What the last of the lines comes to.
fn said(lines: &[(&str, Expression)], mut known: Bindings) -> f64 {
    let mut last = Tensor::Number(f64::NAN);
    for (name, line) in lines {
        last = line.evaluate(&known, |_, _| [f64::NAN; 3]).expect("it fits together").value();
        known.bind(name, last);
    }
    let Tensor::Number(value) = last else { panic!("a loss is a number") };
    value
}

#[test]
fn every_surface_is_what_its_formula_says() {
    // What somebody types is its own text.
    for &surface in ALL.iter().filter(|surface| surface.name != "Formula") {
        let lines = lines(surface);
        let mut chosen = Chosen::with_defaults(surface);
        let mut known = Bindings::new();
        // Off the defaults, where a parameter that the text forgets would not be seen.
        for param in surface.params {
            let Kind::Number { default, slider: (low, high), range, .. } = param.kind else { continue };
            let above = default + 0.1 * (high - low);
            let value = if range.contains(above) { above } else { default - 0.1 * (high - low) };
            assert!(chosen.set(&param.key, Value::Number(value)), "{}: {}", surface.name, param.key);
            known.bind(&param.key, Tensor::Number(value));
            let name = name::printed(&param.key);
            let is_named = lines.iter().any(|(_, line)| line.names().contains(&name));
            // The penalty of a model is the same for all.
            assert!(is_named || surface.is_mean(), "{}: the text names no {name}", surface.name);
        }
        let objective = Objective::new(&chosen);
        let l2 = chosen.number("l2").unwrap_or(0.0);
        for step in 0..100_u32 {
            let part = |ratio: f64| (f64::from(step) * ratio).fract();
            let x = surface.view.x.0 + (surface.view.x.1 - surface.view.x.0) * part(0.754_877_666);
            let y = surface.view.y.0 + (surface.view.y.1 - surface.view.y.0) * part(0.569_840_291);
            for (axis, value) in surface.axes().into_iter().zip([x, y]) {
                known.bind(axis, Tensor::Number(value));
            }
            let said = match objective.examples() {
                None => said(&lines, known.clone()),
                Some(rows) => {
                    let of_row = |row: &Row| {
                        let mut known = known.clone();
                        for (name, value) in ["x₁", "x₂", "t"].into_iter().zip(row) {
                            known.bind(name, Tensor::Number(*value));
                        }
                        said(&lines, known)
                    };
                    rows.iter().map(of_row).sum::<f64>() / rows.len() as f64 + l2 * (x * x + y * y) / 2.0
                }
            };
            let ours = objective.value(Vector2::new(x, y));
            assert!(
                (ours - said).abs() <= 1e-11 * (1.0 + ours.abs()),
                "{} at {x}, {y}: {ours}, but its text is {said}",
                surface.name
            );
        }
    }
}

#[test]
fn an_intercept_is_fixed_or_fitted() {
    let of = |name: &str| Chosen::with_defaults(find(name).expect("a surface"));
    let with = |name: &str, settings: &[(&str, Value)]| {
        let mut chosen = of(name);
        for (key, value) in settings {
            assert!(chosen.set(key, value.clone()), "{name}: {key}");
        }
        Objective::new(&chosen)
    };
    let data = |name: &str| Value::Data(crate::data::find(name).expect("a set").table().into());
    // The line of one feature: with the weight of the ones as intercept, or fixed.
    let line = with("LinearRegression", &[]);
    for (w, b) in [(1.5, -0.5), (-1.0, 2.0)] {
        let fixed = with("LinearRegression", &[("intercept", Value::Number(b))]);
        let (fixed, line) = (fixed.value(Vector2::new(w, 0.0)), line.value(Vector2::new(w, b)));
        assert!((fixed - line).abs() < 1e-13 * line, "{fixed} {line}");
    }
    // Fitted, it is the best at each weight.
    let examples = with("LinearRegression", &[("data", data("Correlated"))]);
    let examples = examples.examples().expect("data").to_vec();
    let fitted = [
        ("data", data("Correlated")),
        ("fit_intercept", Value::Switch(true)),
        ("intercept", Value::Number(3.0)),
    ];
    let fitted = with("LinearRegression", &fitted);
    assert_eq!(fitted.intercept(), 0.0);
    for w in [Vector2::new(0.3, -1.2), Vector2::new(2.0, 2.0)] {
        let rest = examples.iter().map(|[x1, x2, t]| t - w.x * x1 - w.y * x2).sum::<f64>();
        let best = rest / examples.len() as f64;
        let at = |b: f64| {
            let settings = [("data", data("Correlated")), ("intercept", Value::Number(b))];
            with("LinearRegression", &settings).value(w)
        };
        assert!((fitted.value(w) - at(best)).abs() < 1e-13 * at(best));
        assert!(at(best) < at(best + 0.01) && at(best) < at(best - 0.01));
    }
    // The minimum moves with it.
    for settings in [
        vec![("data", data("Correlated")), ("intercept", Value::Number(0.7))],
        vec![("data", data("Correlated")), ("fit_intercept", Value::Switch(true))],
    ] {
        let objective = with("LinearRegression", &settings);
        let minimum = objective.critical_points().first().expect("a minimum").at;
        assert!(objective.value_gradient(minimum).gradient.norm() < 1e-12);
    }
    for name in ["LogisticRegression", "SigmoidSquaredError", "ZeroOne"] {
        let (without, with) = (Objective::new(&of(name)), with(name, &[("intercept", Value::Number(-0.8))]));
        let w = Vector2::new(0.4, -0.3);
        assert!(without.value(w) != with.value(w), "{name}");
        let prediction = with.prediction().expect("a model");
        let output = (prediction.output)(w.into(), with.intercept(), [1.0, 2.0]);
        assert!((output - (0.4 - 0.6 - 0.8)).abs() < 1e-15, "{name}: {output}");
    }
}
