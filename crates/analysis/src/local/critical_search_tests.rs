//! The search against surfaces whose critical points are known.

use super::*;
use PointKind::{Inconclusive, Maximum, Minimum, Saddle};
use std::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_2, PI};
use thalweg_testing::typed;

/// A function as it is typed, with the kinds and places of its critical points.
type Case = (&'static str, &'static [(PointKind, f64, f64)]);

const VIEW: View = View { x: (-4.0, 4.0), y: (-3.0, 3.0) };

fn places(survey: &CriticalSearch) -> Vec<(PointKind, f64, f64)> {
    survey.points().iter().map(|found| (found.kind, found.at.x, found.at.y)).collect()
}

/// Kind and place of each point, in any order.
fn expect(text: &str, wanted: &[(PointKind, f64, f64)], tolerance: f64) -> CriticalSearch {
    let survey = CriticalSearch::of(&typed(text), VIEW);
    assert_eq!(survey.points().len(), wanted.len(), "{text}: {:?}", places(&survey));
    for (kind, x, y) in wanted {
        let near = |found: &&ClassifiedPoint| {
            (found.at.x - x).abs() <= tolerance && (found.at.y - y).abs() <= tolerance && found.kind == *kind
        };
        assert_eq!(
            survey.points().iter().filter(near).count(),
            1,
            "{text}: {kind:?} at ({x}, {y}): {:?}",
            places(&survey)
        );
    }
    survey
}

/// Against pencil and paper.
#[test]
fn points_of_typed_functions() {
    let cases: [Case; 20] = [
        ("x^2 + y^2", &[(Minimum, 0.0, 0.0)]),
        ("-(x - 1)^2 - (y - 2)^2/3", &[(Maximum, 1.0, 2.0)]),
        ("x^2 - y^2", &[(Saddle, 0.0, 0.0)]),
        ("x + y", &[]),
        ("exp(x) + y^2", &[]),
        ("x^3 - 3*x + y^2", &[(Minimum, 1.0, 0.0), (Saddle, -1.0, 0.0)]),
        // Neither both points of the pair nor all three lie in cells of their own.
        ("x^3 - 0.0003*x + y^2", &[(Minimum, 0.01, 0.0), (Saddle, -0.01, 0.0)]),
        ("x^4/4 - 0.0001*x^2/2 + y^2", &[(Minimum, 0.01, 0.0), (Minimum, -0.01, 0.0), (Saddle, 0.0, 0.0)]),
        ("x*exp(-x^2 - y^2)", &[(Maximum, FRAC_1_SQRT_2, 0.0), (Minimum, -FRAC_1_SQRT_2, 0.0)]),
        (
            "sin(x)*sin(y)",
            &[
                (Saddle, 0.0, 0.0),
                (Saddle, PI, 0.0),
                (Saddle, -PI, 0.0),
                (Maximum, FRAC_PI_2, FRAC_PI_2),
                (Maximum, -FRAC_PI_2, -FRAC_PI_2),
                (Minimum, FRAC_PI_2, -FRAC_PI_2),
                (Minimum, -FRAC_PI_2, FRAC_PI_2),
            ],
        ),
        (
            "x*y*(1 - x - y)",
            &[(Saddle, 0.0, 0.0), (Saddle, 1.0, 0.0), (Saddle, 0.0, 1.0), (Maximum, 1.0 / 3.0, 1.0 / 3.0)],
        ),
        ("tanh(x)*tanh(y)", &[(Saddle, 0.0, 0.0)]),
        ("log(x) + 1/x + y^2", &[(Minimum, 1.0, 0.0)]),
        ("1e-9*(x - 0.7)^2 + 1e3*(y + 0.2)^2", &[(Minimum, 0.7, -0.2)]),
        // Where the Hessian is singular.
        ("x^4 + y^4", &[(Inconclusive, 0.0, 0.0)]),
        ("(x - 0.3)^4 + (y - 0.2)^2", &[(Inconclusive, 0.3, 0.2)]),
        ("(x + 0.4)^3 + y^2", &[(Inconclusive, -0.4, 0.0)]),
        ("x^3 - 3*x*y^2", &[(Inconclusive, 0.0, 0.0)]),
        ("(x^2 + y^2)^2", &[(Inconclusive, 0.0, 0.0)]),
        ("1/(x^2 + y^2)", &[]),
    ];
    for (text, wanted) in cases {
        let survey = expect(text, wanted, 1e-8);
        assert!(survey.lines().is_empty() && survey.limit().is_none(), "{text}: {:?}", survey.lines());
        assert!(survey.points().iter().all(|found| !found.is_tip), "{text}");
    }
    // Here the rounding of the typed sum hides where exactly, as (1e-16)^(1/3) does.
    expect("x^4 - 4*x^3 + 6*x^2 - 4*x + 1 + y^2", &[(Inconclusive, 1.0, 0.0)], 1e-4);
}

