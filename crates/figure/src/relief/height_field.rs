//! The surface as heights at the nodes of a lattice, with two triangles in each cell; what lies before what.

use crate::surface_sampler::SampledSurface;
use nalgebra::Vector2;
use thalweg_analysis::field::contour::Contours;
use thalweg_analysis::field::grid::Grid;
use thalweg_core::math::within::Within;
use thalweg_core::objective::view::View;

/// How many cells lie along each side.
pub const CELLS: usize = 96;
/// How many cells along each side share a bound of their height.
const BLOCK: usize = 8;
/// What rounding may do to a height.
const ROUNDING: f64 = 1e-9;

/// Heights from 0 to 1 over the unit square, NaN where there is none. A cell with a corner that has no height
/// is a hole.
#[derive(Clone, Debug, PartialEq)]
pub struct HeightField {
    heights: Vec<f64>,
    /// The greatest height in each block of cells.
    highest: Vec<f64>,
}

/// A straight line through the space above the unit square: where it is at t = 0, and how it goes on.
#[derive(Clone, Copy, Debug)]
struct Line {
    at: [f64; 2],
    way: [f64; 2],
    height: f64,
    rise: f64,
}

/// How many nodes lie along each side.
pub const NODES: usize = CELLS + 1;
const BLOCKS: usize = CELLS.div_ceil(BLOCK);

impl HeightField {
    /// Of the heights that `height` gives at each point of the unit square.
    pub fn of(height: impl Fn(Vector2<f64>) -> f64) -> Self {
        let part = |node: usize| node as f64 / CELLS as f64;
        let node = |index: usize| {
            let height = height(Vector2::new(part(index % NODES), part(index / NODES)));
            if height.is_finite() { height.within(0.0, 1.0) } else { f64::NAN }
        };
        let heights: Vec<f64> = (0..NODES * NODES).map(node).collect();
        let highest = (0..BLOCKS * BLOCKS).map(|block| {
            let rows = (block / BLOCKS * BLOCK)..=(block / BLOCKS * BLOCK + BLOCK).min(CELLS);
            let columns = (block % BLOCKS * BLOCK)..=(block % BLOCKS * BLOCK + BLOCK).min(CELLS);
            let nodes = rows.flat_map(|row| columns.clone().map(move |column| row * NODES + column));
            nodes.map(|node| heights[node]).fold(f64::NEG_INFINITY, f64::max)
        });
        let highest = highest.collect();
        Self { heights, highest }
    }

    /// Of what was sampled of a surface: as high as its shades are bright.
    pub fn of_shades(sampled: &SampledSurface) -> Self {
        let grid = &sampled.grid;
        let shades: Vec<f64> = grid.values().iter().map(|value| sampled.shade(*value)).collect();
        let [columns, rows] = [grid.columns(), grid.rows()];
        Self::of(|at| {
            let split = |part: f64, nodes: usize| {
                let place = part * (nodes - 1) as f64;
                let low = (place as usize).min(nodes.saturating_sub(2));
                (low, place - low as f64)
            };
            let ((column, across), (row, up)) = (split(at.x, columns), split(at.y, rows));
            // What counts for nothing may be a hole.
            let part = |value: f64, weight: f64| if weight > 0.0 { value * weight } else { 0.0 };
            let along = |row: usize| {
                let at = |column: usize| shades.get(row * columns + column).copied().unwrap_or(f64::NAN);
                part(at(column), 1.0 - across) + part(at(column + 1), across)
            };
            part(along(row), 1.0 - up) + part(along(row + 1), up)
        })
    }

    /// The lines of equal height on the unit square, at these heights in ascending order.
    pub fn contours(&self, heights: &[f64]) -> Contours {
        let unit = View { x: (0.0, 1.0), y: (0.0, 1.0) };
        let mut nodes = self.heights.iter().copied();
        let grid = Grid::of(unit, NODES, NODES, |_, _| nodes.next().unwrap_or(f64::NAN));
        Contours::trace(&grid, heights)
    }

    /// The points of all nodes, row by row, each with its height; NaN where it has none.
    pub fn nodes(&self) -> impl Iterator<Item = (Vector2<f64>, f64)> {
        let part = |node: usize| node as f64 / CELLS as f64;
        let at = move |index: usize| Vector2::new(part(index % NODES), part(index / NODES));
        self.heights.iter().enumerate().map(move |(index, height)| (at(index), *height))
    }

