//! Critical points and lines of them where slopes have no bound, and stretches of minima shorter than a cell of the
//! search, against pencil and paper.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

use PointKind::{Maximum, Minimum, Saddle};
use std::f64::consts::FRAC_PI_4;
use thalweg_analysis::local::critical_search::{CriticalSearch, SearchLimit};
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::view::View;
use thalweg_testing::typed;

const VIEW: View = View { x: (-4.0, 4.0), y: (-3.0, 3.0) };

/// How near to its place a point is found: beside a cusp rounding moves f by the root of what it moves the point.
const NEAR: f64 = 3e-6;

/// A function as it is typed, with the kinds and places of its critical points.
type CuspCase = (&'static str, &'static [(PointKind, f64, f64)]);

/// What is listed is there, nothing else, and a look at each place says the same.
#[test]
fn points_on_cusps_are_found_wherever_the_cusp_lies() {
    let root = 1.0 / 5.0_f64.sqrt();
    let cases: &[CuspCase] = &[
        ("sqrt(abs(x)) - y^2", &[(Saddle, 0.0, 0.0)]),
        ("y^2 - sqrt(abs(x - 0.5))", &[(Saddle, 0.5, 0.0)]),
        ("sqrt(abs(x + 2*y)) + (x - y - 0.3)^2", &[(Minimum, 0.2, -0.1)]),
        ("sqrt(abs(x + 2*y)) - (x - y - 0.3)^2", &[(Saddle, 0.2, -0.1)]),
        ("((x + y)^2)^(1/3) + (x - y - 1)^2", &[(Minimum, 0.5, -0.5)]),
        ("abs(x - 3*y + 1)^0.7 + (3*x + y)^2", &[(Minimum, -0.1, 0.3)]),
        ("-sqrt(abs(x - y)) - (x + y - 1)^2", &[(Maximum, 0.5, 0.5)]),
        ("-(abs(2*x - y))^0.6 + (x + 2*y - 1)^2", &[(Saddle, 0.2, 0.4)]),
        (
            "sqrt(abs(x + y)) + sin(x - y)/4",
            &[
                (Minimum, -FRAC_PI_4, FRAC_PI_4),
                (Saddle, FRAC_PI_4, -FRAC_PI_4),
                (Minimum, 3.0 * FRAC_PI_4, -3.0 * FRAC_PI_4),
                (Saddle, -3.0 * FRAC_PI_4, 3.0 * FRAC_PI_4),
            ],
        ),
        ("sqrt(abs(y - x^2/4)) + (x - 1)^2", &[(Minimum, 1.0, 0.25)]),
        (
            "sqrt(abs(x^2 + y^2 - 1)) + x/2",
            &[(Minimum, -1.0, 0.0), (Saddle, 1.0, 0.0), (Maximum, 0.447_213_595_499_958, 0.0)],
        ),
        ("sqrt(abs(x + y)) + sqrt(abs(x - 2*y))", &[(Minimum, 0.0, 0.0)]),
        ("sqrt(abs(x + y)) + x", &[]),
    ];
    assert!((root - 0.447_213_595_499_958).abs() < 1e-15);
    for (text, wanted) in cases {
        let objective = typed(text);
        let survey = CriticalSearch::of(&objective, VIEW);
        let found: Vec<_> =
            survey.points().iter().map(|found| (found.kind, found.at.x, found.at.y)).collect();
        assert_eq!(found.len(), wanted.len(), "{text}: {found:?}");
        assert!(survey.lines().is_empty(), "{text}: {:?}", survey.lines());
        for (kind, x, y) in *wanted {
            let near = |found: &&(PointKind, f64, f64)| {
                found.0 == *kind && (found.1 - x).abs() <= NEAR && (found.2 - y).abs() <= NEAR
            };
            assert_eq!(found.iter().filter(near).count(), 1, "{text}: {kind:?} at ({x}, {y}): {found:?}");
        }
        for point in survey.points() {
            let nature = objective.nature(point.at);
            let told = (nature.kind, nature.is_critical);
            assert_eq!(told, (point.kind, true), "{text}: {:?}: {nature:?}", point.at);
        }
    }
}

/// Lines along which a cusp is level, and stretches of minima that no row of nodes need meet.
#[test]
fn level_cusps_and_short_stretches_are_lines() {
    for (text, points, lines, kind) in [
        ("sqrt(abs(x)) + 0*y", 0, 1, Minimum),
        // Of x alone it is a point.
        ("sqrt(abs(x))", 1, 0, Minimum),
        ("sqrt(abs(x + y))", 0, 1, Minimum),
        ("-abs(x - 2*y + 0.3)^0.3", 0, 1, Maximum),
        ("(x + y)^(2/3) + 5", 0, 0, Minimum),
        ("((x - 3*y)^2)^(1/3) + 5", 0, 1, Minimum),
        ("sqrt(abs(x^2 + y^2 - 1))", 1, 1, Minimum),
        ("max(x^2, y^2) + 0.1*x", 0, 1, Minimum),
        ("max(x^2, y^2) + 0.03*x", 0, 1, Minimum),
        ("max(abs(x), abs(y) - 0.03)", 0, 1, Minimum),
        ("max((x - y)^2, (x + y)^2) + 0.05*(x - y)", 0, 1, Minimum),
        ("-max(x^2, y^2) - 0.1*y", 0, 1, Maximum),
    ] {
        let survey = CriticalSearch::of(&typed(text), VIEW);
        let found: Vec<_> =
            survey.points().iter().map(|found| (found.kind, found.at.x, found.at.y)).collect();
        assert_eq!(survey.lines().len(), lines, "{text}: {found:?} {:?}", survey.lines());
        assert_eq!(found.len(), points, "{text}: {found:?}");
        for line in survey.lines() {
            assert!(line.kind == kind && line.points.len() >= 2, "{text}: {line:?}");
        }
    }
}

/// What the search cannot list, it says.
#[test]
fn a_plain_smaller_than_a_cell_is_told() {
    for text in [
        "max(x^2 + y^2, 1e-4)",
        "max((x - 0.3)^2 + y^2 - 1e-3, 0)^2",
        "max(max(abs(x) - 0.02, abs(y)), 0.02)",
    ] {
        let survey = CriticalSearch::of(&typed(text), VIEW);
        assert_eq!(survey.limit(), Some(SearchLimit::PartlyFlat), "{text}");
    }
}
