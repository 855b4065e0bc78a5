//! How runs end, on functions of which pencil and paper tell it.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may stop at once")]

use nalgebra::Vector2;
use thalweg_analysis::runs::false_minimum::FalseMinimum;
use thalweg_analysis::runs::termination::Termination;
use thalweg_core::run::problem::Problem;
use thalweg_testing::{finished, optimizer, typed};

fn end(
    text: &str,
    start: [f64; 2],
    method: (&str, &[(&str, f64)]),
    edit: impl FnOnce(&mut Problem),
) -> Termination {
    let mut problem = Problem::new(typed(text), Vector2::from(start), 400);
    edit(&mut problem);
    let run = finished(&optimizer(method.0, method.1), &problem);
    Termination::of(&run, &problem).expect("it has ended")
}

/// A tip is where a run arrives, and no divergence: the gradient that it has not is the mean of its sides.
#[test]
fn who_lands_on_a_tip_has_arrived() {
    for (text, tip) in [
        ("sqrt(x^2 + y^2)", [0.0, 0.0]),
        ("(x^2 + y^2)^0.5", [0.0, 0.0]),
        ("abs(x) + abs(y)", [0.0, 0.0]),
        ("max(abs(x), abs(y))", [0.0, 0.0]),
        ("abs(x - 1) + y^2", [1.0, 0.0]),
        ("sqrt((x - 1)^2) + y^2", [1.0, 0.0]),
    ] {
        for (name, settings) in [
            ("GradientDescent", &[("lr", 0.1)][..]),
            ("Momentum", &[("lr", 0.1)]),
            ("PolyakStep", &[]),
            ("Rprop", &[("lr", 0.1)]),
            ("SteepestDescent", &[("line_search", 1.0)]),
            ("NewtonArmijo", &[]),
            ("Bfgs", &[]),
        ] {
            for tolerance in [0.0, 1e-6] {
                let found = end(text, tip, (name, settings), |problem| problem.tolerance = tolerance);
                let wanted = Termination::Arrived { since: 0, loss: 0.0, grad_norm: 0.0, at_kink: true };
                assert_eq!(found, wanted, "{name} on {text} at {tolerance}");
            }
        }
        // The search comes to the tip, and finds no step from there.
        let found = end(text, [tip[0] + 3.0, tip[1]], ("NewtonArmijo", &[]), |_| ());
        let arrived = matches!(found, Termination::Arrived { at_kink: true, loss: 0.0, .. });
        assert!(arrived, "{text}: {found:?}");
    }
}

/// Who comes as near to a tip as numbers allow, and rests there, has arrived, though the slopes there are not zero.
#[test]
fn who_rests_beside_a_tip_has_arrived() {
    for (text, start, name) in [
        ("sqrt(x^2 + y^2)", [3.0, 4.0], "PolyakStep"),
        ("sqrt((x - 1)^2 + (y - 2)^2)", [3.0, 7.0], "PolyakStep"),
        ("abs(x - 0.3) + abs(y + 0.7)", [0.1, 0.45], "PolyakStep"),
        ("sqrt(x^2 + y^2)", [0.3, -0.1], "PolyakStep"),
    ] {
        let found = end(text, start, (name, &[]), |_| ());
        let arrived = matches!(found, Termination::Arrived { at_kink: true, loss, .. } if loss < 1e-15);
        assert!(arrived, "{name} on {text}: {found:?}");
    }
    // The edge of a plain is a minimum, though not the only one.
    for name in ["PolyakStep", "Bfgs"] {
        let found = end("max(x, 0)", [1.0, 0.0], (name, &[]), |_| ());
        assert!(matches!(found, Termination::Arrived { at_kink: true, loss: 0.0, .. }), "{name}: {found:?}");
    }
    // Who rests elsewhere has not.
    let found = end("sqrt(x^2 + y^2)", [1e-3, 1.0], ("GradientDescent", &[("lr", 1e-30)]), |_| ());
    assert!(matches!(found, Termination::StepsVanish { .. }), "{found:?}");
}

