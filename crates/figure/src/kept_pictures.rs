//! What the pictures of one document keep from step to step.

use crate::charts::shown_charts::ShownCharts;
use crate::eigenbasis::EigenbasisFigure;
use crate::findings::FoundOut;
use crate::plane::ShownStarts;
use crate::plane_figure::PlaneFigure;
use crate::relief::relief_figure::ReliefFigure;
use thalweg_analysis::spectral::eigenbasis::LossComponents;
use thalweg_core::objective::view::View;
use thalweg_scenario::ChartKind;
use thalweg_session::Session;

/// What pictures have worked out that is the same at every step of a document: for films, whose pictures differ in
/// nothing else. For another document, another one.
#[derive(Default)]
pub struct KeptPictures {
    pub(crate) plane: PlaneFigure,
    pub(crate) relief: ReliefFigure,
    pub(crate) starts: Option<ShownStarts>,
    pub(crate) eigenbasis: EigenbasisFigure,
    pub(crate) components: LossComponents,
    found: Option<(View, FoundOut)>,
    charts: Vec<(ChartKind, ShownCharts)>,
}

impl KeptPictures {
    /// What a session's layers ask for at its step, where this part of the plane is seen.
    pub(crate) fn found(&mut self, session: &Session, view: View) -> FoundOut {
        match self.found.take() {
            Some((seen, found)) if seen == view => found.at_step_of(session),
            _ => FoundOut::of(session, view),
        }
    }

    /// Keeps what was found.
    pub(crate) fn keep(&mut self, view: View, found: FoundOut) {
        self.found = Some((view, found));
    }

    /// What is kept for a chart of a kind.
    pub(crate) fn chart(&mut self, kind: ChartKind) -> &mut ShownCharts {
        let known = self.charts.iter().position(|(known, _)| *known == kind);
        let index = known.unwrap_or_else(|| {
            self.charts.push((kind, ShownCharts::default()));
            self.charts.len() - 1
        });
        &mut self.charts[index].1
    }
}
