//! Every surface of the table: against the reference data, against differences, and the rules
//! that all of them keep.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
#![allow(clippy::unwrap_used, reason = "a test's helpers may fail the test")]

use nalgebra::{Matrix2, Vector2};
use serde_json::Value as Json;
use std::collections::HashSet;
use thalweg_core::catalogue::surfaces;
use thalweg_core::data;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::smoothness::Smoothness;
use thalweg_core::objective::surface::Surface;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::{Kind, Scale};
use thalweg_core::spec::settings::{MAX_CHOICES, MAX_NUMBERS};
use thalweg_core::spec::value::Value;
use thalweg_testing::{SplitMix, surface};

/// Our surface for the name of one in the reference data.
fn ours(reference: &str, params: &Json) -> Chosen<Surface> {
    let number = |key: &str| params[key].as_f64().unwrap_or(f64::NAN);
    let name = match reference {
        "saddle" => "Saddle",
        "saddle_half" => return surface("Saddle", &[("scale", 0.5)]),
        "quad_rot_a" | "quad_rot_b" => {
            let angle = number("s").atan2(number("c")).to_degrees();
            return surface("Quadratic", &[("kappa", number("kappa")), ("angle", angle)]);
        }
        quadratic if quadratic.starts_with("quad_") => {
            return surface("Quadratic", &[("kappa", number("kappa"))]);
        }
        "rosenbrock" => "Rosenbrock",
        "beale" => "Beale",
        "himmelblau" => "Himmelblau",
        "booth" => "Booth",
        "matyas" => "Matyas",
        "three_hump" => "ThreeHumpCamel",
        "six_hump" => "SixHumpCamel",
        "styblinski" => "StyblinskiTang",
        "rastrigin" => "Rastrigin",
        "ackley" => "Ackley",
        "mccormick" => "McCormick",
        "goldstein" => "GoldsteinPrice",
        "easom" => "Easom",
        "monkey" => "MonkeySaddle",
        "levy13" => "LevyN13",
        other => panic!("{other} has no counterpart"),
    };
    surface(name, &[])
}

fn reference() -> Json {
    thalweg_testing::oracle("surfaces")
}

fn numbers<const N: usize>(value: &Json) -> [f64; N] {
    std::array::from_fn(|i| value[i].as_f64().unwrap())
}

/// Relative to `size`, which is that of the number itself where it is one, or of the vector that
/// it is a component of.
fn close(found: f64, wanted: f64, size: f64, what: &str) {
    assert!((found - wanted).abs() <= 1e-10 * size.abs(), "{what}: {found} is not {wanted}");
}

#[test]
fn values_derivatives_and_spectra_are_those_of_the_reference() {
    let reference = reference();
    let surfaces = reference["surfaces"].as_object().unwrap();
    assert_eq!(surfaces.len(), 23);
    for (name, surface) in surfaces {
        let objective = Objective::new(&ours(name, &surface["params"]));
        for point in surface["points"].as_array().unwrap() {
            let p = Vector2::from(numbers::<2>(&point["p"]));
            let what = format!("{name} at ({}, {})", p.x, p.y);
            let found = objective.value_gradient_hessian(p);
            let f = point["f"].as_f64().unwrap();
            close(found.value, f, f, &what);
            let gradient = Vector2::from(numbers::<2>(&point["g"]));
            let [xx, xy, yy] = numbers::<3>(&point["H"]);
            let hessian = Matrix2::new(xx, xy, xy, yy);
            for (found, wanted) in found.gradient.iter().zip(&gradient) {
                close(*found, *wanted, gradient.norm(), &what);
            }
            for (found, wanted) in found.hessian.iter().zip(&hessian) {
                close(*found, *wanted, hessian.norm(), &what);
            }
            assert_eq!(objective.value_gradient(p).gradient, found.gradient, "{what}");
            assert_eq!(objective.value(p), found.value, "{what}");
            let mut row = [0.0];
            objective.row(&[p.x], p.y, &mut row);
            assert_eq!(row, [found.value], "{what}");

            let spectrum = Spectrum::of(&found.hessian);
            for (found, wanted) in spectrum.values.iter().zip(numbers::<2>(&point["eig"])) {
                close(*found, wanted, wanted, &what);
            }
            let condition = point["cond"].as_f64().unwrap();
            close(spectrum.condition(), condition, condition, &what);
            let vectors = if point["vec"].is_null() {
                [[1.0, 0.0], [0.0, 1.0]]
            } else {
                [numbers::<2>(&point["vec"][0]), numbers::<2>(&point["vec"][1])]
            };
            for (found, wanted) in spectrum.vectors.iter().zip(vectors) {
                close(found.x, wanted[0], 1.0, &what);
                close(found.y, wanted[1], 1.0, &what);
            }
        }
    }
}

