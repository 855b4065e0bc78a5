//! The phase plane of momentum against its formulas and against runs.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]
#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]

use nalgebra::Vector2;
use thalweg_analysis::spectral::mode::Mode;
use thalweg_analysis::spectral::mode::{Regime, Roots};
use thalweg_analysis::spectral::momentum_plane::{MomentumPlane, WIDTH};
use thalweg_analysis::spectral::stability::edge;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::math::within::Within;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_testing::optimizer;

fn plane(chosen: &Chosen<Optimizer>) -> MomentumPlane {
    MomentumPlane::of(&chosen.of, &chosen.prepare()).expect("a law and a momentum")
}

const METHODS: [(&str, &[(&str, f64)]); 7] = [
    ("Momentum", &[]),
    ("Momentum", &[("form", 2.0), ("weight_decay", 0.3)]),
    ("Momentum", &[("dampening", 0.4)]),
    ("Nesterov", &[]),
    ("Nesterov", &[("form", 1.0), ("weight_decay", 0.3)]),
    ("Qhm", &[("nu", 0.7)]),
    ("Qhm", &[("nu", 0.2)]),
];

#[test]
fn the_methods_with_a_plane_are_those_with_a_law_and_a_momentum() {
    for of in optimizers::ALL {
        let found = MomentumPlane::of(of, &Chosen::with_defaults(*of).prepare()).is_some();
        assert_eq!(found, METHODS.iter().any(|(name, _)| *name == of.name), "{}", of.name);
    }
}

/// The reference's companion matrices, α·λ and β as the plane has them.
#[test]
fn the_plane_of_momentum_is_the_reference_s() {
    let reference: serde_json::Value = thalweg_testing::oracle("quadratics");
    let rows: Vec<[f64; 7]> = serde_json::from_value(reference["companion"].clone()).expect("rows");
    let plane = plane(&optimizer("Momentum", &[]));
    for [push, momentum, re1, im1, re2, im2, radius] in &rows {
        let mode = plane.mode([*push, *momentum]);
        // A double root is the square root of a rounding away from two.
        let gap = libm::hypot(re1 - re2, im1 - im2);
        let tolerance = if gap > 1e-6 { 1e-14 / gap.min(1.0) } else { 1e-7 };
        assert!((mode.radius - radius).abs() <= tolerance * radius.max(1.0), "{push} {momentum}: {mode:?}");
        let wanted = match mode.regime {
            Regime::Diverges => *radius > 1.0,
            Regime::Ripples => *im1 != 0.0 || gap < 1e-6,
            Regime::Monotone | Regime::Oscillates => (*im1 == 0.0 || gap < 1e-6) && *radius < 1.0,
            Regime::OneStep => *radius == 0.0,
            Regime::Marginal => (*radius - 1.0).abs() < 1e-9,
        };
        assert!(wanted, "{push} {momentum}: {:?} of {re1} {im1} {re2} {im2}", mode.regime);
    }
    assert!(rows.len() >= 300);
}

/// The plane is the method: at the place of an eigenvalue's dot, its roots; dragged there, its dot.
#[test]
fn a_dragged_dot_sets_what_the_plane_shows() {
    for (name, settings) in METHODS {
        for lambda in [0.3, 1.0, 70.0] {
            let mut chosen = optimizer(name, settings);
            for place in [[0.05, 0.9], [1.7, 0.1], [3.9, 0.99], [1.0, 0.0]] {
                let shown = plane(&chosen).mode(place);
                let (lr, momentum) = plane(&chosen).dragged(lambda, place).expect("curves up");
                assert!(
                    chosen.set("lr", Value::Number(lr)) && chosen.set("momentum", Value::Number(momentum))
                );
                let dot = plane(&chosen).dot(lambda);
                assert!((dot[0] - place[0]).abs() < 1e-12 && dot[1] == place[1], "{name}: {dot:?}");
                let mode = Mode::along(&chosen.of, &chosen.prepare(), lambda).expect("a law");
                assert!((mode.radius - shown.radius).abs() < 1e-7, "{name} {place:?}");
                assert!(mode.regime == shown.regime || place == [1.0, 0.0], "{name} {place:?}");
            }
            assert_eq!(plane(&chosen).dragged(-2.0, [1.0, 0.5]), None);
            assert_eq!(plane(&chosen).dragged(lambda, [0.0, 0.5]), None);
        }
    }
}

/// β = (1 - √(αλ))² for momentum; for every method two roots that are one.
#[test]
fn critical_damping_has_its_formula_and_a_double_root() {
    let momentum = plane(&optimizer("Momentum", &[]));
    for push in [1e-6, 0.01, 0.3, 1.0, 2.0, 3.9] {
        let found: Vec<f64> = momentum.critical(push).collect();
        let wanted = (1.0 - f64::sqrt(push)) * (1.0 - f64::sqrt(push));
        assert_eq!(found.len(), 1, "{push}: {found:?}");
        assert!((found[0] - wanted).abs() < 1e-12, "{push}: {found:?} is not {wanted}");
    }
    let mut met = 0;
    for (name, settings) in METHODS {
        let plane = plane(&optimizer(name, settings));
        for push in (1..80).map(|step| f64::from(step) * WIDTH / 80.0) {
            for beta in plane.critical(push) {
                let roots = plane.mode([push, beta]).roots;
                let gap = match roots {
                    Roots::Real(large, small) => (large - small).abs(),
                    Roots::Pair { im, .. } => 2.0 * im,
                };
                assert!(gap < 1e-6, "{name} {push} {beta}: {roots:?}");
                // On the two sides of the line the roots are real here and a pair there.
                let beside = [-1e-4, 1e-4].map(|off| plane.mode([push, (beta + off).within(0.0, 1.0)]).roots);
                let pairs = beside.iter().filter(|roots| matches!(roots, Roots::Pair { .. })).count();
                met += usize::from(pairs == 1);
            }
        }
    }
    assert!(met > 200, "{met}");
}