    /// The height of a node; NaN where it has none.
    pub fn node(&self, column: usize, row: usize) -> f64 {
        self.heights[row * NODES + column]
    }

    /// The heights of a cell's corners: at the lower left, lower right, upper right, upper left; none for a
    /// hole.
    pub fn cell(&self, column: usize, row: usize) -> Option<[f64; 4]> {
        self.square(column, row, 1)
    }

    /// The heights of the corners of a square of `size` by `size` cells, in the same order; none where a corner
    /// has no height.
    pub fn square(&self, column: usize, row: usize, size: usize) -> Option<[f64; 4]> {
        let at = |across: usize, up: usize| self.node(column + across * size, row + up * size);
        let corners = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
        corners.iter().all(|height| height.is_finite()).then_some(corners)
    }

    /// Whether a cell bends along the line from its lower left to its upper right corner: along the other
    /// one it would bend more.
    pub fn bends_up(corners: [f64; 4]) -> bool {
        (corners[0] - corners[2]).abs() <= (corners[1] - corners[3]).abs()
    }

    /// How much the height rises along both axes per whole side, at a node; flat where nothing is known.
    pub fn slope(&self, column: usize, row: usize) -> Vector2<f64> {
        let here = self.node(column, row);
        let along = |index: usize, at: &dyn Fn(usize) -> f64| {
            let ends = [index.checked_sub(1), Some((index + 1).min(CELLS))];
            let known = |end: Option<usize>| {
                let end = end.unwrap_or(index);
                if at(end).is_finite() { (at(end), end) } else { (here, index) }
            };
            let ((low, from), (high, to)) = (known(ends[0]), known(ends[1]));
            if to > from { (high - low) / (to - from) as f64 * CELLS as f64 } else { 0.0 }
        };
        let slope =
            Vector2::new(along(column, &|at| self.node(at, row)), along(row, &|at| self.node(column, at)));
        slope.map(|slope| if slope.is_finite() { slope } else { 0.0 })
    }

    /// The height at a point; none beyond the border and in a hole.
    pub fn height(&self, at: Vector2<f64>) -> Option<f64> {
        if !(at.x >= 0.0 && at.x <= 1.0 && at.y >= 0.0 && at.y <= 1.0) {
            return None;
        }
        let place = at * CELLS as f64;
        let [column, row] = [place.x, place.y].map(|place| (place as usize).min(CELLS - 1));
        let corners = self.cell(column, row)?;
        Some(within_cell(corners, place.x - column as f64, place.y - row as f64))
    }

    /// Whether the surface lies before a point at a height, on the way `way` per unit of height towards
    /// whoever looks, up to `rise` above the point.
    pub fn is_hidden(&self, at: Vector2<f64>, height: f64, way: Vector2<f64>, rise: f64) -> bool {
        let line = Line { at: at.into(), way: way.into(), height, rise: 1.0 };
        let mut is_hidden = false;
        // Where the line comes from a hole, it may be below the surface at once.
        self.follow(&line, rise, |[(_, from), (_, over)]| {
            is_hidden = from < -ROUNDING || over < -ROUNDING;
            is_hidden
        });
        is_hidden
    }

    /// Where a line of sight, looked along from above, meets the surface first; none where it does not. `at`
    /// is where the line is at height 0, `way` how it goes on upward.
    pub fn met(&self, at: Vector2<f64>, way: Vector2<f64>) -> Option<(Vector2<f64>, f64)> {
        // From a little above everything, to a little below.
        let (top, bottom) = (1.0 + 1e-6, -1e-6);
        let from = at + way * top;
        let line = Line { at: from.into(), way: (-way).into(), height: top, rise: -1.0 };
        let mut met = None;
        self.follow(&line, top - bottom, |[(from, over), (to, then)]| {
            let crosses = (over >= 0.0) != (then >= 0.0) || then == 0.0;
            if crosses {
                let part = if over == then { 1.0 } else { over / (over - then) };
                met = Some(from + (to - from) * part);
            }
            crosses
        });
        met.map(|t| {
            let height = top - t;
            ((at + way * height).map(|part| part.within(0.0, 1.0)), height)
        })
    }

