//! The critical points of a surface within a view, with what each is: found, sorted and described.

use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::critical::StationarySearch;
use thalweg_core::objective::critical::stationary_point::{LevelGround, StationaryForm, StationaryPoint};
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::smoothness::Smoothness;
use thalweg_core::objective::view::View;

/// How many cells of the search lie side by side: two points farther apart than this part of the view
/// are told apart, and one that stands alone in such a cell is found.
pub const CELLS: usize = 64;

/// How many cells the search on a line has, of a function of x alone.
const LINE_CELLS: usize = 1024;

/// A critical point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassifiedPoint {
    /// Where.
    pub at: Vector2<f64>,
    /// f there.
    pub value: f64,
    /// Eigenvalues and eigenvectors of the Hessian there, where there is one.
    pub spectrum: Option<Spectrum>,
    /// What kind of point: by the second derivative test, and where that says nothing, by how the gradient turns
    /// around it.
    pub kind: PointKind,
    /// How smooth f is there: at the tip of a cone, the corner of a roof, a place on a kink it has no gradient.
    pub smoothness: Smoothness,
}

impl ClassifiedPoint {
    fn of(spot: &StationaryPoint) -> Self {
        let smoothness = match spot.form {
            StationaryForm::Regular | StationaryForm::Degenerate => Smoothness::Smooth,
            StationaryForm::OnceDifferentiable => Smoothness::OnceDifferentiable,
            StationaryForm::Kink => Smoothness::Kink,
        };
        let spectrum = smoothness.has_hessian().then(|| Spectrum::of(&spot.curvature.hessian));
        Self { at: spot.at, value: spot.curvature.value, spectrum, kind: spot.kind, smoothness }
    }
}

/// A line of critical points: the floor of a valley or the top of a ridge.
#[derive(Clone, Debug, PartialEq)]
pub struct CriticalLine {
    /// Points on it, in order, at most half a cell of the search apart; the last is the first where it is closed.
    pub points: Vec<Vector2<f64>>,
    /// One of them, from the middle.
    pub example: ClassifiedPoint,
    /// Minimum where f rises on both sides, maximum where it falls on both; else inconclusive.
    pub kind: PointKind,
    /// Whether it comes back to where it began.
    pub is_closed: bool,
}

/// The search for all critical points in a view, under way or done.
#[derive(Clone, Debug)]
pub struct CriticalSearch {
    search: StationarySearch,
    points: Vec<ClassifiedPoint>,
    lines: Vec<CriticalLine>,
}

impl CriticalSearch {
    /// A search that has not begun.
    pub fn new(view: View) -> Self {
        Self { search: StationarySearch::new(view, CELLS), points: Vec::new(), lines: Vec::new() }
    }

    /// A whole search.
    pub fn of(objective: &Objective, view: View) -> Self {
        let mut survey = Self::new(view);
        survey.advance(objective, || false);
        survey
    }

    /// Searches on, on the same objective, until all is done or `stop` says so, which is asked after
    /// some evaluations. Returns whether all is done.
    pub fn advance(&mut self, objective: &Objective, stop: impl FnMut() -> bool) -> bool {
        if self.search.is_done() {
            return true;
        }
        if objective.is_univariate() {
            let line = self.search.view().x;
            let f = |p| objective.value_gradient_hessian(p);
            self.search = StationarySearch::on_line(f, line, LINE_CELLS);
        }
        let done = self.search.advance(|p| objective.value_gradient_hessian(p), stop);
        self.points = self.search.spots().iter().map(ClassifiedPoint::of).collect();
        self.points.sort_by(|a, b| {
            let place = a.at.x.total_cmp(&b.at.x).then(a.at.y.total_cmp(&b.at.y));
            rank(a.kind).cmp(&rank(b.kind)).then(a.value.total_cmp(&b.value)).then(place)
        });
        self.lines = lines(objective, &self.search);
        done
    }

    /// The part of the plane that is searched.
    pub fn view(&self) -> View {
        self.search.view()
    }

    /// How much is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.search.progress()
    }

    /// Whether the search has ended.
    pub fn is_done(&self) -> bool {
        self.search.is_done()
    }

    /// The points found so far: minima, saddles, maxima, and those of which the Hessian says nothing;
    /// each kind by its value, lowest first.
    pub fn points(&self) -> &[ClassifiedPoint] {
        &self.points
    }

    /// The lines of critical points.
    pub fn lines(&self) -> &[CriticalLine] {
        &self.lines
    }

    /// Whether the list of points is all there is to say; else why it is not.
    pub fn limit(&self) -> Option<SearchLimit> {
        if self.search.is_crowded() {
            Some(SearchLimit::TooMany)
        } else if self.search.level_ground() == Some(LevelGround::Faded) {
            Some(SearchLimit::Faded)
        } else if self.search.flat_part() > 0.5 {
            Some(SearchLimit::MostlyFlat)
        } else if self.search.flat_part() > 0.02 || self.search.has_small_plain() {
            Some(SearchLimit::PartlyFlat)
        } else {
            None
        }
    }
}

/// Why a list of critical points does not name all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SearchLimit {
    /// There are more than a thousand: the search has stopped there.
    TooMany,
    /// The gradient is exactly zero over more than half of the view.
    MostlyFlat,
    /// The gradient is exactly zero over more than a fiftieth of the view, or on a plain smaller than a cell.
    PartlyFlat,
    /// f fades out until its gradient is rounded to zero: what is there, nobody can tell.
    Faded,
}

/// Minima are what people look for.
fn rank(kind: PointKind) -> u8 {
    match kind {
        PointKind::Minimum => 0,
        PointKind::Saddle => 1,
        PointKind::Maximum => 2,
        PointKind::Inconclusive => 3,
    }
}

/// The curves that a search has found, lowest first.
fn lines(objective: &Objective, search: &StationarySearch) -> Vec<CriticalLine> {
    let mut lines: Vec<CriticalLine> = search
        .curves()
        .iter()
        .filter_map(|curve| {
            let at = *curve.points.get(curve.points.len() / 2)?;
            let here = objective.value_gradient_hessian(at);
            let example = ClassifiedPoint {
                at,
                value: here.value,
                spectrum: (!curve.is_kink).then(|| Spectrum::of(&here.hessian)),
                kind: PointKind::Inconclusive,
                smoothness: if curve.is_kink { Smoothness::Kink } else { Smoothness::Smooth },
            };
            let (points, kind, is_closed) = (curve.points.clone(), curve.kind, curve.is_closed);
            Some(CriticalLine { points, example, kind, is_closed })
        })
        .collect();
    lines.sort_by(|a, b| {
        let place = |line: &CriticalLine| line.example.at;
        let (a_at, b_at) = (place(a), place(b));
        a.example
            .value
            .total_cmp(&b.example.value)
            .then(a_at.x.total_cmp(&b_at.x))
            .then(a_at.y.total_cmp(&b_at.y))
    });
    lines
}

#[cfg(test)]
#[path = "critical_search_tests.rs"]
mod tests;
