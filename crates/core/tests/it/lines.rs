//! Points of lines of critical points: what they are, and where a typed function's points are known.

use nalgebra::Vector2;
use thalweg_core::objective::critical_point::PointKind::{Inconclusive, Maximum, Minimum, Saddle};
use thalweg_testing::{objective, typed};

/// A point of a line of minima is a minimum, however the line runs and however it is spelled; one of a line of maxima a
/// maximum; and what only looks like one is neither.
#[test]
fn points_of_lines_are_what_the_line_is() {
    for (text, at, kind) in [
        ("x^2 + 0*y", [0.0, 1.0], Minimum),
        ("x^2 + 0*y", [0.0, -700.0], Minimum),
        ("(3*x - y + 1)^2", [0.0, 1.0], Minimum),
        ("5 - (x + y)^2", [0.5, -0.5], Maximum),
        ("x^4 + 0*y", [0.0, 2.0], Minimum),
        ("(x^2 + y^2 - 1)^2", [0.6, 0.8], Minimum),
        ("-(x^2 + y^2 - 1)^2", [-0.8, 0.6], Maximum),
        ("(y - x^2)^2", [1.5, 2.25], Minimum),
        ("(x*y - 1)^2", [2.0, 0.5], Minimum),
        ("cos(x) + 0*y", [0.0, 0.3], Maximum),
        ("x^3 + 0*y", [0.0, 1.0], Inconclusive),
        ("x^2*y", [0.0, 1.0], Minimum),
        ("x^2*y", [0.0, -1.0], Maximum),
        ("x^2 + y^4", [0.0, 0.0], Minimum),
        ("x^2 - y^4", [0.0, 0.0], Saddle),
    ] {
        let nature = typed(text).nature(Vector2::from(at));
        assert!(nature.is_critical && nature.kind == kind, "{text} at {at:?} is {nature:?}");
    }
    let form = objective("QuadraticForm", &[("xx", 0.1), ("xy", 0.3), ("yy", 0.9)]);
    assert_eq!(form.nature(Vector2::zeros()).kind, Minimum);
    // A slope that vanishes along no line.
    let slope = typed("x^2 + 1e-3*y");
    assert!(!slope.nature(Vector2::new(0.0, 1.0)).is_critical);
}

/// The minimum that is nearest on a line of them is straight across.
#[test]
fn the_nearest_minimum_of_a_line_lies_across_it() {
    let near =
        |text: &str, at: [f64; 2]| typed(text).minimum_on_line(Vector2::from(at)).map(|found| found.at);
    for (text, from, wanted) in
        [("x^2 + 0*y", [2.0, 1.0], [0.0, 1.0]), ("(x + y - 1)^2", [2.0, 1.0], [1.0, 0.0])]
    {
        let found = near(text, from).expect("a line");
        assert!((found - Vector2::from(wanted)).norm() < 1e-12, "{text}: {found:?}");
    }
    for text in
        ["x^2 + y^2", "x^2 - y^2", "x^2 + exp(-y)", "x^2 + y", "5 - x^2 + 0*y", "x + 0*y", "3 + 0*x*y"]
    {
        assert_eq!(near(text, [2.0, 1.0]), None, "{text}");
    }
}

/// Critical points of a typed function are known around the origin, and around where somebody starts.
#[test]
fn points_around_the_start_are_known() {
    let wells = typed("((x - 21)^2 - 4)^2 + (y - 30)^2");
    assert!(wells.critical_points().is_empty());
    let start = Vector2::new(18.0, 28.0);
    let wells = wells.knowing(start);
    let kinds: Vec<_> =
        wells.critical_points().iter().map(|point| (point.at.x.round(), point.kind)).collect();
    assert_eq!(kinds, [(19.0, Minimum), (23.0, Minimum), (21.0, Saddle)]);
    let nearest = wells.nearest_minimum(start).expect("known");
    assert!((nearest.at - Vector2::new(19.0, 30.0)).norm() < 1e-9);
    assert!(wells.lowest_known().is_some_and(|lowest| lowest.abs() < 1e-18));
    // Both are known: nothing at home is lost, and nothing is there twice.
    let waves = typed("sin(x)*sin(y) + 0.01*(x^2 + y^2)");
    let (home, both) = (waves.critical_points().len(), waves.clone().knowing(Vector2::new(9.0, 0.0)));
    assert!(both.critical_points().len() >= home);
    for (index, point) in both.critical_points().iter().enumerate() {
        let rest = &both.critical_points()[index + 1..];
        assert!(rest.iter().all(|other| (other.at - point.at).norm() > 1e-3), "{point:?} is there twice");
    }
}
