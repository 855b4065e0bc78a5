//! The search against surfaces whose critical points are known.

use super::*;
use PointKind::{Inconclusive, Maximum, Minimum, Saddle};
use Smoothness::OnceDifferentiable;
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
    let cases: [Case; 32] = [
        ("x^2 + y^2", &[(Minimum, 0.0, 0.0)]),
        ("-(x - 1)^2 - (y - 2)^2/3", &[(Maximum, 1.0, 2.0)]),
        ("x^2 - y^2", &[(Saddle, 0.0, 0.0)]),
        ("x + y", &[]),
        ("exp(x) + y^2", &[]),
        ("x^3 - 3*x + y^2", &[(Minimum, 1.0, 0.0), (Saddle, -1.0, 0.0)]),
        // Neither both points of the pair nor all three lie in cells of their own.
        ("x^3 - 0.0003*x + y^2", &[(Minimum, 0.01, 0.0), (Saddle, -0.01, 0.0)]),
        (
            "(x - 0.001)^2*(x + 0.001)^2 + y^2",
            &[(Minimum, 0.001, 0.0), (Minimum, -0.001, 0.0), (Saddle, 0.0, 0.0)],
        ),
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
        ("x^4 + y^4", &[(Minimum, 0.0, 0.0)]),
        ("(x - 0.3)^4 + (y - 0.2)^2", &[(Minimum, 0.3, 0.2)]),
        ("(x + 0.4)^3 + y^2", &[(Inconclusive, -0.4, 0.0)]),
        ("x^3 - 3*x*y^2", &[(Inconclusive, 0.0, 0.0)]),
        ("(x^2 + y^2)^2", &[(Minimum, 0.0, 0.0)]),
        ("-x^4 - (y - 1)^6", &[(Maximum, 0.0, 1.0)]),
        // One slope fades beside the other on every circle.
        ("x^6 + y^2", &[(Minimum, 0.0, 0.0)]),
        ("(x - 0.3)^6 + 10*y^2", &[(Minimum, 0.3, 0.0)]),
        ("x^8 + y^2", &[(Minimum, 0.0, 0.0)]),
        ("-(x + 0.25)^6 - (y - 0.5)^2", &[(Maximum, -0.25, 0.5)]),
        ("x^6 - y^2", &[(Saddle, 0.0, 0.0)]),
        ("x^6 + (x - y)^2", &[(Minimum, 0.0, 0.0)]),
        ("(x + y)^6 - (x - y)^2", &[(Saddle, 0.0, 0.0)]),
        // A minimum along every line through it, and none.
        ("(y - x^2)*(y - 3*x^2)", &[(Saddle, 0.0, 0.0)]),
        ("x^2 - y^4", &[(Saddle, 0.0, 0.0)]),
        ("x^3 + y^3", &[(Inconclusive, 0.0, 0.0)]),
        ("1/(x^2 + y^2)", &[]),
    ];
    for (text, wanted) in cases {
        let survey = expect(text, wanted, 1e-8);
        assert!(survey.lines().is_empty() && survey.limit().is_none(), "{text}: {:?}", survey.lines());
        assert!(survey.points().iter().all(|found| found.smoothness.has_gradient()), "{text}");
    }
    // Here the rounding of the typed sum hides where exactly, as (1e-16)^(1/3) does.
    expect("x^4 - 4*x^3 + 6*x^2 - 4*x + 1 + y^2", &[(Minimum, 1.0, 0.0)], 1e-4);
    expect("abs(x)^5 + (x + y)^2", &[(Minimum, 0.0, 0.0)], 1e-4);
    expect("x^6 + (y - sin(x))^2", &[(Minimum, 0.0, 0.0)], 1e-3);
}

