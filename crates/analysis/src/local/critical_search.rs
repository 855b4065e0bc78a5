//! The critical points of a surface within a view, with what each is: found, sorted and described.

use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::critical::{StationaryKind, StationaryPoint, StationarySearch};
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;

/// How many cells of the search lie side by side: two points farther apart than this part of the view
/// are told apart, and one that stands alone in such a cell is found.
pub const CELLS: usize = 64;

/// A critical point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassifiedPoint {
    /// Where.
    pub at: Vector2<f64>,
    /// f there.
    pub value: f64,
    /// Eigenvalues and eigenvectors of the Hessian there; none at a tip, where there is no Hessian.
    pub spectrum: Option<Spectrum>,
    /// What kind of point: by the second derivative test, and at a tip by the values around it.
    pub kind: PointKind,
    /// Whether f has no gradient there: the tip of a cone, the corner of a roof.
    pub is_tip: bool,
}

impl ClassifiedPoint {
    fn of(spot: &StationaryPoint) -> Self {
        let spectrum = Spectrum::of(&spot.curvature.hessian);
        let (kind, is_tip) = match spot.nature {
            StationaryKind::Tip(kind) => (kind, true),
            StationaryKind::Isolated => (PointKind::of(&spectrum), false),
            StationaryKind::Degenerate | StationaryKind::Line => (PointKind::Inconclusive, false),
        };
        let spectrum = (!is_tip).then_some(spectrum);
        Self { at: spot.at, value: spot.curvature.value, spectrum, kind, is_tip }
    }
}

/// A line of critical points: the floor of a valley or the top of a ridge.
#[derive(Clone, Debug, PartialEq)]
pub struct CriticalLine {
    /// Points on it, from the left to the right, about half a cell of the search apart.
    pub points: Vec<Vector2<f64>>,
    /// One of them, from the middle.
    pub example: ClassifiedPoint,
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
        let done = self.search.advance(|p| objective.value_gradient_hessian(p), stop);
        let is_line = |spot: &&StationaryPoint| spot.nature == StationaryKind::Line;
        self.points =
            self.search.spots().iter().filter(|spot| !is_line(spot)).map(ClassifiedPoint::of).collect();
        self.points.sort_by(|a, b| {
            let place = a.at.x.total_cmp(&b.at.x).then(a.at.y.total_cmp(&b.at.y));
            rank(a.kind).cmp(&rank(b.kind)).then(a.value.total_cmp(&b.value)).then(place)
        });
        let on_lines: Vec<StationaryPoint> = self.search.spots().iter().filter(is_line).copied().collect();
        self.lines = lines(&on_lines, self.search.view());
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
        } else if self.search.flat_part() > 0.5 {
            Some(SearchLimit::MostlyFlat)
        } else if self.search.flat_part() > 0.02 {
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
    /// The gradient is exactly zero over more than a fiftieth of the view.
    PartlyFlat,
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

/// Joins the points of lines that lie within two and a half cells of each other.
fn lines(spots: &[StationaryPoint], view: View) -> Vec<CriticalLine> {
    let unit = Vector2::new(view.x.1 - view.x.0, view.y.1 - view.y.0) / CELLS as f64;
    let near = |a: usize, b: usize| (spots[a].at - spots[b].at).component_div(&unit).amax() <= 2.5;
    let mut left: Vec<usize> = (0..spots.len()).collect();
    let mut lines = Vec::new();
    while let Some(first) = left.pop() {
        let mut members = vec![first];
        let mut next = 0;
        while let Some(member) = members.get(next).copied() {
            let (close, far): (Vec<usize>, Vec<usize>) =
                left.into_iter().partition(|other| near(member, *other));
            members.extend(close);
            left = far;
            next += 1;
        }
        let mut points: Vec<&StationaryPoint> = members.iter().map(|member| &spots[*member]).collect();
        points.sort_by(|a, b| a.at.x.total_cmp(&b.at.x).then(a.at.y.total_cmp(&b.at.y)));
        let example = ClassifiedPoint::of(points[points.len() / 2]);
        lines.push(CriticalLine { points: points.iter().map(|spot| spot.at).collect(), example });
    }
    lines.sort_by(|a, b| {
        a.example.value.total_cmp(&b.example.value).then(a.example.at.x.total_cmp(&b.example.at.x))
    });
    lines
}

#[cfg(test)]
#[path = "critical_search_tests.rs"]
mod tests;
