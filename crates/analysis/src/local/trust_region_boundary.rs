//! The border of where a second-order model can be trusted.

use super::taylor::{TRUST, TaylorModel};
use crate::field::contour::{Contour, Contours};
use crate::field::grid::Grid;
use nalgebra::Vector2;

/// So many cells around the point, trusted nodes are taken for joined to it.
const NEAR: usize = 2;

/// How far a surface keeps within the model's tolerance from above and from below, at each node: below
/// zero where it does. Where one passes through zero it passes smoothly, so that a border between nodes is
/// found well, also that of a tongue that is narrower than they are apart; how far the model is *off*, which is
/// the larger of the two, has a kink along its middle.
struct Margins {
    above: Grid,
    below: Grid,
}

impl Margins {
    fn of(model: &TaylorModel, surface: &Grid) -> Self {
        let margin = |sign: f64| {
            let mut truth = surface.values().iter();
            Grid::of(surface.view(), surface.columns(), surface.rows(), |x, y| {
                let truth = truth.next().copied().unwrap_or(f64::NAN);
                let (error, size) = model.error(Vector2::new(x, y) - model.at, truth);
                let margin = sign * error - TRUST * size;
                // Where f is not defined nothing can be trusted.
                if margin.is_finite() { margin } else { size }
            })
        };
        Self { above: margin(1.0), below: margin(-1.0) }
    }

    fn is_trusted(&self, node: usize) -> bool {
        self.above.values()[node] <= 0.0 && self.below.values()[node] <= 0.0
    }

    /// Which nodes are joined to the point by others that are trusted. The four around it always are, and
    /// the trusted ones within [`NEAR`] cells: in a narrow valley what is trusted may be two wedges that
    /// touch in the point alone.
    fn joined(&self, point: Vector2<f64>) -> Vec<bool> {
        let (columns, rows) = (self.above.columns(), self.above.rows());
        let mut joined = vec![false; columns * rows];
        let mut next: Vec<usize> = around(&self.above, point).collect();
        if let Some(first) = next.first() {
            let (column, row) = (first % columns, first / columns);
            let near = |at: usize, nodes: usize| at.saturating_sub(NEAR)..(at + 2 + NEAR).min(nodes);
            let nodes =
                near(row, rows).flat_map(|row| near(column, columns).map(move |at| row * columns + at));
            next.extend(nodes.filter(|node| self.is_trusted(*node)));
        }
        for node in &next {
            joined[*node] = true;
        }
        while let Some(node) = next.pop() {
            let (column, row) = (node % columns, node / columns);
            let sides = [
                (column > 0).then(|| node - 1),
                (column + 1 < columns).then(|| node + 1),
                (row > 0).then(|| node - columns),
                (row + 1 < rows).then(|| node + columns),
            ];
            for side in sides.into_iter().flatten() {
                if self.is_trusted(side) && !std::mem::replace(&mut joined[side], true) {
                    next.push(side);
                }
            }
        }
        joined
    }
}

/// The corners of the cell that a point lies in; none outside of the grid.
fn around(grid: &Grid, point: Vector2<f64>) -> impl Iterator<Item = usize> {
    let (view, columns, rows) = (grid.view(), grid.columns(), grid.rows());
    let cell = |(min, max): (f64, f64), nodes: usize, at: f64| {
        let place = (at - min) / (max - min) * nodes.saturating_sub(1) as f64;
        // The last node has no cell of its own.
        (place >= 0.0 && place <= nodes.saturating_sub(1) as f64)
            .then(|| (place as usize).min(nodes.saturating_sub(2)))
    };
    let cell = cell(view.x, columns, point.x).zip(cell(view.y, rows, point.y));
    cell.into_iter().flat_map(move |(column, row)| {
        [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(x, y)| (row + y) * columns + column + x)
    })
}

/// The border of the part of the plane around the model's point in which it is off by at most [`TRUST`] (see
/// [`TaylorModel::off`]), from the surface's values on a grid: not where it happens to be right again.
pub fn border(model: &TaylorModel, surface: &Grid) -> Contours {
    let margins = Margins::of(model, surface);
    let joined = margins.joined(model.at);
    let is_near =
        |line: Contour<'_>| line.points.iter().any(|point| around(surface, *point).any(|node| joined[node]));
    let mut border = Contours::trace(&margins.above, &[0.0]);
    border.append(Contours::trace(&margins.below, &[0.0]));
    border.retain(is_near);
    border
}

#[cfg(test)]
mod tests {
    use super::*;

    use thalweg_core::objective::objective::Objective;
    use thalweg_testing::{objective, typed};

    use thalweg_core::objective::view::View;