/// Every line lies between two regimes: on the edge, on critical damping, or where Nesterov's memory
/// changes its sign.
#[test]
fn outlines_are_the_edge_and_critical_damping() {
    for (name, settings) in METHODS {
        let chosen = optimizer(name, settings);
        let plane = plane(&chosen);
        let lines = plane.outlines(64, 48);
        assert!(lines.len() > 60, "{name}: {}", lines.len());
        // With two crossings a line has its ends on the sides of its cell; where three meet, one end
        // is between them.
        let on_edge = |place: &[f64; 2]| (plane.mode(*place).radius - 1.0).abs() < 1e-3;
        let critical = |place: &[f64; 2]| {
            plane.critical(place[0]).any(|beta| (beta - place[1]).abs() < 1e-2)
                || matches!(plane.mode(*place).roots, Roots::Real(a, b) if (a - b).abs() < 3e-2)
        };
        let turns = |place: &[f64; 2]| plane.law(*place).now.abs() < 1e-2;
        let told = lines.iter().filter(|[a, b]| {
            let known = |place: &[f64; 2]| on_edge(place) || critical(place) || turns(place);
            known(a) && known(b)
        });
        let told = told.count();
        assert!(told + 9 >= lines.len(), "{name} {settings:?}: {told} of {}", lines.len());
    }
    let momentum = optimizer("Momentum", &[]);
    let regimes = |chosen: &Chosen<Optimizer>| {
        let names = plane(chosen).names(60, 48);
        for (regime, place) in &names {
            assert_eq!(plane(chosen).mode(*place).regime, *regime);
        }
        names.into_iter().map(|(regime, _)| regime).collect::<Vec<_>>()
    };
    for regime in [Regime::Monotone, Regime::Ripples, Regime::Oscillates, Regime::Diverges] {
        assert!(regimes(&momentum).contains(&regime), "{regime:?}");
    }
    assert_eq!(plane(&momentum).mode([1.0, 0.0]).regime, Regime::OneStep);
}

/// What the plane calls a regime is what a run does: sides are kept, changed at every step, or
/// changed once in a while, and the error shrinks or grows.
#[test]
fn runs_do_what_the_plane_says() {
    let mut seen = Vec::new();
    for (name, settings) in METHODS {
        for (push, beta) in
            [(0.02, 0.3), (0.4, 0.8), (1.03, 0.5), (1.6, 0.02), (1.9, 0.03), (3.6, 0.1), (3.0, 0.95)]
        {
            let mut chosen = optimizer(name, settings);
            let (lr, momentum) = plane(&chosen).dragged(2.0, [push, beta]).expect("curves up");
            assert!(chosen.set("lr", Value::Number(lr)) && chosen.set("momentum", Value::Number(momentum)));
            let mode = plane(&chosen).mode([push, beta]);
            let mut bowl = Chosen::with_defaults(surfaces::find("QuadraticForm").expect("known"));
            for (key, value) in [("xx", 2.0), ("xy", 0.0), ("yy", 2.0)] {
                assert!(bowl.set(key, Value::Number(value)));
            }
            let problem = Problem {
                bound: f64::MAX,
                ..Problem::new(Objective::new(&bowl), Vector2::new(1.0, 0.0), 500)
            };
            let mut run = Run::new(&chosen, &problem);
            run.advance(&problem, u32::MAX);
            let errors: Vec<f64> =
                run.trajectory().samples().iter().map(|sample| sample.position.x).collect();
            let late = &errors[20..60];
            let turns = late.windows(2).filter(|pair| pair[0] * pair[1] < 0.0).count();
            let grows = errors[errors.len() - 20..].iter().any(|error| error.abs() > 1.0);
            let what = format!("{name} {settings:?} {push} {beta}: {mode:?}, {turns} turns");
            assert_eq!(grows, mode.regime == Regime::Diverges, "{what}");
            match mode.regime {
                Regime::Monotone => assert_eq!(turns, 0, "{what}"),
                Regime::Oscillates => assert_eq!(turns, late.len() - 1, "{what}"),
                Regime::Ripples => assert!(turns > 0 && turns < late.len() - 1, "{what}"),
                _ => {}
            }
            seen.push(mode.regime);
            let edge = edge(&chosen.of, &chosen.prepare(), 2.0).expect("an edge");
            assert_eq!(lr > edge, grows, "{what}");
        }
    }
    for regime in [Regime::Monotone, Regime::Ripples, Regime::Oscillates, Regime::Diverges] {
        assert!(seen.contains(&regime), "{regime:?} was never met");
    }
}
