//! Functions of x alone: y is no coordinate of theirs, and f'' all of their curvature.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::{Matrix2, Vector2};
use thalweg_core::catalogue::{optimizers, surfaces};
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::smoothness::Smoothness;
use thalweg_core::run::batch::BatchRunner;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_config::RunConfig;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_testing::{finished, objective, optimizer, typed, variants_with_numbers};

fn problem(objective: Objective, x: f64, steps: u32) -> Problem {
    Problem::new(objective, Vector2::new(x, 0.0), steps)
}

/// The places of a run, step by step.
fn places(run: &Run) -> Vec<f64> {
    run.trajectory().samples().iter().map(|sample| sample.position.x).collect()
}

#[test]
fn a_function_knows_what_it_depends_on() {
    for text in ["x^2", "sin(a*x) + b", "abs(x - c)^1.5", "max(x, 0)"] {
        assert!(typed(text).is_univariate(), "{text}");
    }
    // A constant has no variable, and one of y alone is a valley of the plane.
    for text in ["x^2 + y^2", "x + 0*y", "y^2", "3", "a"] {
        assert!(!typed(text).is_univariate(), "{text}");
    }
    let of_the_table: Vec<_> =
        surfaces::ALL.iter().filter(|surface| surface.is_univariate).map(|surface| surface.name).collect();
    assert_eq!(
        of_the_table,
        ["Parabola", "AbsoluteValue", "Quartic", "Cubic", "DoubleWell", "Ripples", "LogisticLoss"]
    );
    // What the table says is true: nothing changes with y.
    for surface in surfaces::ALL {
        let objective = Objective::new(&Chosen::with_defaults(*surface));
        let at = Vector2::from(surface.start);
        let moved = [0.3, -1.7, 4.0].map(|y| objective.value(Vector2::new(at.x, at.y + y)));
        let stays = moved.iter().all(|value| *value == objective.value(at));
        assert_eq!(stays && surface.name != "ZeroOne", surface.is_univariate, "{}", surface.name);
    }
}

#[test]
fn the_second_derivative_is_the_only_eigenvalue() {
    let cubic = typed("x^3 - 3*x");
    for x in [-2.0, -0.5, 0.0, 0.25, 3.0] {
        let here = cubic.value_gradient_hessian(Vector2::new(x, 0.7));
        assert_eq!(here.gradient, Vector2::new(3.0 * x * x - 3.0, 0.0));
        assert_eq!(here.hessian, Matrix2::from_diagonal_element(6.0 * x));
        let spectrum = Spectrum::of(&here.hessian);
        assert_eq!(spectrum.values, [6.0 * x; 2]);
        assert_eq!(spectrum.condition(), if x == 0.0 { f64::INFINITY } else { 1.0 });
        let kind = cubic.nature(Vector2::new(x, -4.0)).kind;
        let wanted = if x < 0.0 {
            PointKind::Maximum
        } else if x > 0.0 {
            PointKind::Minimum
        } else {
            PointKind::Inconclusive
        };
        assert_eq!(kind, wanted, "{x}");
    }
    let kink = typed("abs(x)");
    let here = kink.value_gradient_hessian(Vector2::zeros());
    assert!(here.smoothness == Smoothness::Kink && here.hessian.iter().all(|entry| entry.is_nan()));
    let nature = kink.nature(Vector2::new(0.0, 2.0));
    assert!(nature.is_critical && nature.kind == PointKind::Minimum);
    // Where the second derivative says nothing, f' on both sides does.
    for (text, kind) in
        [("x^4", PointKind::Minimum), ("-x^6", PointKind::Maximum), ("x^5", PointKind::Inconclusive)]
    {
        let nature = typed(text).nature(Vector2::zeros());
        assert!(nature.is_critical && nature.kind == kind, "{text}: {nature:?}");
    }
}