    /// Follows a line from t = 0 to `end`, and shows the pieces of it that lie over or under one triangle: both
    /// ends, each with t and how far the line is above the surface. Pieces far above may be left out. Goes on
    /// until it is told that this is enough.
    fn follow(&self, line: &Line, end: f64, mut is_enough: impl FnMut([(f64, f64); 2]) -> bool) {
        let cells = CELLS as f64;
        let (at, way) = (line.at.map(|part| part * cells), line.way.map(|part| part * cells));
        // From border to border.
        let (mut t, mut end) = (0.0_f64, end);
        for axis in 0..2 {
            if way[axis] == 0.0 {
                if !(0.0..=cells).contains(&at[axis]) {
                    return;
                }
                continue;
            }
            let ends = [(0.0 - at[axis]) / way[axis], (cells - at[axis]) / way[axis]];
            t = t.max(ends[0].min(ends[1]));
            end = end.min(ends[0].max(ends[1]));
        }
        let nudge = 1e-9 / way[0].abs().max(way[1].abs()).max(1e-3);
        // When the line leaves a square of cells.
        let leaves = |first: [usize; 2], size: usize| {
            let leave = |axis: usize| {
                let low = first[axis] as f64;
                let border = if way[axis] > 0.0 { (low + size as f64).min(cells) } else { low };
                if way[axis] == 0.0 { f64::INFINITY } else { (border - at[axis]) / way[axis] }
            };
            leave(0).min(leave(1))
        };
        // Each turn leaves a cell; no line crosses more.
        for _ in 0..4 * CELLS {
            if t >= end {
                return;
            }
            let cell = [0, 1].map(|axis| {
                let place = at[axis] + way[axis] * (t + nudge);
                (place.max(0.0) as usize).min(CELLS - 1)
            });
            let over = |t: f64| line.height + line.rise * t;
            let block = cell.map(|index| index / BLOCK);
            let leaves_block = leaves(block.map(|block| block * BLOCK), BLOCK).max(t + nudge).min(end);
            if over(t).min(over(leaves_block)) > self.highest[block[1] * BLOCKS + block[0]] {
                t = leaves_block;
                continue;
            }
            let next = leaves(cell, 1).max(t + nudge).min(end);
            if let Some(corners) = self.cell(cell[0], cell[1]) {
                let above = |t: f64| {
                    let local = |axis: usize| at[axis] + way[axis] * t - cell[axis] as f64;
                    over(t) - within_cell(corners, local(0), local(1))
                };
                // Where it crosses the line along which the cell bends.
                let [x, y] = [0, 1].map(|axis| at[axis] - cell[axis] as f64);
                let bend = if HeightField::bends_up(corners) {
                    (y - x) / (way[0] - way[1])
                } else {
                    (1.0 - x - y) / (way[0] + way[1])
                };
                let here = (t, above(t));
                let pieces = if bend > t && bend < next {
                    let middle = (bend, above(bend));
                    [Some([here, middle]), Some([middle, (next, above(next))])]
                } else {
                    [Some([here, (next, above(next))]), None]
                };
                if pieces.into_iter().flatten().any(&mut is_enough) {
                    return;
                }
            }
            t = next;
        }
    }
}

