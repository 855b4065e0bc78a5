//! A surface's values on a regular grid: what contours and colours are made from.

use nalgebra::Vector2;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;

/// Values at the nodes of a regular grid over a view, row by row from the corner of the smallest
/// x and y. A value that is infinite or NaN is kept as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    view: View,
    columns: usize,
    rows: usize,
    values: Vec<f64>,
}

impl Grid {
    /// A grid of `columns` x `rows` nodes with nothing sampled yet: every value is NaN, a hole.
    /// [`Grid::fill_nodes`] samples it piece by piece, where the whole would take longer than a frame.
    pub fn blank(view: View, columns: usize, rows: usize) -> Self {
        Self { view, columns, rows, values: vec![f64::NAN; columns.saturating_mul(rows)] }
    }

    /// Samples the whole grid. Costs one evaluation for each node.
    pub fn sample(objective: &Objective, view: View, columns: usize, rows: usize) -> Self {
        let mut grid = Self::blank(view, columns, rows);
        grid.fill_nodes(objective, 0, columns.saturating_mul(rows));
        grid
    }

    /// Samples `count` nodes from node `from` on, row by row; what lies beyond the last is left out.
    /// For surfaces of which even a row takes long.
    pub fn fill_nodes(&mut self, objective: &Objective, from: usize, count: usize) {
        let end = from.saturating_add(count).min(self.values.len());
        let mut from = from;
        while from < end {
            let (row, column) = (from / self.columns, from % self.columns);
            let to = end.min((row + 1) * self.columns);
            let xs: Vec<f64> = (column..column + (to - from)).map(|column| self.x(column)).collect();
            let y = self.y(row);
            objective.row(&xs, y, &mut self.values[from..to]);
            from = to;
        }
    }

    /// A grid with the values of any function: for tests, and for quantities other than the loss.
    pub fn of(view: View, columns: usize, rows: usize, mut f: impl FnMut(f64, f64) -> f64) -> Self {
        let mut grid = Self::blank(view, columns, rows);
        for row in 0..rows {
            for column in 0..columns {
                grid.values[row * columns + column] = f(grid.x(column), grid.y(row));
            }
        }
        grid
    }

    /// The part of the plane that it covers, its border included.
    pub fn view(&self) -> View {
        self.view
    }

    /// How many nodes lie side by side.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// How many nodes lie one above the other.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// All values, row by row, smallest y first.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The values of one row, smallest x first; empty for a row that does not exist.
    pub fn row(&self, row: usize) -> &[f64] {
        let start = row.saturating_mul(self.columns);
        self.values.get(start..start.saturating_add(self.columns)).unwrap_or(&[])
    }

    /// The x of a column of nodes.
    pub fn x(&self, column: usize) -> f64 {
        node(self.view.x, column, self.columns)
    }

    /// The y of a row of nodes.
    pub fn y(&self, row: usize) -> f64 {
        node(self.view.y, row, self.rows)
    }

    /// Where a node lies in the plane.
    pub fn at(&self, column: usize, row: usize) -> Vector2<f64> {
        Vector2::new(self.x(column), self.y(row))
    }
}

/// The place of one of `count` nodes spread evenly from one end to the other. Written so that
/// the width of a huge view does not overflow, and so that both ends are met exactly.
fn node((min, max): (f64, f64), index: usize, count: usize) -> f64 {
    let t = if count > 1 { index as f64 / (count - 1) as f64 } else { 0.0 };
    min * (1.0 - t) + max * t
}

#[cfg(test)]
mod tests {
    use super::*;

    use thalweg_testing::objective;

    #[test]
    fn nodes_meet_the_corners_and_the_surface() {
        let objective = objective("Rosenbrock", &[]);
        let view = View { x: (-2.0, 2.0), y: (-1.0, 3.0) };
        let grid = Grid::sample(&objective, view, 33, 17);
        assert_eq!(grid.at(0, 0), Vector2::new(-2.0, -1.0));
        assert_eq!(grid.at(32, 16), Vector2::new(2.0, 3.0));
        for row in 0..17 {
            for column in 0..33 {
                assert_eq!(grid.row(row)[column], objective.value(grid.at(column, row)));
            }
        }
        let mut nodes = Grid::blank(view, 33, 17);
        for from in (0..33 * 17).step_by(50) {
            assert!(nodes.values()[from].is_nan());
            nodes.fill_nodes(&objective, from, 50);
        }
        assert_eq!(nodes, grid);
    }

    #[test]
    fn no_view_is_too_odd() {
        let objective = objective("Rosenbrock", &[]);
        let ends = [
            (0.0, 0.0),
            (1.0, 1.0 + f64::EPSILON),
            (2.0, -2.0),
            (-1e308, 1e308),
            (f64::MIN, f64::MAX),
            (-1e-320, 1e-320),
            (f64::NAN, 1.0),
            (f64::NEG_INFINITY, f64::INFINITY),
        ];
        for x in ends {
            for y in ends {
                for (columns, rows) in [(0, 0), (0, 5), (5, 0), (1, 1), (2, 2), (9, 7)] {
                    let grid = Grid::sample(&objective, View { x, y }, columns, rows);
                    assert_eq!(grid.values().len(), columns * rows);
                    assert!(grid.row(rows).is_empty());
                }
            }
        }
    }
}