/// f'/f'' is the step of Newton's method: on a parabola one of them, on x⁴ two thirds of the error are left of each.
#[test]
fn newton_divides_by_the_second_derivative() {
    let newton = optimizer("Newton", &[]);
    let run = finished(&newton, &problem(objective("Parabola", &[("curvature", 7.0)]), -2.5, 3));
    assert_eq!(places(&run), [-2.5, 0.0, 0.0, 0.0]);
    let run = finished(&newton, &problem(objective("Quartic", &[]), 1.5, 40));
    for pair in places(&run).windows(2) {
        assert!((pair[1] - pair[0] * 2.0 / 3.0).abs() <= 1e-15 * pair[0].abs(), "{pair:?}");
    }
    let run = finished(&newton, &problem(objective("Cubic", &[]), 2.2, 12));
    assert_eq!(places(&run).last(), Some(&1.0));
    for pair in places(&run).windows(2) {
        assert!((pair[1] - (pair[0] * pair[0] + 1.0) / (2.0 * pair[0])).abs() <= 1e-15 * pair[0].abs());
    }
    // Left of the turning point it goes to the maximum, and the saddle-free form away from it.
    let run = finished(&newton, &problem(objective("Cubic", &[]), -0.6, 12));
    assert_eq!(places(&run).last(), Some(&-1.0));
    let free = optimizer("SaddleFreeNewton", &[]);
    let run = finished(&free, &problem(objective("Cubic", &[]), -0.6, 12));
    assert!((places(&run)[1] - (-0.6 - (3.0 * 0.36 - 3.0) / 3.6)).abs() < 1e-15);
    assert_eq!(places(&run).last(), Some(&1.0));
}

/// Whatever a method does: y stays 0, wherever the run is told to start, and x goes as it would from there.
#[test]
fn the_second_coordinate_is_none_for_every_method() {
    let wells = objective("DoubleWell", &[]);
    for of in optimizers::ALL {
        for chosen in variants_with_numbers(of) {
            for gradient in [Gradient::Exact, Gradient::Noise { sigma: 0.1, seed: 3 }] {
                let run = |y: f64| {
                    let problem = Problem::new(wells.clone(), Vector2::new(1.4, y), 30);
                    let mut run =
                        Run::new(RunSpec { optimizer: &chosen, schedule: None, gradient }, &problem);
                    run.advance(&problem, u32::MAX);
                    let states: Vec<_> = run.states(&problem).map(|state| state.position).collect();
                    let samples = run.trajectory().samples();
                    assert!(samples.iter().map(|sample| sample.position).eq(states), "{}", of.name);
                    assert!(samples.iter().all(|sample| sample.position.y == 0.0), "{} {chosen:?}", of.name);
                    samples.iter().map(|sample| sample.position.x.to_bits()).collect::<Vec<_>>()
                };
                assert_eq!(run(0.0), run(7.5), "{}", of.name);
            }
        }
    }
    // 0/0 in the second coordinate is nobody's business.
    let adam = optimizer("Adam", &[("eps", 0.0)]);
    let run = finished(&adam, &problem(wells, 1.4, 50));
    assert!(run.trajectory().last_step() == 50 && places(&run).iter().all(|x| x.is_finite()));
}

#[test]
fn runs_side_by_side_have_the_bits_of_one() {
    for name in ["GradientDescent", "Momentum", "Adam", "Newton", "SaddleFreeNewton", "Rprop"] {
        for objective in [objective("Ripples", &[]), typed("x^4 - 2*x^2 + 0.3*x")] {
            let chosen = optimizer(name, &[]);
            let problem = problem(objective, 0.0, 60);
            let mut batch = BatchRunner::new(&chosen, &problem);
            let starts: Vec<_> =
                (0..37).map(|k| Vector2::new(f64::from(k) * 0.11 - 2.0, f64::from(k))).collect();
            let cells: Vec<_> =
                starts.iter().map(|start| RunConfig { start: *start, ..batch.cell() }).collect();
            for (start, end) in starts.iter().zip(batch.run(&cells)) {
                let alone = finished(&chosen, &Problem { start: *start, ..problem.clone() });
                let last = alone.trajectory().samples().last().expect("a start").position;
                assert_eq!(last.map(f64::to_bits), end.position.map(f64::to_bits), "{name} from {start}");
            }
        }
    }
}