/// Within the box that the reference searched, the two lists are the same set of points with the
/// same kinds. Outside it, where a lattice goes on, we may know more. A box of null means that
/// the list is complete for the whole plane.
#[test]
fn critical_points_are_those_of_the_reference() {
    for (name, surface) in reference()["surfaces"].as_object().unwrap() {
        let objective = Objective::new(&ours(name, &surface["params"]));
        let critical = &surface["critical"];
        let inside = |p: Vector2<f64>| {
            let Json::Array(_) = critical["search_box"] else { return true };
            let [x0, x1, y0, y1] = numbers::<4>(&critical["search_box"]);
            (x0..=x1).contains(&p.x) && (y0..=y1).contains(&p.y)
        };
        let mut known = objective.critical_points().to_vec();
        known.retain(|point| inside(point.at));
        let wanted = critical["points"].as_array().unwrap();
        assert_eq!(known.len(), wanted.len(), "{name}");
        for point in wanted {
            let at = Vector2::new(point["x"].as_f64().unwrap(), point["y"].as_f64().unwrap());
            let word = point["type"].as_str().unwrap();
            let kind = [PointKind::Minimum, PointKind::Maximum, PointKind::Saddle];
            let kind = kind.into_iter().find(|kind| word.starts_with(kind.name()));
            let found = known.iter().find(|known| (known.at - at).norm() <= 1e-12 * (1.0 + at.norm()));
            let found = found.unwrap_or_else(|| panic!("{name} does not know ({}, {})", at.x, at.y));
            assert_eq!(found.kind, kind.unwrap_or(PointKind::Inconclusive), "{name} at {at}");
        }
    }
}

fn point(random: &mut SplitMix, surface: &Surface) -> Vector2<f64> {
    Vector2::new(random.between(surface.view.x), random.between(surface.view.y))
}

/// Each surface with its defaults and with settings from all over its sliders.
fn all(random: &mut SplitMix, times: usize) -> Vec<Chosen<Surface>> {
    let mut all = Vec::new();
    for &surface in surfaces::ALL {
        all.push(Chosen::with_defaults(surface));
        for _ in 0..if surface.params.is_empty() { 0 } else { times } {
            let mut chosen = Chosen::with_defaults(surface);
            for param in surface.params {
                let value = match param.kind {
                    Kind::Number { slider, scale: Scale::Linear, .. } => {
                        Value::Number(random.between(slider))
                    }
                    Kind::Number { slider, .. } => {
                        Value::Number(random.between((slider.0.ln(), slider.1.ln())).exp())
                    }
                    Kind::Switch { .. } => Value::Switch(random.unit() < 0.5),
                    Kind::Data { .. } => {
                        let sets = data::ALL.iter().map(|set| Value::Data(set.table().into()));
                        let sets: Vec<_> = sets.filter(|set| param.accepts(set)).collect();
                        sets[(random.unit() * sets.len() as f64) as usize].clone()
                    }
                    _ => continue,
                };
                assert!(chosen.set(&param.key, value), "{} {}", surface.name, param.key);
            }
            all.push(chosen);
        }
    }
    all
}

#[test]
fn critical_points_are_critical_and_of_their_kind() {
    for chosen in all(&mut SplitMix::new(1), 50) {
        let objective = Objective::new(&chosen);
        let points = objective.critical_points();
        // A typed function may have any; a flat step has none; data can push a minimum to infinity.
        let may_have_none =
            chosen.of.is_mean() || matches!(chosen.of.name, "Formula" | "Cubic" | "LogisticLoss");
        assert!(!points.is_empty() || may_have_none, "{chosen:?}");
        for point in points {
            let found = objective.value_gradient_hessian(point.at);
            let what = format!("{} {:?} at {}", chosen.of.name, chosen.values, point.at);
            assert!(found.value.is_finite(), "{what}");
            if chosen.of.name == "Ackley" && point.at == Vector2::zeros() {
                // The tip of the cone: no gradient, and it is honest about it.
                assert_eq!((found.value, point.kind), (0.0, PointKind::Minimum));
                assert_eq!((found.gradient, found.smoothness), (Vector2::zeros(), Smoothness::Kink));
                assert!(found.hessian.iter().all(|entry| entry.is_nan()));
                continue;
            }
            if objective.is_univariate() {
                // Also where f'' is zero, or there is a kink.
                let nature = objective.nature(point.at);
                assert!(nature.is_critical && nature.kind == point.kind, "{what}: {nature:?}");
                continue;
            }
            // The point itself is rounded, so the gradient may be what the curvature makes of that.
            let rounding = 1e-14 * (1.0 + found.hessian.norm() * (1.0 + point.at.norm()));
            assert!(found.gradient.norm() <= rounding, "{what}: gradient {}", found.gradient);
            assert_eq!(PointKind::of(&Spectrum::of(&found.hessian)), point.kind, "{what}");
        }
        for (i, point) in points.iter().enumerate() {
            assert!(points[..i].iter().all(|other| (other.at - point.at).norm() > 1e-9), "a point twice");
        }
    }
}