    /// (x² + 100 y²)/2 is its own model: there is no border.
    #[test]
    fn a_quadratic_is_right_everywhere() {
        let bowl = objective("Quadratic", &[]);
        let model = TaylorModel::of(&bowl, Vector2::new(-2.0, 1.3));
        assert_eq!(border(&model, &Grid::sample(&bowl, View::square(3.0), 41, 41)).points(), 0);
    }

    /// The points of a line at which the model is neither off by about a tenth nor by a tenth within a third of
    /// a cell of this width.
    fn astray(lines: &Contours, model: &TaylorModel, objective: &Objective, width: f64) -> usize {
        let is_astray = |point: &&Vector2<f64>| {
            let off = |x: f64, y: f64| {
                let there = **point + Vector2::new(x, y) * (width / 3.0);
                model.off(there - model.at, objective.value(there))
            };
            let around = [off(1.0, 0.0), off(-1.0, 0.0), off(0.0, 1.0), off(0.0, -1.0), off(0.0, 0.0)];
            let least = around.into_iter().fold(f64::INFINITY, f64::min);
            let most = around.into_iter().fold(0.0, f64::max);
            !(least <= TRUST && most >= TRUST || (off(0.0, 0.0) / TRUST - 1.0).abs() < 0.35)
        };
        let points: Vec<_> = lines.lines().flat_map(|line| line.points.to_vec()).collect();
        points.iter().filter(is_astray).count()
    }

    /// All along the border the model is off by a tenth, narrow tongues and corners included: no lattice
    /// shows in it, as it would if how far the model is off were drawn itself.
    #[test]
    fn the_border_lies_where_the_model_is_off_by_a_tenth() {
        let valley = objective("Rosenbrock", &[]);
        let view = View { x: (-3.1, 3.1), y: (-1.0, 3.0) };
        let truth = Grid::sample(&valley, view, 150, 150);
        let width = (view.x.1 - view.x.0) / 149.0;
        let mut raw = 0;
        for at in [[-1.2, 1.0], [0.3, 0.5]] {
            let model = TaylorModel::of(&valley, Vector2::from(at));
            let border = border(&model, &truth);
            assert!(border.points() > 100, "{at:?}");
            assert_eq!(astray(&border, &model, &valley, width), 0, "{at:?}");
            let mut truth = truth.values().iter();
            let off = Grid::of(view, 150, 150, |x, y| {
                let truth = truth.next().copied().unwrap_or(f64::NAN);
                model.off(Vector2::new(x, y) - model.at, truth)
            });
            raw += astray(&Contours::trace(&off, &[TRUST]), &model, &valley, width);
        }
        assert!(raw > 0, "the test sees the difference");
        // At the bottom of the valley the model is right in two wedges across it.
        let bottom = TaylorModel::of(&valley, Vector2::new(1.0, 1.0));
        let wedges = border(&bottom, &truth);
        let reach = |sign: f64| {
            let points = wedges.lines().flat_map(|line| line.points.to_vec());
            points.map(|point| sign * (point.x - 1.0)).fold(f64::NEG_INFINITY, f64::max)
        };
        assert!(reach(1.0) > 0.05 && reach(-1.0) > 0.05, "{} {}", reach(1.0), reach(-1.0));
    }

    /// A parabola may cross the curve again farther out: that is no trust.
    #[test]
    fn what_is_right_again_is_not_within() {
        let wave = typed("cos(3*x) + 0*y");
        let truth = Grid::sample(&wave, View::square(3.0), 201, 201);
        let model = TaylorModel::of(&wave, Vector2::new(0.4, 0.0));
        let margins = Margins::of(&model, &truth);
        let joined = margins.joined(model.at);
        let trusted = (0..201 * 201).filter(|node| margins.is_trusted(*node)).count();
        let within = joined.iter().filter(|joined| **joined).count();
        assert!(within > 20 && trusted > within + 20, "{within} {trusted}");
        let all =
            [&margins.above, &margins.below].map(|margin| Contours::trace(margin, &[0.0]).lines().len());
        let lines = border(&model, &truth).lines().len();
        assert!(lines > 0 && lines < all.iter().sum(), "{lines} {all:?}");
        // Of a point outside of the grid there is nothing to say.
        let far = TaylorModel::of(&wave, Vector2::new(7.0, 0.0));
        assert_eq!(border(&far, &truth).points(), 0);
    }

    /// Where the logarithm ends, trust does.
    #[test]
    fn what_is_not_defined_is_not_trusted() {
        let half = typed("log(x) + y^2");
        let truth = Grid::sample(&half, View::square(2.0), 81, 81);
        let border = border(&TaylorModel::of(&half, Vector2::new(0.4, 0.0)), &truth);
        assert!(border.points() > 20);
        assert!(border.lines().all(|line| line.points.iter().all(|point| point.x > -0.06)));
    }
}
