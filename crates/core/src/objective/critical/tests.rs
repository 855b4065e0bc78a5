//! The search for zeros of the gradient, on surfaces whose zeros are known.

use super::*;
use crate::catalogue::surfaces;
use crate::objective::critical_point::PointKind;
use crate::objective::objective::Objective;
use crate::spec::chosen::Chosen;

fn search(objective: &Objective, view: View) -> StationarySearch {
    if objective.is_univariate() {
        return StationarySearch::on_line(|p| objective.value_gradient_hessian(p), view.x, 64);
    }
    let mut search = StationarySearch::new(view, 64);
    assert!(search.advance(|p| objective.value_gradient_hessian(p), || false));
    search
}

/// Every known point of every surface is found again, none twice, and what is found is critical.
#[test]
fn known_points_are_found_again() {
    for &surface in surfaces::ALL {
        let objective = Objective::new(&Chosen::with_defaults(surface));
        let search = search(&objective, surface.view);
        let View { x, y } = surface.view;
        for known in objective.critical_points() {
            if !((x.0..=x.1).contains(&known.at.x) && (y.0..=y.1).contains(&known.at.y)) {
                continue;
            }
            let near = search.spots().iter().filter(|spot| (spot.at - known.at).norm() < 1e-7);
            let near: Vec<_> = near.collect();
            assert_eq!(near.len(), 1, "{}: {:?} among {:?}", surface.name, known, search.spots());
            if known.kind == PointKind::Minimum {
                assert!(near[0].index.is_none_or(|index| index == 1), "{}: {near:?}", surface.name);
            }
        }
    }
}

/// However it is cut into pieces, and whatever the view.
#[test]
fn pieces_give_the_same_and_no_view_is_too_odd() {
    let objective = Objective::new(&Chosen::with_defaults(surfaces::find("Himmelblau").expect("known")));
    let f = |p| objective.value_gradient_hessian(p);
    let whole = search(&objective, View::square(5.0));
    let mut pieces = StationarySearch::new(View::square(5.0), 64);
    let (mut calls, mut last) = (0, 0.0);
    while !pieces.advance(f, || true) {
        assert!(pieces.progress() >= last && pieces.progress() < 1.0);
        (calls, last) = (calls + 1, pieces.progress());
    }
    assert!(calls > 8000 && pieces.progress() == 1.0);
    assert_eq!(pieces.spots(), whole.spots());
    let ends = [(0.0, 0.0), (1.0, 1.0 + f64::EPSILON), (2.0, -2.0), (-1e308, 1e308), (f64::NAN, 1.0)];
    for x in ends {
        for y in ends {
            let mut search = StationarySearch::new(View { x, y }, 16);
            assert!(search.advance(f, || false) && search.progress() == 1.0);
        }
    }
}

/// Down a narrow slanted valley the lowest node of the lattice may lie many cells from the bottom: what is found from
/// there is what is known already, and no tip.
#[test]
fn the_bottom_of_a_narrow_valley_is_found_once() {
    let mut bowl = Chosen::with_defaults(surfaces::find("Quadratic").expect("known"));
    for (key, value) in [("kappa", 100.0), ("angle", 30.0)] {
        assert!(bowl.set(key, crate::spec::value::Value::Number(value)), "{key}");
    }
    let objective = Objective::new(&bowl);
    for k in 0..60 {
        let (x, y) = (2.05 + 0.05 * f64::from(k), 2.0365 + 0.0365 * f64::from(k));
        let search = search(&objective, View { x: (-x, x), y: (-y, y) });
        let spots: Vec<_> = search.spots().iter().map(|spot| (spot.at, spot.form)).collect();
        assert_eq!(spots, [(Vector2::zeros(), StationaryForm::Regular)], "within {x}, {y}");
    }
}
