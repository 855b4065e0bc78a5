//! Which cells the known curves of critical points go through, so that whether a point is on one is soon told.

use super::curve::StationaryCurve;
use crate::math::within::Within;
use crate::objective::view::View;
use nalgebra::Vector2;
use std::collections::BTreeMap;

/// A part of a curve: both ends.
type Segment = [Vector2<f64>; 2];

/// The parts of curves by the cells in which they end.
#[derive(Clone, Debug, Default)]
pub(super) struct CurveMap(BTreeMap<[i64; 2], Vec<Segment>>);

/// The cell of a point, counted from the corner of the view.
fn key(at: Vector2<f64>, view: View, cell: Vector2<f64>) -> [i64; 2] {
    let place = (at - Vector2::new(view.x.0, view.y.0)).component_div(&cell);
    [place.x, place.y].map(|place| libm::floor(place) as i64)
}

impl CurveMap {
    /// Takes in a curve.
    pub fn add(&mut self, curve: &StationaryCurve, view: View, cell: Vector2<f64>) {
        for pair in curve.points.windows(2) {
            if let [from, to] = pair {
                let keys = [from, to].map(|end| key(*end, view, cell));
                self.0.entry(keys[0]).or_default().push([*from, *to]);
                if keys[1] != keys[0] {
                    self.0.entry(keys[1]).or_default().push([*from, *to]);
                }
            }
        }
    }

    /// Whether a curve comes within so many cells of a point.
    pub fn is_near(&self, at: Vector2<f64>, apart: f64, view: View, cell: Vector2<f64>) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let [x, y] = key(at, view, cell);
        let reach = libm::ceil(apart) as i64;
        let distance = |[from, to]: &Segment| {
            let [a, b] = [from, to].map(|end| (end - at).component_div(&cell));
            let along = b - a;
            let part = (-a.dot(&along) / along.norm_squared()).within(0.0, 1.0);
            if part.is_nan() { a.norm() } else { (a + along * part).norm() }
        };
        let keys = (-reach..=reach).flat_map(|up| (-reach..=reach).map(move |side| [x + side, y + up]));
        keys.filter_map(|key| self.0.get(&key)).flatten().any(|segment| distance(segment) <= apart)
    }
}
