//! How the runs ended, in words that are kept while the runs last.

use crate::words::termination;
use thalweg_analysis::runs::leaderboard::Arrival;
use thalweg_analysis::runs::termination::Termination;
use thalweg_core::run::run::Run;
use thalweg_figure::cache::Derived;
use thalweg_session::Session;

/// The sentences on the runs, by their places: to diagnose a divergence is to look at many points.
#[derive(Default)]
pub struct Diagnoses(Vec<Derived<(u64, bool), Option<String>>>, Vec<Arrival>);

impl Diagnoses {
    /// The sentence on a run; none while it has not ended.
    pub fn of(&mut self, session: &Session, index: usize, run: &Run) -> Option<&str> {
        if self.0.len() <= index {
            self.0.resize_with(index + 1, Default::default);
        }
        let key = (session.run_version(index), run.is_done());
        self.0[index]
            .get_or(key, || {
                Termination::of(run, session.race().problem()).map(|ended| termination::sentence(&ended))
            })
            .as_deref()
    }

    /// From which step on a run that is over has been within the tolerance; none while it is not known.
    pub fn arrival(&mut self, session: &Session, index: usize, run: &Run) -> Option<u32> {
        if self.1.len() <= index {
            self.1.resize_with(index + 1, Default::default);
        }
        let (version, tolerance) = (session.run_version(index), session.scenario().show.tolerance);
        let is_seen = self.1[index].update(version, tolerance, run.trajectory().samples());
        self.1[index].step().filter(|_| is_seen && run.is_done())
    }
}