/// Far out, f and its slope fade together: nothing tells such a point from its neighbours.
#[test]
fn tails_have_no_points() {
    let cases: [Case; 17] = [
        ("-exp(-20*(x^2 + y^2))", &[(Minimum, 0.0, 0.0)]),
        ("exp(-100*(x^2 + y^2))", &[(Maximum, 0.0, 0.0)]),
        ("exp(-10000*(x^2 + y^2))", &[(Maximum, 0.0, 0.0)]),
        ("0.5 - exp(-30*((x - 0.7)^2 + (y + 0.4)^2))", &[(Minimum, 0.7, -0.4)]),
        ("y^2 + exp(-100*x^2)", &[(Saddle, 0.0, 0.0)]),
        ("y^2 - exp(-9*x^2)", &[(Minimum, 0.0, 0.0)]),
        (
            "exp(-20*x^2)*exp(-20*y^2) + exp(-20*((x - 2)^2 + y^2))",
            &[(Maximum, 0.0, 0.0), (Maximum, 2.0, 0.0), (Saddle, 1.0, 0.0)],
        ),
        ("1/(1 + x^2 + y^2)^3", &[(Maximum, 0.0, 0.0)]),
        ("-1/(1 + 50*(x^2 + y^2))^8", &[(Minimum, 0.0, 0.0)]),
        (
            "x/(1 + x^2 + y^2)^2",
            &[(Maximum, 0.577_350_269_189_625_7, 0.0), (Minimum, -0.577_350_269_189_625_7, 0.0)],
        ),
        ("exp(-exp(x)) + y^2", &[]),
        ("log(1 + exp(50*x)) + y^2", &[]),
        ("log(1 + exp(5*x)) + log(1 + exp(5*y))", &[]),
        ("1/(1 + exp(-7*x)) + y^2", &[]),
        ("tanh(x) + y^2", &[]),
        // The logistic loss of data that a line separates, and of data that none does.
        ("log(1 + exp(-x - y)) + log(1 + exp(-2*x + y))", &[]),
        (
            "log(exp(x + 3*y - 0.1) + exp(x - 3*y - 0.1) + exp(-x - 0.1))",
            &[(Minimum, -0.346_573_590_279_972_64, 0.0)],
        ),
    ];
    for (text, wanted) in cases {
        let survey = expect(text, wanted, 1e-8);
        assert!(survey.lines().is_empty(), "{text}: {:?}", survey.lines());
        is_of_one_mind(text, &survey);
    }
    let faded = CriticalSearch::of(&typed("exp(-100*(x^2 + y^2))"), VIEW);
    assert_eq!(faded.limit(), Some(SearchLimit::Faded), "what nobody can tell is said");
}

/// What is said of a point alone is what the search says of it.
fn is_of_one_mind(text: &str, survey: &CriticalSearch) {
    let objective = typed(text);
    for found in survey.points() {
        let nature = objective.nature(found.at);
        assert!(nature.is_critical && nature.kind == found.kind, "{text}: {found:?} but {nature:?}");
    }
}

/// Newton's step is as short as rounding beside the edge of a domain and beside a pole, where the gradient is far from zero;
/// as it is one unit in the last place beside a minimum, however steep the slope there.
#[test]
fn beside_an_edge_or_a_pole_nothing_is_critical() {
    let nature = |text: &str, x: f64, y: f64| typed(text).nature(nalgebra::Vector2::new(x, y));
    for (text, x, y) in [
        ("sqrt(4 - x^2 - y^2)", 2.0 - 4.0 * f64::EPSILON, 0.0),
        ("sqrt(4 - x^2)", 2.0 - 4.0 * f64::EPSILON, 0.0),
        ("log(4 - x^2 - y^2)", 2.0 - 2.0 * f64::EPSILON, 0.0),
        ("acos(x) + y^2", 1.0 - f64::EPSILON, 0.0),
        ("-log(x - 1) + (y - 2)^2", 1.0 + 2.0 * f64::EPSILON, 2.0),
        ("1/x + (y - 1)^2", 1e-17, 1.0),
        ("1/x + (y - 1)^2", -1e-16, 1.0),
        ("1/x^2 + (y - 1)^2", 1e-17, 1.0),
    ] {
        let nature = nature(text, x, y);
        assert!(!nature.is_critical, "{text} at ({x}, {y}): {nature:?}");
    }
    for (text, x, y, kind) in [
        ("1e30*(x - 1)^2 + y^2", 1.0 + f64::EPSILON, 0.0, Minimum),
        ("(x - 1)^2 - 1e20*(y - 3)^2", 1.0 - f64::EPSILON / 2.0, 3.0 + 2.0 * f64::EPSILON, Saddle),
        ("-cosh(30*(x - 0.1)) - y^2", 0.1, 0.0, Maximum),
    ] {
        let nature = nature(text, x, y);
        assert!(nature.is_critical && nature.kind == kind, "{text} at ({x}, {y}): {nature:?}");
    }
}