/// The height within a cell, at parts of its sides from its lower left corner.
fn within_cell(corners: [f64; 4], x: f64, y: f64) -> f64 {
    let [a, b, c, d] = corners;
    if HeightField::bends_up(corners) {
        if x >= y { a + x * (b - a) + y * (c - b) } else { a + y * (d - a) + x * (c - d) }
    } else if x + y <= 1.0 {
        a + x * (b - a) + y * (d - a)
    } else {
        c + (1.0 - x) * (d - c) + (1.0 - y) * (b - c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(x: f64, y: f64) -> Vector2<f64> {
        Vector2::new(x, y)
    }

    /// A wall across, from x = 0.49 to 0.51, as high as 0.8.
    fn wall() -> HeightField {
        HeightField::of(|p| if (p.x - 0.5).abs() < 0.011 { 0.8 } else { 0.2 })
    }

    /// Behind the wall lies hidden what its shadow reaches: a line that rises by 1 over 0.5 of the side passes
    /// over a wall that is 0.6 higher from 0.3 on.
    #[test]
    fn a_wall_hides_what_lies_behind_it() {
        let (field, way) = (wall(), at(0.5, 0.0));
        let hides = |at, height, way| field.is_hidden(at, height, way, 1.0 - height);
        for (x, is_hidden) in
            [(0.1, false), (0.18, false), (0.22, true), (0.4, true), (0.6, false), (0.9, false)]
        {
            assert_eq!(hides(at(x, 0.3), 0.2, way), is_hidden, "{x}");
            // And the other way round.
            assert_eq!(hides(at(1.0 - x, 0.7), 0.2, -way), is_hidden, "{x}");
        }
        assert!(!hides(at(0.5, 0.3), 0.8, way), "its top is seen");
        assert!(!hides(at(0.4, 0.3), 0.9, way), "so is what hovers above it");
        assert!(hides(at(0.9, 0.3), 0.1, way), "what lies below the surface is not");
        assert!(!hides(at(0.3, 0.3), 0.2, at(0.0, 0.5)), "along the wall nothing is hidden");
    }

    #[test]
    fn holes_hide_nothing_and_have_no_height() {
        let field = HeightField::of(|p| match p {
            p if (p - at(0.5, 0.5)).norm() < 0.2 => f64::NAN,
            p if (p - at(0.5, 0.5)).norm() < 0.3 => 1.0,
            _ => 0.0,
        });
        assert_eq!(field.height(at(0.5, 0.5)), None);
        assert_eq!(field.height(at(1.1, 0.5)), None);
        assert_eq!(field.height(at(0.0, 1.0)), Some(0.0));
        assert!(field.is_hidden(at(0.15, 0.5), 0.0, at(0.5, 0.0), 1.0));
        // Through the hole, whose rim is all that is high, from the inside.
        assert_eq!(field.met(at(0.5, 0.5), at(0.01, 0.0)), None);
        assert_eq!(HeightField::of(|_| f64::INFINITY).met(at(0.5, 0.5), at(0.3, 0.1)), None);
    }

    fn waves(p: Vector2<f64>) -> f64 {
        0.5 + 0.4 * libm::sin(9.0 * p.x) * libm::cos(7.0 * p.y)
    }

    proptest! {
        /// What is seen at a place is met there, and what is met is seen.
        #[test]
        fn what_is_not_hidden_is_met(
            x in 0.0..=1.0_f64,
            y in 0.0..=1.0_f64,
            turn in 0.0..6.3_f64,
            reach in 0.05..3.0_f64,
        ) {
            let field = HeightField::of(waves);
            let way = at(reach * libm::cos(turn), reach * libm::sin(turn));
            let height = field.height(at(x, y)).unwrap_or(f64::NAN);
            let base = at(x, y) - way * height;
            let (point, found) = field.met(base, way).ok_or_else(|| TestCaseError::fail("met nothing"))?;
            prop_assert!((field.height(point).unwrap_or(f64::NAN) - found).abs() < 1e-6, "{point:?} {found}");
            if field.is_hidden(at(x, y), height, way, 1.0 - height) {
                prop_assert!(found > height - 1e-9, "{found} is before {height}");
            } else {
                prop_assert!((point - at(x, y)).norm() < 1e-5 * (1.0 + reach), "{point:?} {found} {height}");
            }
        }

        /// Block by block the same as step by step.
        #[test]
        fn blocks_change_nothing(
            x in 0.0..=1.0_f64,
            y in 0.0..=1.0_f64,
            turn in 0.0..6.3_f64,
            reach in 0.05..3.0_f64,
        ) {
            let field = HeightField::of(waves);
            let way = at(reach * libm::cos(turn), reach * libm::sin(turn));
            let height = field.height(at(x, y)).unwrap_or(f64::NAN);
            let steps = 20_000;
            let lowest = (1..=steps).filter_map(|step| {
                let rise = (1.0 - height) * f64::from(step) / f64::from(steps);
                Some(height + rise - field.height(at(x, y) + way * rise)?)
            });
            let lowest = lowest.fold(f64::INFINITY, f64::min);
            // Where it only just passes, or is gone before the first step, the steps may miss it.
            prop_assume!(lowest.is_finite() && lowest.abs() > 2e-3);
            prop_assert_eq!(field.is_hidden(at(x, y), height, way, 1.0 - height), lowest < 0.0, "{}", lowest);
        }
    }
}