/// Where the function is smooth after all it is no kink, however it is spelled.
#[test]
fn a_removable_singularity_is_no_kink() {
    for (text, start) in [
        ("-(1+cos(12*sqrt(x^2+y^2)))/(0.5*(x^2+y^2)+2)", [0.0, 0.0]),
        ("-exp(-sqrt(x^2+y^2)^2)", [0.0, 0.0]),
        ("1 - cos(sqrt(x^2+y^2))", [0.0, 0.0]),
    ] {
        for name in ["GradientDescent", "NewtonArmijo", "BarzilaiBorwein", "Bfgs"] {
            let found = end(text, start, (name, &[]), |_| ());
            let arrived = matches!(found, Termination::Arrived { since: 0, at_kink: false, .. });
            assert!(arrived, "{name} on {text}: {found:?}");
        }
    }
}

/// At a ridge the slopes' mean vanishes, too, and f falls on both sides.
#[test]
fn who_stands_on_a_ridge_has_not_arrived() {
    for text in ["-abs(x) - y^2", "y^2 - abs(x)", "-sqrt(x^2 + y^2)"] {
        for tolerance in [0.0, 1e-6] {
            let found = end(text, [0.0, 0.0], ("GradientDescent", &[("lr", 0.1)]), |problem| {
                problem.tolerance = tolerance;
            });
            assert_eq!(
                found,
                Termination::StandsStill { since: 0, grad_norm: 0.0, ground: FalseMinimum::Kink },
                "{text}"
            );
        }
    }
}

/// Falling without bound, falling for ever towards a bound, and diverging uphill are three things.
#[test]
fn what_falls_is_told_from_what_diverges() {
    for (text, start, method) in [
        ("x^2 - x*y", [0.0, 5.0], ("SteepestDescent", &[][..])),
        ("x^2 - x*y", [0.0, 5.0], ("Bfgs", &[])),
        ("x^2 - y^2", [1.0, 0.1], ("GradientDescent", &[("lr", 0.2)])),
        ("x + y^2", [1.0, 0.0], ("SteepestDescent", &[])),
        ("-log(1 + x^2)", [1.0, 0.0], ("SteepestDescent", &[])),
        ("x^3", [-1.0, 0.0], ("GradientDescent", &[("lr", 0.1)])),
        ("log(x^2 + y^2)", [0.0, 0.0], ("GradientDescent", &[("lr", 0.1)])),
        ("-exp(x)", [1.0, 0.0], ("GradientDescent", &[("lr", 1.0)])),
        // The slope of a plane is the same where numbers end.
        ("x + y", [0.1, 1.0], ("SteepestDescent", &[])),
        ("3*x - 0.5*y + 2", [-4.0, 7.0], ("SteepestDescent", &[])),
        ("max(x, 2*x - 5) - 2*y", [0.0, 1.0], ("SteepestDescent", &[])),
    ] {
        let found = end(text, start, method, |_| ());
        let falls =
            matches!(found, Termination::FallsForEver { is_unbounded: true, loss, .. } if loss < -40.0);
        assert!(falls, "{} on {text}: {found:?}", method.0);
    }
    // Towards a bound, also where another coordinate makes most of f.
    let found = end("1/x + y^2", [0.5, 1.0], ("CoordinateDescent", &[]), |_| ());
    assert!(matches!(found, Termination::FallsForEver { is_unbounded: false, .. }), "{found:?}");
    // Beyond a pole f falls, but there is no way across it.
    let found = end("x + 1/x", [1500.0, 0.0], ("GradientDescent", &[("lr", 1.0)]), |_| ());
    assert!(matches!(found, Termination::StepLimit { falls_along: None, .. }), "{found:?}");
    let found = end("1/(1 + x^2)", [1.0, 0.0], ("SteepestDescent", &[]), |_| ());
    assert!(matches!(found, Termination::FallsForEver { is_unbounded: false, .. }), "{found:?}");
    for (text, lr) in [("x^2 + y^2", 1.5), ("x^2 - 1e-9*y^2", 1.5)] {
        let found = end(text, [1.0, 1.0], ("GradientDescent", &[("lr", lr)]), |_| ());
        assert!(matches!(found, Termination::Diverged(_)), "{text}: {found:?}");
    }
    // It falls still when its steps are used up.
    let found = end("x^2 - x*y", [0.0, 5.0], ("GradientDescent", &[("lr", 0.01)]), |_| ());
    let Termination::StepLimit { falls_along: Some([x, y]), .. } = found else { panic!("{found:?}") };
    assert!((y / x - (1.0 + 2.0_f64.sqrt())).abs() < 1e-2, "{x} {y}");
    // A zigzag, whose last step alone leads up the other side.
    let zigzag = "sqrt(1 + 100*(x - 3*y)^2) - x - 2*y";
    let found = end(zigzag, [0.0, 1.0], ("SteepestDescent", &[("line_search", 1.0)]), |_| ());
    assert!(matches!(found, Termination::StepLimit { falls_along: Some(_), .. }), "{found:?}");
    let found = end("x^2 + 3*y^2", [1.0, 5.0], ("GradientDescent", &[("lr", 0.001)]), |_| ());
    assert!(matches!(found, Termination::StepLimit { falls_along: None, .. }), "{found:?}");
}