/// Powell's badly scaled function: along its valleys, curvatures differ by a factor of 7e17.
#[test]
fn a_kind_is_told_however_badly_scaled() {
    let text = "(10000*x*y - 1)^2 + (exp(-x) + exp(-y) - 1.0001)^2";
    let survey = CriticalSearch::of(&typed(text), View { x: (-1.0, 10.0), y: (-1.0, 10.0) });
    let wanted = [
        (Minimum, 1.098_159_329_699_7e-5, 9.106_146_739_867_5),
        (Minimum, 9.106_146_739_867_5, 1.098_159_329_699_7e-5),
        (Minimum, -0.009_948_091_925_801, -0.009_948_091_925_801),
        (Saddle, 0.010_048_156_947_108, 0.010_048_156_947_108),
        (Saddle, -0.000_100_030_020_517, -0.000_100_030_020_517),
    ];
    for ((kind, x, y), (wanted, wanted_x, wanted_y)) in places(&survey).into_iter().zip(wanted) {
        assert_eq!(kind, wanted);
        assert!((x - wanted_x).abs() <= 1e-12 && (y - wanted_y).abs() <= 1e-12, "{kind:?} at ({x}, {y})");
    }
    assert_eq!(survey.points().len(), wanted.len());
    is_of_one_mind(text, &survey);
}

#[test]
fn points_at_kinks() {
    let cases: [Case; 18] = [
        // Crescent: f falls along the curved kink through (0, 2), and rises across it.
        (
            "max(x^2 + (y - 1)^2 + y - 1, -x^2 - (y - 1)^2 + y + 1)",
            &[(Minimum, 0.0, 0.0), (Maximum, 0.0, 1.5), (Saddle, 0.0, 2.0)],
        ),
        (
            "max(max(x^2 + y^4, (2 - x)^2 + (2 - y)^2), 2*exp(y - x))",
            &[(Minimum, 1.139_037_651_992_662_6, 0.899_559_938_395_393)],
        ),
        ("max(max(5*x + y, -5*x + y), x^2 + y^2 + 4*y)", &[(Minimum, 0.0, -3.0)]),
        ("max(abs(x), abs(y))", &[(Minimum, 0.0, 0.0)]),
        ("max(abs(x - 0.3), abs(y + 0.17))", &[(Minimum, 0.3, -0.17)]),
        ("-abs(x) - abs(y)", &[(Maximum, 0.0, 0.0)]),
        ("abs(x - 0.2*y) + 0.01*(x + y)^2", &[(Minimum, 0.0, 0.0)]),
        ("abs(x + y - 1) + abs(x - 2*y) + abs(3*x - y)", &[(Minimum, 0.0, 0.0)]),
        ("abs(abs(x) - 1) + abs(y)", &[(Minimum, -1.0, 0.0), (Minimum, 1.0, 0.0), (Saddle, 0.0, 0.0)]),
        ("100*abs(y - x^2) + abs(1 - x)", &[(Minimum, 1.0, 1.0)]),
        // Quadratics and hinges with an absolute penalty.
        ("0.5*(x - 1)^2 + 0.5*(y + 0.2)^2 + 0.5*(abs(x) + abs(y))", &[(Minimum, 0.5, 0.0)]),
        ("(x - y)^2 + (x - 1)^2 + 3*abs(x) + abs(y - 0.25)", &[(Minimum, 0.0, 0.25)]),
        (
            "max(0, 1 - x - y) + max(0, 1 - 2*x + y) + max(0, 1 + x - 0.5*y) + 0.05*(x^2 + y^2)",
            &[(Minimum, 2.0 / 3.0, 1.0 / 3.0)],
        ),
        ("abs(x) + 0.5*y^2", &[(Minimum, 0.0, 0.0)]),
        ("abs(x)^1.5 + y^2", &[(Minimum, 0.0, 0.0)]),
        ("-exp(-abs(x) - abs(y))", &[(Minimum, 0.0, 0.0)]),
        (
            "min(x^2 + y^2, (x - 2)^2 + (y - 1)^2)",
            &[(Minimum, 0.0, 0.0), (Minimum, 2.0, 1.0), (Saddle, 1.0, 0.5)],
        ),
        // A kink that f only goes on falling along.
        ("abs(y - x^2) + 0.1*x", &[]),
    ];
    for (text, wanted) in cases {
        let survey = expect(text, wanted, 1e-8);
        assert!(survey.lines().is_empty(), "{text}: {:?}", survey.lines());
    }
}

