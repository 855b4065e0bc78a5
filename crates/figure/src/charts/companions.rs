//! What a chart about the focused runner shows of the pinned paths: for each, its runner that stands for the focused one,
//! in its own race.

use crate::cache::Incremental;
use crate::dash;
use crate::dash::DashPattern;
use crate::pinned_names;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_scenario::{Layer, Runner};
use thalweg_session::{PinnedRace, Session};

/// The name of a pin, and a runner of its.
type Who<'a> = (&'a str, &'a Runner);

/// The runner of a pinned race that is shown beside the focused one; none where the pinned paths are not
/// shown.
fn counterparts(session: &Session) -> impl Iterator<Item = (Who<'_>, &PinnedRace, &Run, u64)> {
    let shown = session.scenario().show.layers.has(Layer::PinnedRuns);
    let focused = session.focused().filter(|_| shown);
    // Who is hidden is not pinned.
    let before = session.scenario().runners.iter().take(session.focus());
    let place = before.filter(|runner| !runner.hidden).count();
    focused.into_iter().flat_map(move |(focused, _)| {
        session.pinned_runs().filter_map(move |(pin, pinned)| {
            let (runner, run, version) = pinned.counterpart(focused, place)?;
            Some(((&*pin.name, runner), pinned, run, version))
        })
    })
}

/// One pinned runner beside the focused one.
pub struct Companion<'a, S> {
    /// What the pin is called.
    pub pin: &'a str,
    /// What it is called: the pin and the runner.
    pub name: String,
    /// How its lines are dashed.
    pub dash: DashPattern,
    /// The number of its run.
    pub version: u64,
    /// What a chart shows of it.
    pub series: &'a S,
}

/// What a chart shows of all of them, by the numbers of their runs.
#[derive(Default)]
pub struct Companions<S>(Vec<Incremental<u64, S>>);

impl<S: Default> Companions<S> {
    /// Lets each series grow with its run. Whether something is left.
    pub fn update(
        &mut self,
        session: &Session,
        grow: impl Fn(&mut S, Option<(u64, &Run)>, &Problem) -> bool,
    ) -> bool {
        let mut old = std::mem::take(&mut self.0);
        let mut left = false;
        for (_, pinned, run, version) in counterparts(session) {
            let kept = old.iter().position(|series| series.key() == Some(&version));
            let mut series = kept.map(|index| old.swap_remove(index)).unwrap_or_default();
            let problem = pinned.race().problem();
            left |= series.advance(version, |series| grow(series, Some((version, run)), problem));
            self.0.push(series);
        }
        left
    }

    /// Those to show.
    pub fn shown<'a>(&'a self, session: &'a Session) -> impl Iterator<Item = Companion<'a, S>> {
        counterparts(session).zip(&self.0).map(|(((pin, runner), pinned, _, version), series)| Companion {
            pin,
            name: pinned_names::name_of(pin, runner),
            dash: dash::of_mark(pinned.mark()),
            version,
            series: series.value(),
        })
    }
}

/// What a tooltip says of them.
pub const TOOLTIP: &str = "Of each pinned race its runner that stands for the focused one (of the same name and colour, \
                        or else of the same name, of the same colour, or at the same place) is drawn paler and \
                        dashed, computed in the pinned race: its surface, its start, its settings.";
