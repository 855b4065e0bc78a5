//! What a chart is: a row of the table of charts, and what it does.

use super::chart::Chart;
use crate::budget::FigureBudget;
use crate::scheme::Scheme;
use thalweg_scenario::ChartKind;
use thalweg_session::Session;

/// A chart: a row of the table.
pub struct ChartEntry {
    /// Which: its row in the table of the document's charts, with its names and what it shows.
    pub kind: ChartKind,
    /// Whether it is one of a function of x alone, and says nothing of any other.
    pub is_univariate: bool,
    /// Begins to make it.
    pub start: fn() -> Box<dyn ChartSource>,
}

/// A chart that is made while its runs go on, with what it keeps of them.
pub trait ChartSource {
    /// Takes in what was computed since the last time, until the budget is over. Whether something is left.
    fn update(&mut self, session: &Session, budget: &dyn FigureBudget) -> bool;

    /// Takes in what was computed of pinned runs, until the budget is over. Whether something is left.
    fn update_pinned(&mut self, _session: &Session, _budget: &dyn FigureBudget) -> bool {
        false
    }

    /// The chart of what was taken in, for a page of this width in points.
    fn chart<'a>(&'a mut self, session: &'a Session, width: f64, scheme: &Scheme) -> Chart<'a>;
}
