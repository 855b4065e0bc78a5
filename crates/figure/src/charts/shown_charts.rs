//! The charts that are shown, in whichever places.

use super::catalogue::find;
use super::chart::Chart;
use super::entry::ChartSource;
use crate::budget::{FigureBudget, FigurePart};
use crate::scheme::Scheme;
use thalweg_scenario::ChartKind;
use thalweg_session::Session;

/// The charts that are shown, each once, with what is kept of their runs.
#[derive(Default)]
pub struct ShownCharts(Vec<(ChartKind, Box<dyn ChartSource>)>);

impl ShownCharts {
    /// Begins and ends charts as they are wanted, and lets them take in what was computed, as far as the budget
    /// goes. Whether something is left.
    pub fn update(
        &mut self,
        session: &Session,
        wanted: &[ChartKind],
        budget: &mut impl FigureBudget,
    ) -> bool {
        self.0.retain(|(kind, _)| wanted.contains(kind));
        for chart in wanted {
            if !self.0.iter().any(|(kind, _)| kind == chart)
                && let Some(entry) = find(*chart)
            {
                self.0.push((*chart, (entry.start)()));
            }
        }
        let mut left = false;
        budget.begin(FigurePart::Charts);
        for (_, source) in &mut self.0 {
            left |= source.update(session, &*budget);
        }
        budget.begin(FigurePart::PinnedCharts);
        for (_, source) in &mut self.0 {
            left |= source.update_pinned(session, &*budget);
        }
        left
    }

    /// One of them, for a page of this width in points; none that is not shown.
    pub fn chart<'a>(
        &'a mut self,
        kind: ChartKind,
        session: &'a Session,
        width: f64,
        scheme: &Scheme,
    ) -> Option<Chart<'a>> {
        let (_, source) = self.0.iter_mut().find(|(shown, _)| *shown == kind)?;
        Some(source.chart(session, width, scheme))
    }
}