/// The run is over with the search that finds nothing, and its cost is told.
#[test]
fn who_finds_no_step_ends_there() {
    for name in ["Bfgs", "Lbfgs", "NewtonArmijo", "SteepestDescent"] {
        let settings: &[(&str, f64)] = if name == "SteepestDescent" { &[("line_search", 1.0)] } else { &[] };
        let found = end("-x + 20*max(x^2 + y^2 - 1, 0)", [0.8, 0.6], (name, settings), |_| ());
        let Termination::NoStep { step: 1, at, cost, is_rounding: false, .. } = found else {
            panic!("{name}: {found:?}")
        };
        assert!(at == [0.8, 0.6] && cost.total() > 20, "{name}: {found:?}");
    }
    let found = end("(x - 3)^2 + 10*(y - 1)^2 + 5", [0.3, -0.2], ("Lbfgs", &[]), |_| ());
    let is_told = matches!(
        found,
        Termination::NoStep { is_rounding: true, .. } | Termination::Arrived { at_kink: false, .. }
    );
    assert!(is_told, "{found:?}");
}

/// Beside 3 a step of 1e-17 is none.
#[test]
fn steps_that_round_to_nothing_are_told() {
    let found = end("(x - 3)^2 + y^2", [2.5, 0.0], ("GradientDescent", &[("lr", 1e-17)]), |_| ());
    assert!(matches!(found, Termination::StepsVanish { since: 0, grad_norm: 1.0, .. }), "{found:?}");
}

/// Both spellings of the cone: its Hessian is singular but for rounding, and Newton's method made safe goes on.
#[test]
fn a_singular_hessian_does_not_stop_a_method_made_safe() {
    for text in ["sqrt(x^2 + y^2)", "(x^2 + y^2)^0.5", "5*sqrt((x^2 + y^2)/25)"] {
        for start in [[3.0, 4.0], [-1.0, 0.3], [1e3, 2e3]] {
            let mut problem = Problem::new(typed(text), Vector2::from(start), 4000);
            problem.tolerance = 1e-9;
            let run = finished(&optimizer("NewtonArmijo", &[]), &problem);
            let last = run.trajectory().samples().last().expect("a sample");
            assert!(last.position.norm() < 1e-9, "{text} from {start:?}: {last:?}");
        }
    }
}

/// On a tail the gradient is as small as anybody asks, and no critical point is near: f falls on. Beside a saddle one is.
#[test]
fn a_tail_is_no_saddle() {
    let ground = |text: &str, start: [f64; 2], lr: f64| {
        let found = end(text, start, ("GradientDescent", &[("lr", lr)]), |problem| problem.tolerance = 1e-3);
        let Termination::Converged { ground, .. } = found else { panic!("{text}: {found:?}") };
        ground
    };
    for text in ["-exp(-x^2 - y^2)", "1 - exp(-x^2)*exp(-y^2)", "tanh(x^2 + y^2)"] {
        assert_eq!(ground(text, [5.0, 0.0], 0.1), Some(FalseMinimum::GentleSlope), "{text}");
        assert_eq!(ground(text, [-2.5, 3.1], 0.1), Some(FalseMinimum::GentleSlope), "{text}");
    }
    for text in ["x^4 - 2*x^2 + y^2", "y^2 - x^2"] {
        assert!(matches!(ground(text, [0.0, 1.0], 0.1), Some(FalseMinimum::Saddle(_))), "{text}");
        assert!(matches!(ground(text, [1e-12, 1.0], 0.1), Some(FalseMinimum::Saddle(_))), "{text}");
    }
    assert_eq!(ground("x^2 + y^2", [1.0, 1.0], 0.1), None);
    // Beside an inflection Newton's steps halve what is left: the point is near, wherever it lies.
    for text in ["x^3 + y^2", "(x - 4)^3 + (y - 4)^2", "(x - 40)^3 + (y - 40)^2", "(x - 4)^5 + y^2"] {
        let found = end(text, [-1.0, 0.0], ("Newton", &[]), |problem| problem.tolerance = 1e-8);
        let Termination::Converged { ground, .. } = found else { panic!("{text}: {found:?}") };
        assert!(matches!(ground, Some(FalseMinimum::Saddle(_))), "{text}: {found:?}");
    }
}