#[test]
fn critical_points_follow_the_settings() {
    use PointKind::{Inconclusive, Maximum, Minimum, Saddle};
    let kinds = |name: &str, numbers: &[(&str, f64)]| -> Vec<PointKind> {
        let objective = Objective::new(&surface(name, numbers));
        let points = objective.critical_points();
        points.iter().map(|point| point.kind).collect()
    };
    let form = |xx, xy, yy| kinds("QuadraticForm", &[("xx", xx), ("xy", xy), ("yy", yy)]);
    assert_eq!(form(1.0, 0.0, 2.0), [Minimum]);
    assert_eq!(form(-1.0, 0.5, -2.0), [Maximum]);
    assert_eq!(form(1.0, 2.0, 1.0), [Saddle]);
    assert_eq!(form(0.0, 1.0, 0.0), [Saddle]);
    assert_eq!(form(1.0, 1.0, 1.0), [Inconclusive]);
    assert_eq!(form(0.0, 0.0, 0.0), [Inconclusive]);
    assert_eq!(form(1e300, 1e299, 1e300), [Minimum]);
    assert_eq!(form(3e-320, 1e-320, -3e-320), [Saddle]);
    assert_eq!(kinds("Quadratic", &[("kappa", 1e-3)]), [Minimum]);

    // 8/(3 sqrt 3) = 1.5396: the tilt in units of the barrier at which the shallow well vanishes.
    for sign in [-1.0, 1.0] {
        let wells = |tilt: f64| kinds("TwoWells", &[("barrier", 3.0), ("tilt", sign * 3.0 * tilt)]);
        assert_eq!(wells(0.0), [Minimum, Minimum, Saddle]);
        assert_eq!(wells(1.5395), [Minimum, Minimum, Saddle]);
        assert_eq!(wells(1.5397), [Minimum]);
        assert_eq!(wells(1e6), [Minimum]);
    }
    // The more waves, the more wells; without any, the bowl is left.
    assert_eq!(kinds("Rastrigin", &[("a", 0.0)]), [Minimum]);
    let minima = |a| kinds("Rastrigin", &[("a", a)]).iter().filter(|kind| **kind == Minimum).count();
    assert_eq!([0.3, 0.6, 1.0, 10.0].map(minima), [9, 25, 49, 121]);
}

#[test]
fn derivatives_are_those_of_differences() {
    let mut random = SplitMix::new(2);
    // The 0-1 loss has jumps, between which there is nothing to differentiate.
    for chosen in all(&mut random, 8).into_iter().filter(|chosen| chosen.of.name != "ZeroOne") {
        let objective = Objective::new(&chosen);
        for _ in 0..40 {
            let p = point(&mut random, &chosen.of);
            let found = objective.value_gradient_hessian(p);
            let what = format!("{} {:?} at ({}, {})", chosen.of.name, chosen.values, p.x, p.y);
            // The central difference of fourth order; the exact gradient stands in for the value
            // where the Hessian is checked.
            // Where features are large the loss bends on as much shorter ways.
            let features = objective.examples().into_iter().flatten().flat_map(|row| &row[..2]);
            let step = 2e-4 / features.fold(1.0, |widest: f64, feature| widest.max(feature.abs()));
            if chosen.of.name == "AbsoluteValue" && p.x.abs() <= 2.0 * step {
                continue;
            }
            for (axis, direction) in [Vector2::x(), Vector2::y()].into_iter().enumerate() {
                let at = |k: f64| objective.value_gradient(p + direction * (k * step));
                let [far_back, back, ahead, far_ahead] = [-2.0, -1.0, 1.0, 2.0].map(at);
                let slope =
                    (far_back.value - far_ahead.value + 8.0 * (ahead.value - back.value)) / (12.0 * step);
                let size = 1.0 + found.value.abs() + found.gradient.norm();
                assert!((slope - found.gradient[axis]).abs() <= 1e-6 * size, "{what}: {slope}");
                let change = (far_back.gradient - far_ahead.gradient
                    + (ahead.gradient - back.gradient) * 8.0)
                    / (12.0 * step);
                let size = size + found.hessian.norm();
                // Of a function of x alone the Hessian is f''·I.
                let is_none = axis == 1 && objective.is_univariate();
                let change = if is_none { change + found.hessian.column(axis) } else { change };
                assert!((change - found.hessian.column(axis)).norm() <= 1e-6 * size, "{what}: {change}");
            }
        }
    }
}

