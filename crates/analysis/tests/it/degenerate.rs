//! Critical points that rounding nearly hides: along floors that rise by a high power, and where a quotient is 0/0.

use PointKind::{Inconclusive, Maximum, Minimum, Saddle};
use thalweg_analysis::local::critical_search::CriticalSearch;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::view::View;
use thalweg_testing::typed;

/// A function as it is typed, with the one critical point that it has around, and how exactly the place can be known.
type LonePoint = (&'static str, PointKind, [f64; 2], f64);

/// The search finds the one point and no line, whatever part of the plane it looks at; and where it lies exactly, the rule for single
/// points says the same of it.
fn assert_alone(&(text, kind, [x, y], tolerance): &LonePoint) {
    let objective = typed(text);
    for (left, right) in [(2.0, 2.0), (1.3, 1.1)] {
        let view = View { x: (x - left, x + right), y: (y - right, y + left) };
        let survey = CriticalSearch::of(&objective, view);
        let found: Vec<_> =
            survey.points().iter().map(|point| (point.kind, point.at.x, point.at.y)).collect();
        assert!(survey.lines().is_empty(), "{text}: {:?}", survey.lines());
        assert_eq!(found.len(), 1, "{text} in {view:?}: {found:?}");
        let off = (found[0].1 - x).abs().max((found[0].2 - y).abs());
        assert!(found[0].0 == kind && off <= tolerance, "{text} in {view:?}: {found:?}");
        let nature = objective.nature(survey.points()[0].at);
        assert!(nature.is_critical && nature.kind == kind, "{text} at {:?}: {nature:?}", found[0]);
    }
}

/// Against pencil and paper: where f is least across, a function of one variable is left, with one zero of its slope.
#[test]
fn floors_that_rise_by_a_high_power_have_one_point() {
    let cases: [LonePoint; 36] = [
        ("x^5 + y^2", Inconclusive, [0.0, 0.0], 0.0),
        ("x*x*x*x*x + y*y", Inconclusive, [0.0, 0.0], 0.0),
        ("x^7 + y^2", Inconclusive, [0.0, 0.0], 0.0),
        ("x^5 + (x - y)^2", Inconclusive, [0.0, 0.0], 0.0),
        ("(x - 0.3)^5 + (x + y)^2", Inconclusive, [0.3, -0.3], 1e-9),
        ("x^3 + (y - x^2)^2", Inconclusive, [0.0, 0.0], 0.0),
        ("x^5 + (y - sin(x))^2", Inconclusive, [0.0, 0.0], 0.0),
        ("x^6 + (y - x^2)^2", Minimum, [0.0, 0.0], 0.0),
        ("x**6 + (y - x**2)**2", Minimum, [0.0, 0.0], 0.0),
        ("x^8 + (x^2 - y)^2", Minimum, [0.0, 0.0], 0.0),
        ("x^6 - (y - x^2)^2", Saddle, [0.0, 0.0], 0.0),
        ("-x^6 - (y - x^2)^2", Maximum, [0.0, 0.0], 0.0),
        ("(x - 0.3)^6 + (x - y)^2", Minimum, [0.3, 0.3], 1e-9),
        ("x^10 + (x - y)^2", Minimum, [0.0, 0.0], 0.0),
        ("x^12 + (x - 2*y)^2", Minimum, [0.0, 0.0], 0.0),
        ("x^20 + (x - y)^2", Minimum, [0.0, 0.0], 0.0),
        ("x^10 + y^2", Minimum, [0.0, 0.0], 0.0),
        ("x^40 + y^2", Minimum, [0.0, 0.0], 0.0),
        ("x^2 + (y - 0.7)^10", Minimum, [0.0, 0.7], 1e-9),
        ("(x - 1)^8 + (y - exp(x))^2", Minimum, [1.0, std::f64::consts::E], 1e-7),
        ("(x - 0.1)^6 + (y - cos(3*x))^2", Minimum, [0.1, 0.955_336_489_125_606], 1e-7),
        ("(1 - x)^6 + 100*(y - x^2)^2", Minimum, [1.0, 1.0], 1e-9),
        ("(1 - x)^8 + 100*(y - x^2)^2", Minimum, [1.0, 1.0], 1e-9),
        ("100*(y - x^2)^2 + x^6", Minimum, [0.0, 0.0], 0.0),
        ("(2*x + 3*y - 1)^8 + (x - y + 0.1)^2", Minimum, [0.14, 0.24], 1e-9),
        ("(x + y)^8 + (x - y)^2", Minimum, [0.0, 0.0], 0.0),
        ("x^10 + (x - y)^4", Minimum, [0.0, 0.0], 1e-8),
        ("x^12 + y^4", Minimum, [0.0, 0.0], 0.0),
        ("(x^2 + y^2)^10", Minimum, [0.0, 0.0], 0.0),
        ("abs(x)^7 + (x - y)^2", Minimum, [0.0, 0.0], 0.0),
        ("(sin(x) - x)^2 + (y - x)^2", Minimum, [0.0, 0.0], 1e-8),
        ("(exp(x) - 1 - x)^2 + (y - x)^2", Minimum, [0.0, 0.0], 1e-7),
        ("atan(x)^4 + (x - y^2)^2", Minimum, [0.0, 0.0], 0.0),
        ("(x*y)^4 + (x - y)^2", Minimum, [0.0, 0.0], 0.0),
        ("(x^3 + y)^2 + y^6", Minimum, [0.0, 0.0], 0.0),
        ("x^4 - 4*x^3 + 6*x^2 - 4*x + 1 + (x - y)^2", Minimum, [1.0, 1.0], 1e-9),
    ];
    cases.iter().for_each(assert_alone);
}

/// Where a quotient is 0/0 but has a limit, its derivatives are little but rounding nearby; the point is where the limit
/// has it all the same.
#[test]
fn removable_singularities_have_their_point_where_it_is() {
    let third = 1.0 / 3.0;
    let cases: [LonePoint; 34] = [
        ("sin(x)/x", Maximum, [0.0, 0.0], 0.0),
        ("sin(x)*x^-1", Maximum, [0.0, 0.0], 0.0),
        ("sinh(x)/x", Minimum, [0.0, 0.0], 0.0),
        ("tanh(x)/x", Maximum, [0.0, 0.0], 0.0),
        ("tan(x/2)/x", Minimum, [0.0, 0.0], 0.0),
        ("x/sin(x)", Minimum, [0.0, 0.0], 0.0),
        ("asin(x/3)/x", Minimum, [0.0, 0.0], 0.0),
        ("atan(x)/x", Maximum, [0.0, 0.0], 0.0),
        ("x/sinh(x)", Maximum, [0.0, 0.0], 0.0),
        ("sin(x)^2/x^2", Maximum, [0.0, 0.0], 0.0),
        ("(1 - cos(x))/x^2", Maximum, [0.0, 0.0], 0.0),
        ("(exp(x) - 1)/x - x/2", Minimum, [0.0, 0.0], 0.0),
        ("(exp(x^2) - 1)/x^2", Minimum, [0.0, 0.0], 0.0),
        ("log(1 + x^2)/x^2", Maximum, [0.0, 0.0], 0.0),
        ("(sqrt(1 + x^2) - 1)/x^2", Maximum, [0.0, 0.0], 0.0),
        ("(x - sin(x))/x^3", Maximum, [0.0, 0.0], 0.0),
        ("x/(1 - exp(-x)) - x/2", Minimum, [0.0, 0.0], 0.0),
        ("log(x)/(x - 1) + x/2", Minimum, [1.0, 0.0], 0.0),
        ("sin(x - 0.3)/(x - 0.3)", Maximum, [0.3, 0.0], 1e-12),
        ("sin(x - pi/4)/(x - pi/4)", Maximum, [std::f64::consts::FRAC_PI_4, 0.0], 1e-11),
        ("sin(x)/x + y^2", Saddle, [0.0, 0.0], 0.0),
        ("sin(x)/x + sin(y)/y", Maximum, [0.0, 0.0], 0.0),
        ("sin(x)*sin(y)/(x*y)", Maximum, [0.0, 0.0], 0.0),
        ("sin(x)/x*exp(-y^2)", Maximum, [0.0, 0.0], 0.0),
        ("atan(x)/x + y^2", Saddle, [0.0, 0.0], 0.0),
        ("(1 - cos(x))/x^2 + y^2", Saddle, [0.0, 0.0], 0.0),
        ("(x - sin(x))/x^3 + y^2", Saddle, [0.0, 0.0], 0.0),
        ("sin(x - 1/3)/(x - 1/3) + (y - 1/3)^2", Saddle, [third, third], 1e-11),
        ("sin(x - y)/(x - y) + (x + y)^2", Saddle, [0.0, 0.0], 0.0),
        ("-sin(x + y - 1)/(x + y - 1) + (x - y)^2", Minimum, [0.5, 0.5], 1e-12),
        ("sin(sqrt(x^2 + y^2))/sqrt(x^2 + y^2)", Maximum, [0.0, 0.0], 0.0),
        ("(exp(x^2 + y^2) - 1)/(x^2 + y^2)", Minimum, [0.0, 0.0], 0.0),
        ("log(1 + x^2 + y^2)/(x^2 + y^2)", Maximum, [0.0, 0.0], 0.0),
        ("(sqrt(1 + x^2 + y^2) - 1)/(x^2 + y^2)", Maximum, [0.0, 0.0], 0.0),
    ];
    cases.iter().for_each(assert_alone);
}

/// Where a cusp meets a kink, f has a point that its values tell to a few digits only.
#[test]
fn where_a_cusp_meets_a_kink_the_point_is_exact() {
    let cases: [LonePoint; 7] = [
        ("abs(x + 2*y - 1)^0.5 + abs(x - y)", Minimum, [1.0 / 3.0, 1.0 / 3.0], 1e-12),
        ("-sqrt(abs(x + 2*y - 1)) - abs(y - x)", Maximum, [1.0 / 3.0, 1.0 / 3.0], 1e-12),
        ("sqrt(abs(x - 0.7*y)) + abs(x + y - 1/3)", Minimum, [0.7 / 5.1, 1.0 / 5.1], 1e-12),
        ("abs(x + y - 0.2)^0.5 + abs(2*x - y - 0.5)", Minimum, [0.7 / 3.0, -0.1 / 3.0], 1e-12),
        ("abs(y - x^2)^0.5 + abs(x - 1/7)", Minimum, [1.0 / 7.0, 1.0 / 49.0], 1e-12),
        ("abs(x - 1/3)^0.5 + abs(y - 2/3)", Minimum, [1.0 / 3.0, 2.0 / 3.0], 1e-12),
        ("sqrt(abs(x + 2*y - 1)) + max(x - y, 2*(y - x))", Minimum, [1.0 / 3.0, 1.0 / 3.0], 1e-10),
    ];
    cases.iter().for_each(assert_alone);
}

/// At a pole that no number meets nothing is critical, though the slope changes its sign there.
#[test]
fn poles_between_two_numbers_are_no_points() {
    for text in ["x/tan(x)", "tan(x)/x", "x/sin(x)", "(tan(x) - sin(x))/x^3", "tan(x)^2 + x"] {
        let view = View { x: (1.0, 4.0), y: (-1.0, 1.0) };
        let points = CriticalSearch::of(&typed(text), view).points().to_vec();
        assert!(points.iter().all(|point| point.value.abs() < 1e3), "{text}: {points:?}");
    }
}
