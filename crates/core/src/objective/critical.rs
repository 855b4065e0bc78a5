//! The search for the critical points of any function of the plane within a view.
//!
//! From each node of a lattice Newton's method looks for a zero of the gradient nearby. Then each cell is
//! asked how often the gradient turns around along its border: that number is the sum of the indices of
//! the critical points inside (+1 for a minimum or maximum, -1 for a saddle; Milnor, *Topology from the
//! Differentiable Viewpoint*, section 6). Where it does not fit what was found, the cell is divided. So a
//! point that stands alone in its cell is found, also where f has a tip and no gradient; of a pair closer
//! together than a cell both may be missed. It is a search by sampling, not a proof.

mod settle;
mod tip;

use super::critical_point::PointKind;
use super::derivatives::ValueGradientHessian;
use super::view::View;
use nalgebra::Vector2;
use settle::{NewtonStep, Settled, is_nearly_singular, level_direction, settle};
use tip::{kind_of_tip, winding};

/// What a spot is like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StationaryKind {
    /// A critical point with no other one beside it.
    Isolated,
    /// A critical point with no other one beside it, around which the gradient vanishes so fast that the
    /// Hessian must be singular there.
    Degenerate,
    /// One of a whole line of critical points: the floor of a valley, the top of a ridge.
    Line,
    /// A point of this kind at which f has no gradient: a cone's tip.
    Tip(PointKind),
}

/// A place where the gradient vanishes, or f has a tip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StationaryPoint {
    /// Where.
    pub at: Vector2<f64>,
    /// Value, gradient and Hessian there; the last two may not be finite at a tip.
    pub curvature: ValueGradientHessian,
    /// What it is like.
    pub nature: StationaryKind,
}

impl StationaryPoint {
    /// +1 for a minimum or maximum, -1 for a saddle; none where the Hessian does not tell.
    fn index(&self) -> Option<i32> {
        match self.nature {
            StationaryKind::Isolated if is_nearly_singular(&self.curvature.hessian) => None,
            StationaryKind::Isolated => Some(if self.curvature.hessian.determinant() > 0.0 { 1 } else { -1 }),
            StationaryKind::Tip(PointKind::Minimum | PointKind::Maximum) => Some(1),
            StationaryKind::Tip(PointKind::Saddle) => Some(-1),
            StationaryKind::Degenerate
            | StationaryKind::Line
            | StationaryKind::Tip(PointKind::Inconclusive) => None,
        }
    }
}

/// No more spots than this are looked for: beyond, the view is too large for them.
const MOST: usize = 1000;
/// How often the cells of one search may be divided altogether.
const DIVISIONS: u32 = 4000;
/// How deep a cell is divided where pairs may hide, and where one is certain to be found.
const SHALLOW: u32 = 4;
const DEEP: u32 = 44;
/// How deep Newton's method is still tried.
const QUIET: u32 = 12;

/// A cell, or a part of one, that is looked at once more.
#[derive(Clone, Copy, Debug)]
struct SearchPart {
    corner: Vector2<f64>,
    size: Vector2<f64>,
    /// The gradients at its corners, counterclockwise from the south-west.
    corners: [Vector2<f64>; 4],
    depth: u32,
}

/// A search under way: a plain value that is the same however it was cut into pieces.
#[derive(Clone, Debug)]
pub struct StationarySearch {
    view: View,
    /// How many cells there are along each side; none of a view that is not one.
    cells: usize,
    cell: Vector2<f64>,
    divides: bool,
    /// The gradient at each node so far, row by row; NaN where f or it is not defined.
    gradients: Vec<Vector2<f64>>,
    /// The cells that have been looked at, but for these parts.
    looked: usize,
    parts: Vec<SearchPart>,
    divided: u32,
    flat: usize,
    spots: Vec<StationaryPoint>,
}

impl StationarySearch {
    /// A search with cells of which `cells` lie side by side in `view`, and above each other.
    pub fn new(view: View, cells: usize) -> Self {
        let width = |(min, max): (f64, f64)| (max - min) / cells as f64;
        let cell = Vector2::new(width(view.x), width(view.y));
        let sane = cell.x > 0.0 && cell.y > 0.0 && cell.x.is_finite() && cell.y.is_finite();
        Self {
            view,
            // One more, for the lattice begins before the view.
            cells: if sane { cells + 1 } else { 0 },
            cell,
            divides: true,
            gradients: Vec::new(),
            looked: 0,
            parts: Vec::new(),
            divided: 0,
            flat: 0,
            spots: Vec::new(),
        }
    }

    /// A quicker one, which does not look again at what Newton's method may have missed.
    pub fn quick(view: View, cells: usize) -> Self {
        Self { divides: false, ..Self::new(view, cells) }
    }

    /// The searched part of the plane.
    pub fn view(&self) -> View {
        self.view
    }

    /// What was found so far, in no special order.
    pub fn spots(&self) -> &[StationaryPoint] {
        &self.spots
    }