/// Circles of minima around a tip: Salomon's function, and the drop wave with its smooth middle.
#[test]
fn a_point_amid_circles() {
    for (text, circles) in [
        ("1 - cos(2*pi*sqrt(x^2 + y^2)) + 0.1*sqrt(x^2 + y^2)", 10),
        ("-(1 + cos(12*sqrt(x^2 + y^2)))/(0.5*(x^2 + y^2) + 2)", 10),
    ] {
        let survey = expect(text, &[(Minimum, 0.0, 0.0)], 1e-9);
        for line in survey.lines() {
            let radii: Vec<f64> = line.points.iter().map(nalgebra::Matrix::norm).collect();
            let (low, high) =
                (radii.iter().copied().fold(9.0, f64::min), radii.iter().copied().fold(0.0, f64::max));
            assert!(high - low < 1e-7, "{text}: a circle from {low} to {high}");
            assert_ne!(line.kind, Inconclusive, "{text}: {low}");
        }
        assert!(survey.lines().len() >= circles, "{text}: {}", survey.lines().len());
    }
}

/// Where the gradient is zero and the Hessian jumps, f is once differentiable: a critical point like another.
#[test]
fn points_without_a_hessian() {
    for (text, wanted) in [
        ("max(x^2, y^2)", (Minimum, 0.0, 0.0)),
        ("max((x - 0.1)^2, (y - 0.3)^2) + 5", (Minimum, 0.1, 0.3)),
        ("-max(2*(x + 1)^2 + y^2, (x + 1)^2 + 3*y^2)", (Maximum, -1.0, 0.0)),
        ("x*abs(x) + y^2", (Inconclusive, 0.0, 0.0)),
        ("x*abs(x) - (y - 0.7)^2", (Inconclusive, 0.0, 0.7)),
    ] {
        let survey = expect(text, &[wanted], 1e-8);
        let found = survey.points()[0];
        assert!(survey.lines().is_empty(), "{text}");
        assert!(found.smoothness == OnceDifferentiable && found.spectrum.is_none(), "{text}: {found:?}");
    }
    let survey = expect("abs(x*y)", &[], 1e-8);
    let examples: Vec<_> = survey.lines().iter().map(|line| line.example.at).collect();
    assert!(examples.len() == 2 && examples.iter().all(|at| at.x * at.y == 0.0), "{examples:?}");
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
        assert!(
            !survey.points()[0].smoothness.has_gradient() && survey.points()[0].spectrum.is_none(),
            "{text}"
        );
    }
    // Two bowls, and the pass over the ridge where they meet.
    let survey = expect(
        "min((x + 1)^2, (x - 1)^2) + y^2",
        &[(Minimum, -1.0, 0.0), (Minimum, 1.0, 0.0), (Saddle, 0.0, 0.0)],
        1e-8,
    );
    assert_eq!(
        survey.points().iter().map(|found| found.smoothness.has_gradient()).collect::<Vec<_>>(),
        [true, true, false]
    );
}

/// What a line is holds all along it: where it is minima here and maxima there, it is neither.
#[test]
fn a_line_is_what_it_is_everywhere() {
    for (text, wanted) in [
        ("x^2*y^2", &[Minimum, Minimum][..]),
        ("-(x - y)^2*(x + 2*y)^2", &[Maximum, Maximum]),
        ("x*y^2", &[Inconclusive]),
        ("x^2*(y^2 - 3)", &[Inconclusive]),
        ("-(x - y)^2*(x + y - 1)", &[Inconclusive]),
        ("abs(x)*y", &[Inconclusive]),
        ("(x^2 + y^2 - 1)^2*(1 + x^2)", &[Minimum]),
    ] {
        let survey = CriticalSearch::of(&typed(text), VIEW);
        let kinds: Vec<_> = survey.lines().iter().map(|line| line.kind).collect();
        assert_eq!(kinds, wanted, "{text}: {:?}", survey.lines());
    }
}

