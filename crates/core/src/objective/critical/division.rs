//! The cells that a search looks at once more: how often the gradient turns around along their borders.

use super::kink::kink_point;
use super::search_part::SearchPart;
use super::settle::settle;
use super::{StationarySearch, is_level};
use crate::objective::derivatives::CurvatureAt;
use crate::objective::view::View;
use crate::objective::winding::winding;
use nalgebra::Vector2;

/// How often the cells of one search may be divided altogether.
const DIVISIONS: u32 = 4000;
/// How deep a cell is divided where pairs may hide, where one of several is missing, and where one is certain to be found.
const SHALLOW: u32 = 4;
const MIDDLE: u32 = 16;
const DEEP: u32 = 44;
/// How deep Newton's method is still tried.
const QUIET: u32 = 12;
/// Halfway along the sides of a part: south, east, north and west.
const PLACES: [[f64; 2]; 4] = [[0.5, 0.0], [1.0, 0.5], [0.5, 1.0], [0.0, 0.5]];

impl StationarySearch {
    /// Looks at the next cell, or at a part of the last.
    pub(super) fn visit_cell(&mut self, f: &CurvatureAt<'_>) {
        if let Some(part) = self.parts.pop() {
            self.visit_part(f, &part);
            return;
        }
        let (column, row) = (self.looked % self.cells, self.looked / self.cells);
        self.looked += 1;
        // Around the view there are nodes to see kinks by, and nothing to find.
        let [low, high] = [self.node(column, row), self.node(column + 1, row + 1)];
        let View { x, y } = self.view;
        if high.x < x.0 || high.y < y.0 || low.x > x.1 || low.y > y.1 {
            return;
        }
        let gradient = |column: usize, row: usize| self.nodes[row * (self.cells + 1) + column].gradient;
        let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(x, y)| gradient(column + x, row + y));
        if may_vanish(&corners) {
            self.parts.push(SearchPart {
                corner: self.node(column, row),
                size: self.cell,
                corners,
                depth: 0,
            });
        }
    }

    /// Compares the turns of the gradient around a part with what was found in it, and divides it where
    /// they differ.
    fn visit_part(&mut self, f: &CurvatureAt<'_>, part: &SearchPart) {
        let SearchPart { corner, size, corners, depth } = *part;
        let inside = |at: &Vector2<f64>| {
            let place = (at - corner).component_div(&size);
            (0.0..=1.0).contains(&place.x) && (0.0..=1.0).contains(&place.y)
        };
        let indices: Option<Vec<i32>> =
            self.spots.iter().filter(|spot| inside(&spot.at)).map(|spot| spot.index).collect();
        let Some(indices) = indices else { return };
        if self.is_on_curve(corner + size / 2.0, 1.0) {
            return;
        }
        let found: i32 = indices.iter().sum();
        // Halfway, to be more certain, and for the four parts.
        let look = |x: f64, y: f64| f(corner + size.component_mul(&Vector2::new(x, y)));
        let at = |x: f64, y: f64| look(x, y).gradient;
        let [a, b, c, d] = corners;
        let sides = PLACES.map(|[x, y]| look(x, y));
        let is_plain = |x: f64, y: f64| is_level(&look(x, y)) && is_level(&look(x + 0.01, y + 0.007));
        self.has_plain |= sides.iter().any(is_level) && PLACES.iter().any(|[x, y]| is_plain(*x, *y));
        let [south, east, north, west] = sides.map(|side| side.gradient);
        let Some(turns) = winding(&[a, south, b, east, c, north, d, west]) else { return };
        if turns == found && !indices.is_empty() {
            return;
        }
        let certain = turns != 0 && indices.is_empty();
        if certain && depth >= DEEP {
            let middle = corner + size / 2.0;
            // Where smooth pieces meet, the place is known better.
            self.take_kink(f, kink_point(f, middle, 1e-3, self.cell).unwrap_or(middle));
            return;
        }
        let deepest = match (certain, turns == found) {
            (true, _) => DEEP,
            // Of several so near to each other that the cell has them all, some are not found.
            (false, false) => MIDDLE,
            (false, true) => SHALLOW,
        };
        if depth >= deepest || self.divided >= DIVISIONS {
            return;
        }
        self.divided += 1;
        let half = size / 2.0;
        let middle = at(0.5, 0.5);
        self.has_plain |= middle == Vector2::zeros() && is_plain(0.5, 0.5);
        for (x, y, corners) in [
            (0.0, 0.0, [a, south, middle, west]),
            (0.5, 0.0, [south, b, east, middle]),
            (0.5, 0.5, [middle, east, c, north]),
            (0.0, 0.5, [west, middle, north, d]),
        ] {
            let corner = corner + size.component_mul(&Vector2::new(x, y));
            let holds = |at: &Vector2<f64>| {
                let place = (at - corner).component_div(&half);
                (0.0..=1.0).contains(&place.x) && (0.0..=1.0).contains(&place.y)
            };
            // Beside what is found there may be another, which the corners do not show.
            let is_short = turns != found && self.spots.iter().any(|spot| holds(&spot.at));
            if may_vanish(&corners) || is_short {
                // What is smooth has settled by then; next to a tip anything may seem to.
                let settled = (depth < QUIET).then(|| settle(f, corner + half / 2.0, half));
                if let Some(settled) = settled.flatten() {
                    self.take(f, &settled);
                }
                self.parts.push(SearchPart { corner, size: half, corners, depth: depth + 1 });
            }
        }
    }
}

/// Whether both components of a field have both signs at the corners of a cell.
fn may_vanish(corners: &[Vector2<f64>; 4]) -> bool {
    let both = |axis: usize| {
        let parts = corners.map(|corner| corner[axis]);
        parts.iter().any(|part| *part < 0.0) && parts.iter().any(|part| *part > 0.0)
    };
    corners.iter().all(|corner| corner.x.is_finite() && corner.y.is_finite()) && both(0) && both(1)
}