#[test]
fn no_input_makes_a_surface_panic() {
    let magnitudes =
        [0.0, 5e-324, 1e-200, 1e-8, 0.5, 1.0, 1e3, 1e19, 1e155, f64::MAX, f64::INFINITY, f64::NAN];
    let inputs: Vec<f64> = magnitudes.iter().flat_map(|size| [*size, -size]).collect();
    for &surface in surfaces::ALL {
        let mut settings = vec![Chosen::with_defaults(surface)];
        for param in surface.params {
            for number in &inputs {
                let mut chosen = Chosen::with_defaults(surface);
                let accepted = chosen.set(&param.key, Value::Number(*number));
                assert!(number.is_finite() || !accepted, "{} accepts {number}", surface.name);
                settings.push(chosen);
            }
        }
        for chosen in settings {
            let objective = Objective::new(&chosen);
            objective.critical_points();
            for x in &inputs {
                for y in &inputs {
                    let p = Vector2::new(*x, *y);
                    let found = objective.value_gradient_hessian(p);
                    PointKind::of(&Spectrum::of(&found.hessian));
                    let value = objective.value(p);
                    // The bits of a NaN are the compiler's choice; those of a number are ours.
                    let same =
                        value.to_bits() == found.value.to_bits() || (value.is_nan() && found.value.is_nan());
                    assert!(same, "{} at {p}: {value} and {}", surface.name, found.value);
                }
            }
        }
    }
}

#[test]
fn descriptions_keep_the_rules() {
    let mut names = HashSet::new();
    for &surface in surfaces::ALL {
        let name = surface.name;
        assert!(names.insert(name), "{name} twice");
        for text in [surface.summary, surface.formula, surface.source] {
            assert!(!text.is_empty() && text.trim() == text, "{name}");
        }
        assert!(surface.summary.ends_with('.'), "{name}");
        let (view, [x, y]) = (surface.view, surface.start);
        assert!(
            view.x.0 < x && x < view.x.1 && view.y.0 < y && y < view.y.1,
            "{name} starts outside its view"
        );
        let slope = Objective::new(&Chosen::with_defaults(surface)).value_gradient(Vector2::new(x, y));
        let flat = slope.gradient.norm() <= 1e-3;
        assert!(slope.value.is_finite() && flat == (name == "ZeroOne"), "{name} starts on a flat");
        let mut keys = HashSet::new();
        let (mut numbers, mut choices) = (0, 0);
        for param in surface.params {
            assert!(keys.insert(param.key.clone()), "{name}: {} twice", param.key);
            assert!(!param.doc.is_empty() && param.accepts(&param.default_value()), "{name}: {}", param.key);
            match param.kind {
                Kind::Number { range, slider: (low, high), scale, default } => {
                    numbers += 1;
                    assert!(
                        low < high && range.contains(low) && range.contains(high),
                        "{name}: {}",
                        param.key
                    );
                    assert!((low..=high).contains(&default), "{name}: {}", param.key);
                    assert!(scale == Scale::Linear || low > 0.0, "{name}: {}", param.key);
                }
                Kind::Switch { .. } | Kind::Choice { .. } => choices += 1,
                Kind::Steps { .. }
                | Kind::Rule
                | Kind::Rate
                | Kind::Formula { .. }
                | Kind::Data { .. }
                | Kind::Path
                | Kind::Grid => {}
            }
        }
        assert!(numbers <= MAX_NUMBERS && choices <= MAX_CHOICES, "{name} has too many parameters");
    }
}