#[test]
fn lines_and_plains_are_said_as_such() {
    for (text, points, lines) in [
        ("x^2 + 0*y", &[][..], 1),
        ("(x - y)^2", &[], 1),
        ("(x - 2*y)^4", &[], 1),
        ("(x^2 + y^2 - 1)^2", &[(Maximum, 0.0, 0.0)], 1),
        ("(x*y - 1)^2", &[(Saddle, 0.0, 0.0)], 2),
        ("x^2*y^2", &[], 2),
        ("(x - 1)^2*(y + 1)^2", &[], 2),
        ("(x - y)^2*(x + 2*y)^2", &[], 2),
        ("x^3 + 0*y", &[], 1),
        ("abs(x) + 0*y", &[], 1),
        ("abs(x - y)", &[], 1),
        ("-abs(x - 0.3*y)", &[], 1),
        ("abs(x^2 + y^2 - 1)", &[(Maximum, 0.0, 0.0)], 1),
        ("abs(x*y)", &[], 2),
        ("cos(3*y)", &[], 5),
    ] {
        let survey = expect(text, points, 1e-8);
        assert_eq!(survey.lines().len(), lines, "{text}: {:#?}", survey.lines());
        let objective = typed(text);
        for line in survey.lines() {
            assert!(line.points.len() >= 8, "{text}");
            for point in line.points.iter().filter(|_| line.example.smoothness.has_gradient()) {
                assert!(objective.value_gradient(*point).gradient.norm() < 1e-9, "{text}: {point}");
            }
            let inside = |point: &Vector2<f64>| point.x.abs() <= 4.0 && point.y.abs() <= 3.0;
            assert!(line.points.iter().all(inside), "{text}");
        }
    }
    for (text, says) in [
        ("3", Some(SearchLimit::MostlyFlat)),
        ("max(x, 0)^2*max(y, 0)^2", Some(SearchLimit::MostlyFlat)),
        ("max(x, 0)^2", Some(SearchLimit::PartlyFlat)),
        ("max(0, abs(x) - 1)", Some(SearchLimit::PartlyFlat)),
        ("max(x^2 + y^2, 0.5)", Some(SearchLimit::PartlyFlat)),
        ("x^2 + y^2", None),
    ] {
        let survey = CriticalSearch::of(&typed(text), VIEW);
        assert_eq!(survey.limit(), says, "{text}");
        assert!(survey.lines().is_empty(), "{text}: {:?}", survey.lines());
        assert!(survey.points().len() <= 1, "{text}: {:?}", survey.points());
    }
    let half = CriticalSearch::of(&typed("max(x, 0)^2 + y^2"), VIEW);
    assert_eq!((half.points().len(), half.lines().len()), (0, 1), "a whole half line of minima");
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

/// Where two smooth pieces of a quotient cancel there is no kink, whatever rounding makes of the slopes around; beside a
/// kink that rounding hides there is one.
#[test]
fn a_cancelled_quotient_is_no_kink() {
    use thalweg_core::objective::smoothness::Smoothness;
    for (text, at) in [
        ("(x^2 - y^2)/(x - y)", [1.0, 1.0]),
        ("(x^3 - y^3)/(x - y)", [1.0, 1.0]),
        ("(x^3 - 8)/(x - 2) + y^2", [2.0, 0.5]),
        ("sin(x - y)/(x - y) + x", [0.7, 0.7]),
    ] {
        let nature = typed(text).nature(Vector2::from(at));
        assert_eq!(
            (nature.smoothness, nature.is_critical && text.starts_with('(')),
            (Smoothness::Smooth, false),
            "{text}"
        );
    }
    // What is level to second order on both sides is none either.
    for (text, at) in [
        ("abs(x - y)*(x - y)^2", [0.7, 0.7]),
        ("(x + 2*y)^3*abs(x + 2*y)", [0.2, -0.1]),
        ("((x - 1)^2 + (y - 2)^2)^1.5", [1.0, 2.0]),
        ("abs(abs(x) - 1)^3 + y^4", [1.0, 0.0]),
    ] {
        let nature = typed(text).nature(Vector2::from(at));
        assert_eq!((nature.smoothness, nature.is_critical), (Smoothness::Smooth, true), "{text}");
    }
    for (text, at) in [("abs(x - 0.1) + y^2", [0.1, 1.0]), ("abs(x - 0.3 + y) + y", [0.1, 0.2])] {
        assert_eq!(typed(text).nature(Vector2::from(at)).smoothness, Smoothness::Kink, "{text}");
    }
    // False lines along a slanted cusp: its slopes across are so steep that any slope along seems to be none.
    expect("sqrt(abs(x + y)) + (x - y)^2", &[(Minimum, 0.0, 0.0)], 1e-6);
    for text in ["((x + y)^2)^(1/3) + (x - y - 1)^2", "sqrt(abs(x + 2*y)) + (x - y - 0.3)^2"] {
        let survey = CriticalSearch::of(&typed(text), VIEW);
        assert!(survey.lines().is_empty() && survey.points().len() <= 1, "{text}: {:?}", survey.lines());
    }
}
