//! The search for the critical points of a function of x alone.
//!
//! Where f' changes its sign between two neighbouring places of the line, what lies between is found by halving. Where
//! f'' does, f' has an extremum between them: it may touch zero there, or reach beyond it and come back. What is listed
//! is critical by what is true at the point itself, by the same rule as in the plane: that of f(x) + y²/2.

use super::stationary_point::StationaryForm;
use super::{StationarySearch, is_level};
use crate::objective::critical_point::PointKind;
use crate::objective::derivatives::{CurvatureAt, ValueGradientHessian};
use crate::objective::point_nature::PointNature;
use crate::objective::smoothness::Smoothness;
use crate::objective::view::View;
use nalgebra::Vector2;

/// So many changes of sign without a zero are enough.
const MOST_REFUSED: u32 = 64;
/// How often a stretch is halved at most: until its ends are neighbours among the numbers.
const HALVINGS: usize = 1100;

impl StationarySearch {
    /// A whole search on the line y = 0, in `f`, a function of x alone with f''·I for its Hessian.
    pub fn on_line(
        f: impl Fn(Vector2<f64>) -> ValueGradientHessian,
        (from, to): (f64, f64),
        cells: usize,
    ) -> Self {
        let width = (to - from) / 2.0;
        let mut search = Self::new(View { x: (from, to), y: (-width, width) }, cells);
        if search.cells == 0 {
            return search;
        }
        // Nothing is left to be done of a search in the plane.
        search.cells = 0;
        let lifted = |p: Vector2<f64>| f(p).lifted(p);
        let place = |index: usize| from + search.cell.x * (index as f64 - SHIFT);
        let places: Vec<f64> = (0..cells + 3).map(place).collect();
        search.nodes = places.iter().map(|x| f(Vector2::new(*x, 0.0))).collect();
        search.flat = search.nodes.iter().filter(|node| is_level(node)).count();
        let mut candidates = Vec::new();
        for (pair, ends) in search.nodes.windows(2).zip(places.windows(2)) {
            // Where derivatives are too large for a number, their signs say nothing.
            if pair.iter().any(|node| node.smoothness == Smoothness::Undefined) {
                continue;
            }
            let ends = [ends[0], ends[1]];
            let slopes = [&pair[0], &pair[1]].map(|node| sign(node.gradient.x));
            let bends = [&pair[0], &pair[1]].map(|node| sign(node.hessian.m11));
            if slopes[0] == 0 && bends[0] != 0 {
                candidates.push((ends[0], false));
            }
            if slopes[0] * slopes[1] < 0 {
                candidates.push((halved(ends, slopes[0], |x| slope(&f, x)), true));
            } else if bends[0] * bends[1] < 0 {
                let turn = halved(ends, bends[0], |x| bend(&f, x));
                let there = sign(slope(&f, turn));
                if there * slopes[0] < 0 {
                    candidates.push((halved([ends[0], turn], slopes[0], |x| slope(&f, x)), true));
                    candidates.push((halved([turn, ends[1]], there, |x| slope(&f, x)), true));
                } else {
                    candidates.push((turn, false));
                }
            }
        }
        let mut refused = 0;
        for (x, is_crossed) in candidates {
            // What changes its sign again and again without a zero is rounding: f changes faster than its numbers.
            if refused > MOST_REFUSED {
                break;
            }
            let at = Vector2::new(x, 0.0);
            let (at, _) = search.without_noise(&lifted, at);
            let nature = PointNature::of(&lifted, at);
            refused += u32::from(is_crossed && !nature.is_critical);
            if nature.is_critical && !search.is_crowded() {
                let form = if !nature.smoothness.has_hessian() {
                    StationaryForm::Kink
                } else if nature.kind == PointKind::Inconclusive || f(at).hessian.m11 == 0.0 {
                    StationaryForm::Degenerate
                } else {
                    StationaryForm::Regular
                };
                search.add(&lifted, at, 0.0, (nature.kind, nature.index), form);
            }
        }
        for spot in &mut search.spots {
            spot.kind = spot.kind.univariate();
            spot.curvature = f(spot.at);
        }
        search
    }
}

/// By which part of a cell the places lie askew: points of symmetry tend to lie where an even lattice has its nodes.
const SHIFT: f64 = 0.381_966;

fn slope(f: &CurvatureAt<'_>, x: f64) -> f64 {
    f(Vector2::new(x, 0.0)).gradient.x
}