/// Where the minimum is no number, rounding decides how small the gradient becomes: who rests there has arrived.
#[test]
fn who_rests_where_rounding_hides_the_slope_has_arrived() {
    for (text, start, method, steps) in [
        ("exp(x) - 2*x + (y - 0.1)^2", [1.0, 1.0], ("GradientDescent", &[("lr", 0.4)][..]), 400),
        ("exp(x) - 2*x + (y - 0.1)^2", [1.0, 1.0], ("Newton", &[]), 60),
        (
            "(x - 1/3)^2 + 3*(y - 0.7)^4 + (y - 0.7)^2",
            [2.0, -1.0],
            ("GradientDescent", &[("lr", 0.05)]),
            2000,
        ),
        (
            "(x - 1/3)^2 + x*y/7 + (y + 1.1)^2",
            [2.0, -1.0],
            ("Momentum", &[("lr", 0.1), ("momentum", 0.5)]),
            2000,
        ),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", [-3.0, 3.0], ("GradientDescent", &[("lr", 0.01)]), 2000),
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", [-3.0, 3.0], ("NewtonArmijo", &[]), 200),
    ] {
        let found = end(text, start, method, |problem| problem.steps = steps);
        let Termination::Arrived { since, grad_norm, at_kink: false, .. } = found else {
            panic!("{} on {text}: {found:?}", method.0)
        };
        assert!(since > 0 && grad_norm < 1e-12, "{} on {text}: {found:?}", method.0);
    }
}

/// An exact search leaves the top of a hill by whatever slope rounding has left there.
#[test]
fn an_exact_search_comes_down_from_a_maximum() {
    let found = end("sin(x)", [std::f64::consts::FRAC_PI_2, 0.0], ("SteepestDescent", &[]), |_| ());
    assert!(matches!(found, Termination::Arrived { since: 1, loss: -1.0, .. }), "{found:?}");
}

/// The top of a hill is told, also where its slope is not exactly zero, and a pass.
#[test]
fn who_rests_on_a_maximum_or_a_saddle_is_told() {
    use std::f64::consts::{FRAC_PI_2, PI};
    for (text, start, is_saddle) in [
        ("sin(x)", [FRAC_PI_2, 0.0], false),
        ("sin(x) + sin(y)", [FRAC_PI_2, FRAC_PI_2], false),
        ("sin(x) + cos(y)", [FRAC_PI_2, PI], true),
    ] {
        for name in ["GradientDescent", "Momentum", "Nesterov"] {
            let found = end(text, start, (name, &[]), |problem| problem.steps = 20);
            let Termination::StandsStill { since: 0, ground, .. } = found else {
                panic!("{name} on {text}: {found:?}")
            };
            let is_told = match ground {
                FalseMinimum::Maximum(low) | FalseMinimum::Top(low) => !is_saddle && low < -0.9,
                FalseMinimum::Saddle(low) => is_saddle && low < -0.9,
                _ => false,
            };
            assert!(is_told, "{name} on {text}: {found:?}");
        }
    }
}

/// What is known of a typed function around the origin is found farther out, too.
#[test]
fn far_from_the_origin_endings_are_the_same() {
    let found = end("abs(x - 20.3) + abs(y + 31.7)", [20.1, -30.55], ("PolyakStep", &[]), |_| ());
    assert!(matches!(found, Termination::Arrived { at_kink: true, .. }), "{found:?}");
    let found = end("sqrt((x - 1000)^2 + (y + 0.3)^2)", [1003.0, 3.7], ("PolyakStep", &[]), |_| ());
    assert!(matches!(found, Termination::Arrived { at_kink: true, .. }), "{found:?}");
}