#[test]
fn points_without_a_gradient() {
    for (text, wanted) in [
        ("abs(x) + abs(y)", (Minimum, 0.0, 0.0)),
        ("sqrt(x^2 + y^2)", (Minimum, 0.0, 0.0)),
        ("-sqrt((x - 0.3)^2 + 4*(y + 0.7)^2)", (Maximum, 0.3, -0.7)),
        ("abs(x - 0.31) - abs(y + 0.27)", (Saddle, 0.31, -0.27)),
        ("max(x^2 + y^2, (x - 1)^2 + (y - 0.3)^2)", (Minimum, 0.5, 0.15)),
        ("(x^2 + y^2)^0.25", (Minimum, 0.0, 0.0)),
    ] {
        let survey = expect(text, &[wanted], 1e-8);
        assert!(survey.points()[0].is_tip && survey.points()[0].spectrum.is_none(), "{text}");
    }
    // Two bowls, and the pass over the ridge where they meet.
    let survey = expect(
        "min((x + 1)^2, (x - 1)^2) + y^2",
        &[(Minimum, -1.0, 0.0), (Minimum, 1.0, 0.0), (Saddle, 0.0, 0.0)],
        1e-8,
    );
    assert_eq!(survey.points().iter().map(|found| found.is_tip).collect::<Vec<_>>(), [false, false, true]);
}

#[test]
fn lines_and_plains_are_said_as_such() {
    for (text, points, lines) in [
        ("x^2", &[][..], 1),
        ("(x - y)^2", &[], 1),
        ("(x - 2*y)^4", &[], 1),
        ("(x^2 + y^2 - 1)^2", &[(Maximum, 0.0, 0.0)], 1),
        ("(x*y - 1)^2", &[(Saddle, 0.0, 0.0)], 2),
        ("x^2*y^2", &[], 1),
        ("cos(3*y)", &[], 5),
    ] {
        let survey = expect(text, points, 1e-8);
        assert_eq!(survey.lines().len(), lines, "{text}: {:#?}", survey.lines());
        let objective = typed(text);
        for line in survey.lines() {
            assert!(line.points.len() >= 8, "{text}");
            for point in &line.points {
                assert!(objective.value_gradient(*point).gradient.norm() < 1e-9, "{text}: {point}");
            }
        }
    }
    for (text, says) in [("3", true), ("max(x, 0)^2*max(y, 0)^2", true), ("x^2 + y^2", false)] {
        assert_eq!(CriticalSearch::of(&typed(text), VIEW).limit().is_some(), says, "{text}");
    }
    let crowd = CriticalSearch::of(&typed("sin(12*x)*sin(12*y)"), VIEW);
    assert!(crowd.limit() == Some(SearchLimit::TooMany) && crowd.is_done());
}

/// A slope that is only small is no floor, and a valley that falls ever so slowly has no line.
#[test]
fn what_is_not_critical_is_not_found() {
    for text in [
        "y^2 + 1e-9*x",
        "y^2 + exp(x/4)/1e4",
        "exp(-x^2 - y^2) + 1e-6*x + y",
        "x^3 + x + y^2",
        "sqrt(x)",
        "tan(x) + y",
    ] {
        let survey = expect(text, &[], 0.0);
        assert!(survey.lines().is_empty(), "{text}: {:?}", survey.lines());
    }
}

/// sin 6x sin 6y: 15 by 11 saddles and 16 by 12 extrema in the view.
#[test]
fn many_points_are_counted_and_sorted() {
    let survey = CriticalSearch::of(&typed("sin(6*x)*sin(6*y)"), VIEW);
    let count = |kind| survey.points().iter().filter(|found| found.kind == kind).count();
    assert_eq!([Minimum, Saddle, Maximum, Inconclusive].map(count), [96, 165, 96, 0]);
    let ranks: Vec<u8> = survey.points().iter().map(|found| rank(found.kind)).collect();
    assert!(ranks.is_sorted());
    for found in survey.points() {
        let [low, high] = found.spectrum.expect("smooth").values;
        assert!((low.abs() - 36.0).abs() < 1e-9 && (high.abs() - 36.0).abs() < 1e-9);
    }
}
