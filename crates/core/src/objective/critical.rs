//! The search for the critical points of any function of the plane within a view.
//!
//! From each node of a lattice Newton's method looks for a zero of the gradient nearby. Then each cell is
//! asked how often the gradient turns around along its border: that number is the sum of the indices of
//! the critical points inside (+1 for a minimum or maximum, -1 for a saddle). Where it does
//! not fit what was found, the cell is divided. So a point that stands alone in its cell is found, also where f has
//! a tip and no gradient; of a pair closer together than a cell both may be missed. Where the gradient jumps between
//! neighbours, and where a node is lower or higher than all around it, kinks are looked for. It is a search by
//! sampling, not a proof; but what it lists is critical by what is true at the point itself.

mod certificate;
pub mod curve;
mod curve_map;
mod cusp;
mod cusp_line;
mod cusped;
mod division;
mod kink;
mod kinked;
pub(super) mod line_point;
mod noisy;
mod on_line;
mod search_part;
mod settle;
mod shortened;
pub mod stationary_point;

use super::critical_point::{CriticalPoint, PointKind};
use super::derivatives::{CurvatureAt, ValueGradientHessian};
use super::lyapunov_schmidt::FloorPoint;
use super::point_nature::kind_by_turns;
use super::view::View;
use certificate::{Verdict, judge};
use curve::{CurveTrace, FADED, Floor, StationaryCurve};
use curve_map::CurveMap;
use cusp_line::CuspMap;
use nalgebra::Vector2;
use search_part::SearchPart;
use settle::{Settled, settle};
use stationary_point::{LevelGround, StationaryForm, StationaryPoint};

/// No more spots than this are looked for: beyond, the view is too large for them.
const MOST: usize = 1000;

/// How far from the origin along each axis the critical points of a function that somebody types are looked for, whatever
/// part of the plane is shown; and how far from where somebody asks that is farther out.
pub(crate) const REACH: f64 = 8.0;

/// A search under way: a plain value that is the same however it was cut into pieces.
#[derive(Clone, Debug)]
pub struct StationarySearch {
    view: View,
    /// How many cells there are along each side; none of a view that is not one.
    cells: usize,
    cell: Vector2<f64>,
    /// f at each node so far, row by row; the gradient is NaN where f or it is not defined.
    nodes: Vec<ValueGradientHessian>,
    /// The cells that have been looked at, but for these parts.
    looked: usize,
    parts: Vec<SearchPart>,
    divided: u32,
    /// The nodes around which kinks have been looked for, and how many searches that were.
    kinked: usize,
    polished: u32,
    /// Where cusps cross the sides of cells, and how many of these have been looked at.
    cusps: CuspMap,
    cusped: usize,
    /// Whether a part of a cell was met on which gradient and Hessian are exactly zero.
    has_plain: bool,
    /// The longest gradient at a node.
    steepest: f64,
    flat: usize,
    level: Option<LevelGround>,
    spots: Vec<StationaryPoint>,
    curves: Vec<StationaryCurve>,
    map: CurveMap,
    trace: Option<CurveTrace>,
}

impl StationarySearch {
    /// A search with cells of which `cells` lie side by side in `view`, and above each other.
    pub fn new(view: View, cells: usize) -> Self {
        let width = |(min, max): (f64, f64)| (max - min) / cells as f64;
        let cell = Vector2::new(width(view.x), width(view.y));
        let sane = cell.x > 0.0 && cell.y > 0.0 && cell.x.is_finite() && cell.y.is_finite();
        Self {
            view,
            // More, for the lattice begins before the view and ends behind it: a kink shows by what is around it.
            cells: if sane { cells + 3 } else { 0 },
            cell,
            nodes: Vec::new(),
            looked: 0,
            parts: Vec::new(),
            divided: 0,
            kinked: 0,
            polished: 0,
            cusps: CuspMap::default(),
            cusped: 0,
            has_plain: false,
            steepest: 0.0,
            flat: 0,
            level: None,
            spots: Vec::new(),
            curves: Vec::new(),
            map: CurveMap::default(),
            trace: None,
        }
    }

    /// The searched part of the plane.
    pub fn view(&self) -> View {
        self.view
    }

    /// What was found so far, in no special order.
    pub fn spots(&self) -> &[StationaryPoint] {
        &self.spots
    }

