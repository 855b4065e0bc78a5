//! What is found out for pictures before they are made: between the frames of a window, or all at once.

use crate::plane::ShownStarts;
use nalgebra::Vector2;
use thalweg_analysis::data::minibatches::GradientSample;
use thalweg_analysis::field::grid::Grid;
use thalweg_analysis::local::critical_search::{CriticalLine, CriticalSearch, SearchLimit};
use thalweg_analysis::local::regions::Regions;
use thalweg_analysis::runs::basins::Basins;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_analysis::spectral::hessian_estimate::HessianEstimate;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::critical_point::CriticalPoint;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_core::run::run::Run;
use thalweg_scenario::{Layer, LookAt};
use thalweg_session::Session;

/// How many nodes the grid of eigenvalues has along each side: a picture's detail is not needed.
pub const NODES: usize = 150;
/// How many columns the surface that the local model is compared with is sampled in: what is right may be narrow.
pub const FINE: usize = 260;
/// A surface that is a mean over more examples than this is not searched.
const MOST_EXAMPLES: usize = 1000;

/// What is known for the picture of the plane, as far as it is found out.
#[derive(Clone, Debug, Default)]
pub struct Findings<'a> {
    /// Where the runs of the cloud end.
    pub ends: Option<&'a Basins>,
    /// The focused runner's next step.
    pub step: Option<&'a StepTrace>,
    /// What the focused runner believes of the curvature.
    pub estimate: Option<Spectrum>,
    /// The gradients that the focused runner's next step could be given.
    pub sample: Option<&'a GradientSample>,
    /// The critical points to mark.
    pub critical: &'a [CriticalPoint],
    /// The lines of critical points to mark.
    pub critical_lines: &'a [CriticalLine],
    /// The Hessian's eigenvalues over the plane.
    pub regions: Option<&'a Regions>,
    /// The surface on a grid, which the local model is compared with.
    pub truth: Option<&'a Grid>,
    /// The map over starts.
    pub starts: Option<ShownStarts>,
}

/// Whether the critical points of a surface are searched for a picture.
pub fn is_searched(objective: &Objective) -> bool {
    objective.examples().is_none_or(|examples| examples.len() <= MOST_EXAMPLES)
}

/// The points to mark: in the part of the plane that has been searched, those that the search has found, as
/// `thalweg inspect --critical` lists them; elsewhere, and where there is no search, the known ones.
pub fn marked_points(objective: &Objective, search: Option<&CriticalSearch>) -> Vec<CriticalPoint> {
    // A search that has stopped early knows less than it might.
    let Some(search) = search.filter(|search| search.limit() != Some(SearchLimit::TooMany)) else {
        return objective.critical_points().to_vec();
    };
    // Those of a model on data are known by such a search, too, in a larger part of the plane: twice would be too long.
    let is_model = objective.examples().is_some();
    let mut marked = if is_model { Vec::new() } else { objective.critical_points().to_vec() };
    let View { x, y } = search.view();
    let is_searched = |at: Vector2<f64>| (x.0..=x.1).contains(&at.x) && (y.0..=y.1).contains(&at.y);
    // At the border rounding decides which of the two has it.
    let same = 1e-5 * Vector2::new(x.1 - x.0, y.1 - y.0).norm();
    let found = || search.points().iter();
    marked.retain(|known| !is_searched(known.at) && found().all(|found| (found.at - known.at).norm() > same));
    marked.extend(found().map(|found| CriticalPoint { at: found.at, kind: found.kind }));
    marked
}

/// All of it that the layers of a document ask for, found out at once.
#[derive(Clone, Debug)]
pub struct FoundOut {
    ends: Option<Basins>,
    of_step: StepFindings,
    critical: Vec<CriticalPoint>,
    critical_lines: Vec<CriticalLine>,
    regions: Option<Regions>,
    truth: Option<Grid>,
}

/// What is found out of a step.
#[derive(Clone, Debug)]
struct StepFindings {
    step: Option<StepTrace>,
    estimate: Option<Spectrum>,
    sample: Option<GradientSample>,
}

