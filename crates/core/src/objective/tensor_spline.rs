//! A bicubic spline through the nodes of a grid: twice continuously differentiable, and in each cell one polynomial.
//!
//! Along each axis it is the not-a-knot spline, whose third derivative has no jump at the first and the last inner node:
//! de Boor, *A Practical Guide to Splines* (2001), chapters IV and XVII; what `scipy.interpolate.RectBivariateSpline`
//! gives without smoothing.

use crate::data::loss_grid::LossGrid;
use crate::math::number::Number;

/// A bicubic spline through the nodes of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct TensorSpline {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// Of each cell, row by row, the coefficients of uⁱ·vʲ at 4·j + i, u and v being the parts of the way through it.
    cells: Vec<[f64; 16]>,
}

/// What is read of a cell: where it begins and how wide it is along both axes, and its polynomial.
const READ: usize = 20;

impl TensorSpline {
    /// The spline through the nodes of `grid`; none where [`LossGrid::fault`] says what is wrong with it, or where the nodes
    /// are so unevenly spaced that its coefficients are no numbers.
    pub fn new(grid: &LossGrid) -> Option<Self> {
        if grid.fault().is_some() {
            return None;
        }
        let LossGrid { xs, ys, values, .. } = grid;
        let (columns, rows) = (xs.len(), ys.len());
        let along_rows =
            |of: &[f64]| -> Vec<f64> { of.chunks(columns).flat_map(|row| slopes(xs, row)).collect() };
        let across = |of: &[f64]| -> Vec<f64> {
            let mut found = vec![0.0; of.len()];
            for column in 0..columns {
                let line: Vec<f64> = of.iter().skip(column).step_by(columns).copied().collect();
                for (row, slope) in slopes(ys, &line).into_iter().enumerate() {
                    found[row * columns + column] = slope;
                }
            }
            found
        };
        let fx = along_rows(values);
        let (fy, fxy) = (across(values), across(&fx));
        let mut cells = Vec::with_capacity((columns - 1) * (rows - 1));
        for row in 0..rows - 1 {
            for column in 0..columns - 1 {
                let (hx, hy) = (xs[column + 1] - xs[column], ys[row + 1] - ys[row]);
                // The rows of the cell's lower and upper edge: values and slopes at its corners.
                let edge = |of: &[f64], slope: &[f64], at: usize| {
                    let at = at * columns + column;
                    hermite([of[at], of[at + 1], slope[at] * hx, slope[at + 1] * hx])
                };
                let [low, high] = [row, row + 1].map(|at| edge(values, &fx, at));
                let [low_slope, high_slope] = [row, row + 1].map(|at| edge(&fy, &fxy, at));
                let mut cell = [0.0; 16];
                for i in 0..4 {
                    let across = hermite([low[i], high[i], low_slope[i] * hy, high_slope[i] * hy]);
                    for j in 0..4 {
                        cell[4 * j + i] = across[j];
                    }
                }
                cells.push(cell);
            }
        }
        let is_finite = cells.iter().flatten().all(|number: &f64| number.is_finite());
        is_finite.then(|| Self { xs: xs.clone(), ys: ys.clone(), cells })
    }

    /// Where its data lie: the smallest and the largest x, and y.
    pub fn extent(&self) -> [(f64, f64); 2] {
        [&self.xs, &self.ys].map(|nodes| {
            let first = nodes.first().copied().unwrap_or(f64::NAN);
            (first, nodes.last().copied().unwrap_or(f64::NAN))
        })
    }

    /// The spline at (x, y); NaN where the data end.
    #[inline(always)]
    pub fn at<T: Number>(&self, x: T, y: T) -> T {
        let read: [T; READ] = x.lookup(y, &|x, y| self.read(x, y));
        let u = (x - read[0]) / read[1];
        let v = (y - read[2]) / read[3];
        let row = |j: usize| {
            let at = 4 + 4 * j;
            ((read[at + 3] * u + read[at + 2]) * u + read[at + 1]) * u + read[at]
        };
        ((row(3) * v + row(2)) * v + row(1)) * v + row(0)
    }

    /// What [`TensorSpline::at`] reads of the cell at (x, y).
    fn read(&self, x: f64, y: f64) -> [f64; READ] {
        let mut read = [f64::NAN; READ];
        let (Some(column), Some(row)) = (interval(&self.xs, x), interval(&self.ys, y)) else { return read };
        let Some(cell) = self.cells.get(row * (self.xs.len() - 1) + column) else { return read };
        read[0] = self.xs[column];
        read[1] = self.xs[column + 1] - self.xs[column];
        read[2] = self.ys[row];
        read[3] = self.ys[row + 1] - self.ys[row];
        read[4..].copy_from_slice(cell);
        read
    }
}

/// Between which of the nodes `at` lies: the place of the first of the two.
fn interval(nodes: &[f64], at: f64) -> Option<usize> {
    let (first, last) = (nodes.first()?, nodes.last()?);
    if !(*first <= at && at <= *last) {
        return None;
    }
    let above = nodes.partition_point(|node| *node <= at);
    Some(above.saturating_sub(1).min(nodes.len().saturating_sub(2)))
}

/// The cubic over the part of the way with these values and slopes at 0 and 1: the coefficients of 1, u, u², u³.
fn hermite([low, high, low_slope, high_slope]: [f64; 4]) -> [f64; 4] {
    let rise = high - low;
    [low, low_slope, 3.0 * rise - 2.0 * low_slope - high_slope, low_slope + high_slope - 2.0 * rise]
}

/// The slopes at the nodes of the not-a-knot spline with these values there; at least four nodes.
fn slopes(nodes: &[f64], values: &[f64]) -> Vec<f64> {
    let count = nodes.len();
    let width: Vec<f64> = nodes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let rise: Vec<f64> =
        values.windows(2).zip(&width).map(|(pair, width)| (pair[1] - pair[0]) / width).collect();
    // Below, on and above the diagonal, and the right side.
    let mut equations = vec![[0.0; 4]; count];
    for at in 1..count - 1 {
        let (before, after) = (width[at - 1], width[at]);
        let right = 3.0 * (after * rise[at - 1] + before * rise[at]);
        equations[at] = [after, 2.0 * (before + after), before, right];
    }
    // At an end with a first and a second interval: one cubic over both.
    let end = |first: f64, second: f64, first_rise: f64, second_rise: f64| {
        let both = first + second;
        let right = ((first + 2.0 * both) * second * first_rise + first * first * second_rise) / both;
        (second, both, right)
    };
    let (on, above, right) = end(width[0], width[1], rise[0], rise[1]);
    equations[0] = [0.0, on, above, right];
    let last = count - 2;
    let (on, below, right) = end(width[last], width[last - 1], rise[last], rise[last - 1]);
    equations[count - 1] = [below, on, 0.0, right];
    for at in 1..count {
        let [_, on, above, right] = equations[at - 1];
        let part = equations[at][0] / on;
        equations[at][1] -= part * above;
        equations[at][3] -= part * right;
    }
    let mut found = vec![0.0; count];
    for at in (0..count).rev() {
        let [_, on, above, right] = equations[at];
        let next = found.get(at + 1).copied().unwrap_or(0.0);
        found[at] = (right - above * next) / on;
    }
    found
}

#[cfg(test)]
mod tests;