    /// How much is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        let all = self.nodes() + if self.divides { self.cells.pow(2) } else { 0 };
        if self.is_done() { 1.0 } else { (self.gradients.len() + self.looked) as f64 / all as f64 }
    }

    /// Whether all that can be found in this way is found.
    pub fn is_done(&self) -> bool {
        let to_look = if self.divides { self.cells.pow(2) } else { 0 };
        let all = self.gradients.len() >= self.nodes() && self.looked >= to_look;
        all && self.parts.is_empty() || self.is_crowded()
    }

    fn nodes(&self) -> usize {
        if self.cells > 0 { (self.cells + 1).pow(2) } else { 0 }
    }

    /// Whether there are more points than a search takes in; it has stopped there.
    pub fn is_crowded(&self) -> bool {
        self.spots.len() >= MOST
    }

    /// The part of the lattice on which gradient and Hessian are exactly zero, from 0 to 1: a plain,
    /// of which every point is critical and none is listed.
    pub fn flat_part(&self) -> f64 {
        self.flat as f64 / self.gradients.len().max(1) as f64
    }

    /// Searches on in `f`, which must be the same at every call, until all is done or `stop` says so;
    /// it is asked after some evaluations. Returns whether all is done.
    pub fn advance(
        &mut self,
        f: impl Fn(Vector2<f64>) -> ValueGradientHessian,
        mut stop: impl FnMut() -> bool,
    ) -> bool {
        while !self.is_done() {
            if self.gradients.len() < self.nodes() {
                self.visit_node(&f);
            } else {
                self.visit_cell(&f);
            }
            if stop() {
                break;
            }
        }
        self.is_done()
    }

    /// A node of the lattice. It lies askew over the view, for points and lines of symmetry tend to lie
    /// where an even one has its nodes, and of a gradient that vanishes there the sign tells nothing.
    fn node(&self, column: usize, row: usize) -> Vector2<f64> {
        const SHIFT: [f64; 2] = [0.381_966, 0.618_034];
        let place = Vector2::new(column as f64 - SHIFT[0], row as f64 - SHIFT[1]);
        Vector2::new(self.view.x.0, self.view.y.0) + self.cell.component_mul(&place)
    }

    fn visit_node(&mut self, f: &impl Fn(Vector2<f64>) -> ValueGradientHessian) {
        let place = self.gradients.len();
        let at = self.node(place % (self.cells + 1), place / (self.cells + 1));
        let ValueGradientHessian { value, gradient, hessian, .. } = f(at);
        let defined = value.is_finite() && gradient.x.is_finite() && gradient.y.is_finite();
        self.gradients.push(if defined { gradient } else { Vector2::repeat(f64::NAN) });
        if !value.is_finite() {
            return;
        }
        if !defined {
            // The lattice may meet a tip exactly. A saddle cannot be told from a ridge's foot there.
            let kind = kind_of_tip(f, at, self.cell).filter(|kind| *kind != PointKind::Saddle);
            if let Some(kind) = kind {
                self.add(f, at, StationaryKind::Tip(kind), 1e-6);
            }
        } else if gradient == Vector2::zeros() && hessian.iter().all(|entry| *entry == 0.0) {
            self.flat += 1;
            // A single point may be flat too: the middle of a fourth power.
            let level = |offset: [f64; 2]| {
                f(at + self.cell.component_mul(&Vector2::from(offset))).gradient == Vector2::zeros()
            };
            if ![[0.3, 0.1], [-0.1, 0.3], [-0.3, -0.1], [0.1, -0.3]].into_iter().any(level) {
                self.add(f, at, StationaryKind::Degenerate, 1e-3);
            }
        } else if let Some(settled) = settle(f, at, self.cell, NewtonStep::Full) {
            self.take(f, &settled);
        }
    }

    /// Takes in what Newton's method has found, unless it is known.
    fn take(&mut self, f: &impl Fn(Vector2<f64>) -> ValueGradientHessian, settled: &Settled) {
        let singular = settled.slow || is_nearly_singular(&settled.curvature.hessian);
        let apart = if singular { 1e-3 } else { 1e-6 };
        if self.knows(settled.at, apart) {
            return;
        }
        let nature = if singular && self.goes_on(f, settled) {
            StationaryKind::Line
        } else if settled.slow {
            StationaryKind::Degenerate
        } else {
            StationaryKind::Isolated
        };
        self.add(f, settled.at, nature, if nature == StationaryKind::Line { 0.5 } else { apart });
    }

    /// Whether there are critical points on both sides of one, along the direction in which the surface
    /// does not curve: a line of them.
    fn goes_on(&self, f: &impl Fn(Vector2<f64>) -> ValueGradientHessian, from: &Settled) -> bool {
        let units = |v: Vector2<f64>| v.component_div(&self.cell);
        let directions = level_direction(&from.curvature.hessian).into_iter().chain([
            Vector2::x(),
            Vector2::y(),
            Vector2::new(1.0, 1.0),
            Vector2::new(1.0, -1.0),
        ]);
        let side = |step: Vector2<f64>| {
            let found = settle(f, from.at + step, self.cell * 0.25, NewtonStep::Across);
            found.is_some_and(|found| {
                units(found.at - from.at).amax() >= 0.1
                    && (found.slow || is_nearly_singular(&found.curvature.hessian))
            })
        };
        directions.take(if from.slow { 5 } else { 1 }).any(|direction| {
            let step = direction * (0.3 / units(direction).amax());
            side(step) && side(-step)
        })
    }

    fn knows(&self, at: Vector2<f64>, apart: f64) -> bool {
        self.spots.iter().any(|spot| {
            let apart = if spot.nature == StationaryKind::Line { apart.max(0.5) } else { apart };
            (spot.at - at).component_div(&self.cell).amax() <= apart
        })
    }

    /// Adds a spot, if it lies in the view and none is known within `apart` cells.
    fn add(
        &mut self,
        f: &impl Fn(Vector2<f64>) -> ValueGradientHessian,
        at: Vector2<f64>,
        nature: StationaryKind,
        apart: f64,
    ) {
        let at = self.shortened(f, at);
        let inside = |(min, max): (f64, f64), value: f64, cell: f64| {
            (min - 1e-9 * cell..=max + 1e-9 * cell).contains(&value)
        };
        if inside(self.view.x, at.x, self.cell.x)
            && inside(self.view.y, at.y, self.cell.y)
            && !self.knows(at, apart)
        {
            self.spots.push(StationaryPoint { at, curvature: f(at), nature });
        }
    }

    /// The point with fewer digits, where that is as good: (1, 1) and not (0.99999999999999989, 1).
    fn shortened(&self, f: &impl Fn(Vector2<f64>) -> ValueGradientHessian, at: Vector2<f64>) -> Vector2<f64> {
        let digits = -libm::floor(libm::log10(1e-11 * self.cell.min()));
        if !(1.0..=22.0).contains(&digits) {
            return at;
        }
        let power = (0..digits as u32).fold(1.0, |power, _| power * 10.0);
        let [x, y] = [at.x, at.y].map(|coordinate| libm::rint(coordinate * power) / power + 0.0);
        let here = f(at).gradient.norm();
        let as_good = |short: &Vector2<f64>| {
            let ValueGradientHessian { value, gradient, .. } = f(*short);
            // At the tip of a cone there is no gradient, and around it there is.
            gradient.norm() <= here || (gradient.norm().is_nan() && value.is_finite())
        };
        let shorter = [Vector2::new(x, y), Vector2::new(x, at.y), Vector2::new(at.x, y)];
        shorter.into_iter().find(as_good).unwrap_or(at)
    }

    /// Looks at the next cell, or at a part of the last.
    fn visit_cell(&mut self, f: &impl Fn(Vector2<f64>) -> ValueGradientHessian) {
        if let Some(part) = self.parts.pop() {
            self.visit_part(f, &part);
            return;
        }
        let (column, row) = (self.looked % self.cells, self.looked / self.cells);
        self.looked += 1;
        let gradient = |column: usize, row: usize| self.gradients[row * (self.cells + 1) + column];
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
    fn visit_part(&mut self, f: &impl Fn(Vector2<f64>) -> ValueGradientHessian, part: &SearchPart) {
        let SearchPart { corner, size, corners, depth } = *part;
        let inside = |spot: &&StationaryPoint| {
            let place = (spot.at - corner).component_div(&size);
            (0.0..=1.0).contains(&place.x) && (0.0..=1.0).contains(&place.y)
        };
        let indices: Option<Vec<i32>> =
            self.spots.iter().filter(inside).map(StationaryPoint::index).collect();
        let Some(indices) = indices else { return };
        let found: i32 = indices.iter().sum();
        // Halfway, to be more certain, and for the four parts.
        let at = |x: f64, y: f64| f(corner + size.component_mul(&Vector2::new(x, y))).gradient;
        let [a, b, c, d] = corners;
        let [south, east, north, west] = [at(0.5, 0.0), at(1.0, 0.5), at(0.5, 1.0), at(0.0, 0.5)];
        let Some(turns) = winding(&[a, south, b, east, c, north, d, west]) else { return };
        if turns == found && !indices.is_empty() {
            return;
        }
        let certain = turns != 0 && indices.is_empty();
        if certain && depth >= DEEP {
            let middle = corner + size / 2.0;
            if let Some(kind) = kind_of_tip(f, middle, self.cell) {
                self.add(f, middle, StationaryKind::Tip(kind), 1e-6);
            }
            return;
        }
        if depth >= if certain { DEEP } else { SHALLOW } || self.divided >= DIVISIONS {
            return;
        }
        self.divided += 1;
        let half = size / 2.0;
        let middle = at(0.5, 0.5);
        for (x, y, corners) in [
            (0.0, 0.0, [a, south, middle, west]),
            (0.5, 0.0, [south, b, east, middle]),
            (0.5, 0.5, [middle, east, c, north]),
            (0.0, 0.5, [west, middle, north, d]),
        ] {
            if may_vanish(&corners) {
                let corner = corner + size.component_mul(&Vector2::new(x, y));
                // What is smooth has settled by then; next to a tip anything may seem to.
                let settled = (depth < QUIET).then(|| settle(f, corner + half / 2.0, half, NewtonStep::Full));
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

#[cfg(test)]
#[path = "critical/tests.rs"]
mod tests;
