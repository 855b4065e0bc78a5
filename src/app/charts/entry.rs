//! What a chart of the bottom panel is: a row of the table of charts, and what it does.

use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use egui::Ui;
use thalweg_scenario::ChartKind;
use thalweg_session::{FrameTimer, Session};

/// A chart: a row of the table.
pub struct ChartEntry {
    /// Which: its name in a document, and what it shows.
    pub kind: ChartKind,
    /// Its name in the choosers.
    pub title: &'static str,
    /// What it wants to be found out in the background.
    pub needs: Needs,
    /// Begins to show it.
    pub start: fn() -> Box<dyn ChartView>,
}

/// A chart that is shown, with what it keeps between frames.
pub trait ChartView {
    /// Takes in what was computed since the last frame, until the timer is over. Whether something is left.
    fn update(&mut self, session: &Session, timer: &FrameTimer) -> bool;

    /// Takes in what was computed of pinned runs, until the timer is over. Whether something is left.
    fn update_pinned(&mut self, _session: &Session, _timer: &FrameTimer) -> bool {
        false
    }

    /// Writes what is above the plot: a title, or a legend.
    fn heading(&self, ui: &mut Ui, context: &FrameContext<'_>);

    /// Draws the plot, in all the room that there is.
    fn plot(&mut self, ui: &mut Ui, context: &FrameContext<'_>);
}