#[test]
fn a_curve_has_its_taylor_series() {
    for surface in surfaces::ALL.iter().filter(|surface| surface.is_univariate) {
        let objective = Objective::new(&Chosen::with_defaults(*surface));
        let here = 0.3;
        let [value, slope] = {
            let found = objective.value_gradient(Vector2::new(here, 0.0));
            [found.value, found.gradient.x]
        };
        let series = objective.taylor_series(here).expect(surface.name);
        assert!((series.polynomial(0, 0.0) - value).abs() <= 1e-12 * value.abs(), "{}", surface.name);
        let rise = series.polynomial(1, 1.0) - series.polynomial(0, 1.0);
        assert!((rise - slope).abs() <= 1e-12 * slope.abs(), "{}: {rise} {slope}", surface.name);
    }
}

#[test]
fn the_view_of_a_curve_has_the_heights_that_it_shows() {
    for surface in surfaces::ALL.iter().filter(|surface| surface.is_univariate) {
        let objective = Objective::new(&Chosen::with_defaults(*surface));
        let (view, start) = objective.home();
        assert!(view.x == surface.view.x && start == [surface.start[0], 0.0]);
        let start = objective.value(Vector2::from(start));
        assert!(view.y.0 < start && start < view.y.1, "{}", surface.name);
        for step in 0..=100 {
            let x = view.x.0 + (view.x.1 - view.x.0) * f64::from(step) / 100.0;
            let f = objective.value(Vector2::new(x, 0.0));
            assert!(view.y.0 < f && f < view.y.1, "{} at {x}: {f} in {:?}", surface.name, view.y);
        }
    }
    // A pole does not flatten the rest, a level line has a height, and what is nowhere defined has some, too.
    let (low, high) = typed("1/x^2").heights((-2.0, 2.0));
    assert!(low < 0.25 && high > 1.0 && high < 100.0, "{low} {high}");
    let (low, high) = typed("0*x + 3").heights((-2.0, 2.0));
    assert!(low < 3.0 && high > 3.0 && high < 10.0, "{low} {high}");
    assert_eq!(typed("log(-1 - x^2)").heights((-2.0, 2.0)), (-1.0, 1.0));
}

/// Of a typed function and of those of the table alike, also far from the origin.
#[test]
fn critical_points_are_known() {
    let kinds = |objective: &Objective, x: f64| {
        let points = objective.critical_points_near(Vector2::new(x, 3.0));
        points.iter().map(|point| (point.at.x, point.kind)).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&objective("Parabola", &[]), 0.0), [(0.0, PointKind::Minimum)]);
    assert_eq!(
        kinds(&objective("Cubic", &[("width", 0.5)]), 0.0),
        [(0.5, PointKind::Minimum), (-0.5, PointKind::Maximum)]
    );
    assert_eq!(
        kinds(&objective("DoubleWell", &[("tilt", 0.0)]), 0.0),
        [(-1.0, PointKind::Minimum), (1.0, PointKind::Minimum), (0.0, PointKind::Maximum)]
    );
    assert_eq!(kinds(&objective("LogisticLoss", &[]), 0.0), []);
    assert_eq!(kinds(&typed("(x - 100)^2"), 0.0), []);
    assert_eq!(kinds(&typed("(x - 100)^2"), 95.0), [(100.0, PointKind::Minimum)]);
    assert_eq!(
        objective("AbsoluteValue", &[]).nearest_minimum(Vector2::new(1.0, 1.0)).map(|p| p.at),
        Some(Vector2::zeros())
    );
}