impl StepFindings {
    fn of(session: &Session) -> Self {
        let (scenario, problem) = (session.scenario(), session.race().problem());
        let objective = &problem.objective;
        let has = |layer| scenario.show.layers.has(layer);
        let focused = session.focused().map(|(_, run)| run);
        let step = |run: &Run| session.cursor().min(run.trajectory().last_step());
        let sample = focused.filter(|_| has(Layer::Batches)).and_then(|run| {
            let at = run.trajectory().at(step(run))?.position;
            GradientSample::at(objective, run.gradient(), step(run), at, &mut None)
        });
        let trace = focused
            .filter(|_| has(Layer::Vectors) && session.has_step())
            .and_then(|run| StepTrace::of(run, problem, None, session.cursor()));
        let learns = |run: &&Run| session.look_at() == LookAt::Current && run.optimizer().estimate.is_some();
        let estimate = focused.filter(|_| has(Layer::Axes)).filter(learns).and_then(|run| {
            let state = run.state_at(problem, step(run));
            Some(HessianEstimate::in_state(run, problem, &state)?.spectrum)
        });
        Self { step: trace, estimate, sample }
    }
}

impl FoundOut {
    /// What a session's layers ask for, where this part of the plane is seen.
    pub fn of(session: &Session, view: View) -> Self {
        let (scenario, problem) = (session.scenario(), session.race().problem());
        let objective = &problem.objective;
        let has = |layer| scenario.show.layers.has(layer);
        let search = (has(Layer::CriticalPoint) && is_searched(objective))
            .then(|| CriticalSearch::of(objective, view));
        let regions = (has(Layer::Convex) || has(Layer::Stable)).then(|| {
            let mut regions = Regions::new(view, NODES, NODES);
            while !regions.advance(objective, || false) {}
            regions
        });
        Self {
            ends: session
                .multi_start()
                .zip(scenario.cloud)
                .map(|((multi_start, _), cloud)| Basins::of(multi_start, cloud.draw.within.diagonal())),
            of_step: StepFindings::of(session),
            critical: marked_points(objective, search.as_ref()),
            critical_lines: search.map_or_else(Vec::new, |search| search.lines().to_vec()),
            regions,
            truth: has(Layer::Model).then(|| Grid::sample(objective, view, FINE, FINE)),
        }
    }

    /// What was found out, for the step that the session's cursor is at now. Nothing else of it may have changed.
    pub fn at_step_of(self, session: &Session) -> Self {
        Self { of_step: StepFindings::of(session), ..self }
    }

    /// What is known.
    pub fn findings(&self) -> Findings<'_> {
        Findings {
            ends: self.ends.as_ref(),
            step: self.of_step.step.as_ref(),
            estimate: self.of_step.estimate,
            sample: self.of_step.sample.as_ref(),
            critical: &self.critical,
            critical_lines: &self.critical_lines,
            regions: self.regions.as_ref(),
            truth: self.truth.as_ref(),
            starts: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_core::objective::critical_point::PointKind;
    use thalweg_testing::{objective, typed};

    /// A typed function's points are those of the view, wherever that is, and as often as `inspect` lists them.
    #[test]
    fn what_is_marked_is_what_is_found_in_the_view() {
        let far = typed("(x - 20)^2 + (y - 30)^2");
        assert!(marked_points(&far, None).is_empty());
        let search = CriticalSearch::of(&far, View { x: (15.0, 25.0), y: (25.0, 35.0) });
        let at = Vector2::new(20.0, 30.0);
        assert_eq!(marked_points(&far, Some(&search)), [CriticalPoint { at, kind: PointKind::Minimum }]);
        // What the coarse search around the origin takes for less than it is, the fine one of the view decides.
        for text in ["sin(9*x)*cos(7*y)", "abs(x) + abs(y - x^2)"] {
            let waves = typed(text);
            let search = CriticalSearch::of(&waves, View { x: (-1.0, 0.9), y: (-0.8, 1.0) });
            let marked = marked_points(&waves, Some(&search));
            let inside = |point: &&CriticalPoint| {
                (-1.0..=0.9).contains(&point.at.x) && (-0.8..=1.0).contains(&point.at.y)
            };
            assert_eq!(marked.iter().filter(inside).count(), search.points().len(), "{text}");
        }
    }

    /// Of a surface whose points are known those out of sight are marked, too.
    #[test]
    fn known_points_out_of_sight_stay_marked() {
        let wells = objective("Himmelblau", &[]);
        let search = CriticalSearch::of(&wells, View { x: (2.0, 4.0), y: (1.0, 3.0) });
        let (marked, known) = (marked_points(&wells, Some(&search)), wells.critical_points());
        assert!(search.points().len() == 1 && marked.len() == known.len() && known.len() == 9);
    }
}