fn bend(f: &CurvatureAt<'_>, x: f64) -> f64 {
    f(Vector2::new(x, 0.0)).hessian.m11
}

/// The sign of a number: 0 for zero and for NaN.
fn sign(value: f64) -> i8 {
    i8::from(value > 0.0) - i8::from(value < 0.0)
}

/// Where a number changes its sign between two places, at the first of which it has the sign `first`.
fn halved([mut from, mut to]: [f64; 2], first: i8, value: impl Fn(f64) -> f64) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(from, to);
        if middle <= from || middle >= to {
            break;
        }
        match sign(value(middle)) {
            0 => return middle,
            there if there == first => from = middle,
            _ => to = middle,
        }
    }
    if value(from).abs() <= value(to).abs() { from } else { to }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::surfaces;
    use crate::formula::parsed_formula::ParsedFormula;
    use crate::objective::objective::Objective;
    use crate::spec::chosen::Chosen;
    use crate::spec::value::Value;

    fn found(text: &str) -> Vec<(f64, PointKind)> {
        let mut chosen = Chosen::with_defaults(surfaces::find("Formula").expect("known"));
        assert!(chosen.set("f", Value::Formula(ParsedFormula::read(text).expect("right"))));
        let objective = Objective::new(&chosen);
        assert!(objective.is_univariate());
        let search = StationarySearch::on_line(|p| objective.value_gradient_hessian(p), (-3.0, 3.0), 64);
        assert!(search.is_done() && search.progress() == 1.0);
        let mut found: Vec<_> = search.spots().iter().map(|spot| (spot.at.x, spot.kind)).collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0));
        for (x, kind) in &found {
            let nature = objective.nature(Vector2::new(*x, 5.0));
            assert!(nature.is_critical && nature.kind == *kind, "{text} at {x}: {nature:?}");
        }
        found
    }

    #[test]
    fn what_the_lectures_list_is_found() {
        use PointKind::{Inconclusive, Maximum, Minimum};
        let cases: &[(&str, &[(f64, PointKind)])] = &[
            ("x^2", &[(0.0, Minimum)]),
            ("3 - x^2", &[(0.0, Maximum)]),
            ("x^4", &[(0.0, Minimum)]),
            ("-x^4", &[(0.0, Maximum)]),
            ("x^3", &[(0.0, Inconclusive)]),
            ("(x - 1.25)^3", &[(1.25, Inconclusive)]),
            ("x^3 - 3*x", &[(-1.0, Maximum), (1.0, Minimum)]),
            ("(x^2 - 1)^2", &[(-1.0, Minimum), (0.0, Maximum), (1.0, Minimum)]),
            ("abs(x)", &[(0.0, Minimum)]),
            ("1 - abs(x - 0.5)", &[(0.5, Maximum)]),
            ("abs(x^2 - 1)", &[(-1.0, Minimum), (0.0, Maximum), (1.0, Minimum)]),
            ("sqrt(abs(x))", &[(0.0, Minimum)]),
            ("max(x, -2*x)", &[(0.0, Minimum)]),
            // Neither a pole nor what only comes near is critical.
            ("1/x", &[]),
            ("1/x^2", &[]),
            ("exp(x)", &[]),
            ("log(1 + exp(-x))", &[]),
            ("x + 2*abs(x - 1)/2", &[]),
            ("max(0, x - 1) + x", &[]),
            // A pair that is nearer together than two places of the lattice.
            ("x^3 - 3e-4*x", &[(-0.01, Maximum), (0.01, Minimum)]),
        ];
        for (text, wanted) in cases {
            let found = found(text);
            assert_eq!(found.len(), wanted.len(), "{text}: {found:?}");
            for ((x, kind), (place, wanted)) in found.iter().zip(*wanted) {
                assert!((x - place).abs() < 1e-9 && kind == wanted, "{text}: {found:?}");
            }
        }
        let found = found("sin(5*x)");
        assert_eq!(found.len(), 10, "{found:?}");
        for (index, (x, kind)) in found.iter().enumerate() {
            let place = (index as f64 - 4.5) * std::f64::consts::PI / 5.0;
            assert!((x - place).abs() < 1e-12);
            assert_eq!(*kind, if index % 2 == 0 { Minimum } else { Maximum }, "{x}");
        }
    }
}
