//! Where in the plane the Hessian is positive definite, and where gradient descent is stable.

use crate::field::grid::Grid;
use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;

/// The Hessian's eigenvalues on a regular grid, sampled piece by piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Regions {
    /// Where the nodes lie; the values are not used.
    places: Grid,
    /// Ascending, row by row; NaN where the Hessian is not finite.
    eigenvalues: Vec<[f64; 2]>,
}

impl Regions {
    /// A grid of `columns` by `rows` nodes over `view`, with nothing sampled yet.
    pub fn new(view: View, columns: usize, rows: usize) -> Self {
        Self { places: Grid::blank(view, columns, rows), eigenvalues: Vec::new() }
    }

    /// Samples on until all is done or `stop` says so; it is asked after each Hessian. Returns
    /// whether all is done.
    pub fn advance(&mut self, objective: &Objective, mut stop: impl FnMut() -> bool) -> bool {
        while !self.is_done() {
            let (place, columns) = (self.eigenvalues.len(), self.places.columns());
            let at = self.places.at(place % columns, place / columns);
            self.eigenvalues.push(Spectrum::of(&objective.value_gradient_hessian(at).hessian).values);
            if stop() {
                break;
            }
        }
        self.is_done()
    }

    /// Whether all is sampled.
    pub fn is_done(&self) -> bool {
        self.eigenvalues.len() >= self.places.values().len()
    }

    /// The part of the plane that it covers.
    pub fn view(&self) -> View {
        self.places.view()
    }

    /// The smaller eigenvalue: above zero where the Hessian is positive definite, so that the surface
    /// is convex there. NaN where nothing is sampled.
    pub fn definite(&self) -> Grid {
        self.margin(|[low, _]| low)
    }

    /// Above zero where gradient descent with the learning rate `lr`, which must be above zero, and this
    /// `weight_decay` is stable, |1 - lr·(λ + decay)| < 1 for both eigenvalues: by how much the one that
    /// is nearer to it keeps away from 0 or from 2/lr.
    pub fn stable(&self, lr: f64, weight_decay: f64) -> Grid {
        self.margin(|[low, high]| {
            let (above, below) = (low + weight_decay, 2.0 / lr - (high + weight_decay));
            // Not `min`, which would pass over NaN.
            if above < below { above } else { below }
        })
    }

    fn margin(&self, of: impl Fn([f64; 2]) -> f64) -> Grid {
        let mut eigenvalues = self.eigenvalues.iter();
        Grid::of(self.view(), self.places.columns(), self.places.rows(), |_, _| {
            eigenvalues.next().map_or(f64::NAN, |values| of(*values))
        })
    }

    /// The place of a node.
    pub fn at(&self, column: usize, row: usize) -> Vector2<f64> {
        self.places.at(column, row)
    }
}

/// How much of a view a region takes up, as far as its nodes tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionExtent {
    /// No node lies in it.
    Nowhere,
    /// Some do.
    Partly,
    /// All do.
    Everywhere,
}

impl RegionExtent {
    /// The extent of the region in which the values of a grid are above zero.
    pub fn of(grid: &Grid) -> Self {
        let within = grid.values().iter().filter(|margin| **margin > 0.0).count();
        match within {
            0 => Self::Nowhere,
            all if all == grid.values().len() => Self::Everywhere,
            _ => Self::Partly,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::contour::Contours;
    use thalweg_core::catalogue::surfaces;

    use thalweg_core::spec::chosen::Chosen;

    fn sampled(name: &str, view: View, nodes: usize) -> Regions {
        let objective = Objective::new(&Chosen::with_defaults(surfaces::find(name).expect("known")));
        let mut regions = Regions::new(view, nodes, nodes);
        assert!(regions.definite().values().iter().all(|value| value.is_nan()));
        let mut calls = 0;
        while !regions.advance(&objective, || true) {
            calls += 1;
        }
        assert_eq!(calls, nodes * nodes - 1);
        regions
    }

    /// x² - y² curves down everywhere, (x² + 100y²)/2 nowhere; at a rate above 2/100 it is stable nowhere.
    #[test]
    fn a_region_may_be_nowhere_or_everywhere() {
        let view = View::square(2.0);
        let (saddle, bowl) = (sampled("Saddle", view, 21), sampled("Quadratic", view, 21));
        let valley = sampled("Rosenbrock", View { x: (-1.5, 1.5), y: (-0.5, 2.5) }, 21);
        for (grid, expected) in [
            (saddle.definite(), RegionExtent::Nowhere),
            (bowl.definite(), RegionExtent::Everywhere),
            (valley.definite(), RegionExtent::Partly),
            (bowl.stable(0.0199, 0.0), RegionExtent::Everywhere),
            (bowl.stable(0.0201, 0.0), RegionExtent::Nowhere),
            (saddle.stable(0.1, 0.0), RegionExtent::Nowhere),
        ] {
            assert_eq!(RegionExtent::of(&grid), expected);
        }
    }

    /// Rosenbrock's Hessian has the determinant 80000 (x² - y) + 400 and a positive xx below the same
    /// line: it is positive definite below y = x² + 1/200.
    #[test]
    fn rosenbrock_is_convex_below_a_parabola() {
        let regions = sampled("Rosenbrock", View { x: (-1.5, 1.5), y: (-0.5, 2.5) }, 121);
        let definite = regions.definite();
        for row in 0..121 {
            for column in 0..121 {
                let p = definite.at(column, row);
                let below = p.y < p.x * p.x + 0.005;
                assert_eq!(definite.row(row)[column] > 0.0, below, "{p}");
            }
        }
        let border = Contours::trace(&definite, &[0.0]);
        assert!(border.points() > 100);
        for point in border.lines().flat_map(|line| line.points.to_vec()) {
            assert!((point.y - point.x * point.x - 0.005).abs() < 0.01, "{point}");
        }
    }

    /// On x⁴ - 16x² + 5x and the same of y, halved, the eigenvalues are 6x² - 16 and 6y² - 16.
    #[test]
    fn gradient_descent_is_stable_where_both_factors_are_below_one() {
        let regions = sampled("StyblinskiTang", View::square(4.5), 91);
        for (lr, decay) in [(0.01, 0.0), (0.03, 0.0), (0.03, 3.0), (1e-9, 0.0)] {
            let stable = regions.stable(lr, decay);
            for row in 0..91 {
                for column in 0..91 {
                    let p = regions.at(column, row);
                    let holds =
                        [p.x, p.y].iter().all(|x| (1.0 - lr * (6.0 * x * x - 16.0 + decay)).abs() < 1.0);
                    let margin = stable.row(row)[column];
                    assert!((margin > 0.0) == holds || margin.abs() < 1e-9, "{p}: {margin}");
                }
            }
        }
    }
}