    /// The points found so far of which the kind is certain, minima first, in the order of their coordinates.
    pub(crate) fn certain(&self) -> Vec<CriticalPoint> {
        let points = self.spots.iter().map(|spot| CriticalPoint { at: spot.at, kind: spot.kind });
        let mut found: Vec<CriticalPoint> =
            points.filter(|point| point.kind != PointKind::Inconclusive).collect();
        found.sort_by(|a, b| {
            let not_minimum = |point: &CriticalPoint| point.kind != PointKind::Minimum;
            let place = a.at.x.total_cmp(&b.at.x).then(a.at.y.total_cmp(&b.at.y));
            not_minimum(a).cmp(&not_minimum(b)).then(place)
        });
        found
    }

    /// The curves of critical points found so far.
    pub fn curves(&self) -> &[StationaryCurve] {
        &self.curves
    }

    /// How much is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        let all = 2 * self.all_nodes() + self.all_cells();
        let done = self.nodes.len() + self.looked + self.kinked;
        if self.is_done() { 1.0 } else { done as f64 / all as f64 }
    }

    /// Whether all that can be found in this way is found.
    pub fn is_done(&self) -> bool {
        let all = self.nodes.len() >= self.all_nodes()
            && self.looked >= self.all_cells()
            && self.kinked >= self.all_nodes()
            && self.cusped >= self.cusps.len();
        all && self.parts.is_empty() && self.trace.is_none() || self.is_crowded()
    }

    fn all_nodes(&self) -> usize {
        if self.cells > 0 { (self.cells + 1).pow(2) } else { 0 }
    }

    fn all_cells(&self) -> usize {
        self.cells.pow(2)
    }

    /// Whether there are more points than a search takes in; it has stopped there.
    pub fn is_crowded(&self) -> bool {
        self.spots.len() >= MOST
    }

    /// The part of the lattice on which gradient and Hessian are exactly zero, from 0 to 1, of which every point is
    /// critical or cannot be told from one, and none is listed.
    pub fn flat_part(&self) -> f64 {
        self.flat as f64 / self.nodes.len().max(1) as f64
    }

    /// Whether there is a plain smaller than a cell: a part of one on which gradient and Hessian are exactly zero.
    pub fn has_small_plain(&self) -> bool {
        self.has_plain
    }

    /// What the ground is like where gradient and Hessian are exactly zero; none where nothing of it was seen, or
    /// not where it ends.
    pub fn level_ground(&self) -> Option<LevelGround> {
        self.level
    }

    /// Searches on in `f`, which must be the same at every call, until all is done or `stop` says so;
    /// it is asked after some evaluations. Returns whether all is done.
    pub fn advance(
        &mut self,
        f: impl Fn(Vector2<f64>) -> ValueGradientHessian,
        mut stop: impl FnMut() -> bool,
    ) -> bool {
        while !self.is_done() {
            if let Some(trace) = &mut self.trace {
                if trace.advance(&f, self.view, self.cell) {
                    self.end_trace(&f);
                }
            } else if self.nodes.len() < self.all_nodes() {
                self.visit_node(&f);
            } else if self.looked < self.all_cells() || !self.parts.is_empty() {
                self.visit_cell(&f);
            } else if self.kinked < self.all_nodes() {
                self.visit_kinks(&f);
            } else {
                self.visit_crossing(&f);
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
        const SHIFT: [f64; 2] = [1.381_966, 1.618_034];
        let place = Vector2::new(column as f64 - SHIFT[0], row as f64 - SHIFT[1]);
        Vector2::new(self.view.x.0, self.view.y.0) + self.cell.component_mul(&place)
    }

    fn visit_node(&mut self, f: &CurvatureAt<'_>) {
        let place = self.nodes.len();
        let at = self.node(place % (self.cells + 1), place / (self.cells + 1));
        let here = f(at);
        let ValueGradientHessian { value, gradient, hessian, .. } = here;
        let defined = value.is_finite() && gradient.x.is_finite() && gradient.y.is_finite();
        let nowhere = Vector2::repeat(f64::NAN);
        self.nodes.push(if defined { here } else { ValueGradientHessian { gradient: nowhere, ..here } });
        if defined {
            self.steepest = self.steepest.max(gradient.amax());
        }
        if defined && is_level(&here) {
            self.flat += 1;
            // A single point may be flat, too: the middle of a fourth power.
            self.take(f, &Settled { at, curvature: here, step: 0.0 });
        } else if defined && hessian.iter().all(|entry| entry.is_finite()) {
            if let Some(settled) = settle(f, at, self.cell) {
                self.take(f, &settled);
            }
        } else {
            // The lattice may meet a tip or a kink exactly.
            self.take_kink(f, at);
        }
        if self.level.is_none() && place > 0 {
            self.level = self.edge_of_level(f, place);
        }
    }

    /// What the level ground is like that ends between a node and the one before, if it does.
    fn edge_of_level(&self, f: &CurvatureAt<'_>, place: usize) -> Option<LevelGround> {
        let row = self.cells + 1;
        let is_in_row = !place.is_multiple_of(row);
        let [before, here] = [place - 1, place];
        let levels = [before, here].map(|place| is_level(&self.nodes[place]));
        if !is_in_row || levels[0] == levels[1] {
            return None;
        }
        let [mut inside, mut outside] = if levels[0] { [before, here] } else { [here, before] }
            .map(|place| self.node(place % row, place / row));
        let mut slope = f(outside).gradient.amax();
        for _ in 0..60 {
            let middle = (inside + outside) / 2.0;
            let there = f(middle);
            if is_level(&there) {
                inside = middle;
            } else {
                (outside, slope) = (middle, there.gradient.amax());
            }
        }
        Some(if slope > 0.0 && slope < FADED { LevelGround::Faded } else { LevelGround::Plain })
    }

    /// Takes in what Newton's method has found, if it is a critical point and not known.
    fn take(&mut self, f: &CurvatureAt<'_>, settled: &Settled) {
        let at = settled.at;
        // Where the Hessian is nearly singular, points are found less exactly.
        let apart = if settled.step > 1e-9 || settle::is_nearly_singular(&settled.curvature.hessian) {
            1e-3
        } else {
            1e-6
        };
        if self.trace.is_some()
            || !self.sees(at)
            || self.knows(at, apart)
            || self.is_hidden_beside_known(f, at)
        {
            return;
        }
        if settle::is_level_bend(&settled.curvature) {
            if let Some((kind, index)) = kind_by_turns(f, at, &settled.curvature, 0.0) {
                self.add(f, at, 0.0, (kind, Some(index)), StationaryForm::OnceDifferentiable);
            }
            return;
        }
        let (at, apart) = self.without_noise(f, at);
        let settled = if at == settled.at { *settled } else { Settled { at, curvature: f(at), step: 0.0 } };
        match judge(f, &settled, self.cell) {
            Some(Verdict::Regular(kind)) => {
                let index = if kind == PointKind::Saddle { -1 } else { 1 };
                self.add(f, at, 0.0, (kind, Some(index)), StationaryForm::Regular);
            }
            Some(Verdict::Degenerate(kind, index)) => {
                // Towards a zero of a higher order the steps are only a part of what is left.
                let left = 64.0 * settled.step.min(1e-3) * self.cell.amax();
                let (at, apart) = self.seen_from_afar(f, settled.at).unwrap_or((settled.at, apart.max(left)));
                self.add(f, at, apart, (kind, Some(index)), StationaryForm::Degenerate);
            }
            Some(Verdict::OnFloor(FloorPoint { at: found, apart, kind, index })) => {
                let is_exact = settled.curvature.gradient == Vector2::zeros();
                let at = if is_exact && (at - found).norm() <= 16.0 * apart { at } else { found };
                self.add(f, at, apart, (kind, Some(index)), StationaryForm::Degenerate);
            }
            Some(Verdict::OnCurve(on, tangent, part))
                if self.sees(on)
                    && !self.is_on_curve(on, 0.05 * part)
                    && !self.borders_plain(f, on, tangent, part) =>
            {
                self.trace = Some(CurveTrace::new(Floor::Smooth, on, tangent, self.cell, part));
            }
            Some(Verdict::OnCurve(..)) | None => {}
        }
    }

    /// Whether a point of a curve, which is looked at in such a part of a cell, is one of the border of a plain.
    fn borders_plain(&self, f: &CurvatureAt<'_>, at: Vector2<f64>, tangent: Vector2<f64>, part: f64) -> bool {
        let normal = Vector2::new(-tangent.y, tangent.x);
        let aside = normal * (0.05 * part / normal.component_div(&self.cell).amax());
        is_level(&f(at + aside)) || is_level(&f(at - aside))
    }

    /// Keeps the curve that was followed, if it is one.
    fn end_trace(&mut self, f: &CurvatureAt<'_>) {
        let Some(trace) = self.trace.take() else { return };
        if trace.fades() {
            self.level = Some(LevelGround::Faded);
        } else if let Some(mut curve) = trace.curve(f, self.cell) {
            if let Some(FloorPoint { at, apart, kind, index }) = curve.as_point(f, self.cell) {
                self.add(f, at, apart, (kind, Some(index)), StationaryForm::Degenerate);
                return;
            }
            for point in curve.points.iter_mut().filter(|_| curve.is_kink) {
                let kinked = |short: &Vector2<f64>| {
                    let there = f(*short);
                    there.value.is_finite() && !there.smoothness.has_hessian()
                };
                *point = self.shorter(*point, 0.0).find(kinked).unwrap_or(*point);
            }
            self.map.add(&curve, self.view, self.cell);
            // Where lines cross, f may bend in more than one way.
            let (map, view, cell) = (&self.map, self.view, self.cell);
            self.spots.retain(|spot| {
                spot.form != StationaryForm::OnceDifferentiable || !map.is_near(spot.at, 0.05, view, cell)
            });
            self.curves.push(curve);
        }
    }

    /// Takes in a point at which f has no gradient, if the gradient turns around it, and a curve of them.
    fn take_kink(&mut self, f: &CurvatureAt<'_>, at: Vector2<f64>) {
        if self.trace.is_some()
            || !self.sees(at)
            || self.knows(at, 1e-6)
            || self.is_hidden_beside_known(f, at)
        {
            return;
        }
        let here = f(at);
        if let Some(smooth) = self.smooth_zero(f, at) {
            self.take(f, &Settled { at: smooth, curvature: f(smooth), step: 0.0 });
        } else if let Some((kind, index)) = kind_by_turns(f, at, &here, 0.0) {
            if index != 0 {
                self.add(f, at, 0.0, (kind, Some(index)), StationaryForm::Kink);
            }
        } else if let Some((tangent, part)) = self.kink_direction(f, at) {
            self.trace = Some(CurveTrace::new(Floor::Kink, at, tangent, self.cell, part));
        }
    }

    fn has_degenerate(&self, at: Vector2<f64>, apart: f64) -> bool {
        let is_near = |spot: &StationaryPoint| (spot.at - at).component_div(&self.cell).amax() <= apart;
        self.spots.iter().any(|spot| spot.form == StationaryForm::Degenerate && is_near(spot))
    }

    fn knows(&self, at: Vector2<f64>, apart: f64) -> bool {
        self.spots.iter().any(|spot| (spot.at - at).component_div(&self.cell).amax() <= apart)
            || self.is_on_curve(at, 0.05)
    }

    /// Whether a point lies in the view, give or take rounding.
    fn sees(&self, at: Vector2<f64>) -> bool {
        let inside = |(min, max): (f64, f64), value: f64, cell: f64| {
            (min - 1e-9 * cell..=max + 1e-9 * cell).contains(&value)
        };
        inside(self.view.x, at.x, self.cell.x) && inside(self.view.y, at.y, self.cell.y)
    }

    /// Whether a point is so many cells from a known curve of critical points, or nearer.
    fn is_on_curve(&self, at: Vector2<f64>, apart: f64) -> bool {
        self.map.is_near(at, apart, self.view, self.cell)
    }

    /// Adds a spot that may be off by `apart`, if it lies in the view.
    pub(super) fn add(
        &mut self,
        f: &CurvatureAt<'_>,
        at: Vector2<f64>,
        apart: f64,
        (kind, index): (PointKind, Option<i32>),
        form: StationaryForm,
    ) {
        let at = self.shortened(f, at, apart, (kind, form));
        // Along a floor that hardly rises rounding hides where exactly the point is: two are one.
        let beside = (2.0 * apart / self.cell.min()).max(0.01);
        let is_same = form == StationaryForm::Degenerate && self.has_degenerate(at, beside);
        if self.sees(at) && !self.knows(at, 1e-6) && !is_same {
            let curvature = f(at);
            let bends = form != StationaryForm::Kink && settle::is_level_bend(&curvature);
            let form = if bends { StationaryForm::OnceDifferentiable } else { form };
            self.spots.push(StationaryPoint { at, curvature, kind, form, apart, index });
        }
    }
}

/// Whether gradient and Hessian are exactly zero.
fn is_level(here: &ValueGradientHessian) -> bool {
    here.gradient == Vector2::zeros() && here.hessian.iter().all(|entry| *entry == 0.0)
}

#[cfg(test)]
#[path = "critical/tests.rs"]
mod tests;
