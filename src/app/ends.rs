//! Where the cloud's runs end: found once, told in words, and marked alike in plot and panel.

use super::paint;
use super::theme::Palette;
use egui::{Painter, Pos2};
use thalweg_analysis::runs::basins::{BasinOutcome, Basins};
use thalweg_core::run::run::Run;
use thalweg_figure::basin_marks::basin_mark;
use thalweg_figure::cache::Derived;
use thalweg_session::Session;

/// The ends of the session's cloud, kept until a further run ends.
#[derive(Default)]
pub struct CloudEnds(Derived<(u64, usize), Basins>);

impl CloudEnds {
    /// The ends, if there is a cloud.
    pub fn of(&mut self, session: &Session) -> Option<&Basins> {
        let (multi_start, version) = session.multi_start()?;
        let done = multi_start.runs().iter().filter(|run| Run::is_done(run)).count();
        // Measured by where the starts lie: a view that moves regroups nothing.
        let scale = session.scenario().cloud?.draw.within.diagonal();
        Some(self.0.get_or((version, done), || Basins::of(multi_start, scale)))
    }
}

/// The mark of a run's end.
pub fn mark(painter: &Painter, outcome: BasinOutcome, at: Pos2, radius: f32, palette: &Palette) {
    paint::items(painter, &basin_mark(outcome, paint::place(at), f64::from(radius), &palette.scheme));
}
